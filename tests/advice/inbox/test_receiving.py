"""What becomes of a mail: a reaction of the reader, or something for a person to look at."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from advice.anchors import write_restore
from advice.changing import DeskRefused
from advice.handling import close
from advice.inbox.addressing import reply_address
from advice.inbox.receiving import add_to_request, mark_done, note_read, receive
from advice.models import AdviceRequest, AuditEvent, IncomingMail, OutgoingMail
from tests.advice.factories import NOW, make_request
from tests.advice.inbox.mails import MAILS
from tests.advice.inbox.mails.writing import OURS
from tests.advice.inbox.posting import READER, received, replies, sent_answer, stored, written

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def audit() -> list[tuple]:
    rows = AuditEvent.objects.order_by("number")
    return [(row.actor, row.action, row.reference, row.detail) for row in rows]


def test_a_reply_becomes_a_message_with_all_of_its_text(britt):
    sent = sent_answer(britt)
    text = "Hoeveel bananen dan?\r\n\r\nOp di 24 nov 2026 om 10:00 schreef Magsite:\r\n> " + "lang " * 3_000
    mail = received(written(text, answers=sent.rfc_message_id), now=LATER)
    request = AdviceRequest.objects.get()
    message = request.messages.get(via="mail")
    assert (mail.state, mail.why, mail.request, mail.message) == ("added", "", request, message)
    assert message.body == text.replace("\r\n", "\n").strip()
    assert (message.author, message.number, message.created_at) == ("reader", 3, LATER)
    assert (request.status, request.waiting_since) == ("waiting", LATER)
    assert audit()[-1] == ("lezer", "replied", request.reference, {"message": 3})


def test_a_reply_opens_a_closed_request_and_tells_its_adviser(britt):
    sent = sent_answer(britt)
    request = AdviceRequest.objects.get()
    close(request, by=britt, outcome="answered", version=request.version, now=NOW)
    received(written(to=reply_address(sent.request)), now=LATER)
    request.refresh_from_db()
    assert (request.status, request.outcome) == ("waiting", "")
    assert request.mails.filter(kind="reaction", adviser=britt).count() == 1


def test_the_same_mail_twice_is_one_message(britt):
    mail = stored(written(answers=sent_answer(britt).rfc_message_id))
    assert [receive(IncomingMail.objects.get(pk=mail.pk), now=LATER) for _ in range(3)] == ["added"] * 3
    assert len(replies(AdviceRequest.objects.get())) == 1


def test_attachments_are_left_out_and_that_is_said(britt):
    sent = sent_answer(britt)
    raw, _ = MAILS["iphone-text-around-a-photo"]
    raw = raw.replace(OURS.encode(), sent.rfc_message_id.strip("<>").encode()).replace(b"jan@example.com", READER.encode())
    mail = received(raw)
    assert (mail.state, mail.why) == ("added", "1 bijlage niet overgenomen")
    assert replies(sent.request) == ["Dit is mijn potje:\n\nIs dat genoeg?"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sender": "boos@example.net"}, "komt van een ander adres dan de vraag"),
        ({"sender": f"{READER}, boos@example.net"}, "komt van een ander adres dan de vraag"),
        ({"answers": ""}, "hoort bij geen vraag die te vinden is"),
        ({"head": "Auto-Submitted: auto-replied"}, "automatisch antwoord (Auto-Submitted)"),
        ({"head": "Precedence: bulk"}, "automatische mail (Precedence)"),
        ({"sender": "advies@magsite.example"}, "mail van onszelf"),
        ({"sender": "advies+x@magsite.example"}, "mail van onszelf"),
        ({"text": " \r\n"}, "geen tekst, 0 bijlagen"),
        ({"text": "x" * 100_001}, "te lang"),
    ],
)
def test_what_a_person_has_to_look_at_is_parked_whole_and_answered_by_nobody(britt, fields, why):
    sent = sent_answer(britt)
    before = OutgoingMail.objects.count()
    raw = written(**{"answers": sent.rfc_message_id} | fields)
    mail = received(raw)
    assert (mail.state, mail.why, bytes(mail.raw), mail.message) == ("parked", why, raw, None)
    assert (replies(sent.request), OutgoingMail.objects.count()) == ([], before)
    assert AdviceRequest.objects.get().status == "answered"


def test_an_automatic_answer_of_the_reader_belongs_to_the_request_and_goes_when_that_goes(britt):
    sent = sent_answer(britt)
    theirs = received(written(answers=sent.rfc_message_id, head="Auto-Submitted: auto-replied"))
    strangers = received(written(answers=sent.rfc_message_id, sender="boos@example.net", head="Auto-Submitted: auto-replied"))
    assert (theirs.state, theirs.request, strangers.request) == ("parked", sent.request, None)


def test_mail_to_an_erased_request_is_not_kept(britt):
    sent = sent_answer(britt)
    sent.request.delete()
    mail = received(written("Geheim.", answers=sent.rfc_message_id))
    assert (mail.state, bytes(mail.raw), mail.why, mail.request) == ("erased", b"", "", None)
    assert mail.digest


def test_after_a_restore_nobody_can_tell_erased_from_lost_so_a_person_looks(britt, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    sent = sent_answer(britt)
    sent.request.delete()  # as a backup from before it would have it
    write_restore(NOW)
    mail = received(written("Dank je.", answers=sent.rfc_message_id))
    assert (mail.state, mail.why) == (
        "parked",
        "hoort bij een vraag die gewist is, of weg na een teruggezette reservekopie",
    )
    assert b"Dank je." in bytes(mail.raw)


def test_what_is_no_mail_waits_for_a_person():
    mail = received(b"\x00\x01\x02")
    assert (mail.state, mail.why, bytes(mail.raw)) == ("unreadable", "geen mail: er staat geen kop boven", b"\x00\x01\x02")


def test_a_machine_that_hides_what_it_is_does_not_go_on_for_ever(britt, settings):
    settings.INBOX_MOST_REPLIES_A_DAY = 3
    sent = sent_answer(britt)
    states = [received(written(f"Ik ben er niet. {i}", answers=sent.rfc_message_id)).state for i in range(5)]
    assert states == ["added"] * 3 + ["parked"] * 2
    assert received(written("Weer.", answers=sent.rfc_message_id), now=LATER).state == "added"


def test_our_own_mail_that_comes_back_to_us_changes_nothing(britt):
    sent = sent_answer(britt, email="advies@magsite.example")
    mail = received(written(sender="advies@magsite.example", answers=sent.rfc_message_id))
    bounced_back = received(
        written(answers=sent.rfc_message_id)
        .replace(b"Message-ID: <", b"X-Was: <", 1)
        .replace(b"To:", f"Message-ID: {sent.rfc_message_id}\r\nTo:".encode(), 1)
    )
    assert [(each.state, each.why) for each in (mail, bounced_back)] == [("parked", "mail van onszelf")] * 2
    assert replies(sent.request) == []


def test_an_adviser_adds_a_parked_mail_by_hand(britt):
    request = make_request()
    mail = received(written("Van mijn andere adres.", sender="thuis@example.net"))
    message = add_to_request(mail, request, by=britt, now=LATER)
    mail.refresh_from_db()
    assert (mail.state, mail.request, mail.message, mail.why) == ("added", request, message, "")
    assert replies(request) == ["Van mijn andere adres."]
    assert audit()[-1] == ("britt", "mail_added", request.reference, {"mail": mail.pk, "message": message.number})
    with pytest.raises(DeskRefused, match="intussen bij een vraag gezet"):
        add_to_request(mail, request, by=britt, now=LATER)


def test_a_mail_without_text_can_be_added_and_says_so(britt):
    request = make_request()
    raw, _ = MAILS["only-a-file"]
    mail = received(raw)
    assert (mail.state, mail.why) == ("parked", "hoort bij geen vraag die te vinden is")
    add_to_request(mail, request, by=britt, now=LATER)
    mail.refresh_from_db()
    assert (replies(request), mail.why) == (["(Mail zonder leesbare tekst.)"], "1 bijlage niet overgenomen")


def test_a_mail_that_is_no_longer_kept_is_not_added(britt):
    mail = stored(b"", state="parked")
    with pytest.raises(DeskRefused, match="niet meer bewaard"):
        add_to_request(mail, make_request(), by=britt, now=LATER)
    assert IncomingMail.objects.get().state == "parked"


def test_a_mail_is_marked_as_dealt_with_once(britt):
    mail = received(written(sender="boos@example.net"))
    mark_done(mail, by=britt)
    assert IncomingMail.objects.get().state == "done"
    assert audit()[-1] == ("britt", "mail_done", "", {"mail": mail.pk})
    with pytest.raises(DeskRefused, match="intussen afgehandeld"):
        mark_done(mail, by=britt)


def test_only_who_may_handle_requests_touches_mail(manager, writer):
    request, mail = make_request(), received(written(sender="boos@example.net"))
    for user in (manager, writer):
        for refused in (
            lambda: add_to_request(mail, request, by=user, now=NOW),  # noqa: B023
            lambda: mark_done(mail, by=user),  # noqa: B023
            lambda: note_read(mail, by=user),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                refused()
    assert IncomingMail.objects.get().state == "parked"


def test_reading_is_written_down(britt):
    mail = received(written(sender="boos@example.net"))
    note_read(mail, by=britt)
    note_read(mail, by=britt, whole=True)
    assert audit()[-2:] == [("britt", "mail_read", "", {"mail": mail.pk, "whole": whole}) for whole in (False, True)]


def test_the_log_holds_nothing_of_a_mail(britt):
    sent = sent_answer(britt)
    for fields in ({}, {"sender": "boos@example.net"}, {"head": "Auto-Submitted: auto-replied"}):
        received(written("Mijn geheime kwaal.", subject="Kwaal", **{"answers": sent.rfc_message_id} | fields))
    told = str(audit()) + str(list(IncomingMail.objects.values("mailbox", "digest", "why")))
    assert not any(word in told for word in ("kwaal", "Kwaal", READER, "boos"))
