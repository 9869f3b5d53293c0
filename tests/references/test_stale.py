"""Two editors with one source open: the second save overwrites nothing that it did not show."""

import json

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from references.models import Reference
from tests.references.test_admin import change_url, form_data, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Reference:
    names = [{"family": "Jansen", "given": "A."}]
    return Reference.objects.create(key="jansen2020", title="Oude titel", authors=names, issued_year=2020, extra={"edition": "2"})


@pytest.fixture
def anna(client) -> User:
    return User.objects.create_superuser("anna", first_name="Anna", last_name="Smit")


def anna_saves(client, anna, source: Reference, **changes) -> None:
    client.force_login(anna)
    assert client.post(change_url(source), form_data(Reference.objects.get(pk=source.pk), **changes)).status_code == 302


def again(response, **changes) -> dict:
    """Return what a browser would post from the page that came back."""
    form = response.context["adminform"].form
    data = {name: form[name].value() for name in form.fields} | {"opened_with": form.opened_with}
    return {name: "" if value is None else value for name, value in data.items()} | changes


def test_what_both_changed_is_shown_and_nothing_is_saved(admin_client_nl, client, anna, source):
    data = form_data(source, title="Mijn titel")
    me = User.objects.get(username="beheer")
    anna_saves(client, anna, source, title="Titel van <Anna>")
    client.force_login(me)

    response = client.post(change_url(source), data)

    text = text_of(response)
    assert "Anna Smit heeft om" in text
    assert "Er is niets bewaard" in text
    assert "Jij en een ander veranderden dit. Bewaard is: ‘Titel van <Anna>’." in text
    assert "Mijn titel" in text
    assert Reference.objects.get().title == "Titel van <Anna>"
    assert client.post(change_url(source), again(response)).status_code == 302
    assert Reference.objects.get().title == "Mijn titel"


def test_what_only_the_other_changed_is_taken_over(admin_client_nl, source):
    data = form_data(source, title="Mijn titel")
    names = [{"family": "Berg", "given": "J."}]
    Reference.objects.update(authors=names, issued_year=2021, is_retracted=True, extra={"edition": "3"}, remark="Kijk na")

    response = admin_client_nl.post(change_url(source), data)

    assert "iemand anders heeft intussen iets veranderd" in text_of(response)
    assert text_of(response).count("Dit is intussen veranderd; de nieuwe waarde is overgenomen.") == 5
    assert admin_client_nl.post(change_url(source), again(response)).status_code == 302
    saved = Reference.objects.get()
    assert (saved.title, saved.authors, saved.issued_year) == ("Mijn titel", names, 2021)
    assert (saved.is_retracted, saved.extra, saved.remark) == (True, {"edition": "3"}, "Kijk na")


def test_a_value_that_the_other_emptied_is_taken_over_too(admin_client_nl, source):
    Reference.objects.update(is_retracted=True, remark="Kijk na")
    data = form_data(Reference.objects.get(), title="Mijn titel")
    Reference.objects.update(is_retracted=False, remark="")

    response = admin_client_nl.post(change_url(source), data)
    admin_client_nl.post(change_url(source), again(response))

    saved = Reference.objects.get()
    assert (saved.title, saved.is_retracted, saved.remark) == ("Mijn titel", False, "")


def test_the_same_form_twice_is_saved(admin_client_nl, source):
    data = form_data(source, title="Mijn titel\r\n", doi="https://doi.org/10.1000/xyz")

    assert [admin_client_nl.post(change_url(source), data | {"doi": ""}).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("opened", ["", "x", "[]", "{}", '{"at": 1, "values": 2}', '{"at": "x", "values": {}}', "1" * 500])
def test_a_form_that_does_not_say_what_it_was_opened_with_overwrites_nothing(admin_client_nl, source, opened):
    response = admin_client_nl.post(change_url(source), form_data(source, title="Mijn titel", opened_with=opened))

    assert "Bewaard is: ‘Oude titel’." in text_of(response)
    assert Reference.objects.get().title == "Oude titel"


def test_the_page_carries_digests_and_no_values(admin_client_nl, source):
    page = admin_client_nl.get(change_url(source))

    opened = json.loads(page.context["adminform"].form.opened_with)
    assert {len(digest) for digest in opened["values"].values()} == {16}
    assert set(opened["values"]) == set(page.context["adminform"].form.fields)
    assert 'name="opened_with"' in page.content.decode()
    assert 'name="opened_with"' not in admin_client_nl.get(reverse("admin:references_reference_add")).content.decode()


@pytest.mark.parametrize("model", ["healthclaim"])
def test_a_row_that_is_gone_is_said(admin_client_nl, model):
    response = admin_client_nl.post(reverse(f"admin:references_{model}_change", args=["999"]), {}, follow=True)

    assert response.redirect_chain[0][1] == 302
