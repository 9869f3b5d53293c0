from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import ForbiddenTerm
from tests.factories import make_term

pytestmark = pytest.mark.django_db
ROW = "- {term: wonder, kind: verboden, level: error, explanation: Nee., exceptions: [wonder boven wonder]}\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "woorden.yaml"
    path.write_text(ROW, encoding="utf-8")
    return path


def run(file) -> str:
    out = StringIO()
    call_command("import_terms", file, stdout=out)
    return out.getvalue()


def test_import_makes_the_words_and_a_second_time_changes_nothing(file):
    assert run(file).startswith("Woorden: 1 nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 ")
    assert run(file).startswith("Woorden: 0 nieuw, 0 bijgewerkt, 1 ongewijzigd, 0 ")
    fields = ("term", "kind", "level", "explanation", "exceptions", "is_active")
    assert list(ForbiddenTerm.objects.values_list(*fields)) == [
        ("wonder", "verboden", "error", "Nee.", "wonder boven wonder", True)
    ]


def test_changed_file_updates_what_no_editor_touched(file):
    run(file)
    file.write_text(ROW.replace("error", "hint"))

    assert run(file).startswith("Woorden: 0 nieuw, 1 bijgewerkt, 0 ongewijzigd, 0 ")
    assert ForbiddenTerm.objects.get().level == "hint"


def test_what_an_editor_changed_stays(file):
    run(file)
    ForbiddenTerm.objects.update(level="warning", is_active=False)

    assert run(file) == "Woorden: 0 nieuw, 0 bijgewerkt, 0 ongewijzigd, 1 door een redacteur aangepast en zo gelaten.\n"
    assert list(ForbiddenTerm.objects.values_list("level", "is_active")) == [("warning", False)]


def test_word_that_was_put_aside_stays_aside(file):
    run(file)
    ForbiddenTerm.objects.update(is_active=False)
    file.write_text(ROW.replace("error", "hint"))
    run(file)

    assert not ForbiddenTerm.objects.get().is_active


def test_own_word_of_an_editor_is_not_taken_over(file):
    make_term("wonder", level="hint")
    run(file)

    assert ForbiddenTerm.objects.get().level == "hint"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("term: x", "moet een lijst zijn"),
        ("- {term: x, oei: y}", "Woord 1: gebruik alleen"),
        ("- {term: x, level: erg}", "Woord 1 \\(‘x’\\)"),
        ("- {term: '...'}", "minstens één letter"),
        ("- {term: x}\n- {term: X}", "twee keer"),
        ("- [", "geen geldige YAML"),
    ],
)
def test_faulty_file_is_said_and_nothing_is_written(file, text, message):
    file.write_text(ROW + text if text.startswith("- {") else text)
    if message.startswith("Woord 1"):
        message = message.replace("Woord 1", "Woord 2")

    with pytest.raises(CommandError, match=message):
        run(file)
    assert not ForbiddenTerm.objects.exists()


def test_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="niet te lezen"):
        run(tmp_path / "weg.yaml")
