"""Handing a mail over to a real server, and knowing what became of it when that goes wrong."""

import pytest
from django.core.mail import EmailMessage

from advice.outbox import folder
from advice.outbox.transport import Deferred, Line, Refused, ServerAway, Trouble, Uncertain

DROP = "drop"


def make_message(to: str = "lezer@example.org", body: str = "Hallo.\n.\n..\n.punt", **fields) -> EmailMessage:
    return EmailMessage("Onderwerp", body, "Site <site@example.org>", [to], headers={"Message-ID": "<1@example.org>"}, **fields)


def send(message: EmailMessage) -> None:
    with Line() as line:
        line.send(message)


def test_a_mail_arrives_whole(smtp):
    send(make_message(bcc=["archief@example.org"]))
    [(recipients, message)] = smtp.delivered
    assert recipients == ("lezer@example.org", "archief@example.org")
    assert message.get_content().replace("\r\n", "\n").strip() == "Hallo.\n.\n..\n.punt"
    assert (message["Bcc"], message["Message-ID"]) == (None, "<1@example.org>")


def test_several_mails_go_over_one_line(smtp):
    with Line() as line:
        for _ in range(3):
            line.send(make_message())
    assert (smtp.seen["CONNECT"], smtp.seen["TEXT"], len(smtp.delivered)) == (1, 3, 3)


def test_a_domain_with_accents_is_written_as_the_line_wants_it(smtp):
    send(make_message("lezer@bücher.example"))
    assert smtp.delivered[0][0] == ("lezer@xn--bcher-kva.example",)


@pytest.mark.parametrize(
    ("step", "reply", "outcome", "why"),
    [
        ("RCPT", "550 5.1.1 <lezer@example.org> unknown", Refused, "de mailserver weigert het adres (550 5.1.1)"),
        ("RCPT", "553 lezer@example.org", Refused, "de mailserver weigert het adres (553)"),
        ("RCPT", "451 4.7.1 greylisted lezer@example.org", Deferred, "de mailserver weigert het adres (451 4.7.1)"),
        ("RCPT", "421 4.3.2 bye", Trouble, "de mailserver weigert het adres (421 4.3.2)"),
        ("RCPT", DROP, Trouble, "de verbinding met de mailserver brak af"),
        ("MAIL", "550 5.7.1 not you", Trouble, "de mailserver weigert de afzender (550 5.7.1)"),
        ("MAIL", "552 5.3.4 too big", Refused, "de mailserver vindt de mail te groot (552 5.3.4)"),
        ("MAIL", DROP, Trouble, "de verbinding met de mailserver brak af"),
        ("DATA", "451 4.3.0 disk full", Trouble, "de mailserver weigert de mail (451 4.3.0)"),
        ("DATA", "554 5.7.1 no", Refused, "de mailserver weigert de mail (554 5.7.1)"),
        ("DATA", DROP, Trouble, "de verbinding met de mailserver brak af"),
        ("TEXT", "452 4.3.1 disk full", Trouble, "de mailserver weigert de mail (452 4.3.1)"),
        ("TEXT", "554 5.6.0 spam", Refused, "de mailserver weigert de mail (554 5.6.0)"),
        ("TEXT", "421 bye", Trouble, "de mailserver weigert de mail (421)"),
        ("TEXT", DROP, Uncertain, "de mail is verstuurd, maar de mailserver gaf geen antwoord"),
        ("TEXT", "wat?", Uncertain, "de mail is verstuurd, maar de mailserver gaf een vreemd antwoord"),
        ("CONNECT", "554 no", ServerAway, "de mailserver laat ons niet binnen (554)"),
        ("CONNECT", DROP, ServerAway, "er is geen verbinding met de mailserver"),
    ],
)
def test_what_goes_wrong_is_told_apart_without_naming_anybody(smtp, step, reply, outcome, why):
    smtp.replies[step] = reply
    with pytest.raises(outcome) as caught:
        send(make_message())
    assert (type(caught.value), caught.value.why) == (outcome, why)


@pytest.mark.parametrize(
    ("step", "outcome"),
    [("CONNECT", ServerAway), ("MAIL", Trouble), ("RCPT", Trouble), ("DATA", Trouble), ("TEXT", Uncertain)],
)
def test_a_server_that_is_too_slow_is_left_and_after_the_text_nobody_knows(smtp, settings, step, outcome):
    settings.EMAIL_TIMEOUT = 0.2
    smtp.slow[step] = 0.6
    with pytest.raises(outcome):
        send(make_message())


def test_a_text_that_is_not_taken_to_the_end_was_not_delivered(smtp):
    """The line breaks while there is still text to send."""
    smtp.replies["DATA"] = "354 go on"  # and then the server doesn't read: it takes the text for commands, and gives up
    with pytest.raises(Trouble):
        send(make_message(body="x" * 70 + "\n" + "y" * 80_000_000))
    assert smtp.delivered == []


def test_a_reader_who_is_refused_gets_nothing_and_nor_does_the_archive(smtp):
    smtp.replies["RCPT lezer@example.org"] = "550 5.1.1 unknown"
    with pytest.raises(Refused):
        send(make_message(bcc=["archief@example.org"]))
    assert smtp.delivered == []


def test_an_archive_that_refuses_keeps_no_mail_from_its_reader(smtp, caplog):
    smtp.replies["RCPT archief@example.org"] = "452 4.2.2 full"
    send(make_message(bcc=["archief@example.org"]))
    assert smtp.delivered[0][0] == ("lezer@example.org",)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "archief" not in caplog.text


def test_after_a_refusal_the_next_mail_goes_out(smtp):
    smtp.replies["RCPT weg@example.org"] = "550 5.1.1 unknown"
    with Line() as line:
        with pytest.raises(Refused):
            line.send(make_message("weg@example.org"))
        line.send(make_message())
    assert len(smtp.delivered) == 1


@pytest.mark.parametrize("address", ["a@b@c", "lezer@" + "é" * 70 + ".nl", "naam\n@example.org"])
def test_an_address_that_cannot_be_written_is_refused(smtp, address):
    message = make_message()
    message.bcc = [address]
    with pytest.raises(Refused, match=r"^het adres klopt niet$"):
        send(message)


def test_a_server_that_is_away_and_one_that_wants_another_password(smtp, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "geheim"
    with pytest.raises(ServerAway):
        send(make_message())
    settings.EMAIL_PORT = 1
    with pytest.raises(ServerAway, match=r"^er is geen verbinding met de mailserver$"):
        send(make_message())


def test_a_folder_that_cannot_be_written_is_trouble(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, tmp_path / "file"
    with pytest.raises(Trouble, match=r"^de mail is niet op te schrijven \(fout \d+\)$"):
        send(make_message())


class BrokenBackend:
    def __init__(self, **_):
        pass

    def open(self):
        pass

    def close(self):
        raise ConnectionError

    def send_messages(self, messages):
        raise LookupError(f"what happened to {messages[0].to}?")


def test_of_a_backend_that_fails_in_its_own_way_nothing_is_known(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    with pytest.raises(Uncertain, match=r"^onbekende fout bij het versturen \(LookupError\)$"):
        send(make_message())
