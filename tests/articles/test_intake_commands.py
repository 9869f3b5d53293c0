from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intake.models import Nutrient
from tests.intake.tables import FILE, SOURCE, magnesium, make_magnesium

pytestmark = pytest.mark.django_db


def run(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tabel.csv"
    path.write_bytes(FILE.read_bytes().replace(b";350;", b";375;"))
    return path


def test_export_import_export_gives_the_same_bytes(tmp_path):
    make_magnesium()
    first, second = tmp_path / "een.csv", tmp_path / "twee.csv"
    run("export_intake", "magnesium", output=first)

    assert run("import_intake", first) == "Innametabel ‘magnesium’: ongewijzigd.\n"
    run("export_intake", output=second)
    assert first.read_bytes() == second.read_bytes()
    assert run("export_intake").encode() == FILE.read_bytes()


def test_dry_run_shows_the_difference_and_changes_nothing(file):
    make_magnesium()
    change = f"  Veranderd: ADH, Mannen, 14 jaar en ouder: van 350 milligram (bron {SOURCE}) naar 375 milligram (bron {SOURCE})\n"

    assert run("import_intake", file, dry_run=True) == (
        f"Innametabel ‘magnesium’: 1 verschil(len), niets bewaard (--dry-run).\n{change}"
    )
    assert Nutrient.objects.get().table() == magnesium()
    assert run("import_intake", file) == f"Innametabel ‘magnesium’: 1 verschil(len).\n{change}"
    assert Nutrient.objects.get().table() != magnesium()


def test_wrong_file_is_refused_whole_with_its_lines(file, tmp_path):
    make_magnesium()
    file.write_text(f"{file.read_text(encoding='utf-8')}magnesium;ADH;x\nzink;y\n", encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        run("import_intake", file)
    assert str(refused.value) == (
        "tabel.csv is niet ingelezen.\n- Regel 12: er staan 3 kolommen in plaats van 11.\n"
        "- Regel 13: er staan 2 kolommen in plaats van 11."
    )
    assert Nutrient.objects.get().table() == magnesium()
    with pytest.raises(CommandError, match="niet lezen"):
        run("import_intake", tmp_path / "weg.csv")
    with pytest.raises(CommandError, match="geen innametabel ‘zink’"):
        run("export_intake", "zink")


def test_check_is_silent_about_a_good_table_and_fails_on_another():
    nutrient = make_magnesium()
    assert run("check_intake") == "1 innametabel(len), 0 fout(en).\n"
    nutrient.values.filter(months_from=12).update(source=None)

    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("check_intake", stdout=out)
    assert (left.value.code, out.getvalue()) == (
        1,
        "Fout [no-source] magnesium: ADH ‘Kinderen, 12-23 maanden’ heeft geen bron.\n1 innametabel(len), 1 fout(en).\n",
    )


def test_check_speaks_json():
    nutrient = make_magnesium()
    nutrient.values.filter(months_from=12).update(source=None)

    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_intake", json=True, stdout=out)
    assert '"code": "no-source"' in out.getvalue()
