"""Whatever is sent instead of a passkey: an answer in words, and nothing opens or breaks."""

import json
from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magsite.staff.forms import PASSKEY_FAILED
from tests.magsite.staff.people import is_signed_in, sign_in

pytestmark = pytest.mark.django_db
PARTS = ("clientDataJSON", "authenticatorData", "signature", "attestationObject", "userHandle")
text = st.one_of(
    st.just("MQ"),
    st.just("e30"),
    st.from_regex(r"[A-Za-z0-9_-]{0,80}", fullmatch=True),
    st.text(max_size=20),
    st.none(),
    st.integers(),
)
almost = st.fixed_dictionaries(
    {"id": text, "rawId": text, "type": st.sampled_from(["public-key", "x", None])},
    optional={
        "response": st.one_of(text, st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, text))),
        "clientExtensionResults": text,
    },
)
peers = (f"10.{number // 250}.{number % 250}.1" for number in count())


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", "1", "geen json", '{"id": 1, "response": {}}', '{"response": null}']
)
@pytest.mark.parametrize("path", ["login/passkey/", "account/passkeys/toevoegen/"])
def test_nonsense_is_refused_in_words(client, adviser, path, credential):
    if path.startswith("account"):
        sign_in(client)
    page = client.post(f"/beheer/{path}", {"credential": credential, "name": "x"}, follow=True)
    assert page.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("place", ["id", "rawId", "signature", "clientDataJSON", "attestationObject"])
@pytest.mark.parametrize("path", ["login/passkey/", "account/passkeys/toevoegen/"])
def test_number_in_the_place_of_bytes_reserves_no_memory(client, adviser, path, place):
    """`bytes(10**15)` is what fido2 would try."""
    if path.startswith("account"):
        sign_in(client)
    client.get(f"/beheer/{path}", HTTP_ACCEPT="application/json")
    parts = dict.fromkeys(PARTS, "MQ") | {place: 10**15}
    credential = {"id": "MQ", "rawId": "MQ", "type": "public-key", "response": parts, place: 10**15}
    page = client.post(f"/beheer/{path}", {"credential": json.dumps(credential), "name": "x"}, follow=True)
    assert (page.status_code, PASSKEY_FAILED in page.content.decode()) == (200, True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(almost)
def test_what_looks_like_a_passkey_signs_nobody_in(client, adviser, credential):
    client.get("/beheer/login/passkey/", HTTP_ACCEPT="application/json")
    data = {"credential": json.dumps(credential)}
    page = client.post("/beheer/login/passkey/", data, follow=True, REMOTE_ADDR=next(peers))
    assert page.status_code == 200
    assert PASSKEY_FAILED in page.content.decode()
    assert not is_signed_in(client)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(almost)
def test_what_looks_like_a_passkey_is_not_added(client, adviser, credential):
    sign_in(client)
    client.get("/beheer/account/passkeys/toevoegen/")
    page = client.post("/beheer/account/passkeys/toevoegen/", {"credential": json.dumps(credential), "name": "x"})
    assert (page.status_code, PASSKEY_FAILED in page.content.decode()) == (200, True)
    assert not Authenticator.objects.exists()
