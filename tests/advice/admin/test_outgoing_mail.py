"""The page with mails: who sees it, what stands on it, and that reading is written down."""

import pytest
from django.core.mail import send_mail
from django.urls import reverse

from advice.models import AuditEvent, OutgoingMail
from advice.outbox import folder
from advice.outbox.delivery import ServerPause, deliver_due
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db
LIST = "/beheer/advice/outgoingmail/"


@pytest.fixture
def in_files(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, str(tmp_path)


def deliver() -> None:
    deliver_due(lambda: NOW, pause=ServerPause())


def page(mail: OutgoingMail, kind: str = "change") -> str:
    return reverse(f"admin:advice_outgoingmail_{kind}", args=[mail.pk])


def reads() -> list[tuple]:
    return list(AuditEvent.objects.filter(action="read").values_list("actor", "reference", "detail"))


def test_an_adviser_reads_a_mail_that_went_to_a_file_and_that_is_written_down(britt_client, in_files):
    request = make_request(name="Zoë")
    deliver()
    mail = request.mails.get()
    response = britt_client.get(page(mail))
    text = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert [
        part for part in ("Beste Zoë,", "lezer@example.org", "Meestal antwoorden we", f"({request.reference})") if part not in text
    ] == []
    assert 'href="http://testserver/advies/l/' in text
    assert reads() == [("britt", request.reference, {"mail": "receipt"})]


def test_the_mail_as_it_looks_can_do_nothing(britt_client, britt, in_files):
    mail = make_answer(make_request(), by=britt, body="In een *banaan*.").mails.get()
    OutgoingMail.objects.update(not_before=NOW)
    deliver()
    response = britt_client.get(page(mail, "html"))
    assert "<em>banaan</em>" in response.content.decode()
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert ("no-store" in response["Cache-Control"], response["Referrer-Policy"]) == (True, "no-referrer")
    assert [detail for _, _, detail in reads()] == [{"mail": "answer"}]


def test_without_files_there_is_no_text_to_read(britt_client):
    mail = make_request().mails.get()
    text = britt_client.get(page(mail)).content.decode()
    assert "De tekst van een mail wordt niet bewaard" in text
    assert "lezer@example.org" not in text
    assert britt_client.get(page(mail, "html")).status_code == 404
    assert reads() == []


def test_a_mail_that_was_not_sent_yet_has_no_file(britt_client, in_files):
    mail = make_request().mails.get()
    assert "Van deze mail is geen bestand" in britt_client.get(page(mail)).content.decode()


@pytest.mark.parametrize("name", ["writer_client", "client"])
def test_nobody_else_sees_mail(request, name, in_files):
    mail = make_request().mails.get()
    deliver()
    client = request.getfixturevalue(name)
    for address in (LIST, page(mail), page(mail, "html")):
        assert client.get(address).status_code in (302, 403)
    assert client.post(page(mail, "retry")).status_code in (302, 403)
    assert reads() == []


def test_a_manager_who_answers_nobody_reads_no_mail(client, manager, in_files):
    client.force_login(manager)
    mail = make_request().mails.get()
    deliver()
    assert [client.get(address).status_code for address in (LIST, page(mail), page(mail, "html"))] == [403] * 3


def test_mails_of_the_site_to_its_own_people_are_not_there(britt_client, in_files):
    send_mail("Nieuw wachtwoord", "GEHEIM", None, ["beheer@example.org"])
    make_request()
    text = britt_client.get(LIST).content.decode()
    assert ("wachtwoord" in text.split("content-main")[1], "GEHEIM" in text) == (False, False)


def test_the_list_says_what_went_wrong_and_holds_no_address(britt_client):
    request = make_request(name="NAAMVELD", email="lezer@prive.example")
    OutgoingMail.objects.update(state="failed", failure="de mailserver weigert het adres (550 5.1.1)", is_possibly_double=True)
    text = britt_client.get(LIST).content.decode()
    assert "de mailserver weigert het adres (550 5.1.1); mogelijk dubbel aangekomen" in text
    assert request.reference in text
    assert not [word for word in ("NAAMVELD", "prive.example") if word in text]


def test_the_list_is_filtered_and_searched(britt_client):
    first, second = make_request(), make_request()
    OutgoingMail.objects.filter(request=first).update(state="failed")
    found = {
        query: [reference for reference in (first.reference, second.reference) if reference in shown(britt_client, query)]
        for query in ("", "?stand=failed", "?stand=pending", f"?q={second.reference.lower()}", "?q=lezer@example.org")
    }
    assert list(found.values()) == [
        [first.reference, second.reference],
        [first.reference],
        [second.reference],
        [second.reference],
        [],
    ]


def shown(client, query: str) -> str:
    return client.get(LIST + query).content.decode().split('id="result_list"')[-1].split("</table>")[0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_more_mails(britt_client, count, django_assert_num_queries):
    for _ in range(count):
        make_request()
    britt_client.get(LIST)
    with django_assert_num_queries(6):
        britt_client.get(LIST)


def test_a_failed_mail_is_sent_again_by_a_button(britt_client):
    mail = make_request().mails.get()
    OutgoingMail.objects.update(state="failed")
    assert f'action="{page(mail, "retry")}"' in britt_client.get(page(mail)).content.decode()
    response = britt_client.post(page(mail, "retry"), follow=True)
    assert "De mail wordt opnieuw verstuurd." in response.content.decode()
    assert OutgoingMail.objects.get().state == "pending"
    again = britt_client.post(page(mail, "retry"), follow=True).content.decode()
    assert "Deze mail is niet (meer) mislukt." in again
    assert "action=" not in again.split("content-main")[1].split("</div>")[0]
    assert britt_client.get(page(mail, "retry")).status_code == 405


@pytest.mark.parametrize("address", ["999/change/", "x/change/", "999/zoals-verstuurd/"])
def test_what_is_not_there_is_not_found(britt_client, address):
    assert britt_client.get(LIST + address).status_code == 404


def test_the_start_page_leads_there(britt_client):
    assert f'href="{LIST}"' in britt_client.get("/beheer/").content.decode()
