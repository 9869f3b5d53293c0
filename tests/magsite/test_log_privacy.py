"""The keys in paths, in what the site logs."""

import logging

import pytest
from django.conf import settings

from magsite.log_privacy import WithoutKeys


def logged(message: str, *arguments: object) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, arguments, None)
    assert WithoutKeys().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/advies/l/k3Y_-x/", "/advies/l/…/"),
        ("/advies/l/k3Y_-x/nieuwe-link/", "/advies/l/…/nieuwe-link/"),
        ("/advies/ontvangen/K7MD-3QXA.1:abc/", "/advies/ontvangen/…/"),
        ("/voorbeeld/abc:def/", "/voorbeeld/…/"),
        ("/advies/mijn-vraag/", "/advies/mijn-vraag/"),
        ("/artikelen/l/", "/artikelen/l/"),
    ],
)
def test_a_key_in_a_path_is_not_logged(path, seen):
    assert logged("%s: %s", "Internal Server Error", path) == f"Internal Server Error: {seen}"


def test_other_messages_stay_as_they_are():
    assert logged("%d %% of %s", 3, "/advies/") == "3 % of /advies/"


def test_every_handler_of_the_site_has_the_filter():
    assert all("without_keys" in handler.get("filters", []) for handler in settings.LOGGING["handlers"].values())
