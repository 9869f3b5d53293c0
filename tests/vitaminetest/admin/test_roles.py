"""Every address of the questionnaire's desk against every role: who gets in, who must sign in, who is refused."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from tests.articles.test_roles import ASKED, DONE, NO, OK, ROLES, SEE, SHOWN, names_of, outcome, sign_in
from tests.vitaminetest.admin.pages import url
from tests.vitaminetest.samples import FILE
from vitaminetest.drafts import definition_of, digest_of
from vitaminetest.models import Questionnaire, Version, draft
from vitaminetest.publishing import publish_draft

pytestmark = pytest.mark.django_db
MODELS = {"section": draft.Section, "question": draft.Question, "score": draft.Score, "outcome": draft.Outcome, "case": draft.Case}
CHANGED = (Questionnaire, Version, LogEntry, draft.Clause, draft.Option, draft.PointsRule, *MODELS.values())

#                                nobody member adviser writer chief manager
MATRIX = {
    "questionnaire_changelist": (ASKED, ASKED, OK,  OK,  OK,  OK),
    "questionnaire_add":        (ASKED, ASKED, NO,  OK,  OK,  NO),
    "questionnaire_change":     (ASKED, ASKED, SEE, OK,  OK,  SEE),
    "questionnaire_history":    (ASKED, ASKED, OK,  OK,  OK,  OK),
    "questionnaire_delete":     (ASKED, ASKED, NO,  NO,  NO,  NO),
    "questionnaire_publish":    (ASKED, ASKED, NO,  NO,  OK,  NO),
    "questionnaire_withdraw":   (ASKED, ASKED, NO,  NO,  OK,  NO),
    "questionnaire_version":    (ASKED, ASKED, OK,  OK,  OK,  OK),
    "questionnaire_export":     (ASKED, ASKED, OK,  OK,  OK,  OK),
    "questionnaire_import":     (ASKED, ASKED, NO,  OK,  OK,  NO),
    "questionnaire_try":        (ASKED, ASKED, OK,  OK,  OK,  OK),
    **{f"{model}_{page}":        (ASKED, ASKED, NO,  OK,  OK,  NO) for model in MODELS for page in ("add", "change", "delete")},
}  # fmt: skip
# Buttons, posted as the page does. DONE changes something, SHOWN answers and changes nothing; all else changes nothing.
POSTS = {
    "questionnaire_move":     (ASKED, ASKED, NO,    DONE,  DONE,  NO),
    "questionnaire_restore":  (ASKED, ASKED, NO,    DONE,  DONE,  NO),
    "questionnaire_publish":  (ASKED, ASKED, NO,    NO,    DONE,  NO),
    "questionnaire_withdraw": (ASKED, ASKED, NO,    NO,    DONE,  NO),
    "questionnaire_import":   (ASKED, ASKED, NO,    DONE,  DONE,  NO),
    "questionnaire_try":      (ASKED, ASKED, SHOWN, SHOWN, SHOWN, SHOWN),
    "questionnaire_preview":  (ASKED, ASKED, NO,    SHOWN, SHOWN, NO),
    "keep_case":              (ASKED, ASKED, NO,    DONE,  DONE,  NO),
}  # fmt: skip


@pytest.fixture
def published(questionnaire):
    publish_draft(questionnaire, by=None)
    questionnaire.outcomes.filter(key="lees").update(title="Anders")
    return questionnaire


def address(name: str, questionnaire: Questionnaire) -> str:
    model, page = name.split("_", 1)
    if model in MODELS:
        return (
            url(model, page, vragenlijst=questionnaire.pk) if page == "add" else url(model, page, MODELS[model].objects.first().pk)
        )
    if page in ("changelist", "add", "preview"):
        return url(model, page)
    return url(model, page, questionnaire.pk, *([1] if page in ("version", "restore") else []))


def snapshot() -> list:
    return [list(model.objects.order_by("pk").values()) for model in CHANGED]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_against_every_role(client, published, role):
    sign_in(client, role)
    found, expected = {}, {}
    for name, row in MATRIX.items():
        may = row[ROLES.index(role)]
        found[name], expected[name] = outcome(client.get(address(name, published))), OK if may == SEE else may

    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_open_a_page_or_only_look_saves_nothing_with_it(client, published, role):
    sign_in(client, role)
    found, expected, before = {}, {}, snapshot()
    for name, row in MATRIX.items():
        if (may := row[ROLES.index(role)]) != OK:
            found[name] = outcome(client.post(address(name, published), {"post": "yes", "reason": "Reden", "title": "Titel"}))
            expected[name] = NO if may == SEE else may

    assert (found, snapshot() == before) == (expected, True)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", POSTS)
def test_every_button_against_every_role(client, published, role, name):
    sign_in(client, role)
    definition = definition_of(published)
    data = {"reason": "Reden", "digest": digest_of(definition), "part": f"vraag:{draft.Question.objects.first().pk}:1"}
    if name == "questionnaire_import":
        data |= {"_confirm": "1", "file": SimpleUploadedFile("proef.yaml", FILE.encode())}
    if name == "keep_case":
        data |= {"_case": "1", "name": "Proef"}
    before = snapshot()

    found = outcome(client.post(address("questionnaire_try" if name == "keep_case" else name, published), data))

    is_changed = snapshot() != before
    if found == OK:
        found = DONE if is_changed else SHOWN
    assert (found, is_changed) == (POSTS[name][ROLES.index(role)], found == DONE)


def test_a_part_is_only_added_to_a_questionnaire_that_is(client, published):
    sign_in(client, "Redacteur")
    for wrong in ("", "0", "x", "9" * 30):
        assert client.get(url("question", "add", vragenlijst=wrong)).status_code == 404
    assert client.get(url("question", "change", 9_999)).status_code == 302  # to the start page, as the admin does


def test_the_matrix_covers_every_address_of_the_desk():
    found = {name for name in names_of(get_resolver("magsite.urls").url_patterns) if name.startswith("admin:vitaminetest_")}
    assert found == {f"admin:vitaminetest_{name}" for name in (MATRIX.keys() | POSTS.keys()) - {"keep_case"}}
