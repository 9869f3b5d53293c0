"""Redirects that editors make, from paths that this site has no page for."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.models import Article, Redirect
from articles.publishing import publish, withdraw
from articles.redirects import LinesRefused, RedirectRefused, save_lines, save_redirect
from tests.factories import make_article

pytestmark = pytest.mark.django_db
ADD, LINES = "/beheer/articles/redirect/add/", "/beheer/articles/redirect/plakken/"


@pytest.fixture
def article(chief) -> Article:
    article = make_article()
    publish(article, by=chief)
    return Article.objects.get(pk=article.pk)


def at(client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, getattr(response, "url", "")


def test_old_path_leads_to_an_article_and_follows_it(client, chief, article):
    save_redirect("/blog/Wat-is-water/", "/artikelen/water/", by=chief)
    paths = ["/blog/wat-is-water/", "/blog/wat-is-water", "/BLOG/wat-is-water/"]
    assert [at(client, path) for path in paths] == [(301, "/artikelen/water/")] * 3
    assert client.head(paths[0]).status_code == 301
    assert client.get(paths[0]).headers["Cache-Control"] == "no-cache"

    Article.objects.update(slug="nat")
    publish(article, by=chief)
    assert [at(client, path) for path in paths] == [(301, "/artikelen/nat/")] * 3  # one step, not by way of /artikelen/water/

    withdraw(article, by=chief)
    assert [at(client, path) for path in paths] == [(404, "")] * 3


def test_old_path_leads_to_another_page(client, chief):
    save_redirect("https://vroeger.example/wie-zijn-wij.html", "http://testserver/over", by=chief)

    assert at(client, "/wie-zijn-wij.html") == (301, "/over/")


def test_address_of_a_withdrawn_article_can_lead_to_its_successor(client, chief, article):
    publish(make_article(slug="beter"), by=chief)
    withdraw(article, by=chief)
    assert at(client, "/artikelen/water/") == (410, "")

    save_redirect("/artikelen/water/", "/artikelen/beter/", by=chief)
    assert at(client, "/artikelen/water/") == (301, "/artikelen/beter/")

    publish(article, by=chief)
    assert at(client, "/artikelen/water/") == (200, "")  # a page always wins


@pytest.mark.parametrize("path", ["/blog/%00", "/blog/%ff%fe", "/" + "x" * 5_000, "/blog/%F0%9F%8D%B5"])
def test_hostile_path_is_not_found(client, path):
    assert at(client, path) == (404, "")


def test_path_with_letters_beyond_ascii(client, chief):
    save_redirect("/blog/caf%C3%A9-z%C3%B3/", "/over/", by=chief)

    assert Redirect.objects.get().path == "/blog/café-zó"
    assert at(client, "/blog/caf%C3%A9-z%C3%B3/") == (301, "/over/")


@pytest.mark.parametrize(
    ("path", "to", "field", "message"),
    [
        ("/over/", "/privacy/", "path", "al een pagina"),
        ("/artikelen/water/", "/over/", "path", "al een pagina"),
        ("/artikelen/", "/over/", "path", "al een pagina"),
        ("/beheer/weg/", "/over/", "path", "al een pagina"),
        ("/", "/over/", "path", "van de site zelf"),
        ("/static/x.css", "/over/", "path", "van de site zelf"),
        ("blog/x", "/over/", "path", "geen pad"),
        ("/blog/x/?p=3", "/over/", "path", "vanaf ? of #"),
        ("/blog/../x", "/over/", "path", "geen pad van hooguit"),
        ("/blog/%0d%0aSet-Cookie", "/over/", "path", "geen pad van hooguit"),
        ("/" + "x" * 500, "/over/", "path", "geen pad van hooguit"),
        ("/blog/x/", "https://elders.example/over/", "to", "niet van http://testserver"),
        ("/blog/x/", "//elders.example/over/", "to", "geen pad"),
        ("/blog/x/", "/\\elders.example/", "to", "geen pad van hooguit"),
        ("/blog/x/", "/%2Felders.example/", "to", "geen pad van hooguit"),
        ("/blog/x/", "javascript:alert(1)", "to", "geen pad"),
        ("/blog/x/", "/weg/", "to", "staat geen pagina"),
        ("/blog/x/", "/beheer/", "to", "staat geen pagina"),
        ("/blog/x/", "/artikelen/weg/", "to", "geen artikel met het adres ‘weg’"),
        ("/blog/bezet/", "/over/", "path", "al een doorverwijzing"),
        ("/blog/x/", "/blog/bezet/", "to", "staat geen pagina"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_at_its_field(chief, article, path, to, field, message):
    save_redirect("/blog/bezet/", "/privacy/", by=chief)

    with pytest.raises(RedirectRefused) as refused:
        save_redirect(path, to, by=chief)

    assert (refused.value.field, message in str(refused.value)) == (field, True), refused.value
    assert Redirect.objects.count() == 1


def test_who_may_not_is_refused(writer, adviser, article):
    for user in (writer, adviser):
        with pytest.raises(PermissionDenied, match="eindredacteur"):
            save_redirect("/blog/x/", "/over/", by=user)
        with pytest.raises(PermissionDenied, match="eindredacteur"):
            save_lines("/blog/x/;/over/", by=user)
    assert not Redirect.objects.exists()


def test_pages_that_are_there_cost_no_query_more_and_a_missing_page_one(client, chief, article, django_assert_num_queries):
    save_redirect("/blog/x/", "/over/", by=chief)

    for path, queries in {"/over/": 0, "/artikelen/water/": 2, "/blog/x/": 1, "/blog/y/": 1}.items():
        with django_assert_num_queries(queries):
            client.get(path)


def test_change_shows_at_once_also_beside_finished_bytes(chief, article, served):
    assert served("/blog/x/") == ("404 Not Found", "")
    made = save_redirect("/blog/x/", "/over/", by=chief)
    assert served("/blog/x/") == ("301 Moved Permanently", "/over/")
    save_redirect("/blog/x/", "/artikelen/water/", by=chief, redirect=made)
    assert served("/blog/x/") == ("301 Moved Permanently", "/artikelen/water/")
    made.delete()
    assert served("/blog/x/") == ("404 Not Found", "")


# A pasted list


def test_pasted_list_takes_what_a_spreadsheet_gives(chief, article):
    text = "/blog/een/;/artikelen/water/\r\n/blog/twee/\t/over/\n\n/blog/drie, /privacy/\n/blog/vier -> http://testserver/over/\n"

    assert save_lines(text, by=chief) == 4
    assert save_lines(text, by=chief) == 0  # pasted twice
    assert list(Redirect.objects.values_list("path", "article__slug", "target")) == [
        ("/blog/drie", None, "/privacy/"),
        ("/blog/een", "water", ""),
        ("/blog/twee", None, "/over/"),
        ("/blog/vier", None, "/over/"),
    ]


def test_pasted_list_with_a_fault_keeps_nothing_and_names_every_line(chief, article):
    with pytest.raises(LinesRefused) as refused:
        save_lines("/blog/een/;/over/\n/blog/twee/\n/blog/een;/privacy/\n/blog/drie;/weg/", by=chief)

    assert [message[:8] for message in refused.value.messages] == ["Regel 2:", "Regel 3:", "Regel 4:"]
    assert not Redirect.objects.exists()


# In the admin


def test_chief_adds_changes_and_removes_a_redirect(chief_client, chief, article):
    chief_client.post(ADD, {"path": "/Blog/X/", "to": "/artikelen/water/"})
    made = Redirect.objects.get()
    assert (made.path, made.article, made.target, made.created_by) == ("/blog/x", article, "", chief)

    change = reverse("admin:articles_redirect_change", args=[made.pk])
    assert 'name="to" value="/artikelen/water/"' in chief_client.get(change).content.decode()
    chief_client.post(change, {"path": "/blog/x", "to": "/over/"})
    made.refresh_from_db()
    assert (made.article, made.target) == (None, "/over/")

    chief_client.post(reverse("admin:articles_redirect_delete", args=[made.pk]), {"post": "yes"})
    assert not Redirect.objects.exists()


def test_form_says_what_is_wrong_and_keeps_what_was_typed(chief_client, chief, article):
    save_redirect("/blog/bezet/", "/over/", by=chief)

    for path, to, message in [
        ("/over/", "/privacy/", "al een pagina"),
        ("/blog/x/", "/weg/", "staat geen pagina"),
        ("/blog/bezet", "/over/", "bestaat al"),
    ]:
        html = chief_client.post(ADD, {"path": path, "to": to}).content.decode()
        assert message in html
        assert f'value="{to}"' in html
    assert Redirect.objects.count() == 1


def test_list_says_where_it_leads_and_what_waits(chief_client, chief, article):
    save_redirect("/blog/x/", "/artikelen/water/", by=chief)
    assert "/artikelen/water/</td>" in chief_client.get("/beheer/articles/redirect/").content.decode()

    withdraw(article, by=chief)
    assert "werkt nog niet" in chief_client.get("/beheer/articles/redirect/").content.decode()


def test_pasting_in_the_admin_keeps_the_text_when_a_line_is_wrong(chief_client, article):
    html = chief_client.post(LINES, {"lines": "/blog/x/;/weg/"}).content.decode()
    assert "Regel 1: Op ‘/weg/’ staat geen pagina." in html
    assert "/blog/x/;/weg/</textarea>" in html

    response = chief_client.post(LINES, {"lines": "/blog/x/;/over/"}, follow=True)
    assert "1 doorverwijzing is gemaakt." in response.content.decode()


def test_writer_may_look_and_not_change(writer_client, chief, article):
    made = save_redirect("/blog/x/", "/artikelen/water/", by=chief)
    change = reverse("admin:articles_redirect_change", args=[made.pk])

    assert "/artikelen/water/" in writer_client.get(change).content.decode()
    assert writer_client.post(change, {"path": "/blog/y", "to": "/over/"}).status_code == 403
    assert writer_client.post(LINES, {"lines": "/blog/z/;/over/"}).status_code == 403
