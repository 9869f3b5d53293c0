"""Advisers, topics, consent, standard texts and the log in the admin."""

import pytest
from django.urls import reverse

from advice import handling
from advice.admin.canned import changed_lines
from advice.models import Adviser, AuditEvent, CannedReply, CannedReplyVersion, ConsentText, Topic
from tests.advice.admin.pages import part_of, text_of
from tests.advice.factories import NOW, make_consent, make_request, make_topic
from tests.factories import make_reference, make_user

pytestmark = pytest.mark.django_db
TEXTS = "/beheer/advice/cannedreply/"
LOG = "/beheer/advice/auditevent/"


@pytest.fixture
def manager_client(client, manager):
    client.force_login(manager)
    return client


def settings_log() -> list[tuple[str, dict]]:
    return list(AuditEvent.objects.filter(action="settings").order_by("number").values_list("actor", "detail"))


def test_a_manager_makes_an_adviser_who_keeps_the_account(manager_client):
    user = make_user("kim", "Adviseur")
    data = {"user": user.pk, "name": "Kim", "role": "adviseur", "closing": "Groet,", "notify": "on"}
    manager_client.post(reverse("admin:advice_adviser_add"), data)
    adviser = Adviser.objects.get()
    assert (adviser.user, adviser.name, adviser.closing, adviser.is_away) == (user, "Kim", "Groet,", False)
    other = make_user("jan", "Adviseur")
    url = reverse("admin:advice_adviser_change", args=[adviser.pk])
    manager_client.post(url, data | {"user": other.pk, "is_away": "on"})
    adviser.refresh_from_db()
    assert (adviser.user, adviser.is_away) == (user, True)
    assert settings_log() == [("beheerder", {"what": "adviseur", "name": "kim"})] * 2


def test_the_key_of_a_topic_stays_as_it_was_made(manager_client):
    topic = make_topic("slaap")
    url = reverse("admin:advice_topic_change", args=[topic.pk])
    manager_client.post(url, {"name": "Slaap en rust", "slug": "anders", "position": "3"})
    topic.refresh_from_db()
    assert (topic.name, topic.slug, topic.position, topic.is_active) == ("Slaap en rust", "slaap", 3, False)
    assert Topic.objects.count() == 1


def test_consent_is_added_to_and_never_changed(manager_client, manager):
    old = make_consent()
    manager_client.post(reverse("admin:advice_consenttext_add"), {"text": "Een andere tekst."}, follow=True)
    new = ConsentText.objects.get(number=2)
    assert (new.text, new.created_by, new.created_at) == ("Een andere tekst.", manager, NOW)
    url = reverse("admin:advice_consenttext_change", args=[old.pk])
    assert manager_client.post(url, {"text": "Stiekem."}).status_code == 403
    assert "Ik vind het goed" in text_of(manager_client.get(url))


def test_a_standard_text_gets_a_version_for_every_wording(britt_client, britt):
    topic = make_topic()
    data = {"title": "Groet", "topic": topic.pk, "is_active": "on", "body": "Beste {{ naam }},\r\nDag."}
    britt_client.post(f"{TEXTS}add/", data)
    reply = CannedReply.objects.get()
    for changes in ({"title": "Begroeting"}, {"body": "Beste {{ naam }},\nTot ziens."}):
        data |= changes
        britt_client.post(f"{TEXTS}{reply.pk}/change/", data)
    versions = CannedReplyVersion.objects.order_by("number").values_list("number", "body")
    assert list(versions) == [(1, "Beste {{ naam }},\nDag."), (2, "Beste {{ naam }},\nTot ziens.")]
    assert CannedReply.objects.get().title == "Begroeting"
    response = britt_client.get(f"{TEXTS}{reply.pk}/change/")
    assert ">\nBeste {{ naam }},\nTot ziens.</textarea>" in response.content.decode()
    said = part_of(response, 'class="history"')
    assert said == "Versies Versie 2 24 november 2026, 10:00 door Britt Dag. Tot ziens. Versie 1 24 november 2026, 10:00 door Britt"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("Beste {{ klant }},", "Deze variabelen bestaan niet: klant."),
        ("Zie [@bestaatniet].", "‘bestaatniet’"),
        ("", "Dit veld is verplicht."),
    ],
)
def test_a_standard_text_that_could_never_be_sent_is_refused(britt_client, body, why):
    make_reference("jansen2020")
    response = britt_client.post(f"{TEXTS}add/", {"title": "Groet", "body": body})
    assert (why in text_of(response), CannedReply.objects.count()) == (True, 0)


def test_the_preview_of_a_standard_text_shows_its_variables(britt_client):
    answer = britt_client.post(f"{TEXTS}voorbeeld/", {"body": "Beste {{ naam }}, **dag**."}).json()
    assert (answer["html"].strip(), answer["findings"]) == ("<p>Beste {{ naam }}, <strong>dag</strong>.</p>", [])


def test_lines_that_came_and_went_are_told_in_order():
    assert changed_lines("a\nb\nc", "a\nB\nc\n\nd") == [("-", "b"), ("+", "B"), ("+", "d")]


@pytest.fixture
def logged(britt, anna):
    first, second = make_request(), make_request()
    handling.assign(first, by=britt, to=anna, version=1, now=NOW)
    handling.claim(second, by=britt, now=NOW)
    return first, second


def test_the_log_is_read_by_reference_and_by_person(manager_client, logged):
    first, second = logged

    def rows(sought: str) -> list[str]:
        response = manager_client.get(LOG, {"q": sought})
        return [f"{row.actor} {row.action} {row.reference}" for row in response.context["cl"].result_list]

    everything = [
        f"britt claimed {second.reference}",
        f"britt assigned {first.reference}",
        f"lezer submitted {second.reference}",
        f"lezer submitted {first.reference}",
    ]
    assert rows("") == everything
    assert rows(f" {first.reference.lower()} ") == [everything[1], everything[3]]
    assert rows("britt") == everything[:2]
    assert rows("niemand") == []
    assert "aan: anna" in text_of(manager_client.get(LOG))


def test_particulars_are_said_in_words(manager_client, britt):
    request = make_request()
    handling.snooze(request, by=britt, until=NOW.replace(day=30), now=NOW)
    handling.close(request, by=britt, outcome="silent", version=2, now=NOW)
    said = text_of(manager_client.get(LOG))
    assert ("tot: 30 november 2026 10:00" in said, "hoe: geen reactie meer" in said) == (True, True)


def test_the_log_can_not_be_changed_from_its_page(manager_client, logged):
    for url in ("1/change/", "1/delete/", "add/", "1/history/"):
        assert manager_client.get(f"{LOG}{url}").status_code == 404
    html = manager_client.get(LOG).content.decode()
    assert ("action-select" in html, "Toevoegen" in html) == (False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_queries_however_long(manager_client, django_assert_num_queries, count):
    for _ in range(count):
        make_request()
    with django_assert_num_queries(9):
        manager_client.get(LOG)
