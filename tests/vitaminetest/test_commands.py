import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories import make_reference
from tests.vitaminetest.samples import FILE, sample
from vitaminetest.drafts import definition_of, store
from vitaminetest.models import Questionnaire

pytestmark = pytest.mark.django_db
CONTENT = settings.BASE_DIR / "vitaminetest" / "content" / "vitaminetest.yaml"


def run(name: str, *args) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def file(tmp_path):
    make_reference("grober2015")
    file = tmp_path / "proef.yaml"
    file.write_text(FILE, encoding="utf-8")
    return file


def edit() -> None:
    questionnaire = Questionnaire.objects.get()
    questionnaire.outcomes.filter(key="lees").update(title="Anders")


def test_a_file_is_read_once_and_again_when_it_changed(file):
    assert run("import_questionnaire", file) == "Vragenlijst ‘proef’: ingelezen als concept."
    assert run("import_questionnaire", file) == "Vragenlijst ‘proef’: ongewijzigd."
    file.write_text(FILE.replace("Een proefje", "Een proef"), encoding="utf-8")
    assert run("import_questionnaire", file, "--publish") == "Vragenlijst ‘proef’: bijgewerkt en gepubliceerd."
    assert Questionnaire.objects.get().live.definition["title"] == "Een proef"


def test_what_an_editor_changed_stays_until_told_otherwise(file):
    run("import_questionnaire", file)
    edit()
    changed = definition_of(Questionnaire.objects.get())
    file.write_text(FILE.replace("Een proefje", "Een proef"), encoding="utf-8")
    assert "overgeslagen" in run("import_questionnaire", file)
    assert definition_of(Questionnaire.objects.get()) == changed
    assert "bijgewerkt" in run("import_questionnaire", file, "--overwrite-edited")
    assert definition_of(Questionnaire.objects.get()).title == "Een proef"


def test_what_has_an_error_is_neither_read_nor_published(file):
    file.write_text(FILE.replace("body: Over magnesium.", "body: Je hebt een tekort."), encoding="utf-8")
    with pytest.raises(CommandError, match=r"is niet gepubliceerd:\n- Uitkomst ‘lees’, tekst: ‘Je hebt een tekort\.’ zegt"):
        run("import_questionnaire", file, "--publish")
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"title: [", b"- een lijst", b"title: T\nsections: 3"])
def test_what_is_no_questionnaire_is_refused(file, data):
    file.write_bytes(data)
    with pytest.raises(CommandError, match=r"proef\.yaml"):
        run("import_questionnaire", file)


def test_a_name_that_is_no_address_is_refused(tmp_path):
    with pytest.raises(CommandError, match="kan geen adres zijn"):
        run("import_questionnaire", tmp_path / "een twee.yaml")


def test_export_writes_what_import_reads(file, tmp_path):
    run("import_questionnaire", file, "--publish")
    exported = tmp_path / "uit" / "proef.yaml"
    exported.parent.mkdir()
    run("export_questionnaire", "proef", "--output", exported)
    assert run("import_questionnaire", exported) == "Vragenlijst ‘proef’: ongewijzigd."
    edit()
    assert "title: Anders" in run("export_questionnaire", "proef")
    assert run("export_questionnaire", "proef", "--version-number", 1) == exported.read_text(encoding="utf-8").strip()
    for args in (["bestaat-niet"], ["proef", "--version-number", 9]):
        with pytest.raises(CommandError):
            run("export_questionnaire", *args)


def test_check_says_what_the_admin_says_and_fails_on_errors(file, capsys):
    run("import_questionnaire", file)
    assert run("check_questionnaire", "proef", "--json").startswith("[")
    with pytest.raises(CommandError):
        run("check_questionnaire", "bestaat-niet")
    store(Questionnaire.objects.get(), sample().__class__("Leeg"))
    with pytest.raises(SystemExit):
        call_command("check_questionnaire", "proef")
    assert "Fout [no-question] Er is nog geen vraag. Voeg er een toe." in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("check_questionnaire", "proef", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found[0] | {"message": ""} == {
        "code": "no-question", "level": "error", "message": "", "field": "vragenlijst", "heading": "", "line": 0
    }  # fmt: skip


def test_our_own_questionnaire_passes_its_checks():
    call_command("seed", stdout=io.StringIO())
    assert run("check_questionnaire", "vitaminetest") == "0 fout(en), 0 let op, 0 tip(s)."
