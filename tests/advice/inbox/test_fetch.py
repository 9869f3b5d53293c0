"""Fetching from a real IMAP server: every mail once, whatever a colleague, the line or the server does."""

import logging
import threading
from datetime import timedelta

import pytest

from advice.inbox.fetch import LEASE, poll
from advice.models import IncomingMail, Mailbox
from tests.advice.factories import NOW, make_request
from tests.advice.imap_server import bad_line, running_server
from tests.advice.inbox.posting import replies, sent_answer, stored, written

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running():
    with running_server() as server:
        yield server


@pytest.fixture
def server(running, settings):
    running.empty()
    settings.INBOX_URL = running.url
    return running


def fetch(now=NOW, **options) -> str:
    return poll(lambda: now, **options)


def texts() -> list[str]:
    """Return what every stored mail that isn't a double says, in order."""
    return sorted(bytes(mail.raw).decode().split("\r\n\r\n")[1].strip() for mail in IncomingMail.objects.exclude(state="double"))


def numbered(*numbers: int) -> list[bytes]:
    return [written(f"mail {number:03}") for number in numbers]


def expected(count: int) -> list[str]:
    return [f"mail {number:03}" for number in range(count)]


def test_nothing_happens_while_no_mailbox_is_set(settings):
    settings.INBOX_URL = ""
    assert fetch() == ""
    assert not Mailbox.objects.exists()


def test_a_reply_goes_from_the_server_to_its_request(server, britt):
    sent = sent_answer(britt)
    server.deliver(written("Dank!", answers=sent.rfc_message_id), written("Reclame", sender="boos@example.net"))
    assert fetch() == "dealt with 2 mails"
    assert replies(sent.request) == ["Dank!"]
    assert sorted(IncomingMail.objects.values_list("state", flat=True)) == ["added", "parked"]
    assert fetch() == ""
    box = Mailbox.objects.get()
    assert (box.name, box.polled_at, box.failure, box.missing, box.lease_until) == ("advies@127.0.0.1/INBOX", NOW, "", 0, None)


def test_a_mail_is_kept_byte_for_byte_and_the_server_is_left_as_it_was(server):
    raw = b"From: a@example.org\r\nSubject: =?x?\xff\r\n\r\n\x80 bytes \r\n"
    server.deliver(raw)
    fetch()
    assert bytes(IncomingMail.objects.get().raw) == raw
    [flags] = server.flags().values()
    assert b"\\Seen" not in flags


def test_a_colleague_at_the_same_mailbox_loses_us_nothing(server):
    server.deliver(*numbered(0, 1, 2, 3))
    with server.open() as colleague:
        first, second, third, _ = colleague.search("ALL")
        colleague.fetch([first], ["BODY[]"])  # opens it: \Seen
        colleague.add_flags([second], [b"\\Flagged", b"\\Answered"])
        colleague.add_flags([third], [b"\\Deleted"])
    fetch()
    with server.open() as colleague:
        colleague.create_folder("Gedaan")
        colleague.move([first], "Gedaan")
        colleague.expunge()
    server.deliver(*numbered(4))
    fetch()
    assert texts() == expected(5)


def test_a_mail_that_was_moved_away_and_back_is_one_mail(server, britt):
    sent = sent_answer(britt)
    server.deliver(written("Dank!", answers=sent.rfc_message_id))
    fetch()
    with server.open() as colleague:
        colleague.create_folder("Elders")
        colleague.move(colleague.search("ALL"), "Elders")
        colleague.select_folder("Elders")
        colleague.move(colleague.search("ALL"), "INBOX")
    fetch()
    fetch()
    assert replies(sent.request) == ["Dank!"]
    assert sorted((mail.state, bool(mail.raw)) for mail in IncomingMail.objects.all()) == [("added", True), ("double", False)]


def test_mail_that_comes_in_while_we_fetch(server):
    server.deliver(*numbered(*range(20)))
    postman = threading.Thread(target=lambda: [server.deliver(*numbered(number)) for number in range(20, 50)])
    postman.start()
    while postman.is_alive():
        fetch()
    postman.join()
    fetch()
    assert texts() == expected(50)


def test_a_gap_is_seen_and_filled(server):
    server.deliver(*numbered(0, 1, 2))
    fetch()
    IncomingMail.objects.order_by("uid")[1].delete()
    server.deliver(*numbered(3))
    fetch()
    assert texts() == expected(4)


def test_a_line_that_breaks_anywhere_loses_nothing_and_doubles_nothing(server, settings):
    server.deliver(*numbered(*range(12)))
    broken = 0
    for breaks_after in range(20, 6_000, 130):
        with bad_line(server.port, breaks_after=breaks_after) as port:
            settings.INBOX_URL = server.url.replace(str(server.port), str(port))
            broken += bool(fetch())
            assert not IncomingMail.objects.filter(raw=b"").exists()
    settings.INBOX_URL = server.url
    fetch()
    assert broken >= 10
    assert texts() == expected(12)


def test_a_server_that_starts_again(server):
    server.deliver(*numbered(0, 1))
    fetch()
    server.stop()
    assert fetch() == "no mail fetched: de mailserver is niet bereikbaar (ConnectionRefusedError)"
    fetch(NOW + timedelta(hours=1))
    box = Mailbox.objects.get()
    assert (box.failing_since, box.polled_at) == (NOW, NOW)
    server.start()
    server.deliver(*numbered(2))
    fetch(NOW + timedelta(hours=2))
    box.refresh_from_db()
    assert (box.failing_since, box.failure, box.polled_at) == (None, "", NOW + timedelta(hours=2))
    assert texts() == expected(3)


def test_mails_that_get_other_numbers_are_not_fetched_as_new(server, britt):
    sent = sent_answer(britt)
    server.deliver(*numbered(0, 1), written("mail 002", answers=sent.rfc_message_id))
    fetch()
    before = IncomingMail.objects.latest("pk").uidvalidity
    server.forget_numbers()
    server.deliver(*numbered(3))
    fetch()
    fetch()
    assert IncomingMail.objects.latest("pk").uidvalidity != before
    assert (texts(), replies(sent.request)) == (expected(4), ["mail 002"])
    assert IncomingMail.objects.filter(state="double", raw=b"").count() == 3


def test_what_is_no_longer_kept_is_not_fetched_again(server):
    server.deliver(*numbered(0))
    fetch()
    IncomingMail.objects.update(raw=b"")
    fetch()
    server.forget_numbers()
    fetch()
    assert [bytes(raw) for raw in IncomingMail.objects.values_list("raw", flat=True)] == [b"", b""]


def test_of_a_mail_that_is_too_long_only_the_head_is_fetched(server, settings):
    settings.INBOX_LONGEST_MAIL = 2_000
    server.deliver(written("x" * 1_700), written("y" * 3_000_000, subject="Foto"))
    fetch()
    short, long = IncomingMail.objects.order_by("uid")
    assert (len(short.raw) > 1_700, short.state) == (True, "parked")
    assert (long.state, long.why) == ("parked", "te groot (3 MB): alleen de kop is opgehaald")
    assert b"Subject: Foto" in bytes(long.raw)
    assert b"yyy" not in bytes(long.raw)


def test_a_mail_that_the_server_does_not_give_holds_up_no_other(server):
    server.deliver(*numbered(0, 1, 2))
    [path] = [path for path in (server.folder / "mail").glob("*/*") if path.is_file() and b"mail 001" in path.read_bytes()]
    whole = path.read_bytes()
    path.write_bytes(whole[:20])  # shorter than its name says
    path.chmod(0)
    fetch()
    assert (texts(), Mailbox.objects.get().missing) == (["mail 000", "mail 002"], 1)
    path.chmod(0o600)
    path.write_bytes(whole)
    fetch()
    assert (texts(), Mailbox.objects.get().missing) == (expected(3), 0)


def test_of_two_workers_one_fetches(server):
    server.deliver(*numbered(0))
    fetch()
    Mailbox.objects.update(lease_until=NOW + LEASE)
    server.deliver(*numbered(1))
    assert fetch() == ""
    assert texts() == expected(1)
    fetch(NOW + LEASE)
    assert texts() == expected(2)


def test_a_worker_that_has_to_stop_leaves_the_rest_for_later(server):
    server.deliver(*numbered(0, 1))
    stop = threading.Event()
    stop.set()
    assert fetch(stop=stop) == ""
    assert not IncomingMail.objects.exists()
    fetch()
    assert texts() == expected(2)


def test_what_a_dead_process_left_is_dealt_with_also_while_the_mailbox_is_away(settings, britt):
    sent = sent_answer(britt)
    stored(written("Dank!", answers=sent.rfc_message_id))
    settings.INBOX_URL = "imap://a:b@127.0.0.1:1/INBOX"
    assert fetch() == "dealt with 1 mails; no mail fetched: de mailserver is niet bereikbaar (ConnectionRefusedError)"
    assert replies(sent.request) == ["Dank!"]


def test_a_mail_over_which_processes_die_is_left_to_a_person(settings, britt):
    sent = sent_answer(britt)
    settings.INBOX_URL = "imap://a:b@127.0.0.1:1/INBOX"
    stored(written("Dodelijk", answers=sent.rfc_message_id), attempts=10)
    stored(written("Dank!", answers=sent.rfc_message_id), attempts=9)
    fetch()
    found = IncomingMail.objects.order_by("pk").values_list("state", "why")
    assert list(found) == [("unreadable", "verwerken brak steeds af"), ("added", "")]
    assert replies(sent.request) == ["Dank!"]


def test_a_mail_that_makes_us_stumble_holds_up_no_other(server, britt, settings, caplog):
    sent = sent_answer(britt)
    settings.INBOX_MOST_REPLIES_A_DAY = None  # what comes next stumbles over this
    server.deliver(written("Geheim", answers=sent.rfc_message_id), written("Reclame", sender="boos@example.net"))
    fetch()
    assert sorted(IncomingMail.objects.values_list("state", "why")) == [
        ("parked", "hoort bij geen vraag die te vinden is"),
        ("unreadable", "niet te verwerken (TypeError)"),
    ]
    assert "TypeError" in caplog.text
    assert "Geheim" not in caplog.text


def test_a_wrong_password_is_said_without_it(server, settings, caplog):
    caplog.set_level(logging.DEBUG)
    settings.INBOX_URL = server.url.replace("ge%3Aheim", "zeker-fout")
    assert fetch() == "no mail fetched: de mailserver laat ons niet binnen: klopt het wachtwoord nog?"
    assert "zeker-fout" not in caplog.text + str(Mailbox.objects.values())


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_password(server, settings, monkeypatch):
    server.deliver(*numbered(0))
    settings.INBOX_URL = server.tls_url
    assert fetch() == "no mail fetched: de beveiligde verbinding is niet te vertrouwen (SSLCertVerificationError)"
    monkeypatch.setenv("SSL_CERT_FILE", str(server.folder / "cert.pem"))
    assert fetch() == "dealt with 1 mails"
    settings.INBOX_URL = server.tls_url.replace("localhost", "127.0.0.1")  # the certificate is in another name
    assert "SSLCertVerificationError" in fetch()


def test_a_folder_that_is_not_there(server, settings):
    settings.INBOX_URL = server.url.replace("INBOX", "Bestaat%20niet")
    assert fetch() == "no mail fetched: de map van INBOX_URL is niet te openen"


def test_polling_an_unchanged_mailbox_costs_the_same_however_much_was_fetched(server, django_assert_num_queries):
    make_request()
    server.deliver(*numbered(*range(3)))
    fetch()
    with django_assert_num_queries(8):
        fetch()
    server.deliver(*numbered(*range(3, 9)))
    fetch()
    with django_assert_num_queries(8):
        fetch()
