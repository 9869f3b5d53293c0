"""The buttons and pages between draft and reader, with the forms that a browser would send."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from articles.admin.workflow_forms import typed_form
from articles.drafts import digest_of_draft
from articles.models import Article, ArticleEvent, Publication, ScheduledPublication, Submission
from articles.publishing import publish
from articles.reviewing import send_back, submit
from articles.scheduling import run_due, schedule, schedule_withdrawal
from references.models import Reference
from tests.articles.admin.test_article_page import change_url, form_data
from tests.articles.test_reviewing import write
from tests.articles.test_scheduling import LATER, SOON
from tests.factories import make_reference

pytestmark = pytest.mark.django_db


def url_of(name: str, article: Article, *more: int) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def press(client, article: Article, button: str, **changes) -> str:
    """Post the whole form of the article with one of its buttons; return what the next page says."""
    return said(client.post(change_url(article), form_data(article, **{button: "1"}, **changes), follow=True))


def said(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def page(client, article: Article) -> str:
    return said(client.get(change_url(article)))


def plan_data(article: Article, due: str = "", **changes) -> dict:
    return {"digest": digest_of_draft(Article.objects.get(pk=article.pk)), "due": due or typed_form(SOON)} | changes


# Review


def test_writer_submits_from_the_page_and_the_chief_reads_the_note(writer_client, writer, chief):
    article = write("Af.")
    html = writer_client.get(change_url(article)).content.decode()
    assert ("_submit" in html, "_publish" in html, "_schedule" in html) == (True, False, False)

    text = press(writer_client, article, "_submit", review_note="Voor <vrijdag>", **{"sections-0-body": "Echt af."})

    assert "bewaard en ingestuurd" in text
    assert "Ingestuurd door schrijver" in text
    assert article.sections.get().body == "Echt af."
    writer_client.force_login(chief)
    html = writer_client.get(change_url(article)).content.decode()
    assert "Voor &lt;vrijdag&gt;" in html
    assert all(f'name="{button}"' in html for button in ("_publish", "_schedule", "_send_back"))


def test_draft_that_changed_since_it_was_submitted_says_so(writer_client, writer):
    article = write("Af.")
    submit(article, by=writer)
    assert "Sinds het insturen veranderd" not in page(writer_client, article)

    press(writer_client, article, "_draft", **{"sections-0-body": "Anders."})

    assert "Sinds het insturen veranderd." in page(writer_client, article)
    press(writer_client, article, "_submit", **{"sections-0-body": "Anders."})
    assert "Sinds het insturen veranderd" not in page(writer_client, article)


def test_errors_keep_a_draft_from_being_submitted_and_nothing_is_lost(writer_client):
    article = write("Af.")

    text = press(writer_client, article, "_submit", review_note="Kijk je mee?", **{"sections-0-body": "Zin.[@weg]"})

    assert "bewaard maar niet ingestuurd: er is nog een fout." in text
    assert article.sections.get().body == "Zin.[@weg]"
    assert 'value="Kijk je mee?"' in writer_client.get(change_url(article)).content.decode()
    assert not Submission.objects.exists()


def test_note_to_readers_survives_a_refusal_and_is_gone_when_it_was_used(chief_client, chief):
    article = write("Live.")
    publish(article, by=chief)
    noted = {"publish_reason": "Cijfer verbeterd", "sections-0-body": "Zin.[@weg]"}

    press(chief_client, article, "_publish", **noted)
    press(chief_client, article, "_draft", **noted)
    html = chief_client.get(change_url(article)).content.decode()
    assert 'value="Cijfer verbeterd"' in html
    assert 'name="publish_substantive">' in html
    assert 'value="Cijfer verbeterd"' in chief_client.get(url_of("schedule", article)).content.decode()
    wrong = chief_client.post(change_url(article), form_data(article, _publish="1", title="", publish_reason="Nog beter"))
    assert 'value="Nog beter"' in wrong.content.decode()

    article.refresh_from_db()
    press(chief_client, article, "_publish", **noted | {"sections-0-body": "Zin."})
    assert Publication.objects.get(number=2).reason == "Cijfer verbeterd"
    assert 'name="publish_reason" value=""' in chief_client.get(change_url(article)).content.decode()


def test_chief_sends_back_with_a_reason_that_the_writer_reads(client, writer, chief):
    article = write("Af.")
    submit(article, by=writer)
    client.force_login(chief)
    assert press(client, article, "_send_back").count("terugsturen") >= 1
    assert "Dit veld is verplicht." in said(client.post(url_of("send_back", article), {"reason": " "}))

    text = said(client.post(url_of("send_back", article), {"reason": "Bron mist.\nEn de kop."}, follow=True))

    assert "teruggestuurd" in text
    client.force_login(writer)
    html = client.get(change_url(article)).content.decode()
    assert "Bron mist.<br>En de kop." in html
    press(client, article, "_submit")
    assert "Bron mist." not in page(client, article)


def test_writer_takes_back(writer_client, writer):
    article = write("Af.")
    submit(article, by=writer)

    assert "teruggenomen" in said(writer_client.post(url_of("take_back", article), follow=True))
    assert "niet (meer) ter controle" in said(writer_client.post(url_of("take_back", article), follow=True))


def test_made_up_buttons_give_a_writer_nothing(writer_client):
    article = write("Af.")

    assert "Vraag een eindredacteur" in press(writer_client, article, "_publish")
    assert writer_client.post(change_url(article), form_data(article, _schedule="1"), follow=True).status_code == 403
    assert not Publication.objects.exists()


# Planning


def test_chief_plans_and_the_page_says_what_and_when(chief_client):
    article = write("Goed.")
    assert "precies zoals het nu is bewaard" in press(chief_client, article, "_schedule")

    text = said(chief_client.post(url_of("schedule", article), plan_data(article, "31-12-2099 09:00"), follow=True))

    assert "Ingepland voor 31 december 2099, 09:00." in text
    assert "Publiceren op donderdag 31 december 2099, 09:00, ingepland door eindredacteur." in text
    assert "gepland voor 31 december 2099, 09:00" in text
    assert "niet meer gelijk aan de geplande tekst" not in text
    press(chief_client, article, "_draft", **{"sections-0-body": "Beter."})
    row = ScheduledPublication.objects.get()
    assert "Het concept is niet meer gelijk aan de geplande tekst." in page(chief_client, article)
    planned = said(chief_client.get(url_of("planned", article, row.pk)))
    assert ("Goed." in planned, "Beter." in planned) == (True, False)
    assert "Voorbeeld: deze tekst is goedgekeurd voor 31 december 2099, 09:00" in planned


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("2020-01-01T09:00", "Dat moment is al voorbij."),
        ("2027-03-28T02:30", "bestaat niet op 28 maart 2027"),
        ("", "Dit veld is verplicht."),
        ("ooit", "bijvoorbeeld 31-12-2026 09:00"),
    ],
)
def test_wrong_moment_is_said_at_its_field_and_keeps_the_rest(chief_client, chief, due, says):
    article = write("Goed.")
    publish(article, by=chief)
    write("Beter.")

    html = chief_client.post(url_of("schedule", article), plan_data(article, due or " ", reason="Nieuw onderzoek")).content.decode()

    assert says in html
    assert 'value="Nieuw onderzoek"' in html
    assert re.search(r'<input type="datetime-local"[^>]*aria-invalid="true"', html)
    assert not ScheduledPublication.objects.exists()


def test_time_that_comes_twice_is_planned_with_a_remark(chief_client):
    article = write("Goed.")

    text = said(chief_client.post(url_of("schedule", article), plan_data(article, "2098-10-26T02:30"), follow=True))

    assert "is het twee keer 02:30" in text


def test_text_that_changed_behind_the_page_is_not_planned(chief_client):
    article = write("Gezien.")
    data = plan_data(article)
    write("Ongezien.")

    assert "intussen veranderd" in said(chief_client.post(url_of("schedule", article), data))
    assert not ScheduledPublication.objects.exists()


def test_errors_lead_back_to_the_findings(chief_client):
    article = write("Zin.[@weg]")

    response = chief_client.post(url_of("schedule", article), plan_data(article), follow=True)

    assert response.redirect_chain == [(change_url(article), 302)]
    assert "Er is niets ingepland: er is nog een fout." in said(response)


def test_failed_plan_shows_why_and_can_be_planned_again_or_put_away(chief_client, chief):
    make_reference("jansen2020")
    article = write("Zin.[@jansen2020]")
    row = schedule(article, due=SOON, by=chief)
    Reference.objects.update(is_retracted=True)
    run_due(SOON)

    text = page(chief_client, article)
    assert re.search(r"Planning mislukt .* Er is niets gepubliceerd: Bron 1 .* is teruggetrokken", text)
    assert "planning mislukt" in said(chief_client.get(reverse("admin:articles_article_changelist")))
    chief_client.post(url_of("reschedule", article, row.pk), {"due": typed_form(LATER)})
    row.refresh_from_db()
    assert (row.state, row.due, row.failure) == ("waiting", LATER, "")
    run_due(LATER)
    assert "De melding is weg." in said(chief_client.post(url_of("cancel", article, row.pk), follow=True))
    assert "Planning mislukt" not in page(chief_client, article)
    assert [kind for (kind,) in ArticleEvent.objects.order_by("pk").values_list("kind")] == [
        "scheduled",
        "failed",
        "scheduled",
        "failed",
    ]


def test_plan_is_moved_and_cancelled(chief_client, chief):
    article = write("Goed.")
    row = schedule(article, due=SOON, by=chief)
    assert f'value="{typed_form(SOON)}"' in chief_client.get(url_of("reschedule", article, row.pk)).content.decode()

    assert "Ingepland voor" in said(
        chief_client.post(url_of("reschedule", article, row.pk), {"due": typed_form(LATER)}, follow=True)
    )
    assert "De planning is geannuleerd." in said(chief_client.post(url_of("cancel", article, row.pk), follow=True))
    for name in ("reschedule", "cancel"):
        text = said(chief_client.post(url_of(name, article, row.pk), {"due": typed_form(LATER)}, follow=True))
        assert "al uitgevoerd of geannuleerd" in text


def test_plan_of_another_article_is_not_found(chief_client, chief):
    row = schedule(write("Goed."), due=SOON, by=chief)
    other = Article.objects.create(title="Ander", slug="ander")

    for name in ("planned", "reschedule", "cancel"):
        assert chief_client.post(url_of(name, other, row.pk), {"due": typed_form(LATER)}).status_code == 404


# Withdrawing


def test_withdrawing_asks_why_and_when(chief_client, chief):
    article = write("Live.")
    publish(article, by=chief)
    url = url_of("withdraw", article)
    assert "Lezers vinden het artikel dan niet meer." in said(chief_client.get(url))
    assert "Dit veld is verplicht." in said(chief_client.post(url, {"when": "now"}))
    assert "of kies ‘Nu meteen’" in said(chief_client.post(url, {"when": "later", "reason": "Fout"}))
    assert "Kies een van de twee." in said(chief_client.post(url, {"when": "now", "reason": "Fout", "due": typed_form(SOON)}))
    assert Article.objects.get().status == "published"

    chief_client.post(url, {"when": "now", "reason": "Een bron deugt niet."})

    assert Article.objects.get().status == "withdrawn"
    assert ArticleEvent.objects.get().reason == "Een bron deugt niet."


def test_what_readers_do_not_see_is_not_withdrawn(chief_client):
    article = write("Concept.")

    assert "er valt niets in te trekken" in said(chief_client.post(url_of("withdraw", article), {"when": "now", "reason": "Fout"}))
    assert not ArticleEvent.objects.exists()


def test_withdrawal_is_planned(chief_client, chief):
    article = write("Live.")
    publish(article, by=chief)

    data = {"when": "later", "reason": "Actie voorbij", "due": "2099-12-31T18:00"}
    text = said(chief_client.post(url_of("withdraw", article), data, follow=True))

    assert "Het artikel wordt ingetrokken op 31 december 2099, 18:00." in text
    assert "Intrekken gepland" in text
    assert "Actie voorbij" in text


# The list


def test_list_says_where_everything_stands(chief_client, writer, chief):
    publish(write("Live."), by=chief)
    submit(write("Nieuw."), by=writer)
    schedule_withdrawal(Article.objects.get(), due=SOON, by=chief)

    text = said(chief_client.get(reverse("admin:articles_article_changelist")))

    assert "Werkvoorraad: 1 ter controle 1 gepland 0 planning mislukt" in text
    assert re.search(r"gepubliceerd ?nieuwe versie ter controle ?intrekken gepland voor \d+ \w+ \d{4}, \d\d:\d\d", text)


def test_list_filters_by_what_it_shows(chief_client, writer, chief):
    for name in ("concept", "controle", "gepland", "live", "weg"):
        Article.objects.create(title=f"Stuk {name}", slug=name)
    articles = {article.slug: article for article in Article.objects.all()}
    for article in articles.values():
        article.sections.create(heading="Kop", anchor="kop", position=1, body="Zin.")
    submit(articles["controle"], by=writer)
    send_back(submit(articles["concept"], by=writer).article, by=chief, reason="Nog niet.")
    schedule(articles["gepland"], due=SOON, by=chief)
    for name in ("live", "weg"):
        publish(articles[name], by=chief)
    chief_client.post(url_of("withdraw", articles["weg"]), {"when": "now", "reason": "Oud"})

    found = {}
    for state in ("ter-controle", "gepland", "mislukt", "concept", "gepubliceerd", "ingetrokken", "onzin", ""):
        html = chief_client.get(reverse("admin:articles_article_changelist"), {"staat": state} if state else {}).content.decode()
        found[state] = set(re.findall(r"/change/[^>]*>Stuk (\w+)<", html))
    assert found == {
        "ter-controle": {"controle"},
        "gepland": {"gepland"},
        "mislukt": set(),
        "concept": {"concept"},
        "gepubliceerd": {"live"},
        "ingetrokken": {"weg"},
        "onzin": set(articles),
        "": set(articles),
    }


def test_what_a_chief_must_act_on_comes_first(client, writer, chief):
    submit(write("Oud."), by=writer)
    for i in range(3):
        Article.objects.create(title=f"Nieuwer {i}", slug=f"nieuwer-{i}")

    first = {}
    for user in (writer, chief):
        client.force_login(user)
        html = client.get(reverse("admin:articles_article_changelist")).content.decode()
        first[user.username] = re.search(r"/change/[^>]*>([^<]+)<", html)[1]
    assert first == {"schrijver": "Nieuwer 2", "eindredacteur": "Waar is water goed voor?"}


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_queries_however_many_there_are(chief_client, writer, chief, count, django_assert_num_queries):
    for i in range(count):
        article = Article.objects.create(title=f"Stuk {i}", slug=f"stuk-{i}")
        article.sections.create(heading="Kop", anchor="kop", position=1, body="Zin.")
        schedule(article, due=SOON, by=chief)
        submit(article, by=writer)

    with django_assert_num_queries(11):
        chief_client.get(reverse("admin:articles_article_changelist"))
