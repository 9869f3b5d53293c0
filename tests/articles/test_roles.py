"""Every address of the desk against every role: who gets in, who must sign in, who is refused. A new address must be put here."""

from collections.abc import Iterator

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse

from articles.admin.workflow_forms import typed_form
from articles.checks.acceptance import digest_of
from articles.drafts import digest_of_draft, store_source
from articles.images.replacing import replace_file
from articles.models import (
    AcceptedFinding,
    Article,
    ArticleEvent,
    DraftRevision,
    ForbiddenTerm,
    Image,
    PreviewLink,
    Publication,
    Redirect,
    ScheduledPublication,
    Submission,
)
from articles.preview_links import make_link
from articles.publishing import examine, publish
from articles.rendering.source import SectionSource
from articles.reviewing import submit
from articles.scheduling import schedule
from intake.models import IntakeValue, Nutrient
from references.models import HealthClaim, Reference
from tests.articles.test_scheduling import SOON
from tests.factories import make_article, make_image, make_reference, make_source, make_term, make_user, png
from tests.intake.tables import make_magnesium

pytestmark = pytest.mark.django_db
ROLES = ["nobody", "member", "Adviseur", "Redacteur", "Eindredacteur", "Beheerder"]
ASKED = "asked to sign in"
OK, SEE, NO = "may", "may look", "refused"  # SEE: the page shows, but saves nothing

# What a browser asks for with GET. The same addresses take a POST from who is OK, and from nobody else.
#                                     nobody member adviser writer chief manager
MATRIX = {
    "index":                          (ASKED, ASKED, OK,  OK,  OK,  OK),
    "app_list":                       (ASKED, ASKED, NO,  OK,  OK,  NO),
    "jsi18n":                         (ASKED, ASKED, OK,  OK,  OK,  OK),
    "autocomplete":                   (ASKED, ASKED, NO,  OK,  OK,  NO),
    "view_on_site":                   (ASKED, ASKED, OK,  OK,  OK,  OK),
    "password_change":                (ASKED, ASKED, OK,  OK,  OK,  OK),
    "password_change_done":           (ASKED, ASKED, OK,  OK,  OK,  OK),
    "articles_article_changelist":    (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_add":           (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_change":        (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_history":       (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_delete":        (ASKED, ASKED, NO,  NO,  NO,  NO),
    "articles_article_preview":       (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_version":       (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_planned":       (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_article_schedule":      (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_article_reschedule":    (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_article_send_back":     (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_article_withdraw":      (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_forbiddenterm_changelist": (ASKED, ASKED, NO, OK, OK, NO),
    "articles_forbiddenterm_add":     (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_forbiddenterm_change":  (ASKED, ASKED, NO,  SEE, OK,  NO),
    "articles_forbiddenterm_history": (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_forbiddenterm_delete":  (ASKED, ASKED, NO,  NO,  NO,  NO),
    "articles_image_changelist":      (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_image_add":             (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_image_change":          (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_image_history":         (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_image_delete":          (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_redirect_changelist":   (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_redirect_add":          (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_redirect_lines":        (ASKED, ASKED, NO,  NO,  OK,  NO),
    "articles_redirect_change":       (ASKED, ASKED, NO,  SEE, OK,  NO),
    "articles_redirect_history":      (ASKED, ASKED, NO,  OK,  OK,  NO),
    "articles_redirect_delete":       (ASKED, ASKED, NO,  NO,  OK,  NO),
    "intake_nutrient_changelist":     (ASKED, ASKED, NO,  OK,  OK,  NO),
    "intake_nutrient_add":            (ASKED, ASKED, NO,  NO,  OK,  NO),
    "intake_nutrient_change":         (ASKED, ASKED, NO,  SEE, OK,  NO),
    "intake_nutrient_history":        (ASKED, ASKED, NO,  OK,  OK,  NO),
    "intake_nutrient_delete":         (ASKED, ASKED, NO,  NO,  NO,  NO),
    "intake_nutrient_export":         (ASKED, ASKED, NO,  OK,  OK,  NO),
    "intake_nutrient_export_all":     (ASKED, ASKED, NO,  OK,  OK,  NO),
    "intake_nutrient_import":         (ASKED, ASKED, NO,  NO,  OK,  NO),
    "references_reference_changelist":(ASKED, ASKED, OK,  OK,  OK,  NO),
    "references_reference_add":       (ASKED, ASKED, NO,  OK,  OK,  NO),
    "references_reference_change":    (ASKED, ASKED, SEE, OK,  OK,  NO),
    "references_reference_history":   (ASKED, ASKED, OK,  OK,  OK,  NO),
    "references_reference_delete":    (ASKED, ASKED, NO,  OK,  OK,  NO),
    "references_reference_search":    (ASKED, ASKED, OK,  OK,  OK,  NO),
    "references_healthclaim_changelist": (ASKED, ASKED, OK, OK, OK, NO),
    "references_healthclaim_add":     (ASKED, ASKED, NO,  NO,  NO,  NO),
    "references_healthclaim_change":  (ASKED, ASKED, SEE, SEE, OK,  NO),
    "references_healthclaim_history": (ASKED, ASKED, OK,  OK,  OK,  NO),
    "references_healthclaim_delete":  (ASKED, ASKED, NO,  NO,  NO,  NO),
    "auth_user_changelist":           (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_user_add":                  (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_user_change":               (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_user_password_change":      (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_user_history":              (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_user_delete":               (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_group_changelist":          (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_group_add":                 (ASKED, ASKED, NO,  NO,  NO,  NO),
    "auth_group_change":              (ASKED, ASKED, NO,  NO,  NO,  SEE),
    "auth_group_history":             (ASKED, ASKED, NO,  NO,  NO,  OK),
    "auth_group_delete":              (ASKED, ASKED, NO,  NO,  NO,  NO),
}  # fmt: skip

DONE, SHOWN = "done", "shown"
# Buttons, posted as the page does. DONE changes something, SHOWN answers and changes nothing; all else changes nothing.
POSTS = {
    "articles_article_withdraw":         (ASKED, ASKED, NO, NO,    DONE,  NO),
    "articles_article_take_back":        (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_article_send_back":        (ASKED, ASKED, NO, NO,    DONE,  NO),
    "articles_article_schedule":         (ASKED, ASKED, NO, NO,    DONE,  NO),
    "articles_article_reschedule":       (ASKED, ASKED, NO, NO,    DONE,  NO),
    "articles_article_cancel":           (ASKED, ASKED, NO, NO,    DONE,  NO),
    "articles_article_accept":           (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_article_restore":          (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_article_restore_revision": (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_article_link_make":        (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_article_link_revoke":      (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_article_fragment":         (ASKED, ASKED, NO, SHOWN, SHOWN, NO),
    "articles_article_preview_posted":   (ASKED, ASKED, NO, SHOWN, SHOWN, NO),
    "articles_image_upload":             (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "articles_image_restore_file":       (ASKED, ASKED, NO, DONE,  DONE,  NO),
    "references_reference_preview":      (ASKED, ASKED, NO, SHOWN, SHOWN, NO),
}  # fmt: skip
DOORS = {"login", "logout"}  # open to all
PUBLIC = {
    "home", "articles:list", "articles:list_page", "articles:feed", "articles:detail", "articles:version", "references:detail",
    "linked_preview", "search", "calculator", "vitaminetest", "privacy", "about", "media", "robots", "/favicon.ico",
    "sitemap", "sitemap-pages", "sitemap-articles", "sitemap-sources",
}  # fmt: skip
CHANGED = (
    Article, ScheduledPublication, Submission, ArticleEvent, AcceptedFinding, Publication, DraftRevision, PreviewLink,
    Image, Redirect, ForbiddenTerm, Nutrient, IntakeValue, Reference, HealthClaim, Group, LogEntry,
)  # fmt: skip


@pytest.fixture
def objects(db):
    article, chief = make_article(sections=(SectionSource("Leeg", "leeg"),)), make_user("chef", "Eindredacteur", "Redacteur")
    publish(article, by=chief)
    store_source(make_source(intro="Nieuw."))
    plan = schedule(article, due=SOON, by=chief)
    store_source(make_source(intro="Nieuwer.", sections=(SectionSource("Leeg", "leeg"),)))
    submit(article, by=chief)
    image = make_image()
    replace_file(image, png(600, 300, "red"), by=None)
    return {
        "article": article,
        "plan": plan,
        "link": make_link(article, days=7, note="Arts", by=chief)[0],
        "forbiddenterm": make_term(),
        "image": image,
        "redirect": Redirect.objects.create(path="/blog/water", target="/over/"),
        "nutrient": make_magnesium(),
        "reference": make_reference(),
        "healthclaim": HealthClaim.objects.create(key="dorst", nutrient="water", text_nl="Water draagt bij"),
        "user": chief,
        "group": Group.objects.get(name="Redacteur"),
    }


def sign_in(client, role: str) -> None:
    if role == "member":
        client.force_login(make_user("lid"))
        User.objects.filter(username="lid").update(is_staff=False)
    elif role != "nobody":
        client.force_login(make_user(role.lower(), role))


WITHOUT_OBJECT = ("changelist", "add", "search", "export_all", "import", "lines", "fragment", "preview_posted", "upload")


def address(name: str, objects: dict) -> str:
    """Return the address of a page: of nothing, of an object, or of an article and something of it."""
    article = objects["article"]
    if name == "autocomplete":
        return reverse(f"admin:{name}") + "?app_label=articles&model_name=article&field_name=hero"
    if name == "app_list":
        return reverse(f"admin:{name}", args=["articles"])
    if name == "view_on_site":
        return reverse(f"admin:{name}", args=[ContentType.objects.get_for_model(Article).pk, article.pk])
    if "_" not in name or name.startswith("password_change"):
        return reverse(f"admin:{name}")
    _, model, page = name.split("_", 2)
    if page in WITHOUT_OBJECT:
        return reverse(f"admin:{name}")
    plan = objects["plan"].pk
    more = {"version": 1, "restore": 1, "restore_revision": 1, "planned": plan, "reschedule": plan, "cancel": plan}
    more |= {"link_revoke": objects["link"].pk}
    if page == "restore_file":
        more[page] = objects["image"].earlier_files.get().pk
    return reverse(f"admin:{name}", args=[objects[model].pk, *([more[page]] if page in more else [])])


def outcome(response) -> str:
    """Return what came of a request; a redirect to another page than that for signing in is a success."""
    is_asking = "/beheer/login/" in response.headers.get("Location", "") or b'id="opnieuw"' in response.content
    if is_asking:
        return ASKED
    return {200: OK, 201: OK, 302: OK, 403: NO, 404: NO, 405: NO}[response.status_code]


def snapshot() -> list:
    """Return everything that a button may change."""
    return [list(model.objects.order_by("pk").values()) for model in CHANGED]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_against_every_role(client, objects, role):
    sign_in(client, role)
    found, expected = {}, {}
    for name, row in MATRIX.items():
        may = row[ROLES.index(role)]
        found[name], expected[name] = outcome(client.get(address(name, objects))), OK if may == SEE else may

    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_open_a_page_or_only_look_saves_nothing_with_it(client, objects, role):
    sign_in(client, role)
    found, expected, before = {}, {}, snapshot()
    for name, row in MATRIX.items():
        if (may := row[ROLES.index(role)]) != OK:
            found[name] = outcome(client.post(address(name, objects), {"post": "yes", "reason": "Reden"}))
            expected[name] = NO if may == SEE else may

    assert (found, snapshot() == before) == (expected, True)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", POSTS)
def test_every_button_against_every_role(client, objects, role, name):
    sign_in(client, role)
    before, article = snapshot(), Article.objects.get(pk=objects["article"].pk)
    source, _, findings = examine(article)
    data = {"reason": "Reden", "when": "later", "due": typed_form(SOON), "days": "7", "note": "Arts", "alt": "Rood"}
    accepted = digest_of(findings[0], source)
    data["digest"] = accepted if name.endswith("_accept") else digest_of_draft(article)
    data["image"] = SimpleUploadedFile("blauw.png", png(64, 64, "blue"), "image/png")

    found = outcome(client.post(address(name, objects), data))

    is_changed = snapshot() != before
    if found == OK:
        found = DONE if is_changed else SHOWN
    assert (found, is_changed) == (POSTS[name][ROLES.index(role)], found == DONE)


def names_of(patterns, path: str = "/", space: str = "") -> Iterator[str]:
    """Yield the name of every address with its namespace, or the address itself of one without a name."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else path + str(pattern.pattern)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from names_of(pattern.url_patterns, path + str(pattern.pattern), inner)


def test_the_matrix_covers_every_address_of_the_site():
    found = set(names_of(get_resolver("magsite.urls").url_patterns))
    # Without a name: the old address of a page that changes something, which only leads on, and the "not found" of the desk.
    leading_on = {name for name in found if name.startswith("/beheer/") and name.endswith("/<path:object_id>/")}

    # tests/advice/admin/test_roles.py, tests/vitaminetest/admin/test_roles.py, tests/advice/views, tests/magsite/staff
    others = ("admin:advice_", "admin:vitaminetest_", "admin:auth_user_second_factor", "advice:", "account_", "mfa_")
    elsewhere = {name for name in found if name.startswith(others)}

    desk = {f"admin:{name}" for name in (*MATRIX, *POSTS, *DOORS)}
    assert found - leading_on - elsewhere - {"/beheer/(?P<url>.*)$"} == desk | PUBLIC


def test_writer_may_write_and_chief_may_publish(writer, chief, adviser):
    assert writer.has_perm("articles.change_article")
    assert not writer.has_perm("articles.publish_article")
    assert chief.has_perm("articles.publish_article")
    assert not adviser.has_perm("articles.view_article")
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Adviseur", "Beheerder", "Eindredacteur", "Redacteur"]
