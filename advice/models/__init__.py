"""What the advice desk keeps. Personal data stands in AdviceRequest, Message, Note, Draft and IncomingMail, and nowhere else."""

from advice.models.audit import AuditEvent
from advice.models.canned import CannedReply, CannedReplyVersion
from advice.models.conversation import Draft, Message, Note, Presence
from advice.models.fact import DailyFact
from advice.models.limit import RateBucket
from advice.models.link import AccessLink
from advice.models.mail import IncomingMail, Mailbox, MailToForget, OutgoingMail
from advice.models.people import Adviser, ConsentText, Topic
from advice.models.question import PublicQuestion
from advice.models.request import AdviceRequest, Tombstone

__all__ = [
    "AccessLink",
    "AdviceRequest",
    "Adviser",
    "AuditEvent",
    "CannedReply",
    "CannedReplyVersion",
    "ConsentText",
    "DailyFact",
    "Draft",
    "IncomingMail",
    "MailToForget",
    "Mailbox",
    "Message",
    "Note",
    "OutgoingMail",
    "Presence",
    "PublicQuestion",
    "RateBucket",
    "Tombstone",
    "Topic",
]
