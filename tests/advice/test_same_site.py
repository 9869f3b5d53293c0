"""Where a form was sent from, by what the browser says."""

import pytest

from advice.same_site import is_from_here

HOSTS = ("www.example.nl", "testserver:8000")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://www.example.nl"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_ours_is_believed(headers):
    assert is_from_here(headers, hosts=HOSTS)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://www.example.nl"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://www.example.nl.evil.example"},
        {"Origin": "https://www.example.nl@evil.example"},
        {"Origin": "https://testserver"},
        {"Origin": ""},
    ],
)
def test_a_form_of_another_site_is_not(headers):
    assert not is_from_here(headers, hosts=HOSTS)
