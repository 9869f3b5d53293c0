"""Mails as programs write them, each with what should be read in it. The texts are made up, the forms are those of the programs."""

from tests.advice.inbox.mails.automatic import AUTOMATIC
from tests.advice.inbox.mails.broken import BROKEN
from tests.advice.inbox.mails.clients import CLIENTS
from tests.advice.inbox.mails.parts import PARTS

MAILS = CLIENTS | PARTS | AUTOMATIC | BROKEN
