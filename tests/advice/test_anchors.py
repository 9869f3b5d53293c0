"""What was written down outside of the database shows what the chain can't: an end that was cut off, a log written anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from advice import anchors, auditing
from advice.anchors import find_all_faults, read_anchors, was_restored, without_lost, write_anchor, write_restore
from advice.auditing import START, Fault, find_faults
from advice.models import AuditEvent
from tests.advice.factories import NOW
from tests.advice.tampering import tampering

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def record(count: int, by: str = auditing.SYSTEM) -> None:
    with transaction.atomic():
        for _ in range(count):
            auditing.record(AuditEvent.Action.SETTINGS, by=by)


def verify(capsys) -> tuple[int, str]:
    try:
        call_command("verify_audit")
    except SystemExit as ended:
        return ended.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def cut_off(number: int) -> None:
    with tampering():
        AuditEvent.objects.filter(number__gt=number).delete()


def test_an_anchor_is_a_line_that_only_the_owner_may_read(folder):
    record(3)
    anchor = write_anchor(NOW)
    digest = AuditEvent.objects.get(number=3).digest
    assert anchors.anchors_file().read_text() == f"2026-11-24T09:00:00+00:00 3 {digest}\n"
    assert anchors.anchors_file().stat().st_mode & 0o777 == 0o600
    assert read_anchors() == ([anchor], [])


def test_a_day_without_news_and_an_empty_log_need_no_anchor():
    assert (write_anchor(NOW).number, write_anchor(NOW).digest) == (0, START)
    assert read_anchors() == ([], [])
    record(1)
    for day in range(3):
        write_anchor(NOW + day * DAY)
    record(1)
    write_anchor(NOW + 3 * DAY)
    assert [anchor.number for anchor in read_anchors()[0]] == [1, 2]


def test_an_end_that_was_cut_off_shows():
    record(5)
    write_anchor(NOW)
    cut_off(3)
    assert find_faults() == []
    assert find_all_faults() == [Fault(5, "ontbreekt, maar stond er op 24-11-2026")]


def test_a_log_that_was_written_anew_shows():
    record(5)
    write_anchor(NOW)
    cut_off(0)
    record(8, by="anna")
    assert find_faults() == []
    assert find_all_faults() == [Fault(5, "is niet de regel die er op 24-11-2026 stond")]


def test_an_emptied_log_shows():
    record(2)
    write_anchor(NOW)
    cut_off(0)
    assert find_all_faults() == [Fault(2, "ontbreekt, maar stond er op 24-11-2026")]


def test_a_restored_database_is_no_fault_once_that_was_written_down():
    for day in range(4):
        record(2)
        write_anchor(NOW + day * DAY)
    cut_off(5)
    assert [fault.number for fault in find_all_faults()] == [6, 8]
    assert write_restore(NOW + 4 * DAY)
    assert find_all_faults() == []
    record(4)
    write_anchor(NOW + 5 * DAY)
    assert [anchor.number for anchor in without_lost(read_anchors()[0])] == [2, 4, 5, 9]
    assert find_all_faults() == []
    cut_off(4)
    assert [fault.number for fault in find_all_faults()] == [5, 9]


def test_a_restore_without_a_missing_row_is_remembered_too():
    record(2)
    write_anchor(NOW)
    assert not was_restored()
    assert not write_restore(NOW)
    assert was_restored()
    assert find_all_faults() == []


@pytest.mark.parametrize("line", ["nonsense", "2026-11-24 1", f"gisteren 1 {START}", f"2026-11-24 een {START}", "2026-11-24 1 abc"])
def test_a_line_that_cannot_be_read_shows(line, capsys):
    record(1)
    write_anchor(NOW)
    with open(anchors.anchors_file(), "a") as file:
        file.write(line)
    record(1)
    write_anchor(NOW)  # begins a line of its own
    assert [anchor.number for anchor in read_anchors()[0]] == [1, 2]
    code, out = verify(capsys)
    assert (code, out.splitlines()[0]) == (1, f"FOUT in {anchors.anchors_file()}: regel 2 is niet te lezen")


def test_the_command_prints_where_the_log_stands(capsys):
    assert verify(capsys)[0] == 0
    record(3)
    write_anchor(NOW)
    digest = AuditEvent.objects.get(number=3).digest
    expected = f"Geen fouten gevonden.\nVergeleken met 1 anker(s).\nLaatste regel: 3\nVingerafdruk: {digest}\n"
    assert verify(capsys) == (0, expected)


def test_the_command_names_every_fault_and_ends_with_1(capsys):
    record(30)
    write_anchor(NOW)
    cut_off(29)
    with tampering():
        AuditEvent.objects.filter(number__lt=25).update(actor="anna")
    code, out = verify(capsys)
    assert code == 1
    assert out.splitlines()[0] == "FOUT bij regel 1: is veranderd"
    assert out.splitlines()[19:21] == ["FOUT bij regel 20: is veranderd", "… en nog 5 fouten."]
    assert "Geen fouten" not in out


def test_the_command_says_that_a_backup_was_put_back(capsys):
    record(2)
    write_anchor(NOW)
    cut_off(1)
    write_restore(NOW + DAY)
    code, out = verify(capsys)
    assert code == 0
    assert "Op 25-11-2026 is een reservekopie teruggezet, tot en met regel 1." in out
