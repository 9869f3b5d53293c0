"""The queue: what stands on which list, what a row says, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advice import handling
from advice.admin import narrowing
from advice.admin.lists import LISTS, MOST_COUNTED, counters
from advice.models import AdviceRequest
from advice.presence import note_presence
from tests.advice.admin.pages import QUEUE, messages_of, part_of, text_of, url
from tests.advice.factories import NOW, make_answer, make_request, make_topic

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def one_on_every_list(britt, anna) -> dict[str, AdviceRequest]:
    made = {name: make_request(now=NOW - HOUR, article_slug=f"artikel-{name}", article_title=f"Over {name}") for name in (
        "nieuw", "van-mij", "van-anna", "uitgesteld", "wacht-op-lezer", "gesloten",
    )}  # fmt: skip
    made["te-laat"] = make_request(now=NOW - timedelta(days=4))
    made["quarantaine"] = make_request(now=NOW - HOUR, suspicions=("veel links",))
    handling.claim(made["van-mij"], by=britt, now=NOW)
    handling.claim(made["van-anna"], by=anna, now=NOW)
    handling.snooze(made["uitgesteld"], by=britt, until=NOW + timedelta(days=1), now=NOW)
    make_answer(made["wacht-op-lezer"], by=britt)
    handling.close(made["gesloten"], by=britt, outcome="silent", version=1, now=NOW)
    AdviceRequest.objects.filter(pk=made["wacht-op-lezer"].pk).update(has_failed_mail=True)
    return made


def listed(response) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]+)</a>', response.content.decode())


def test_every_request_is_on_the_lists_where_it_belongs(britt_client, one_on_every_list):
    names = {request.reference: name for name, request in one_on_every_list.items()}
    found = {each.code: [names[ref] for ref in listed(britt_client.get(each.url))] for each in LISTS}
    assert found == {
        "nieuw": ["te-laat", "nieuw"],
        "van-mij": ["van-mij"],
        "te-laat": ["te-laat"],
        "wacht-op-ons": ["te-laat", "nieuw", "van-mij", "van-anna", "uitgesteld"],
        "uitgesteld": ["uitgesteld"],
        "wacht-op-lezer": ["wacht-op-lezer"],
        "mislukte-mail": ["wacht-op-lezer"],
        "quarantaine": ["quarantaine"],
        "gesloten": ["gesloten"],
    }


def test_counters_are_links_and_say_how_many(britt_client, one_on_every_list):
    response = britt_client.get(QUEUE)
    assert part_of(response, 'aria-label="Lijsten van de adviesbalie"') == (
        "2 nieuw 1 van mij 1 te laat 5 wacht op ons 1 uitgesteld 1 wacht op lezer 1 mislukte mail 1 quarantaine 1 gesloten"
    )
    assert 'href="/beheer/advice/advicerequest/?lijst=te-laat" class="desk-list desk-list-alarm"' in response.content.decode()


def test_a_counter_stops_counting(britt, monkeypatch):
    monkeypatch.setattr("advice.admin.lists.MOST_COUNTED", 2)
    texts = []
    for _ in range(3):
        texts.append(counters(britt, NOW)[0].text)
        make_request()
    assert texts == ["0", "1", "meer dan 1"]
    assert MOST_COUNTED == 1_000


def test_a_row_says_how_long_somebody_waits_in_words(britt_client, anna):
    make_request(now=NOW - timedelta(days=1, hours=2), article_slug="water", article_title="Water", section_heading="Drinken")
    claimed = make_request(now=NOW - timedelta(minutes=20), topic=make_topic("slaap"))
    handling.claim(claimed, by=anna, now=NOW)
    note_presence(claimed, by=anna, is_writing=True, now=NOW)
    response = britt_client.get(f"{QUEUE}?lijst=wacht-op-ons")
    rows = re.findall(r"<tr(?: class=\"is-late\")?>\s*<th scope=\"row\">.*?</tr>", response.content.decode(), re.DOTALL)
    late, other = (re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in rows)
    assert "Water › Drinken wacht 1 werkdag 1 uur te laat niemand Pak op" in late.replace("  ", " ")
    assert "wacht 20 min nog 1 werkdag Anna Anna schrijft" in other.replace("  ", " ")


def test_no_row_tells_who_asks_or_what(britt_client):
    secrets = {
        "name": "Sanneke Geheim",
        "email": "sanneke@geheim.example",
        "question": "Geheime vraag",
        "test_result": "Geheime test",
    }
    request = make_request(**secrets)
    for each in LISTS:
        with CaptureQueriesContext(connection) as queries:
            html = britt_client.get(each.url).content.decode()
        read = " ".join(query["sql"] for query in queries)
        assert not [secret for secret in secrets.values() if secret in html]
        assert not [name for name in ("email", "name", "test_result", "digest") if f'advice_advicerequest"."{name}"' in read]
        assert '"body"' not in read
    assert request.reference in britt_client.get(QUEUE).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_queries_however_many_rows(britt_client, django_assert_num_queries, anna, count):
    for _ in range(count):
        note_presence(make_request(), by=anna, is_writing=False, now=NOW)
    britt_client.get(QUEUE)
    # session, user, permissions (2), 9 counters, rows and their count, topics, advisers, articles, presence, what can be taken back
    with django_assert_num_queries(20):
        assert len(listed(britt_client.get(QUEUE))) == count


def test_claiming_takes_one_click_and_leads_to_the_request(britt_client, britt):
    request = make_request()
    response = britt_client.post(url("claim", request), follow=True)
    request.refresh_from_db()
    assert (request.assignee, response.redirect_chain) == (britt, [(url("change", request), 302)])
    assert messages_of(response) == ["De vraag is nu van jou."]


def test_claiming_what_a_colleague_took_says_so(britt_client, anna):
    request = make_request()
    handling.claim(request, by=anna, now=NOW)
    response = britt_client.post(url("claim", request))
    assert (response.status_code, part_of(response, 'class="errornote"')) == (409, "Anna heeft deze vraag al opgepakt.")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("onderwerp=slaap", ["slaap"]),
        ("adviseur=niemand", ["slaap", "water"]),
        ("adviseur=anna", ["anna"]),
        ("artikel=water", ["water"]),
        ("onderwerp=slaap&artikel=water", []),
        ("onderwerp=bestaat-niet", []),
        ("artikel=" + "x" * 999, []),
    ],
)
def test_a_list_can_be_narrowed(britt_client, anna, query, expected):
    made = {
        "slaap": make_request(topic=make_topic("slaap")),
        "water": make_request(article_slug="water", article_title="Water"),
        "anna": make_request(),
    }
    handling.claim(made["anna"], by=anna, now=NOW)
    response = britt_client.get(f"{QUEUE}?lijst=wacht-op-ons&{query}")
    assert listed(response) == [made[name].reference for name in expected]
    if not expected:
        assert "Niets op deze lijst past hierbij." in text_of(response)


def test_filters_keep_their_choice_and_go_along_to_other_lists(britt_client):
    make_request(article_slug="water", article_title="Oud")
    make_request(article_slug="water", article_title="Water")
    html = britt_client.get(f"{QUEUE}?artikel=water").content.decode()
    assert '<option value="water" selected>Water</option>' in html
    assert 'href="/beheer/advice/advicerequest/?lijst=van-mij&amp;artikel=water"' in html


def test_narrowing_looks_through_the_beginning_of_a_list_and_says_so(britt_client, monkeypatch):
    monkeypatch.setattr(narrowing, "LOOKED_THROUGH", 2)
    requests = [make_request(now=NOW - HOUR * n, topic=make_topic("slaap" if n == 1 else "water")) for n in (3, 2, 1)]
    response = britt_client.get(f"{QUEUE}?onderwerp=slaap")
    assert (listed(response), "Alleen de eerste 2 vragen" in text_of(response)) == ([], True)
    assert listed(britt_client.get(f"{QUEUE}?onderwerp=water")) == [requests[0].reference, requests[1].reference]


def test_a_long_list_comes_in_pages(britt_client, monkeypatch):
    monkeypatch.setattr("advice.admin.queue.PER_PAGE", 2)
    references = [make_request(now=NOW - HOUR * n).reference for n in (5, 4, 3, 2, 1)]
    pages = [listed(britt_client.get(f"{QUEUE}?pagina={number}")) for number in (1, 2, 3, 99, "x")]
    assert pages == [references[:2], references[2:4], references[4:], references[4:], references[:2]]


def test_the_start_page_shows_the_desk_first_to_an_adviser(britt_client, client, writer):
    make_request()
    html = britt_client.get("/beheer/").content.decode()
    assert html.index('id="adviesbalie"') < html.index("app-references")
    assert '<span class="desk-list-count">1</span> nieuw' in html
    client.force_login(writer)
    assert "adviesbalie" not in client.get("/beheer/").content.decode()
