"""What tells whether a mail went out: files, or an archive on a real IMAP server."""

import pytest

from advice.outbox import folder, ledger
from advice.outbox.compose import compose
from tests.advice.factories import NOW, make_request
from tests.advice.imap_server import running_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def archive():
    with running_server() as mailbox:
        yield mailbox


@pytest.fixture
def mail():
    return make_request().mails.get()


def written(mail) -> bytes:
    return compose(mail, now=NOW).message().as_bytes(linesep="\r\n")


def test_without_a_ledger_nothing_can_be_told(mail, settings):
    settings.MAIL_LEDGER_URL = ""
    assert ledger.was_delivered(mail) is None
    assert ledger.forget([mail.rfc_message_id]) == 0


def test_a_folder_tells_by_the_file(mail, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, tmp_path
    assert ledger.was_delivered(mail) is False
    compose(mail, now=NOW).send()
    assert ledger.was_delivered(mail) is True
    assert (ledger.forget([mail.rfc_message_id]), ledger.was_delivered(mail)) == (1, False)


def test_an_archive_tells_by_the_message_id_and_forgets(mail, settings, archive):
    settings.MAIL_LEDGER_URL = archive.url
    other = make_request().mails.get()
    archive.add(written(other))
    assert (ledger.was_delivered(mail), ledger.was_delivered(other)) == (False, True)
    archive.add(written(mail))
    assert ledger.was_delivered(mail) is True
    assert ledger.forget([mail.rfc_message_id, "<unknown@example.org>"]) == 1
    assert (ledger.was_delivered(mail), archive.message_ids()) == (False, [other.rfc_message_id])


@pytest.mark.parametrize("wrong", [("ge%3Aheim", "anders"), ("/INBOX", "/Weg"), ("@127.0.0.1", "@127.0.0.2")])
def test_an_archive_that_cannot_be_asked_says_so_and_nothing_else(mail, settings, archive, wrong, caplog):
    settings.MAIL_LEDGER_URL = archive.url.replace(*wrong)
    for ask in (lambda: ledger.was_delivered(mail), lambda: ledger.forget([mail.rfc_message_id])):
        with pytest.raises(ledger.LedgerSilent) as caught:
            ask()
        assert str(caught.value).isidentifier()
    assert "archief" not in caplog.text
