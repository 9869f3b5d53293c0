"""Two editors on one article: the second save shows what changed in between, and keeps both texts."""

import re
from datetime import date

import pytest
from django.utils.html import strip_tags

from articles.drafts import draft_changed, source_of, store_source
from articles.models import Article, DraftRevision, Publication
from articles.publishing import publish, restore_draft
from articles.rendering.source import BenefitSource, SectionSource
from tests.articles.admin.test_article_page import SECTIONS, change_url, form_data, order
from tests.factories import make_article, make_image, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db):
    return make_user("anna", "Redacteur", first_name="Anna", last_name="Smit")


@pytest.fixture
def article(db) -> Article:
    return make_article(
        sections=(*SECTIONS, SectionSource("Goed", "goed", "Voordelen.", shows_benefits=True)),
        benefits=(BenefitSource("Lest", "lest", "Het lest."),),
    )


def saves(user, article: Article, **changes) -> None:
    """Let somebody else change rows, as the admin would: `title="x"`, or `kop_a="text"` for a chapter."""
    for name, text in changes.items():
        if article.sections.filter(anchor=name.replace("_", "-")).update(body=text) == 0:
            Article.objects.filter(pk=article.pk).update(**{name: text})
    draft_changed(Article.objects.get(pk=article.pk), by=user)


def panel(response) -> str:
    html = response.content.decode()
    found = re.search(r'<section class="conflict".*?</section>', html, re.DOTALL)
    return re.sub(r"\s+", " ", strip_tags(found[0])) if found else ""


def posted_again(response, **changes) -> dict[str, object]:
    """Return what a browser would post from the page: every field as it stands there, with changes."""
    context = response.context
    data = {"draft_version": re.search(r'name="draft_version" value="(\d*)"', response.content.decode())[1]}
    for form in [context["adminform"].form, *(f for formset in context["inline_admin_formsets"] for f in _forms(formset.formset))]:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = value
    return data | changes


def _forms(formset) -> list:
    return [formset.management_form, *formset.forms]


def bodies(article: Article) -> list[str]:
    return list(article.sections.values_list("body", flat=True))


def test_nothing_is_saved_over_somebody_elses_text(writer_client, article, anna):
    data = form_data(article, _draft="1", **{"sections-0-body": "Van mij."})
    saves(anna, article, kop_a="Van Anna, heel anders.")

    response = writer_client.post(change_url(article), data)

    assert response.status_code == 409
    assert bodies(article)[0] == "Van Anna, heel anders."
    assert 'name="sections-0-body"' in response.content.decode()
    assert ">\nVan mij.</textarea>" in response.content.decode()
    text = panel(response)
    assert re.search(r"Anna Smit bewaarde op \d+ \w+ 20\d\d om \d\d:\d\d", text)
    assert "Door jullie allebei veranderd." in text
    assert "Hoofdstuk ‘Kop a’" in text
    assert "Neem de tekst van Anna Smit" in text
    assert "Van Anna, heel anders." in text
    assert "Er is niets bewaard" in response.content.decode()


def test_a_second_save_keeps_your_own_text(writer_client, article, anna):
    data = form_data(article, _draft="1", **{"sections-0-body": "Van mij."})
    saves(anna, article, kop_a="Van Anna.", kop_b="Ook van Anna.", title="Titel van Anna")
    page = writer_client.post(change_url(article), data)

    response = writer_client.post(change_url(article), posted_again(page, _draft="1"))

    assert response.status_code == 302
    assert bodies(article)[:2] == ["Van mij.", "Ook van Anna."]
    assert Article.objects.get().title == "Titel van Anna"
    kept = [row.state["sections"][0]["values"]["body"] for row in article.draft_revisions.order_by("version")]
    assert kept == ["Tekst a.", "Van Anna.", "Van mij."]


def test_the_text_of_the_other_can_be_taken_without_script(writer_client, article, anna):
    data = form_data(article, title="Mijn titel", **{"sections-0-body": "Van mij.", "sections-0-heading": "Mijn kop"})
    saves(anna, article, kop_a="Van Anna.", title="Titel van Anna")
    page = writer_client.post(change_url(article), data)
    key = f"sections:{article.sections.get(anchor='kop-a').pk}"
    assert f'value="{key}"' in page.content.decode()

    response = writer_client.post(change_url(article), posted_again(page, take=[key, "title"], _draft="1"))

    assert response.status_code == 302
    assert (bodies(article)[0], order(article)[0]) == ("Van Anna.", (1, "Kop a"))
    assert Article.objects.get().title == "Titel van Anna"


def test_what_only_the_other_changed_is_taken_over_and_said(writer_client, article, anna):
    data = form_data(article, **{"sections-0-body": "Van mij."})
    saves(anna, article, kop_b="Van Anna.", review_due=date(2027, 1, 31))

    response = writer_client.post(change_url(article), data)

    assert (response.status_code, bodies(article)[0]) == (409, "Tekst a.")
    assert re.search(r"Overgenomen in het formulier.*Opnieuw bekijken voor ?Hoofdstuk ‘Kop b’", panel(response))
    assert "Alleen door jou veranderd, en dat blijft zo: Hoofdstuk ‘Kop a’." in panel(response)
    assert 'value="31-01-2027"' in response.content.decode()
    assert ">\nVan Anna.</textarea>" in response.content.decode()
    writer_client.post(change_url(article), posted_again(response))
    assert bodies(article)[:2] == ["Van mij.", "Van Anna."]
    assert Article.objects.get().review_due == date(2027, 1, 31)


def test_somebody_saving_in_between_again_shows_the_page_again(writer_client, article, anna):
    data = form_data(article, **{"sections-0-body": "Van mij."})
    saves(anna, article, kop_a="Een.")
    page = writer_client.post(change_url(article), data)
    saves(anna, article, kop_a="Twee.")

    again = writer_client.post(change_url(article), posted_again(page))

    assert (again.status_code, bodies(article)[0]) == (409, "Twee.")
    assert "Twee." in panel(again)
    assert writer_client.post(change_url(article), posted_again(again)).status_code == 302
    assert bodies(article)[0] == "Van mij."


def test_a_stale_form_never_publishes(chief_client, article, anna):
    data = form_data(article, _publish="1", publish_reason="Beter & korter", title="Mijn titel")
    saves(anna, article, kop_a="Van Anna.")

    response = chief_client.post(change_url(article), data)

    assert (response.status_code, Publication.objects.count()) == (409, 0)
    chief_client.post(change_url(article), posted_again(response, _publish="1"))
    assert "Van Anna." in Publication.objects.get().source


def test_the_note_of_a_publication_is_kept_on_the_page(chief_client, chief, article, anna):
    publish(article, by=chief)
    data = form_data(article, _publish="1", publish_reason="Beter & korter", title="Mijn titel")
    saves(anna, article, title="Van Anna")

    html = chief_client.post(change_url(article), data).content.decode()

    assert 'value="Beter &amp; korter"' in html
    assert 'name="publish_substantive">' in html


@pytest.mark.parametrize("button", ["_draft", "_publish"])
def test_a_double_click_saves_once_and_says_nothing_strange(chief_client, article, button):
    changes = {"sections-1-place": 1, "sections-0-place": 2, "sections-TOTAL_FORMS": 5, "sections-2-DELETE": "on"}
    new = {"sections-4-heading": "Nieuw", "sections-4-body": " Eén\r\n\r\ntwee ", "sections-4-place": 3}
    data = form_data(article, title=" Titel ", review_due="31-1-2027", **{button: "1"}, **changes, **new)

    answers = [chief_client.post(change_url(article), data) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, change_url(article))] * 2
    assert [heading for _, heading in order(article)] == ["Kop b", "Kop a", "Nieuw", "Goed"]
    assert Article.objects.get().draft_version == 2
    assert Publication.objects.count() == (button == "_publish")


def test_a_double_click_on_a_new_article_makes_one(writer_client):
    data = form_data(title="Nieuw stuk", slug="nieuw-stuk", _draft="1") | {
        "sections-TOTAL_FORMS": 1, "sections-0-heading": "Kop", "sections-0-body": "Tekst.", "draft_version": "",
    }  # fmt: skip
    answers = [writer_client.post("/beheer/articles/article/add/", data) for _ in range(2)]

    assert {answer.url for answer in answers} == {change_url(Article.objects.get())}
    other = writer_client.post("/beheer/articles/article/add/", data | {"title": "Heel iets anders"})
    assert "bestaat al" in other.content.decode()


def test_the_address_of_somebody_elses_article_is_taken(writer_client, anna):
    store_source(make_source(), by=anna)
    data = form_data(Article.objects.get(), draft_version="", _draft="1") | {"sections-INITIAL_FORMS": 0}

    response = writer_client.post("/beheer/articles/article/add/", data)

    assert (response.status_code, "bestaat al" in response.content.decode()) == (200, True)


def test_the_back_button_after_saving_says_that_it_was_yourself(writer_client, article):
    first = form_data(article, **{"sections-0-body": "Een.", "sections-TOTAL_FORMS": 5, "sections-4-heading": "Nieuw"})
    writer_client.post(change_url(article), first)

    response = writer_client.post(change_url(article), first | {"sections-0-body": "Twee.", "sections-4-body": "Meer."})

    assert response.status_code == 409
    assert re.search(r"Je hebt zelf op \d+ \w+ 20\d\d om \d\d:\d\d bewaard\.", panel(response))
    assert "Neem de tekst die bewaard is" in panel(response)
    assert "Hier én in wat je bewaarde veranderd." in panel(response)
    assert writer_client.post(change_url(article), posted_again(response)).status_code == 302
    assert order(article)[-1] == (5, "Nieuw")
    assert (bodies(article)[0], bodies(article)[-1], len(bodies(article))) == ("Twee.", "Meer.", 5)


def test_rows_that_are_gone_come_back_with_your_text(writer_client, article, anna):
    data = form_data(article, **{"sections-1-body": "Van mij.", "sections-1-place": 1, "sections-0-place": 2})
    article.sections.filter(anchor__in=["kop-b", "kop-c"]).delete()
    article.benefits.all().delete()
    article.sections.create(position=9, heading="Van Anna", anchor="van-anna", body="Nieuw.")
    saves(anna, article)

    response = writer_client.post(change_url(article), data)

    text = panel(response)
    assert "Anna Smit heeft dit onderdeel verwijderd, jij hebt het veranderd." in text
    assert "Hoofdstuk ‘Kop c’ (verwijderd)" in text
    assert "Hoofdstuk ‘Van Anna’ (nieuw)" in text
    assert "Voordeel ‘Lest’ (verwijderd)" in text
    assert writer_client.post(change_url(article), posted_again(response)).status_code == 302
    assert [heading for _, heading in order(article)] == ["Kop b", "Kop a", "Goed", "Van Anna"]
    assert bodies(article)[0] == "Van mij."
    assert not article.benefits.exists()


def test_a_row_that_is_gone_can_stay_gone(writer_client, article, anna):
    data = form_data(article, **{"sections-1-body": "Van mij."})
    article.sections.filter(anchor="kop-b").delete()
    saves(anna, article)
    page = writer_client.post(change_url(article), data)

    assert writer_client.post(change_url(article), posted_again(page, take="sections#kop-b")).status_code == 302
    assert [heading for _, heading in order(article)] == ["Kop a", "Kop c", "Goed"]


def test_deleting_what_the_other_changed_is_asked_again(writer_client, article, anna):
    data = form_data(article, **{"sections-0-DELETE": "on"})
    saves(anna, article, kop_a="Van Anna.")

    page = writer_client.post(change_url(article), data)

    assert "Jij verwijdert dit onderdeel, Anna Smit heeft het veranderd." in panel(page)
    assert article.sections.count() == 4
    again = posted_again(page, **{"sections-0-DELETE": "on"})
    writer_client.post(change_url(article), again)
    assert [heading for _, heading in order(article)] == ["Kop b", "Kop c", "Goed"]


def test_pictures_and_claims_of_the_other_come_over(writer_client, article, anna):
    data = form_data(article, title="Van mij")
    article.benefits.update(image=make_image("blad"))
    Article.objects.update(hero=make_image("zee"))
    saves(anna, article)

    page = writer_client.post(change_url(article), data)
    assert writer_client.post(change_url(article), posted_again(page)).status_code == 302

    source = source_of(Article.objects.get())
    assert (source.title, source.hero.image, source.benefits[0].image) == ("Van mij", "zee", "blad")


def test_a_restored_version_with_the_same_text_disturbs_nobody(writer_client, chief, article):
    """Restoring writes all rows anew: the form's ids no longer exist."""
    publication = publish(article, by=chief)
    data = form_data(article, **{"sections-0-body": "Van mij."})
    restore_draft(publication, by=chief)

    assert writer_client.post(change_url(article), data).status_code == 302
    assert bodies(article) == ["Van mij.", "Tekst b.", "Tekst c.", "Voordelen."]


def test_a_restored_version_with_another_text_shows_the_page(writer_client, chief, article, anna):
    publication = publish(article, by=chief)
    saves(anna, article, kop_a="Van Anna.")
    data = form_data(Article.objects.get(), **{"sections-0-body": "Van mij."})
    restore_draft(publication, by=chief)

    page = writer_client.post(change_url(article), data)

    assert page.status_code == 409
    assert writer_client.post(change_url(article), posted_again(page)).status_code == 302
    assert bodies(article) == ["Van mij.", "Tekst b.", "Tekst c.", "Voordelen."]


@pytest.mark.parametrize("version", ["", "x", "-1", "99", "9" * 40, None])
def test_a_form_without_a_version_that_is_known_overwrites_nothing(writer_client, article, anna, version):
    saves(anna, article, kop_a="Van Anna.")
    data = form_data(article, **{"sections-0-body": "Van mij.", "draft_version": version or ""})
    if version is None:
        del data["draft_version"]

    response = writer_client.post(change_url(article), data)

    assert (response.status_code, bodies(article)[0]) == (409, "Van Anna.")
    assert "De tekst waarmee jij begon, is niet meer bekend." in panel(response)


def test_mistakes_are_said_on_the_same_page(writer_client, article, anna):
    data = form_data(article, title="", **{"sections-0-anchor": "Fout Anker", "review_due": "morgen"})
    saves(anna, article, kop_b="Van Anna.")

    response = writer_client.post(change_url(article), data)

    html = response.content.decode()
    assert (response.status_code, 'value="morgen"' in html, 'value="Fout Anker"' in html) == (409, True, True)
    assert "Dit veld is verplicht." in html


@pytest.mark.parametrize("junk", ["", "x", "-1", "9" * 30])
def test_a_broken_stale_form_loses_nothing(writer_client, article, anna, junk):
    saves(anna, article, kop_a="Van Anna.")
    data = form_data(article, **{"draft_version": "1", "sections-TOTAL_FORMS": junk, "benefits-0-id": junk})

    assert writer_client.post(change_url(article), data).status_code == 409
    assert bodies(article)[0] == "Van Anna."


def test_text_of_the_other_stays_text(writer_client, article, anna):
    data = form_data(article, intro="Van mij.")
    saves(anna, article, intro="</div><script>alert(1)</script>")

    html = writer_client.post(change_url(article), data).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_very_long_texts_are_shown_whole(writer_client, article, anna):
    words = [f"woord{i}" for i in range(20_000)]
    data = form_data(article, intro=" ".join(words)[:200_000])
    saves(anna, article, intro=" ".join(reversed(words))[:199_000] + " einde van Anna")

    response = writer_client.post(change_url(article), data)

    assert response.status_code == 409
    assert "einde van Anna" in panel(response)
    assert len(response.content) < 3_000_000


def test_who_may_not_write_takes_nothing(adviser_client, article):
    before = DraftRevision.objects.count()

    assert adviser_client.post(change_url(article), form_data(article, draft_version="0")).status_code == 403
    assert DraftRevision.objects.count() == before
