"""Mail in files: one for each mail, whole, private, and gone when its request is erased."""

import os
import stat

import pytest
from django.core.mail import EmailMessage, get_connection

from advice.outbox import folder

pytestmark = pytest.mark.usefixtures("mails_in_files")


@pytest.fixture
def mails_in_files(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, str(tmp_path / "mail")
    return tmp_path / "mail"


def send(message_id: str = "<1@example.org>", body: str = "Hé.") -> None:
    EmailMessage("Onderwerp", body, "a@example.org", ["b@example.org"], headers={"Message-ID": message_id}).send()


def names(path) -> list[str]:
    return sorted(os.listdir(path))


def test_a_mail_is_one_file_however_often_it_is_sent(mails_in_files):
    send(body="Eerst.")
    send(body="Daarna.")
    send("<2@example.org>")
    assert names(mails_in_files) == ["1@example.org.eml", "2@example.org.eml"]
    assert folder.read("<1@example.org>").get_content() == "Daarna."


def test_only_their_owner_reads_the_files(mails_in_files):
    before = os.umask(0)
    try:
        send()
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(os.stat(path).st_mode) for path in (mails_in_files, mails_in_files / "1@example.org.eml")]
    assert modes == [0o700, 0o600]


@pytest.mark.parametrize("odd", ["<../../etc/passwd@x>", "<.hidden@x>", "<a b@x>", "<" + "x" * 300 + "@x>", "</@x>"])
def test_an_odd_message_id_stays_in_the_folder(mails_in_files, odd):
    send(odd)
    [name] = names(mails_in_files)
    assert (len(name), name.startswith("."), folder.holds(odd)) == (68, False, True)


def test_what_is_not_there_is_not_read():
    assert (folder.read("<1@example.org>"), folder.holds("<1@example.org>")) == (None, False)


def test_forgetting_deletes_only_what_is_named(mails_in_files):
    for number in range(4):
        send(f"<{number}@example.org>")
    assert folder.forget(["<1@example.org>", "<3@example.org>", "<9@example.org>"]) == 2
    assert names(mails_in_files) == ["0@example.org.eml", "2@example.org.eml"]


def test_a_mail_that_cannot_be_written_leaves_nothing_behind(mails_in_files, monkeypatch):
    mails_in_files.mkdir()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        send()
    assert names(mails_in_files) == []


def test_the_backend_says_how_many_it_sent():
    messages = [EmailMessage("x", "y", "a@example.org", ["b@example.org"]) for _ in range(3)]
    assert get_connection().send_messages(messages) == 3
