"""Every page of the desk against every role: who gets in, who is sent to sign in, who is refused."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import get_resolver, reverse

from articles.admin.workflow_forms import typed_form
from articles.drafts import digest_of_draft, store_source
from articles.models import Article, ArticleEvent, Redirect, ScheduledPublication, Submission
from articles.publishing import publish
from articles.reviewing import submit
from articles.scheduling import schedule
from tests.articles.test_scheduling import SOON
from tests.factories import make_article, make_image, make_reference, make_source, make_term, make_user

pytestmark = pytest.mark.django_db
ROLES = ["nobody", "member", "Adviseur", "Redacteur", "Eindredacteur", "Beheerder"]
OK, LOGIN, NO = 200, 302, 403

#                                     nobody member adviser writer chief manager
MATRIX = {
    "articles_article_changelist":    (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_add":           (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_change":        (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_history":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_delete":        (LOGIN, LOGIN, NO,  NO, NO, NO),
    "articles_article_preview":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_version":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_planned":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_article_schedule":      (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_article_reschedule":    (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_article_send_back":     (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_article_withdraw":      (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_forbiddenterm_changelist": (LOGIN, LOGIN, NO, OK, OK, NO),
    "articles_forbiddenterm_add":     (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_forbiddenterm_change":  (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_forbiddenterm_history": (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_forbiddenterm_delete":  (LOGIN, LOGIN, NO,  NO, NO, NO),
    "articles_image_changelist":      (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_image_add":             (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_image_change":          (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_image_delete":          (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_redirect_changelist":   (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_redirect_add":          (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_redirect_lines":        (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_redirect_change":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_redirect_history":      (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_redirect_delete":       (LOGIN, LOGIN, NO,  NO, OK, NO),
    "references_reference_changelist":(LOGIN, LOGIN, OK,  OK, OK, NO),
    "references_reference_add":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "references_reference_change":    (LOGIN, LOGIN, OK,  OK, OK, NO),
    "references_reference_delete":    (LOGIN, LOGIN, NO,  OK, OK, NO),
    "references_reference_search":    (LOGIN, LOGIN, OK,  OK, OK, NO),
    "references_healthclaim_changelist": (LOGIN, LOGIN, OK, OK, OK, NO),
    "auth_user_changelist":           (LOGIN, LOGIN, NO,  NO, NO, OK),
    "auth_user_add":                  (LOGIN, LOGIN, NO,  NO, NO, OK),
    "auth_user_change":               (LOGIN, LOGIN, NO,  NO, NO, OK),
    "auth_user_history":              (LOGIN, LOGIN, NO,  NO, NO, OK),
    "auth_user_delete":               (LOGIN, LOGIN, NO,  NO, NO, OK),
    "auth_user_second_factor":        (LOGIN, LOGIN, NO,  NO, NO, LOGIN),  # the manager is asked to confirm it first
    "auth_group_changelist":          (LOGIN, LOGIN, NO,  NO, NO, OK),
    "index":                          (LOGIN, LOGIN, OK,  OK, OK, OK),
}  # fmt: skip


DONE = "done"
# Buttons: what they change, they change for these roles only.
POSTS = {
    "articles_article_withdraw":  (LOGIN, LOGIN, NO,  NO,   DONE, NO),
    "articles_article_take_back": (LOGIN, LOGIN, NO,  DONE, DONE, NO),
    "articles_article_send_back": (LOGIN, LOGIN, NO,  NO,   DONE, NO),
    "articles_article_schedule":  (LOGIN, LOGIN, NO,  NO,   DONE, NO),
    "articles_article_reschedule":(LOGIN, LOGIN, NO,  NO,   DONE, NO),
    "articles_article_cancel":    (LOGIN, LOGIN, NO,  NO,   DONE, NO),
}  # fmt: skip


@pytest.fixture
def objects(db):
    article, chief = make_article(), make_user("chef", "Eindredacteur", "Redacteur")
    publish(article, by=chief)
    store_source(make_source(intro="Nieuw."))
    plan = schedule(article, due=SOON, by=chief)
    store_source(make_source(intro="Nieuwer."))
    submit(article, by=chief)
    return {
        "article": article,
        "plan": plan,
        "forbiddenterm": make_term(),
        "image": make_image(),
        "redirect": Redirect.objects.create(path="/blog/water", target="/over/"),
        "reference": make_reference(),
        "user": make_user("collega"),
    }


def sign_in(client, role: str) -> None:
    if role == "member":
        client.force_login(make_user("lid"))
        User.objects.filter(username="lid").update(is_staff=False)
    elif role != "nobody":
        client.force_login(make_user(role.lower(), role))


def arguments(name: str, objects: dict) -> list[int]:
    """Return what the address of a page asks for: nothing, an object, or an article and something of it."""
    _, model, page = name.split("_", 2) if "_" in name else ("", "", "")
    if model not in objects or page in ("changelist", "add", "search", "lines"):
        return []
    more = {"version": 1, "planned": objects["plan"].pk, "reschedule": objects["plan"].pk, "cancel": objects["plan"].pk}
    return [objects[model].pk, *([more[page]] if page in more else [])]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_against_every_role(client, objects, role):
    sign_in(client, role)
    found, expected = {}, {}
    for name, row in MATRIX.items():
        url = reverse(f"admin:{name}", args=arguments(name, objects))
        found[name], expected[name] = client.get(url).status_code, row[ROLES.index(role)]

    assert found == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", POSTS)
def test_every_button_against_every_role(client, objects, role, name):
    sign_in(client, role)
    before = snapshot()
    digest = digest_of_draft(Article.objects.get(pk=objects["article"].pk))
    data = {"reason": "Reden", "when": "later", "due": typed_form(SOON), "digest": digest}

    response = client.post(reverse(f"admin:{name}", args=arguments(name, objects)), data)

    outcome = response.status_code
    if outcome == LOGIN and not response.url.startswith("/beheer/login/"):
        outcome = DONE
    assert outcome == POSTS[name][ROLES.index(role)]
    assert (snapshot() != before) == (outcome == DONE)


def snapshot() -> list:
    """Return everything that a button may change."""
    models = (Article, ScheduledPublication, Submission, ArticleEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_matrix_covers_every_page_of_our_models(admin_client):
    names = {name for name in get_resolver("magsite.urls").namespace_dict["admin"][1].reverse_dict if isinstance(name, str)}
    ours = {name for name in names if name.startswith(("articles_", "references_", "auth_user_"))}
    posts = {
        "articles_article_fragment",
        "articles_article_preview_posted",
        "articles_article_accept",
        "articles_article_restore",
        "articles_article_restore_revision",
        "articles_article_link_make",
        "articles_article_link_revoke",
        "articles_image_upload",
        "articles_image_restore_file",
        "references_reference_preview",
    }

    stock = {f"references_healthclaim_{page}" for page in ("add", "change", "delete", "history")}
    untold = {"references_reference_history", "articles_image_history", "auth_user_password_change"}
    assert ours - set(MATRIX) - set(POSTS) - posts == stock | untold


def test_writer_may_write_and_chief_may_publish(writer, chief, adviser):
    assert writer.has_perm("articles.change_article")
    assert not writer.has_perm("articles.publish_article")
    assert chief.has_perm("articles.publish_article")
    assert not adviser.has_perm("articles.view_article")
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Adviseur", "Beheerder", "Eindredacteur", "Redacteur"]
