"""Standard texts: which fit, what they become, and their versions."""

import pytest
from django.core.exceptions import PermissionDenied

from advice.canned import VARIABLES, FilledReply, fill_in, save_reply, unknown_variables, usable, values
from advice.models import AuditEvent, CannedReply, CannedReplyVersion
from tests.advice.factories import NOW, make_request, make_topic

pytestmark = pytest.mark.django_db


def make_reply(title: str = "Groet", body: str = "Beste {{ naam | lezer }},", *, by, **fields) -> CannedReply:
    reply = CannedReply(title=title, **fields)
    save_reply(reply, body=body, by=by, now=NOW)
    return reply


def test_texts_about_the_topic_come_first_and_those_of_others_not_at_all(britt):
    request = make_request()
    make_reply("A algemeen", by=britt)
    make_reply("B ander", by=britt, topic=make_topic("slaap"))
    make_reply("C magnesium", by=britt, topic=request.topic)
    make_reply("D uit", by=britt, is_active=False)
    assert [reply.title for reply in usable(request)] == ["C magnesium", "A algemeen"]


def test_every_variable_has_its_value(britt):
    request = make_request(name="Sanne de Wit", article_slug="water", article_title="Water", section_heading="Drinken")
    assert values(request, by=britt) == {
        "naam": "Sanne de Wit",
        "voornaam": "Sanne",
        "onderwerp": "Magnesium",
        "artikel": "Water",
        "deel": "Drinken",
        "kenmerk": request.reference,
        "adviseur": "Britt",
        "functie": "adviseur",
    }
    assert list(values(request, by=britt)) == list(VARIABLES)


def test_what_can_not_be_filled_stays_and_is_named(britt):
    reply = make_reply(by=britt, body="Beste {{ naam | lezer }}, over {{ artikel }} ({{ kenmerk }}).")
    request = make_request()
    filled = fill_in(reply, request, by=britt)
    assert filled == FilledReply("Groet", 1, f"Beste lezer, over {{{{ artikel }}}} ({request.reference}).", ("artikel",))


def test_other_words_make_another_version_and_the_same_words_do_not(britt, anna):
    reply = make_reply(by=britt, body="Eén")
    save_reply(reply, body="Eén", by=anna, now=NOW)
    save_reply(reply, body="Twee", by=anna, now=NOW)
    versions = CannedReplyVersion.objects.order_by("number").values_list("number", "body", "created_by__username")
    assert list(versions) == [(1, "Eén", "britt"), (2, "Twee", "anna")]
    assert fill_in(reply, make_request(), by=britt).text == "Twee"
    assert [(e.actor, e.detail["version"]) for e in AuditEvent.objects.filter(action="settings").order_by("number")] == [
        ("britt", 1),
        ("anna", 1),
        ("anna", 2),
    ]


def test_a_variable_that_does_not_exist_is_named():
    assert unknown_variables("{{ naam }} {{ dosis }} {{ klant | u }}") == ("dosis", "klant")


def test_who_may_not_change_texts_is_refused(writer):
    with pytest.raises(PermissionDenied, match="standaardteksten"):
        make_reply(by=writer)
    assert not CannedReply.objects.exists()
