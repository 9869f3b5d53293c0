"""Erasing takes all of a request away, keeps what counts nobody, and holds after an older backup was put back."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.utils.timezone import localdate

from advice import access, anchors, auditing, public_questions, search, tombstones
from advice.answering import save_draft
from advice.auditing import find_faults
from advice.erasing import AGAIN, erase
from advice.handling import add_note
from advice.models import (
    AccessLink,
    AdviceRequest,
    AuditEvent,
    DailyFact,
    Draft,
    IncomingMail,
    Message,
    Note,
    OutgoingMail,
    Presence,
    PublicQuestion,
    Tombstone,
)
from advice.search.finding import find_requests
from magsite.backup import make_backup
from tests.advice.factories import NOW, make_answer, make_request
from tests.advice.incoming import make_incoming

pytestmark = pytest.mark.django_db
READER, SYSTEM = auditing.READER, auditing.SYSTEM
WHY = "op verzoek van de lezer"
OF_A_REQUEST = (Message, Note, Draft, Presence, AccessLink, OutgoingMail)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def make_full_request(britt, anna, **fields) -> AdviceRequest:
    """Return a request with a row in every table that can belong to one."""
    request = make_request(**fields)
    add_note(request, by=anna, body="Bellen?", now=NOW)
    message = make_answer(request, by=britt)
    save_draft(request, by=anna, body="half", base_version=1, now=NOW)
    Presence.objects.create(request=request, user=britt, seen_at=NOW)
    make_incoming(request=request, message=message)
    return request


def erase_now(request: AdviceRequest, by=READER, because: str = WHY) -> Tombstone:
    return erase(request, by=by, now=NOW, because=because)


def test_erasing_takes_everything_and_leaves_a_tombstone(britt, anna):
    request, other = make_full_request(britt, anna), make_request()
    assert [model.objects.filter(request=request).exists() for model in OF_A_REQUEST] == [True] * len(OF_A_REQUEST)
    reference = request.reference
    tombstone = erase_now(request)
    assert list(AdviceRequest.objects.all()) == [other]
    assert {row.request for model in OF_A_REQUEST for row in model.objects.all()} == {other}
    assert tombstone == Tombstone.objects.get()
    assert (tombstone.erased_at, tombstone.because) == (NOW, WHY)
    assert reference not in tombstone.digest
    assert (tombstones.was_erased(reference), tombstones.was_erased(other.reference)) == (True, False)


def test_the_log_says_who_erased_what_and_stays_whole(britt, anna):
    request = make_full_request(britt, anna)
    erase_now(request)
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.reference, event.detail) == ("erased", READER, request.reference, {"because": WHY})
    assert find_faults() == []


def test_the_counts_stay_as_they_were(britt, anna):
    request = make_full_request(britt, anna)
    before = list(DailyFact.objects.order_by("pk").values())
    assert {fact["kind"] for fact in before} == {"received", "answer", "first_answer"}
    assert {fact["day"] for fact in before} == {localdate(NOW)}
    erase_now(request)
    assert list(DailyFact.objects.order_by("pk").values()) == before


def test_nobody_finds_an_erased_request(britt, anna):
    request, other = make_full_request(britt, anna), make_request()
    assert [hit.request for hit in find_requests("banaan", by=britt).hits] == [other, request]
    erase_now(request)
    assert [hit.request for hit in find_requests("banaan", by=britt).hits] == [other]
    assert search.engine.engine().find([search.tokens.phrase_of("bellen")], 10) == []


def test_a_link_to_an_erased_request_leads_nowhere(britt, anna):
    token = access.token_of(make_full_request(britt, anna).links.first())
    erase_now(access.find_link(token).request)
    assert access.find_link(token) is None


def test_a_mail_that_came_in_is_emptied_but_not_fetched_again(britt, anna):
    request = make_full_request(britt, anna)
    mail = IncomingMail.objects.get()
    erase_now(request)
    left = IncomingMail.objects.values().get()
    empty = {"raw": b"", "why": "", "state": "erased", "request_id": None, "message_id": None}
    kept = {
        "id": mail.pk,
        "mailbox": "INBOX",
        "uidvalidity": 7,
        "uid": mail.uid,
        "attempts": 0,
        "digest": "d" * 64,
        "received_at": NOW,
    }
    assert left == empty | kept


def test_what_was_published_stays_without_its_request_and_an_unchecked_draft_goes(britt, anna):
    request = make_full_request(britt, anna)
    _, vouched, published = [public_questions.start(request, by=britt, now=NOW) for _ in range(3)]
    vouched.checked_digest = public_questions.digest_of(vouched)
    vouched.save()
    PublicQuestion.objects.filter(pk=published.pk).update(state="published", checked_at=NOW, published_at=NOW)
    erase_now(request)
    assert {(row.pk, row.request) for row in PublicQuestion.objects.all()} == {(vouched.pk, None), (published.pk, None)}


def test_erasing_twice_changes_nothing(britt, anna):
    request = make_full_request(britt, anna)
    again = AdviceRequest.objects.get()
    first = erase_now(request)
    assert erase(again, by=SYSTEM, now=NOW + timedelta(days=1), because="later") == first
    assert AuditEvent.objects.filter(action="erased").count() == 1


def test_only_who_may_erase_does(britt, manager, writer):
    request = make_request()
    for user in (britt, writer):
        with pytest.raises(PermissionDenied):
            erase_now(request, by=user)
    assert AdviceRequest.objects.exists()
    erase_now(request, by=manager)
    assert AuditEvent.objects.first().actor == "beheerder"


def test_an_erasure_that_fails_leaves_everything(britt, anna, django_capture_on_commit_callbacks):
    request = make_full_request(britt, anna)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        erase_now(request)
        transaction.set_rollback(True)
    assert [model.objects.filter(request_id=request.pk).exists() for model in OF_A_REQUEST] == [True] * len(OF_A_REQUEST)
    assert IncomingMail.objects.get().raw
    assert not Tombstone.objects.exists()
    assert not tombstones.erased_file().exists()


def test_the_file_beside_the_database_gets_a_line_when_the_transaction_ends_well(django_capture_on_commit_callbacks):
    request = make_request()
    with django_capture_on_commit_callbacks(execute=True):
        erase_now(request)
    assert tombstones.erased_file().read_text() == f"{Tombstone.objects.get().digest} 2026-11-24T09:00:00+00:00 {WHY}\n"
    assert tombstones.erased_file().stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_keeps_nobody_from_erasing(django_capture_on_commit_callbacks, caplog):
    tombstones.erased_file().mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        erase_now(make_request())
    assert not AdviceRequest.objects.exists()
    assert "Is a directory" in caplog.text
    tombstones.erased_file().rmdir()
    assert tombstones.complete_file(NOW) == 1


def test_a_line_that_a_crash_kept_out_of_the_file_is_added_later():
    erase_now(make_request())  # in a test the transaction never ends: the line is missing, as after a crash
    day = timedelta(days=1)
    assert (tombstones.complete_file(NOW + day), tombstones.complete_file(NOW + day)) == (1, 0)
    old = erase_now(make_request())
    Tombstone.objects.filter(pk=old.pk).update(erased_at=NOW - 30 * day)
    assert tombstones.complete_file(NOW + day) == 0, "only the last days can be missing"
    tombstones.erased_file().unlink()
    assert tombstones.complete_file(NOW + day) == 2, "but when the file is gone it is made anew"
    assert {line.digest for line in tombstones.read_file()} == set(Tombstone.objects.values_list("digest", flat=True))


def test_a_damaged_line_hides_no_other():
    tombstones.write_down(erase_now(make_request()))
    with open(tombstones.erased_file(), "a") as file:
        file.write("0123456789abc")
    tombstones.write_down(erase_now(make_request()))
    assert {line.digest for line in tombstones.read_file()} == set(Tombstone.objects.values_list("digest", flat=True))


def test_a_new_secret_key_knows_what_was_erased_under_the_old_one(settings):
    reference = erase_now(request := make_request()) and request.reference
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert tombstones.was_erased(reference)
    settings.SECRET_KEY_FALLBACKS = []
    assert not tombstones.was_erased(reference)


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_stays_erased_after_a_restore(only_on_sqlite, shared_database, britt, anna, capsys, tmp_path):
    erased, kept = make_full_request(britt, anna), make_request()
    backup = make_backup(source=shared_database, folder=tmp_path / "backups")
    later = make_request()  # made and erased after the backup
    for request in (erased, later):
        erase_now(AdviceRequest.objects.get(pk=request.pk))
    anchors.write_anchor(NOW)
    _restore(backup, shared_database)
    assert set(AdviceRequest.objects.all()) == {erased, kept}
    call_command("replay_erasures")
    assert capsys.readouterr().out.splitlines() == [
        "Het logboek is korter dan het was: dat is bij de ankers opgeschreven als teruggezet.",
        "Opnieuw gewist: 1",
    ]
    assert list(AdviceRequest.objects.all()) == [kept]
    assert [tombstones.was_erased(request.reference) for request in (erased, later, kept)] == [True, True, False]
    assert AuditEvent.objects.first().detail == {"because": AGAIN}
    assert {tombstone.because for tombstone in Tombstone.objects.all()} == {WHY}
    lines = tombstones.erased_file().read_text()
    call_command("replay_erasures")
    assert capsys.readouterr().out == "Opnieuw gewist: 0\n"
    assert tombstones.erased_file().read_text() == lines
    call_command("verify_audit")


def test_without_the_file_nothing_is_replayed():
    with pytest.raises(CommandError, match="niet te zeggen"):
        call_command("replay_erasures")


@pytest.mark.django_db(transaction=True)
def test_whoever_adds_to_a_request_that_is_being_erased_waits(shared_database, britt):
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one writes at a time")
    request = make_request()
    values = f"VALUES ({request.pk}, {britt.pk}, now(), false)"
    with transaction.atomic(), closing(connection.copy()) as other, other.cursor() as cursor:
        erase_now(request)
        cursor.execute("SET lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            cursor.execute(f"INSERT INTO advice_presence (request_id, user_id, seen_at, is_writing) {values}")
    assert not AdviceRequest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_forgets_without_a_vacuum(only_on_sqlite, shared_database, britt, anna):
    marker = "merkteken7a1c"
    with transaction.atomic():
        texts = [f"{marker} {number} " + "x" * 3_000 for number in range(12)]
        requests = [make_full_request(britt, anna, question=text) for text in texts]
    _write_ahead_log_into_file()
    assert marker.encode() in shared_database.read_bytes()
    for request in requests[::2] + requests[1::2]:
        erase_now(AdviceRequest.objects.get(pk=request.pk))
    _write_ahead_log_into_file()
    files = list(shared_database.parent.glob("db.sqlite3*"))
    assert {file.name for file in files} >= {"db.sqlite3", "db.sqlite3-wal"}
    assert [file.name for file in files if marker.encode() in file.read_bytes()] == []


def _write_ahead_log_into_file() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _restore(backup: Path, database: Path) -> None:
    """Put a backup back as docs/deployment.md says."""
    connection.close()
    for file in database.parent.glob("db.sqlite3*"):
        file.unlink()
    with closing(sqlite3.connect(backup)) as copy, closing(sqlite3.connect(database)) as restored:
        copy.backup(restored)
