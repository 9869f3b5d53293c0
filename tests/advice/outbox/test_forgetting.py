"""Copies of mails of an erased request go at once when they are files, and with patience when an archive has them."""

from datetime import timedelta

import pytest

from advice.auditing import READER
from advice.erasing import erase
from advice.models import MailToForget, OutgoingMail
from advice.outbox import folder
from advice.outbox.compose import compose
from advice.outbox.forgetting import forget_copies
from tests.advice.factories import NOW, make_request
from tests.advice.imap_server import running_server

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def archive():
    with running_server() as mailbox:
        yield mailbox


def make_sent(**values) -> OutgoingMail:
    mail = make_request().mails.get()
    OutgoingMail.objects.filter(pk=mail.pk).update(**{"state": "sent", "attempts": 1, "sent_at": NOW} | values)
    return mail


def erase_request_of(mail: OutgoingMail) -> None:
    erase(mail.request, by=READER, now=NOW, because="op verzoek van de lezer")


def written(mail: OutgoingMail) -> bytes:
    return compose(mail, now=NOW).message().as_bytes(linesep="\r\n")


def test_files_go_with_the_erasure(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, tmp_path / "mail"
    mails = [make_sent(), make_sent()]
    for mail in mails:
        compose(mail, now=NOW).send()
    with django_capture_on_commit_callbacks(execute=True):
        erase_request_of(mails[0])
    assert [folder.holds(mail.rfc_message_id) for mail in mails] == [False, True]


def test_a_file_that_comes_after_the_erasure_goes_too(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, tmp_path / "mail"
    mail = make_sent(state="sending", lease_until=NOW)
    message = compose(mail, now=NOW)
    erase_request_of(mail)
    message.send()
    assert (forget_copies(NOW + HOUR), folder.holds(mail.rfc_message_id)) == (1, False)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "sent"},
        {"state": "sending", "lease_until": NOW},
        {"state": "failed"},
        {"state": "pending", "attempts": 1},
        {"state": "pending", "attempts": 0},  # so stands a mail that came back and is sent again
        {"state": "cancelled", "attempts": 0},
    ],
    ids=str,
)
def test_copies_of_every_mail_are_sought(values):
    mail = make_sent(**values)
    erase_request_of(mail)
    assert list(MailToForget.objects.values_list("rfc_message_id", flat=True)) == [mail.rfc_message_id]


def test_an_archive_that_is_away_is_asked_again(settings, archive, caplog):
    settings.MAIL_LEDGER_URL = archive.url.replace("/INBOX", "/Weg")
    mails = [make_sent(), make_sent()]
    for mail in mails:
        archive.add(written(mail))
    erase_request_of(mails[0])
    assert forget_copies(NOW) == 0
    assert "Copies of 1 erased mails stay in the archive for now" in caplog.text
    settings.MAIL_LEDGER_URL = archive.url
    assert forget_copies(NOW + HOUR) == 1
    assert archive.message_ids() == [mails[1].rfc_message_id]


def test_what_was_on_its_way_is_sought_for_a_day(settings):
    settings.MAIL_LEDGER_URL = ""
    erase_request_of(make_sent())
    forget_copies(NOW + 24 * HOUR)
    assert MailToForget.objects.count() == 1
    forget_copies(NOW + 25 * HOUR)
    assert MailToForget.objects.count() == 0
