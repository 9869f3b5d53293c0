"""The desk's list of mail that waits for a person, and the page of one mail."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from advice.models import AuditEvent, IncomingMail, Mailbox
from tests.advice.factories import NOW, make_request
from tests.advice.inbox.mails import MAILS
from tests.advice.inbox.posting import READER, received, replies, sent_answer, stored, written

pytestmark = pytest.mark.django_db
LIST = reverse("admin:advice_incomingmail_changelist")


def page(mail: IncomingMail) -> str:
    return reverse("admin:advice_incomingmail_change", args=[mail.pk])


def file(mail: IncomingMail) -> str:
    return reverse("admin:advice_incomingmail_download", args=[mail.pk])


def reads() -> list[tuple]:
    events = AuditEvent.objects.filter(action="mail_read").order_by("number")
    return [(event.actor, event.reference, event.detail) for event in events]


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_list_shows_what_waits_and_names_nobody(britt_client, britt):
    sent = sent_answer(britt)
    parked = received(written("Geheim verhaal.", sender="boos@example.net", subject="Kwaal"))
    unreadable = received(b"\x00")
    added = received(written(answers=sent.rfc_message_id))
    response = britt_client.get(LIST)
    html = response.content.decode()
    assert [row.pk for row in response.context["cl"].result_list] == [unreadable.pk, parked.pk]
    assert page(parked) in html
    assert "hoort bij geen vraag die te vinden is" in html
    assert not [word for word in ("Geheim", "boos@", "Kwaal", READER) if word in html]
    assert [row.pk for row in britt_client.get(f"{LIST}?stand=added").context["cl"].result_list] == [added.pk]
    assert reads() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(britt_client, django_assert_num_queries, count):
    for _ in range(count):
        received(written(sender="boos@example.net"))
    with django_assert_num_queries(7) as asked:
        britt_client.get(LIST)
    assert not any('"raw"' in query["sql"] for query in asked.captured_queries)


def test_the_list_says_how_the_mailbox_is_doing(britt_client, settings):
    box = Mailbox.objects.create(name="advies@mail/INBOX", polled_at=NOW)
    assert "Laatst gekeken op 24 november, 10:00." in text_of(britt_client.get(LIST))
    box.failure, box.failing_since, box.missing = "de mailserver is niet bereikbaar", NOW + timedelta(hours=1), 2
    box.save()
    told = text_of(britt_client.get(LIST))
    assert "Mail ophalen lukt niet sinds 24 november, 11:00 : de mailserver is niet bereikbaar." in told
    assert "2 mails in de postbus konden niet worden opgehaald." in told
    settings.INBOX_URL = ""
    assert "Er wordt geen postbus gelezen." in text_of(britt_client.get(LIST))


def test_a_mail_is_shown_as_text_whole_and_reading_it_is_written_down(britt_client, britt):
    sent = sent_answer(britt)
    text = "<script>alert(1)</script> Hoi\r\n\r\nOp di 24 nov 2026 om 10:00 schreef Magsite:\r\n> Beste lezer"
    mail = received(written(text, answers=sent.rfc_message_id, sender="thuis@example.net", subject="Kwaal"))
    html = britt_client.get(page(mail)).content.decode()
    assert '<div class="mailed-text">&lt;script&gt;alert(1)&lt;/script&gt; Hoi' in html
    assert "Op di 24 nov 2026 om 10:00 schreef Magsite:\n&gt; Beste lezer" in html
    assert html.count('<details class="mailed-quote">') == 1
    assert all(word in html for word in ("thuis@example.net", "Kwaal", "advies@magsite.example", "ander adres dan de vraag"))
    assert reads() == [("britt", "", {"mail": mail.pk, "whole": False})]


def test_html_of_a_mail_never_reaches_the_page(britt_client):
    raw, _ = MAILS["html-with-everything"]
    html = britt_client.get(page(received(raw))).content.decode()
    assert "alert(1)" not in html
    assert "dit potje (https://example.net/pot?a=1&amp;b=2)" in html
    assert 'href="https://example.net' not in html


def test_a_mail_is_put_with_the_suggested_request(britt_client, britt):
    sent = sent_answer(britt)
    older = make_request(now=NOW - timedelta(days=3))
    make_request(email="iemand@example.org")
    mail = received(written("Nieuwe mail.", sender=READER.upper()))
    response = britt_client.get(page(mail))
    assert response.context["suggestions"] == [sent.request, older]
    response = britt_client.post(page(mail), {"_add": "1", "suggested": sent.request.reference, "reference": ""}, follow=True)
    assert f"De mail staat nu bij vraag {sent.request.reference}." in text_of(response)
    assert replies(sent.request) == ["Nieuwe mail."]


def test_where_a_mail_leads_is_suggested_first(britt_client, britt):
    sent = sent_answer(britt)
    mail = received(written(answers=sent.rfc_message_id, sender="thuis@example.net"))
    assert britt_client.get(page(mail)).context["suggestions"] == [sent.request]


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "lower", "plain"])
def test_a_reference_is_found_however_it_is_typed(britt_client, typed):
    request, mail = make_request(), received(written(sender="thuis@example.net"))
    reference = {"lower": request.reference.lower(), "plain": request.reference.replace("-", "")}.get(
        typed, typed.format(request.reference)
    )
    britt_client.post(page(mail), {"_add": "1", "reference": reference, "suggested": "AAAA-AAAA"})
    assert len(replies(request)) == 1


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("", "Kies bij welke vraag"), ("ZZZZ-ZZZZ", "Er is geen vraag met dat kenmerk."), ("'; --", "Kies bij welke vraag")],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(britt_client, typed, refusal):
    mail = received(written(sender="thuis@example.net"))
    response = britt_client.post(page(mail), {"_add": "1", "reference": typed})
    assert (response.status_code, response.context["typed"]) == (409, typed)
    assert refusal in text_of(response)
    assert IncomingMail.objects.get().state == "parked"


def test_a_mail_is_taken_off_the_list_and_a_second_time_says_so(britt_client):
    mail = received(written(sender="boos@example.net"))
    assert "De mail is afgehandeld." in text_of(britt_client.post(page(mail), {"_done": "1"}, follow=True))
    response = britt_client.post(page(mail), {"_done": "1"})
    assert (response.status_code, "intussen afgehandeld" in text_of(response)) == (409, True)
    assert '<form method="post" class' not in response.content.decode()


def test_the_file_of_a_mail_is_the_mail_and_never_a_page(britt_client):
    raw, _ = MAILS["html-with-everything"]
    mail = received(raw)
    response = britt_client.get(file(mail))
    assert response.content == raw
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="mail-{mail.pk}.eml"',
        "X-Content-Type-Options": "nosniff",
    }
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert reads() == [("britt", "", {"mail": mail.pk, "whole": True})]


def test_what_is_no_longer_kept_or_not_to_be_read_says_so(britt_client):
    gone = stored(b"", state="parked")
    assert "Deze mail wordt niet meer bewaard." in text_of(britt_client.get(page(gone)))
    assert britt_client.get(file(gone)).status_code == 404
    assert "Deze mail is niet te lezen: geen mail" in text_of(britt_client.get(page(received(b"\x00"))))
    long = text_of(britt_client.get(page(received(written("woord " * 20_000)))))
    assert ("Hier stopt het: de mail is langer." in long, 16_000 < long.count("woord") < 17_000) == (True, True)
    assert "In deze mail staat geen tekst." in text_of(britt_client.get(page(received(MAILS["only-a-file"][0]))))


def test_nobody_else_sees_any_of_it(client, manager, writer):
    mail = received(written(sender="boos@example.net"))
    pages = [LIST, page(mail), file(mail)]
    assert [client.get(address).status_code for address in pages] == [302] * 3
    for user in (manager, writer):
        client.force_login(user)
        assert [client.get(address).status_code for address in pages] == [403] * 3
        assert client.post(page(mail), {"_done": "1"}).status_code == 403
    assert (IncomingMail.objects.get().state, reads()) == ("parked", [])


def test_only_reading_is_offered_by_the_rest_of_the_admin(client):
    client.force_login(User.objects.create_superuser("root"))
    mail = received(written(sender="boos@example.net"))
    assert [client.get(f"{LIST}{rest}").status_code for rest in ("add/", f"{mail.pk}/delete/", f"{mail.pk}/history/")] == [404] * 3
