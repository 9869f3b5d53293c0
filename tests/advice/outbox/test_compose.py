"""What stands in a mail, and above all what doesn't."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

import pytest

from advice import access
from advice.handling import close
from advice.models import AdviceRequest, OutgoingMail
from advice.outbox.compose import NobodyToWriteTo, compose, greeting, private_link
from advice.outbox.queue import enqueue
from advice.reader import reply
from tests.advice.factories import NOW, make_answer, make_request
from tests.factories import make_masked_reference, make_reference

pytestmark = pytest.mark.django_db
KINDS = ["receipt", "answer", "reaction", "closing", "link"]


def make_mails(britt, **fields) -> dict[str, OutgoingMail]:
    """One mail of every kind, in this order, about one request."""
    britt.email = "britt@example.org"
    britt.save()
    request = make_request(**fields)
    make_answer(request, by=britt, body="In een *banaan* zit ANTWOORDTEKST.")
    reply(request, body="REACTIETEKST", submission_id=None, now=NOW)
    request.refresh_from_db()
    close(request, by=britt, outcome="answered", version=request.version, now=NOW)
    enqueue(OutgoingMail.Kind.LINK, request, key="1", now=NOW, link=access.make_link(request, now=NOW))
    return {mail.kind: mail for mail in request.mails.order_by("pk")}


def write(mail: OutgoingMail) -> EmailMessage:
    """The mail as it goes over the line, read again."""
    return message_from_bytes(compose(mail, now=NOW).message().as_bytes(linesep="\r\n"), policy=modern)


def texts(message: EmailMessage) -> tuple[str, str]:
    return tuple(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


@pytest.mark.parametrize(
    ("kind", "subject", "to", "automatic"),
    [
        ("receipt", "We hebben je vraag ontvangen", "lezer@example.org", "auto-replied"),
        ("answer", "Er is een antwoord op je vraag", "lezer@example.org", None),
        ("reaction", "Een lezer heeft gereageerd", "britt@example.org", "auto-generated"),
        ("closing", "Je vraag is gesloten", "lezer@example.org", "auto-generated"),
        ("link", "Je nieuwe link", "lezer@example.org", "auto-replied"),
    ],
)
def test_headers_say_what_a_mail_is_and_no_more(britt, settings, kind, subject, to, automatic):
    settings.MAIL_ARCHIVE = "archief@example.org"
    mail = make_mails(britt, name="NAAMVELD")[kind]
    message = write(mail)
    assert message["Subject"] == f"{subject} ({mail.request.reference})"
    assert (message["To"], message["Message-ID"], message["Auto-Submitted"]) == (to, mail.rfc_message_id, automatic)
    allowed = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Message-ID", "Date", "Content-Language"}
    allowed |= {"X-Auto-Response-Suppress", "Auto-Submitted", "In-Reply-To", "References"}
    assert set(message.keys()) <= allowed
    headers = str(message.items())
    assert not [word for word in ("NAAM", "TEKST", "banaan", "archief") if word.casefold() in headers.casefold()]


def test_every_mail_has_a_plain_and_an_html_form_that_any_server_takes(britt):
    for mail in make_mails(britt, name="Zoë").values():
        raw = compose(mail, now=NOW).message().as_bytes(linesep="\r\n")
        assert raw.isascii()
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        message = message_from_bytes(raw, policy=modern)
        assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
        assert not [part.defects for part in message.walk() if part.defects]
        for text in texts(message):
            assert mail.request.reference in text
            assert ("Beste Zoë," in text) == (mail.kind != "reaction")


def test_a_mail_leads_to_the_private_page_that_its_link_opens(britt):
    for kind, mail in make_mails(britt).items():
        plain, html = texts(write(mail))
        if kind == "reaction":
            assert "/advies/l/" not in plain + html
            assert f"http://testserver/beheer/advice/advicerequest/{mail.request_id}/change/" in plain
            continue
        address = private_link(mail)
        assert plain.count(address) == html.count(f'href="{address}"') == 1
        assert access.find_link(address.removeprefix("http://testserver/advies/l/").rstrip("/")) == mail.link


def test_mails_about_a_request_hang_together_and_those_to_advisers_apart(britt):
    mails = make_mails(britt)
    OutgoingMail.objects.filter(pk=mails["answer"].pk).update(state="sent")
    threads = {kind: (write(mail)["In-Reply-To"], write(mail)["References"]) for kind, mail in mails.items()}
    receipt, answer, closing = (mails[kind].rfc_message_id for kind in ("receipt", "answer", "closing"))
    assert threads == {
        "receipt": (None, None),
        "answer": (receipt, receipt),
        "reaction": (None, None),
        "closing": (answer, f"{receipt} {answer}"),
        "link": (closing, f"{receipt} {answer} {closing}"),
    }


def test_a_long_thread_keeps_its_beginning_and_its_end():
    request = make_request()
    mails = [enqueue(OutgoingMail.Kind.LINK, request, key=str(number), now=NOW) for number in range(30)]
    ids = list(request.mails.order_by("pk").values_list("rfc_message_id", flat=True))
    assert write(mails[-1])["References"].split() == [ids[0], *ids[-12:-1]]


def test_an_answer_comes_with_numbered_sources_and_nothing_that_only_a_page_can_do(britt):
    make_reference("jansen2020", url="https://example.org/noten")
    make_masked_reference("grober2015")
    body = "Een banaan [@grober2015], een noot [@jansen2020; @grober2015, p. 3]. Zie [ons](/artikelen/)."
    message = make_answer(make_request(), by=britt, body=body)
    make_reference("later2026")
    plain, html = texts(write(message.mails.get()))
    assert "Een banaan [1], een noot [2, 1, p. 3]. Zie [ons](http://testserver/artikelen/)." in plain
    assert "[2] Jansen, A. (2020). Over jansen2020. Tijdschrift. https://example.org/noten" in plain
    assert '>1</sup>, een noot<sup style="' in html
    assert 'href="http://testserver/artikelen/"' in html
    assert html.count('href="https://example.org/noten"') == 1
    assert not [bad for bad in ('href="#', " id=", "aria-label", "therapy", "10.3390") if bad in html]
    assert "therapy" not in plain


def test_whoever_wants_no_answer_in_the_mail_gets_a_link_only(britt):
    mail = make_mails(britt, answer_in_mail=False)["answer"]
    plain, html = texts(write(mail))
    assert not [word for word in ("ANTWOORDTEKST", "banaan", "Bronnen") if word in plain + html]
    assert "Er staat een antwoord voor je klaar, van Britt, adviseur." in plain
    assert private_link(mail) in plain


def test_a_locked_screen_shows_no_answer(britt):
    """Mail programs show the first hundred characters or so in a notification."""
    plain, html = texts(write(make_mails(britt, name="Bo")["answer"]))
    preview = html.split('<div class="preview"', 1)[1].split(">", 1)[1]
    assert preview.index("</div>") > 400
    assert "ANTWOORDTEKST" not in plain[:150] + preview[:400]


def test_an_adviser_gets_no_personal_data(britt):
    mail = make_mails(britt, name="NAAMVELD", email="lezer@prive.example", test_result="UITSLAG")["reaction"]
    raw = compose(mail, now=NOW).message().as_string() + "".join(texts(write(mail)))
    assert not [word for word in ("NAAMVELD", "prive.example", "UITSLAG", "REACTIETEKST", "banaan") if word in raw]


def test_a_receipt_repeats_nothing_that_somebody_else_may_have_typed(britt):
    fields = {
        "name": "Win nu op www.voorbeeld.example",
        "question": "VRAAGTEKST",
        "article_title": "TITEL",
        "test_result": "UITSLAG",
    }
    plain, html = texts(write(make_mails(britt, **fields)["receipt"]))
    assert "Beste lezer," in plain
    assert not [word for word in ("voorbeeld", "VRAAGTEKST", "TITEL", "UITSLAG") if word in plain + html]
    assert "Meestal antwoorden we binnen 1 werkdag." in plain


def test_a_closed_request_says_why(britt):
    mail = make_mails(britt)["closing"]
    assert "We hebben je vraag beantwoord en gesloten." in texts(write(mail))[0]
    AdviceRequest.objects.update(outcome="silent")
    mail.refresh_from_db()
    assert "We hoorden niets meer van je." in texts(write(mail))[0]


@pytest.mark.parametrize(
    "hostile", ["Jan\r\nBcc: allen@example.org", "Jan\n\nHallo", "=?utf-8?q?a=0AB?=", "a\x1b[31mb", "x" * 100, "<b>Jan</b>"]
)
def test_nobody_adds_a_header_or_markup_with_a_name_or_a_title(britt, hostile):
    britt.adviser.name = hostile[:80]
    britt.adviser.save()
    for mail in make_mails(britt, name=hostile, article_title=hostile, section_heading=hostile).values():
        message = write(mail)
        assert (message["Bcc"], message.get_all("To")) in ((None, ["lezer@example.org"]), (None, ["britt@example.org"]))
        assert message["Subject"].endswith(f"({mail.request.reference})")
        assert "<b>" not in texts(message)[1]


@pytest.mark.parametrize("name", ["Jan", "Zoë van 't Hof", "J.P. Balkenende", "Anne-Marie", "Ds. O’Neill", "Łukasz", "李雷"])
def test_a_reader_is_called_by_name(name):
    assert greeting(f"  {name} ") == f"Beste {name}"


@pytest.mark.parametrize(
    "name", ["", "www.example.org", "x.co", "Jan 06-12345678", "a@b.nl", "http://x", "Jan\u202e", "😀", "J" * 61]
)
def test_what_is_no_name_is_not_repeated(name):
    assert greeting(name) == "Beste lezer"


def test_made_again_it_is_the_same_mail(britt):
    for mail in make_mails(britt).values():
        first, again = (compose(OutgoingMail.objects.get(pk=mail.pk), now=NOW) for _ in range(2))
        assert (first.body, first.alternatives, first.extra_headers) == (again.body, again.alternatives, again.extra_headers)


def test_a_copy_goes_to_the_archive_unseen(settings):
    settings.MAIL_ARCHIVE = "archief@example.org"
    mail = make_request(email="lezer@bücher.example").mails.get()
    message = compose(mail, now=NOW)
    assert message.recipients() == ["lezer@bücher.example", "archief@example.org"]
    assert b"archief" not in message.message().as_bytes()


def test_an_adviser_without_an_address_is_not_written_to(britt):
    britt.email = ""
    britt.save()
    mail = enqueue(OutgoingMail.Kind.REACTION, make_request(), key="1", now=NOW, adviser=britt)
    with pytest.raises(NobodyToWriteTo):
        compose(mail, now=NOW)
