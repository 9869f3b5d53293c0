"""The pages of questions, outcomes, scores, sections and test cases, as a browser without script uses them."""

from dataclasses import replace

import pytest

from tests.vitaminetest.admin.pages import errors_of, fields_of, messages_of, text_of, url
from tests.vitaminetest.samples import sample
from vitaminetest.answers import DECLINED
from vitaminetest.definition import Case, Clause, Kind, Operator, Option, Outcome, OutcomeKind, Points, Question, Section
from vitaminetest.drafts import definition_of, store
from vitaminetest.models import Questionnaire, draft
from vitaminetest.publishing import publish_draft

pytestmark = pytest.mark.django_db
OF = {"section": draft.Section, "question": draft.Question, "score": draft.Score, "outcome": draft.Outcome, "case": draft.Case}


def saved() -> object:
    return definition_of(Questionnaire.objects.get())


def pk_of(model: str, key: str) -> int:
    name = {"name": key} if model == "case" else {"key": key}
    return OF[model].objects.get(**name).pk


def opened(client, model: str, key: str = "", **query) -> tuple[str, dict]:
    """Return the address of a page and what its form would post."""
    address = (
        url(model, "change", pk_of(model, key)) if key else url(model, "add", vragenlijst=Questionnaire.objects.get().pk, **query)
    )
    return address, fields_of(client.get(address), f"{model}_form")


def clause(prefix: str, number: int, /, **fields) -> dict:
    return {f"{prefix}-{number}-{name}": value for name, value in fields.items()}


def test_a_form_that_is_sent_back_as_it_came_changes_nothing(writer_client, questionnaire):
    for model, rows in OF.items():
        for row in rows.objects.all():
            address, fields = opened(writer_client, model, getattr(row, "key", "") or row.name)
            response = writer_client.post(address, fields)
            assert (response.status_code, saved()) == (302, sample()), address


def test_the_last_line_end_of_a_text_stays(writer_client, questionnaire):
    draft.Outcome.objects.filter(key="lees").update(body="Over magnesium.\n")
    before = saved()
    address, fields = opened(writer_client, "outcome", "lees")
    assert (writer_client.post(address, fields).status_code, saved()) == (302, before)


def test_an_editor_adds_a_question_with_answers_and_a_condition(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", onderdeel=pk_of("section", "eten"))
    fields |= {"text": "Hoe vaak eet je vis?", "kind": "choice", "hint": "Zalm,\r\nharing."}
    fields |= {"options-0-label": "Vaak", "options-1-label": "Zelden of nooit", "options-0-place": "2", "options-1-place": "1"}
    fields |= clause("clauses", 0, about="vraag:soms", operator="is_not", answers=["soms=niets"])
    response = writer_client.post(address, fields)
    assert response.status_code == 302, errors_of(response)
    assert saved().questions["hoe-vaak-eet-je-vis"] == Question(
        "hoe-vaak-eet-je-vis",
        Kind.CHOICE,
        "Hoe vaak eet je vis?",
        "Zalm,\nharing.",
        options=(Option("zelden-of-nooit", "Zelden of nooit"), Option("vaak", "Vaak")),
        shown_if=((Clause(Operator.IS_NOT, "soms", options=("niets",)),),),
    )
    assert [question.key for question in saved().sections[1].questions][-1] == "hoe-vaak-eet-je-vis"
    assert response.url.endswith(f"/change/#vraag-{pk_of('question', 'hoe-vaak-eet-je-vis')}")


def test_only_earlier_questions_are_offered(writer_client, questionnaire):
    page = writer_client.get(url("question", "change", pk_of("question", "situatie"))).content.decode()
    assert 'value="vraag:geslacht"' in page
    assert 'value="vraag:volkoren"' not in page
    assert 'value="vraag:situatie"' not in page
    assert 'value="geslacht=vrouw"' in page
    outcome = writer_client.get(url("outcome", "change", pk_of("outcome", "lees"))).content.decode()
    assert 'value="vraag:volkoren"' in outcome
    assert 'value="score:bord"' in outcome
    assert 'value="vraag:uitleg"' not in outcome


def test_lines_with_and_belong_to_one_group_and_or_begins_another(writer_client, questionnaire):
    address, fields = opened(writer_client, "outcome", "lees")
    fields["clauses-TOTAL_FORMS"] = "3"
    fields |= clause("clauses", 0, joined="and", about="vraag:leeftijd", operator="at_least", number="18")
    fields |= clause("clauses", 1, joined="and", about="vraag:volkoren", operator="is", answers=["volkoren=ja"])
    fields |= clause("clauses", 2, joined="or", about="score:bord", operator="at_most", number="2")
    assert writer_client.post(address, fields).status_code == 302
    assert saved().outcome("lees").applies_if == (
        (Clause(Operator.AT_LEAST, "leeftijd", number=18), Clause(Operator.IS, "volkoren", options=("ja",))),
        (Clause(Operator.AT_MOST, score="bord", number=2),),
    )


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"about": "vraag:leeftijd", "operator": "is", "number": "4"}, "Een getal vergelijk je met"),
        ({"about": "vraag:leeftijd", "operator": "at_least"}, "Vul een getal in."),
        ({"about": "vraag:leeftijd", "operator": "at_least", "number": "1", "answers": ["volkoren=ja"]}, "Hier hoort een getal"),
        ({"about": "vraag:volkoren", "operator": "at_most", "number": "4"}, "Vergelijk met ‘is’ of ‘is niet’."),
        ({"about": "vraag:volkoren", "operator": "is"}, "Kies om welk antwoord het gaat."),
        ({"about": "vraag:volkoren", "operator": "is", "answers": ["geslacht=man"]}, "Niet elk gekozen antwoord hoort bij"),
        ({"about": "vraag:volkoren", "operator": "is", "answers": ["volkoren=ja"], "number": "3"}, "geen getal. Maak dit leeg."),
        ({"about": "score:bord", "operator": "is", "answers": ["volkoren=ja"]}, "Een score vergelijk je met"),
        ({"about": "score:weg", "operator": "at_least", "number": "3"}, "Deze score is er niet (meer)."),
        ({"about": "vraag:weg", "operator": "is", "answers": ["weg=x"]}, "Deze vraag komt niet eerder"),
        ({"about": "", "operator": "is", "answers": ["volkoren=ja"]}, "Kies waar deze regel over gaat"),
        ({"about": "vraag:leeftijd", "operator": "at_least", "number": "veel"}, "Voer een geheel getal in."),
    ],
)
def test_a_line_that_makes_no_sense_says_so_and_loses_nothing(writer_client, questionnaire, row, error):
    address, fields = opened(writer_client, "outcome", "lees")
    fields |= {"title": "Nieuwe titel"} | clause("clauses", 0, **row)
    response = writer_client.post(address, fields)
    assert [found for found in errors_of(response) if error in found], errors_of(response)
    kept = fields_of(response, "outcome_form")
    assert kept["title"] == ["Nieuwe titel"]
    for name, value in row.items():
        assert kept.get(f"clauses-0-{name}", [""]) == (value if isinstance(value, list) else [value])
    assert saved() == sample()


def test_an_outcome_a_score_and_a_section_are_added(writer_client, questionnaire):
    address, fields = opened(writer_client, "section")
    assert writer_client.post(address, fields | {"title": "Slot"}).status_code == 302
    address, fields = opened(writer_client, "score")
    fields |= {"label": "Bewegen", **clause("points", 0, about="vraag:leeftijd", at_least="18", at_most="65", points="-2")}
    fields |= clause("points", 1, about="vraag:soms", answers=["soms=noten", "soms=peulvruchten"], points="3")
    assert writer_client.post(address, fields).status_code == 302
    address, fields = opened(writer_client, "outcome")
    fields |= {"title": "Let op", "kind": "caution", "body": "Een\r\ntekst.", "review_by": "2027-05-01"}
    assert writer_client.post(address, fields).status_code == 302
    found = saved()
    assert found.sections[-1] == Section("slot", "Slot")
    rules = (Points("leeftijd", -2, at_least=18, at_most=65), Points("soms", 3, ("noten", "peulvruchten")))
    assert (found.scores[-1].key, found.scores[-1].label, found.scores[-1].points) == ("bewegen", "Bewegen", rules)
    assert found.outcomes[-1] == Outcome("let-op", OutcomeKind.CAUTION, "Let op", "Een\ntekst.", "2027-05-01")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"about": "vraag:leeftijd", "points": "1"}, "Bij een getal geef je"),
        ({"about": "vraag:volkoren", "points": "1", "at_least": "2"}, "Maak ‘van’ en ‘tot en met’ leeg."),
        ({"about": "vraag:volkoren", "points": "1"}, "Kies om welk antwoord het gaat."),
        ({"about": "vraag:volkoren", "answers": ["volkoren=ja"]}, "Hoeveel punten?"),
        ({"about": "", "points": "1"}, "Kies een vraag"),
        ({"about": "vraag:volkoren", "points": "1", "answers": ["soms=noten"]}, "Niet elk gekozen antwoord"),
    ],
)
def test_a_rule_for_points_that_makes_no_sense_says_so(writer_client, questionnaire, row, error):
    address, fields = opened(writer_client, "score", "bord")
    empty = int(fields["points-TOTAL_FORMS"][0]) - 1
    response = writer_client.post(address, fields | clause("points", empty, **row))
    assert [found for found in errors_of(response) if error in found], errors_of(response)


def test_an_emptied_row_goes_and_answers_go_only_with_a_choice(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", "geslacht")
    assert writer_client.post(address, fields | {"options-0-label": ""}).status_code == 302
    assert [option.key for option in saved().questions["geslacht"].options] == ["vrouw"]
    address, fields = opened(writer_client, "question", "geslacht")
    assert "Bij deze soort vraag horen geen antwoorden." in errors_of(writer_client.post(address, fields | {"kind": "yesno"}))[0]
    fields["options-0-label"] = ""
    assert errors_of(writer_client.post(address, fields)) == ["Geef antwoorden om uit te kiezen."]


def test_a_label_changes_and_its_key_stays(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", "geslacht")
    writer_client.post(address, fields | {"options-1-label": "Vrouwelijk", "text": "Wat is je geslacht?"})
    question = saved().questions["geslacht"]
    assert (question.text, question.options[1]) == ("Wat is je geslacht?", Option("vrouw", "Vrouwelijk", intake="female"))


def test_a_key_can_change_until_it_was_published_and_everything_follows(writer_client, questionnaire, chief):
    for model, old, new in (("question", "volkoren", "brood"), ("score", "bord", "tafel"), ("outcome", "lees", "verder")):
        address, fields = opened(writer_client, model, old)
        assert writer_client.post(address, fields | {"key": new}).status_code == 302
    found = saved()
    assert found.cases[0] == Case(
        "Weinig op het bord", (("leeftijd", 40), ("geslacht", "man"), ("soms", ("niets",)), ("brood", "nee")), ("noten", "verder")
    )
    assert found.scores[0].points[-1].question == "brood"
    assert found.outcome("noten").applies_if == ((Clause(Operator.AT_MOST, score="tafel", number=1),),)
    publish_draft(questionnaire, by=chief)
    address, fields = opened(writer_client, "question", "brood")
    assert "key" not in fields
    writer_client.post(address, fields | {"key": "anders"})
    assert "brood" in saved().questions


@pytest.mark.parametrize(("key", "error"), [("Ja hoor", "geldige"), ("1x", "kleine letters"), ("leeftijd", "al in gebruik")])
def test_a_key_that_can_not_be_is_refused(writer_client, questionnaire, key, error):
    address, fields = opened(writer_client, "question", "volkoren")
    assert error in " ".join(errors_of(writer_client.post(address, fields | {"key": key})))


def test_two_questions_with_one_text_get_two_keys(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", onderdeel=pk_of("section", "eten"))
    for text in ("Leeftijd", "123", DECLINED):
        writer_client.post(address, fields | {"text": text, "kind": "yesno"})
    assert list(saved().questions)[-3:] == ["leeftijd-2", "k-123", f"{DECLINED}-2"]


def test_a_test_case_is_made_with_form_fields_and_says_whether_it_is_green(writer_client, questionnaire):
    address, fields = opened(writer_client, "case")
    fields |= {
        "name": "Noten",
        "antwoord_leeftijd": "40",
        "antwoord_geslacht": DECLINED,
        "antwoord_soms": ["noten", "peulvruchten"],
    }
    fields |= {"antwoord_volkoren": "ja", "expects": ["lees"]}
    response = writer_client.post(address, fields, follow=True)
    assert "De proef is groen" in " ".join(messages_of(response))
    answers = (("leeftijd", 40), ("geslacht", DECLINED), ("soms", ("noten", "peulvruchten")), ("volkoren", "ja"))
    assert saved().cases[-1] == Case("Noten", answers, ("lees",))
    address, fields = opened(writer_client, "case", "Noten")
    response = writer_client.post(address, fields | {"expects": ["noten"]}, follow=True)
    assert "De proef is rood: verwacht ‘noten’, maar het werd ‘lees’." in text_of(response)


def test_ticks_that_exclude_each_other_are_refused(writer_client, questionnaire):
    address, fields = opened(writer_client, "case")
    response = writer_client.post(address, fields | {"name": "X", "antwoord_soms": ["noten", "niets"]})
    assert errors_of(response) == ["Deze antwoorden gaan niet samen."]


def test_what_was_taken_away_is_named_by_the_checks(writer_client, questionnaire):
    pk = pk_of("question", "geslacht")
    assert "Nee, laat staan" in text_of(writer_client.get(url("question", "delete", pk)))
    page = writer_client.post(url("question", "delete", pk), {"post": "yes"}, follow=True)
    assert "de voorwaarde kijkt naar de vraag ‘geslacht’, maar die komt niet eerder" in text_of(page)
    assert "geslacht" not in saved().questions


def test_the_log_of_the_questionnaire_says_what_happened_to_its_parts(writer_client, questionnaire):
    address, fields = opened(writer_client, "section")
    writer_client.post(address, fields | {"title": "Slot"})
    address, fields = opened(writer_client, "outcome", "lees")
    writer_client.post(address, fields | {"title": "Anders"})
    writer_client.post(url("question", "delete", pk_of("question", "volkoren")), {"post": "yes"})
    page = text_of(writer_client.get(url("questionnaire", "history", questionnaire.pk)))
    for said in ("Onderdeel ‘slot’ toegevoegd.", "Uitkomst ‘lees’ gewijzigd.", "Vraag ‘volkoren’ verwijderd."):
        assert said in page, said


def test_bounds_belong_to_a_number_only(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", "leeftijd")
    assert writer_client.post(address, fields | {"maximum": "-1"}).status_code == 200
    assert writer_client.post(address, fields | {"kind": "yesno", "intake": ""}).status_code == 302
    question = saved().questions["leeftijd"]
    assert (question.kind, question.minimum, question.maximum) == (Kind.YESNO, 0, 1_000_000)


# Two editors


def test_what_only_the_other_changed_stays(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", "situatie")
    store(questionnaire, replace_condition(sample(), number=16))
    response = writer_client.post(address, fields | {"hint": "Een hint."})
    assert response.status_code == 302, errors_of(response)
    assert saved().questions["situatie"].hint == "Een hint."
    assert saved().questions["situatie"].shown_if[0][1].number == 16


def test_what_both_changed_is_shown_and_only_a_second_save_writes(writer_client, questionnaire):
    address, fields = opened(writer_client, "question", "situatie")
    store(questionnaire, replace_condition(sample(), number=16))
    response = writer_client.post(address, fields | {"clauses-1-number": "18"})
    assert "Nu staat er: geslacht is vrouw en leeftijd is ten minste 16." in " ".join(errors_of(response))
    assert saved().questions["situatie"].shown_if[0][1].number == 16
    assert writer_client.post(address, fields_of(response, "question_form")).status_code == 302
    assert saved().questions["situatie"].shown_if[0][1].number == 18


def test_a_text_that_both_changed_is_kept_beside_the_saved_one(writer_client, questionnaire):
    address, fields = opened(writer_client, "outcome", "lees")
    draft.Outcome.objects.filter(key="lees").update(body="Van de ander.")
    response = writer_client.post(address, fields | {"body": "Van mij."})
    assert "Bewaard is: ‘Van de ander.’" in " ".join(errors_of(response))
    assert (saved().outcome("lees").body, fields_of(response, "outcome_form")["body"]) == ("Van de ander.", ["Van mij."])


def replace_condition(definition, *, number: int):
    jij = definition.sections[0]
    situatie = jij.questions[2]
    group = (situatie.shown_if[0][0], replace(situatie.shown_if[0][1], number=number))
    questions = (*jij.questions[:2], replace(situatie, shown_if=(group,)))
    return replace(definition, sections=(replace(jij, questions=questions), *definition.sections[1:]))
