"""The page of a questionnaire, and the ways from its draft to readers and to files."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.vitaminetest.admin.pages import errors_of, fields_of, messages_of, text_of, url
from tests.vitaminetest.samples import FILE, sample
from vitaminetest.answers import DECLINED
from vitaminetest.definition import Case, Definition
from vitaminetest.definition_file import dump
from vitaminetest.drafts import definition_of, store
from vitaminetest.models import Questionnaire, Version, draft
from vitaminetest.publishing import publish_draft

pytestmark = pytest.mark.django_db


def saved() -> Definition:
    return definition_of(Questionnaire.objects.get())


def at(page: str, *more, **query) -> str:
    return url("questionnaire", page, Questionnaire.objects.get().pk, *more, **query)


def upload(text: str | bytes) -> dict:
    return {"file": SimpleUploadedFile("proef.yaml", text.encode() if isinstance(text, str) else text)}


def test_the_page_shows_the_whole_in_words(writer_client, questionnaire):
    page = text_of(writer_client.get(at("change")))
    for part in (
        "Lezers zien deze test niet.",
        "Wat is je geslacht geslacht keuze zeg ik liever niet",
        "alleen als geslacht = Vrouw en leeftijd ≥ 14 jaar",
        "alleen als leeftijd ≤ 17 jaar, of situatie = Ik ben zwanger of Ik geef borstvoeding",
        "Magnesium op je bord bord soms = Noten: 2 soms = Peulvruchten: 1 volkoren = Ja: 1",
        "Weinig op het bord groen",
        "leeftijd: 40 jaar, geslacht: Man, soms: Geen van deze, volkoren: Nee Verwacht: noten, lees",
        "Lees verder lees lees verder altijd",
        "Er is nog niets gepubliceerd.",
    ):
        assert part in page, part


def test_the_page_costs_the_same_however_long_the_questionnaire_is(writer_client, questionnaire, django_assert_num_queries):
    writer_client.get(at("change"))
    address = at("change")
    with django_assert_num_queries(26):
        writer_client.get(address)
    longer = replace(sample(), cases=tuple(replace(sample().cases[0], name=str(number)) for number in range(9)))
    store(questionnaire, longer)
    with django_assert_num_queries(26):
        writer_client.get(address)


def test_a_red_case_is_red_with_what_it_expected(writer_client, questionnaire):
    store(questionnaire, replace(sample(), cases=(replace(sample().cases[0], expects=("arts",)), *sample().cases[1:])))
    page = text_of(writer_client.get(at("change")))
    assert "Weinig op het bord rood" in page
    assert "verwacht ‘arts’, maar het werd ‘noten’, ‘lees’" in page
    assert "waarvan 1 rode proef: publiceren kan nog niet." in page


def test_a_faulty_draft_is_shown_with_what_to_mend(writer_client, questionnaire):
    draft.Question.objects.filter(key="geslacht").delete()
    page = text_of(writer_client.get(at("change")))
    assert "kan nog niet: de vragenlijst heeft fouten" in page
    assert "Los eerst dit op" in text_of(writer_client.get(at("try")))
    assert writer_client.get(at("export")).status_code == 200


def test_a_new_questionnaire_begins_empty(writer_client, db):
    fields = fields_of(writer_client.get(url("questionnaire", "add")), "questionnaire_form")
    response = writer_client.post(url("questionnaire", "add"), fields | {"title": "Slaaptest", "slug": "slaaptest"}, follow=True)
    page = text_of(response)
    assert "Er is nog geen vraag. Voeg er een toe." in page
    assert "Begin met een onderdeel" in page
    assert saved() == Definition("Slaaptest")


def test_its_own_texts_are_changed_on_the_page(writer_client, questionnaire):
    fields = fields_of(writer_client.get(at("change")), "questionnaire_form")
    response = writer_client.post(at("change"), fields | {"intro": "Eén.\r\n\r\nTwee."})
    assert response.status_code == 302, errors_of(response)
    assert saved() == replace(sample(), intro="Eén.\n\nTwee.")


def test_parts_move_and_questions_go_on_to_the_next_section(writer_client, questionnaire):
    def move(kind: str, key: str, step: int) -> str:
        model = {"onderdeel": draft.Section, "vraag": draft.Question, "uitkomst": draft.Outcome, "score": draft.Score}[kind]
        return writer_client.post(at("move"), {"part": f"{kind}:{model.objects.get(key=key).pk}:{step}"}).url

    def order() -> list[list[str]]:
        return [[question.key for question in section.questions] for section in saved().sections]

    assert order() == [["leeftijd", "geslacht", "situatie"], ["uitleg", "soms", "volkoren"]]
    assert move("vraag", "geslacht", -1).endswith(f"#vraag-{draft.Question.objects.get(key='geslacht').pk}")
    assert order() == [["geslacht", "leeftijd", "situatie"], ["uitleg", "soms", "volkoren"]]
    move("vraag", "situatie", 1)
    assert order() == [["geslacht", "leeftijd"], ["situatie", "uitleg", "soms", "volkoren"]]
    move("vraag", "situatie", -1)
    move("vraag", "geslacht", -1)
    assert order() == [["geslacht", "leeftijd", "situatie"], ["uitleg", "soms", "volkoren"]]
    move("onderdeel", "eten", -1)
    assert [section.key for section in saved().sections] == ["eten", "jij"]
    move("uitkomst", "lees", -1)
    assert [outcome.key for outcome in saved().outcomes] == ["arts", "lees", "noten"]


@pytest.mark.parametrize("part", ["", "vraag:0:1", "vraag:x:1", "wat:1:1", "vraag:1:5", f"vraag:{'9' * 40}:1", "vraag:١:1"])
def test_moving_nothing_moves_nothing(writer_client, questionnaire, part):
    assert writer_client.post(at("move"), {"part": part}).status_code == 302
    assert saved() == sample()


# To readers


def test_a_chief_editor_publishes_with_a_reason(chief_client, questionnaire, chief):
    page = chief_client.get(at("publish"))
    response = chief_client.post(at("publish"), fields_of(page, "") | {"reason": "De eerste."}, follow=True)
    assert messages_of(response) == ["Versie 1 is gepubliceerd. Lezers doen vanaf nu deze."]
    version = Version.objects.get()
    assert (version.reason, version.published_by) == ("De eerste.", chief)
    page = text_of(response)
    assert "Lezers doen versie 1" in page
    assert "Het concept is gelijk." in page
    again = chief_client.post(at("publish"), fields_of(chief_client.get(at("publish")), "") | {"reason": "Nog eens."}, follow=True)
    assert messages_of(again) == ["Er verandert niets: lezers doen al versie 1."]
    assert Version.objects.count() == 1


def test_publishing_is_refused_with_what_is_wrong_and_the_reason_stays(chief_client, questionnaire):
    store(questionnaire, replace(sample(), intro="Je hebt een tekort."))
    response = chief_client.post(at("publish"), fields_of(chief_client.get(at("publish")), "") | {"reason": "Nieuw."})
    assert "Er is niet gepubliceerd, want er zijn nog fouten." in errors_of(response)[0]
    assert "‘Je hebt een tekort.’ zegt wat de lezer heeft." in text_of(response)
    assert fields_of(response, "")["reason"] == ["Nieuw."]
    assert not Version.objects.exists()


def test_a_draft_that_changed_meanwhile_is_shown_before_it_is_published(chief_client, questionnaire):
    fields = fields_of(chief_client.get(at("publish")), "")
    store(questionnaire, replace(sample(), title="Van de ander"))
    response = chief_client.post(at("publish"), fields | {"reason": "Nieuw."})
    assert "Het concept is intussen veranderd." in errors_of(response)[0]
    assert not Version.objects.exists()
    chief_client.post(at("publish"), fields_of(response, ""))
    assert Version.objects.get().definition["title"] == "Van de ander"


def test_versions_say_what_changed_and_go_back_to_the_draft(chief_client, questionnaire, chief):
    publish_draft(questionnaire, by=chief, reason="Eerste")
    store(questionnaire, replace(sample(), title="Tweede titel"))
    publish_draft(questionnaire, by=None)
    page = text_of(chief_client.get(at("version", 2)))
    assert "[verwijderd: title: Een proefje ] [toegevoegd: title: Tweede titel ]" in page
    assert "door een opdracht op de server" in page
    store(questionnaire, replace(sample(), title="Derde titel"))
    page = text_of(chief_client.get(at("version", 2, tegen="concept")))
    assert "title: [verwijderd: Tweede ] [toegevoegd: Derde ] titel" in page
    response = chief_client.post(at("restore", 1), follow=True)
    assert messages_of(response) == ["Versie 1 staat weer in het concept. Voor lezers is er nog niets veranderd."]
    assert saved() == sample()
    assert chief_client.get(at("version", 9)).status_code == 404
    assert chief_client.post(at("restore", 9)).status_code == 404


def test_withdrawing_asks_why_and_stands_in_the_log(chief_client, questionnaire):
    assert errors_of(chief_client.post(at("withdraw"), {"reason": ""})) == ["Dit veld is verplicht."]
    assert "viel niets in te trekken" in messages_of(chief_client.post(at("withdraw"), {"reason": "Zo"}, follow=True))[0]
    publish_draft(questionnaire, by=None)
    chief_client.post(at("withdraw"), {"reason": "Er klopt iets niet."})
    assert Questionnaire.objects.get().live is None
    assert "Ingetrokken: Er klopt iets niet." in text_of(chief_client.get(at("history")))


# Files


def test_export_gives_the_file_of_the_draft(writer_client, questionnaire):
    response = writer_client.get(at("export"))
    assert response.content.decode() == dump(sample())
    assert response.headers["Content-Disposition"] == 'attachment; filename="proef.yaml"'


def test_import_shows_what_changes_and_changes_it_only_when_told(writer_client, questionnaire):
    response = writer_client.post(at("import"), upload(FILE.replace("Een proefje", "Een proef")))
    assert "title: Een [verwijderd: proefje ] [toegevoegd: proef ]" in text_of(response)
    assert saved() == sample()
    form = {"text": response.context["text"], "digest": response.context["digest"], "_confirm": "1"}
    response = writer_client.post(at("import"), form, follow=True)
    assert messages_of(response) == ["Het bestand staat in het concept. Voor lezers is er nog niets veranderd."]
    assert saved() == replace(sample(), title="Een proef")


def test_import_over_a_draft_that_changed_meanwhile_is_compared_again(writer_client, questionnaire):
    response = writer_client.post(at("import"), upload(FILE.replace("Een proefje", "Een proef")))
    form = {"text": response.context["text"], "digest": response.context["digest"], "_confirm": "1"}
    other = replace(sample(), title="Van de ander")
    store(questionnaire, other)
    for digest in (form["digest"], ""):
        response = writer_client.post(at("import"), form | {"digest": digest})
        assert "Het concept is intussen veranderd." in " ".join(errors_of(response))
        assert "[verwijderd: title: Van de ander ] [toegevoegd: title: Een proef ]" in text_of(response)
        assert saved() == other


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"\xff\xfe\x00", "geen tekst (UTF-8)"),
        (b"title: [", "geen geldige YAML"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: " + b"[*b, *b, *b]", "kan hier niet"),
        (b"title: T\nx: 1", "‘x’ kan hier niet"),
        (b"title: \0", "geen geldige YAML"),
        (b"", "leeg"),
        (b"x" * 300_000, "te groot"),
        (b"x" * 1_100_000, "te groot"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_and_changes_nothing(writer_client, questionnaire, data, error):
    response = writer_client.post(at("import"), upload(data))
    assert error in " ".join(errors_of(response))
    assert saved() == sample()


# Trying


ANSWERS = {"antwoord_leeftijd": "12", "antwoord_geslacht": "man", "antwoord_situatie": "zwanger", "antwoord_soms": ["niets"]}


def test_trying_says_where_answers_lead_and_why(writer_client, questionnaire):
    page = text_of(writer_client.post(at("try"), ANSWERS))
    for part in (
        "Een lezer is nog niet klaar: ‘Eet je volkoren brood’ moet nog beantwoord worden.",
        "Overleg huisarts omdat leeftijd ≤ 17 jaar",
        "Lees verder lees verder altijd",
        "Weggelaten, want er is een uitkomst ‘huisarts’ Noten omdat score bord ≤ 1",
        "Magnesium op je bord: 0 tot en met 1, want niet alles is bekend",
        "Wat eet je elke week Geen van deze",
        "Telt niet mee, want deze vragen komen niet: ‘Ben je zwanger of geef je borstvoeding’.",
    ):
        assert part in page, part
    assert saved() == sample()


def test_what_was_tried_is_kept_as_a_test_case(writer_client, questionnaire):
    response = writer_client.post(at("try"), ANSWERS | {"antwoord_volkoren": "nee", "name": " Jong  en man ", "_case": "1"})
    assert saved().cases[-1] == Case(
        "Jong en man", (("leeftijd", 12), ("geslacht", "man"), ("soms", ("niets",)), ("volkoren", "nee")), ("arts", "lees")
    )
    assert response.url == url("case", "change", draft.Case.objects.get(name="Jong en man").pk)


def test_an_answer_that_can_not_be_is_refused_where_it_stands(writer_client, questionnaire):
    questionnaire.sections.first().questions.filter(key="leeftijd").update(may_decline=True)
    response = writer_client.post(at("try"), {"antwoord_leeftijd": "400", "antwoord_soms": ["noten", "niets"]})
    assert errors_of(response) == ["Zorg ervoor dat deze waarde hoogstens 120 is.", "Deze antwoorden gaan niet samen."]
    response = writer_client.post(at("try"), {"antwoord_leeftijd": "40", "liever_niet_leeftijd": "on"})
    assert "niet allebei" in errors_of(response)[0]
    page = text_of(writer_client.post(at("try"), {"liever_niet_leeftijd": "on", "antwoord_geslacht": DECLINED}))
    assert "Hoe oud ben je zeg ik liever niet" in page


# Previewing


def test_a_text_is_previewed_with_its_sources_and_nothing_is_saved(writer_client, questionnaire):
    fields = {"field": "body", "body": "Noten.[@grober2015]\r\n\r\n<script>x</script>", "title": "Anders"}
    found = writer_client.post(url("questionnaire", "preview"), fields).json()
    assert found["html"].count("doc-noteref") == 1
    assert "Over grober2015" in found["html"]
    assert "<script" not in found["html"]
    assert writer_client.post(url("questionnaire", "preview"), {"field": "leeg"}).json() == {"html": "", "findings": []}
    assert saved() == sample()


def test_every_markdown_field_has_an_address_for_its_preview(writer_client, questionnaire):
    """Without one the script would post the form to its own page, and so save what is only being typed."""
    pages = (
        at("change"),
        url("outcome", "add", vragenlijst=questionnaire.pk),
        url("outcome", "change", questionnaire.outcomes.first().pk),
    )
    for page in pages:
        assert f'data-markdownx-urls-path="{url("questionnaire", "preview")}"' in writer_client.get(page).content.decode()
