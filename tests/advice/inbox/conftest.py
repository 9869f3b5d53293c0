import pytest

from tests.advice.inbox.posting import INBOX


@pytest.fixture(autouse=True)
def _inbox(settings):
    settings.INBOX_URL = "imap://advies:geheim@127.0.0.1/INBOX"
    settings.INBOX_ADDRESS = INBOX
