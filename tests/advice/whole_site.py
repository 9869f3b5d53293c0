"""A browser in front of the whole site as gunicorn serves it: finished pages, middleware, views. Tests of what goes in and out."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.test import RequestFactory

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Browser:
    """`says` is what it sends along with every request, in the names of WSGI. It keeps cookies, whatever their path."""

    site: object
    says: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, {})

    def post(self, path: str, typed: dict) -> Answer:
        return self._ask("POST", path, typed)

    def _ask(self, method: str, path: str, typed: dict) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        says = {"HTTP_HOST": "testserver", "HTTP_COOKIE": cookies, **self.says}
        environ = RequestFactory().generic(method, path, urlencode(typed), FORM, **says).environ
        begun: list = []
        body = self.site(environ, lambda status, headers, exc=None: begun.append((status, headers)))
        try:
            content = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        [(status, headers)] = begun
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return Answer(int(status[:3]), dict(headers), content)
