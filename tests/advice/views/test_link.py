"""A private link: what it shows, whom it lets in, and what it tells to everybody else."""

from datetime import timedelta

import pytest

from advice.access import find_link, make_link, revoke_links, token_of
from advice.models import AccessLink, AuditEvent
from advice.tokens import make_door
from tests.advice.factories import NOW, make_request
from tests.advice.pages import form_at, read_page

pytestmark = pytest.mark.django_db
MINE = "/advies/mijn-vraag/"
RIGHT, WRONG = {"email": "Lezer@example.org "}, {"email": "ander@example.org"}


def sent_links() -> int:
    return AuditEvent.objects.filter(action="link_sent").count()


def test_opening_a_link_shows_a_question_and_nothing_of_anybody(reader, asked):
    request, address = asked
    for _ in range(3):
        response = reader.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert not any(word in html for word in ("banaan", "example.org", request.reference, "Magnesium"))
    assert dict(response.cookies) == {}
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [response.headers[name] for name in headers] == ["no-store, private", "noindex, nofollow", "no-referrer"]
    assert not AccessLink.objects.filter(opened_at__isnull=False).exists()


def test_the_right_address_gives_a_pass_for_half_an_hour_and_an_address_without_the_token(reader, asked, settings):
    settings.HTTPS = True
    _, address = asked
    response = reader.post(address, RIGHT)
    assert (response.status_code, response.headers["Location"]) == (303, MINE)
    cookie = response.cookies["advies"]
    facts = {name: cookie[name] for name in ("path", "max-age", "httponly", "samesite", "secure")}
    assert facts == {"path": "/advies/", "max-age": 1800, "httponly": True, "samesite": "Lax", "secure": True}
    assert "banaan" in reader.get(MINE).content.decode()
    assert find_link(address.split("/")[3]).opened_at == NOW


@pytest.mark.parametrize("typed", [WRONG, {"email": "lezer"}, {"email": ""}, {}])
def test_a_wrong_address_opens_nothing_and_learns_nothing(reader, asked, typed):
    request, address = asked
    response = reader.post(address, typed)
    html = response.content.decode()
    assert (response.status_code, dict(response.cookies)) == (422, {})
    assert "<title>Fout: Open je vraag" in html
    assert f'value="{typed.get("email", "")}"' in html or not typed.get("email")
    assert request.reference not in html
    assert reader.get(MINE).status_code == 403


def test_after_ten_tries_even_the_right_address_waits_an_hour(reader, asked, clock):
    _, address = asked
    answers = [reader.post(address, WRONG) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.content for answer in answers}) == 1
    blocked = reader.post(address, RIGHT)
    assert (blocked.status_code, dict(blocked.cookies)) == (429, {})
    assert "te vaak" in blocked.content.decode()
    clock.shift(3600)
    assert reader.post(address, RIGHT).status_code == 303


def test_a_form_of_another_site_opens_nothing(reader, asked):
    _, address = asked
    response = reader.post(address, RIGHT, headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, dict(response.cookies)) == (403, {})


@pytest.mark.parametrize("end", ["expired", "revoked", "rotated", "unknown"])
def test_a_link_that_no_longer_works_offers_a_new_one_and_says_the_same_to_everybody(reader, asked, clock, end):
    request, address = asked
    if end == "expired":
        clock.shift(timedelta(days=30))
    elif end == "revoked":
        revoke_links(request, now=NOW)
    elif end == "rotated":
        reader.post(f"/advies/l/{token_of(make_link(request, now=NOW))}/", RIGHT)
        reader.cookies.clear()
    else:
        address = "/advies/l/bestaatniet/"
    response = reader.get(address)
    assert response.status_code == 404
    assert "Deze link werkt niet meer" in response.content.decode()
    assert reader.post(address, RIGHT).status_code == 404
    told = [reader.post(f"{address}nieuwe-link/", typed) for typed in (WRONG, RIGHT)]
    assert [(answer.status_code, answer.headers["Location"]) for answer in told] == [(303, "/advies/nieuwe-link/")] * 2
    assert told[0].content == told[1].content
    assert sent_links() == (0 if end == "unknown" else 1)
    assert "zeggen we hier niet of het adres klopt" in reader.get(told[0].headers["Location"]).content.decode()


def test_a_new_link_opens_the_request_and_ends_the_others(reader, asked):
    request, address = asked
    reader.post(f"{address}nieuwe-link/", RIGHT)
    mail = request.mails.get(kind="link")
    reader.post(f"/advies/l/{token_of(mail.link)}/", RIGHT)
    assert reader.get(MINE).status_code == 200
    assert reader.get(address).status_code == 404


def test_asking_for_a_link_with_nothing_typed_asks_again(reader, asked):
    _, address = asked
    response = reader.post(f"{address}nieuwe-link/", {"email": ""})
    assert (response.status_code, response.headers["Referrer-Policy"]) == (422, "no-referrer")
    assert "Vul je e-mailadres in." in response.content.decode()
    assert sent_links() == 0


def test_a_pass_slides_and_ends_half_an_hour_after_the_last_page(reader, inside, clock):
    for _ in range(4):
        clock.shift(1700)
        assert reader.get(MINE).status_code == 200
    clock.shift(1800)
    response = reader.get(MINE)
    assert response.status_code == 403
    assert "banaan" not in response.content.decode()


def test_revoking_the_link_ends_the_pass_at_once(reader, inside):
    revoke_links(inside, now=NOW)
    assert reader.get(MINE).status_code == 403
    assert reader.post(f"{MINE}gegevens/", {}).status_code == 403


@pytest.mark.parametrize("value", ["", "x", "7.1795510800:abc"])
def test_an_invented_pass_opens_nothing(reader, asked, value):
    reader.cookies["advies"] = value
    assert reader.get(MINE).status_code == 403


def test_no_address_on_the_way_holds_anything_personal(reader, asked):
    request, address = asked
    page = reader.get(reader.post(address, RIGHT).headers["Location"])
    read = read_page(page)
    addresses = [*read.links, *(form.action for form in read.forms)]
    assert len(addresses) > 10
    for secret in ("example.org", "banaan", request.reference, address.split("/")[3]):
        assert not any(secret in found for found in addresses)


@pytest.fixture
def away(reader, inside, clock):
    """The form of a reaction, written while the half hour went by."""
    values = form_at(reader.get(MINE), f"{MINE}reageren/").values | {"body": "Nog iets:\nen een noot?"}
    clock.shift(3600)
    reader.cookies.clear()
    return values


def test_a_reaction_after_half_an_hour_waits_for_the_address_and_is_then_sent(reader, inside, away):
    response = reader.post(f"{MINE}reageren/", away)
    form = form_at(response, f"{MINE}openen/")
    assert response.status_code == 403
    assert form.values["body"].replace("\r\n", "\n") == "Nog iets:\nen een noot?"
    wrong = reader.post(f"{MINE}openen/", form.values | WRONG)
    assert (wrong.status_code, form_at(wrong, f"{MINE}openen/").values["body"]) == (422, form.values["body"])
    assert inside.messages.count() == 1
    for _ in range(2):
        done = reader.post(f"{MINE}openen/", form.values | RIGHT)
        assert (done.status_code, done.headers["Location"]) == (303, f"{MINE}?gelukt=reactie")
    assert [message.body for message in inside.messages.all()][1:] == ["Nog iets:\nen een noot?"]
    assert "Je reactie is verstuurd" in reader.get(done.headers["Location"]).content.decode()


def test_a_reaction_that_is_wrong_after_the_address_stays_in_the_page(reader, inside, away):
    response = reader.post(f"{MINE}openen/", away | RIGHT | {"body": "x" * 5001})
    assert response.status_code == 422
    assert form_at(response, f"{MINE}reageren/").values["body"] == "x" * 5001
    assert reader.get(MINE).status_code == 200


def test_a_reaction_for_a_link_that_ended_meanwhile_can_be_copied(reader, inside, away):
    revoke_links(inside, now=NOW)
    response = reader.post(f"{MINE}openen/", away | RIGHT)
    html = response.content.decode()
    assert response.status_code == 404
    assert "Nog iets:\nen een noot?</textarea>" in html.replace("\r\n", "\n")
    assert "Stuur een nieuwe link" in html


def test_without_a_reaction_the_address_just_opens(reader, inside, away):
    response = reader.post(f"{MINE}openen/", {"door": away["door"], **RIGHT})
    assert (response.status_code, response.headers["Location"]) == (303, MINE)


@pytest.mark.parametrize("door", ["", "x", "1:abc"])
def test_without_a_door_of_ours_there_is_no_way_in(reader, asked, door):
    assert reader.post(f"{MINE}openen/", {"door": door, **RIGHT}).status_code == 404


def test_a_form_of_one_request_does_nothing_to_another(reader, inside):
    """Two requests of one reader, opened in turn: the form of the first must not speak for the second."""
    other = make_link(make_request(), now=NOW)
    response = reader.post(f"{MINE}sluiten/", {"door": make_door(other.pk, now=NOW)})
    inside.refresh_from_db()
    other.request.refresh_from_db()
    assert (response.status_code, inside.status, other.request.status) == (403, "waiting", "waiting")
