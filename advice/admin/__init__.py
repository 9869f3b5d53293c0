"""The advisers' desk. Importing this package registers its admin classes.

In these modules `http` is what a browser asks, and `request` what a reader asked.
"""

from advice.admin.audit import AuditEventAdmin
from advice.admin.canned import CannedReplyAdmin
from advice.admin.consent import ConsentTextAdmin
from advice.admin.incoming_mail import IncomingMailAdmin
from advice.admin.outgoing_mail import OutgoingMailAdmin
from advice.admin.people import AdviserAdmin, TopicAdmin
from advice.admin.public_question import PublicQuestionAdmin
from advice.admin.reader_data import ReaderDataAdmin
from advice.admin.request import AdviceRequestAdmin

__all__ = [
    "AdviceRequestAdmin",
    "AdviserAdmin",
    "AuditEventAdmin",
    "CannedReplyAdmin",
    "ConsentTextAdmin",
    "IncomingMailAdmin",
    "OutgoingMailAdmin",
    "PublicQuestionAdmin",
    "ReaderDataAdmin",
    "TopicAdmin",
]
