"""Every page of the desk against every role: who gets in, who is sent to sign in, who is refused."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import get_resolver, reverse

from tests.factories import make_article, make_image, make_reference, make_term, make_user

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
    "articles_forbiddenterm_changelist": (LOGIN, LOGIN, NO, OK, OK, NO),
    "articles_forbiddenterm_add":     (LOGIN, LOGIN, NO,  NO, OK, NO),
    "articles_forbiddenterm_change":  (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_forbiddenterm_history": (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_forbiddenterm_delete":  (LOGIN, LOGIN, NO,  NO, NO, NO),
    "articles_image_changelist":      (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_image_add":             (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_image_change":          (LOGIN, LOGIN, NO,  OK, OK, NO),
    "articles_image_delete":          (LOGIN, LOGIN, NO,  OK, OK, NO),
    "references_reference_changelist":(LOGIN, LOGIN, OK,  OK, OK, NO),
    "references_reference_add":       (LOGIN, LOGIN, NO,  OK, OK, NO),
    "references_reference_change":    (LOGIN, LOGIN, OK,  OK, OK, NO),
    "references_reference_delete":    (LOGIN, LOGIN, NO,  OK, OK, NO),
    "references_reference_search":    (LOGIN, LOGIN, OK,  OK, OK, NO),
    "references_healthclaim_changelist": (LOGIN, LOGIN, OK, OK, OK, NO),
    "auth_user_changelist":           (LOGIN, LOGIN, NO,  NO, NO, OK),
    "auth_group_changelist":          (LOGIN, LOGIN, NO,  NO, NO, OK),
    "index":                          (LOGIN, LOGIN, OK,  OK, OK, OK),
}  # fmt: skip


@pytest.fixture
def objects(db):
    return {
        "article": make_article(),
        "forbiddenterm": make_term(),
        "image": make_image(),
        "reference": make_reference(),
    }


def sign_in(client, role: str) -> None:
    if role == "member":
        client.force_login(make_user("lid"))
        User.objects.filter(username="lid").update(is_staff=False)
    elif role != "nobody":
        client.force_login(make_user(role.lower(), role))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_against_every_role(client, objects, role):
    sign_in(client, role)
    found, expected = {}, {}
    for name, row in MATRIX.items():
        model = next(
            (
                objects[key]
                for key in objects
                if f"_{key}_" in name and name.split("_")[-1] in ("change", "history", "delete", "preview")
            ),
            None,
        )
        url = reverse(f"admin:{name}", args=[model.pk] if model else [])
        found[name], expected[name] = client.get(url).status_code, row[ROLES.index(role)]

    assert found == expected


def test_the_matrix_covers_every_page_of_our_models(admin_client):
    names = {name for name in get_resolver("magsite.urls").namespace_dict["admin"][1].reverse_dict if isinstance(name, str)}
    ours = {name for name in names if name.startswith(("articles_", "references_"))}
    posts = {
        "articles_article_fragment",
        "articles_article_preview_posted",
        "articles_article_accept",
        "articles_article_withdraw",
        "articles_article_restore",
        "articles_image_upload",
        "references_reference_preview",
    }

    stock = {f"references_healthclaim_{page}" for page in ("add", "change", "delete", "history")}
    assert ours - set(MATRIX) - posts == stock | {"references_reference_history", "articles_image_history"}


def test_writer_may_write_and_chief_may_publish(writer, chief, adviser):
    assert writer.has_perm("articles.change_article")
    assert not writer.has_perm("articles.publish_article")
    assert chief.has_perm("articles.publish_article")
    assert not adviser.has_perm("articles.view_article")
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Adviseur", "Beheerder", "Eindredacteur", "Redacteur"]
