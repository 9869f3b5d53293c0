"""Guessing a password at two servers, each with two processes: the tries are counted together, and a code works at one of them."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from tests.browser.running import second_server
from tests.magsite.staff.people import SECRET, code_of

PREPARE = f"""
from django.contrib.auth.models import User
from allauth.mfa.models import Authenticator
from magsite.staff.secrets import close
user = User.objects.create_user("doelwit", password="een-lang-wachtwoord", is_staff=True)
Authenticator.objects.create(user=user, type="totp", data={{"secret": close("{SECRET}")}})
"""


# Other tests sign in from the same network, by the same servers.
FORGET = "from django.core.cache import cache; cache.clear()"


class Browser:
    def __init__(self, url: str):
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(self, path: str, **fields: str) -> tuple[str, str]:
        """Fill in the form at `path`; return where that led, and the page."""
        with self.opener.open(self.url + path) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        with self.opener.open(self.url + path, data) as page:
            return page.url.removeprefix(self.url), page.read().decode()


def test_processes_count_guesses_together_and_take_a_code_once(plain):
    plain.manage("shell", "-c", PREPARE)
    with second_server(plain) as other:
        urls = [plain.url, other]
        browsers = [Browser(url) for url in urls]
        for browser in browsers:
            assert browser.post("/beheer/login/", username="doelwit", password="een-lang-wachtwoord")[0] == "/beheer/login/code/"
        code = code_of()
        landed = [browser.post("/beheer/login/code/", code=code)[0] for browser in browsers]
        assert landed == ["/beheer/", "/beheer/login/code/"]

        answers = [Browser(urls[number % 2]).post("/beheer/login/", username="doelwit", password="x")[1] for number in range(9)]
        refused = ["Dit is te vaak misgegaan" in answer for answer in answers]
        plain.manage("shell", "-c", FORGET)
        assert refused == [False] * 5 + [True] * 4
