"""Redirects that editors make: from a path that this site has no page for, to an article or another page.

They are asked only when nothing else answers (magsite.old_paths), so a page of this site always wins from a redirect.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from articles.addresses import find_articles
from articles.models import Article, Redirect

PERMISSIONS = ("articles.add_redirect", "articles.change_redirect")
LONGEST_PATH = Redirect._meta.get_field("path").max_length
MOST_LINES = 1_000
_NOT_IN_A_PATH = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)\.\.?(?:/|$)")
_BETWEEN = re.compile(r"\s*[;,\t]\s*|\s+(?:->|→)\s+|\s+")


class RedirectRefused(ValueError):
    """A redirect can't be made; the message says why, in Dutch. `field` is "path" or "to"."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


class LinesRefused(ValueError):
    """A pasted list has faults, and nothing of it was kept. `messages` has one sentence for each."""

    def __init__(self, messages: list[str]):
        super().__init__(" ".join(messages))
        self.messages = messages


@dataclass(frozen=True)
class Checked:
    """A redirect that can be made: to an article, or to the path of another page."""

    path: str
    article: Article | None = None
    target: str = ""


def find_target(path: str) -> str | None:
    """Return where a redirect from `path` leads, when readers may see that. One query."""
    if len(path) > LONGEST_PATH or "\x00" in path:  # PostgreSQL takes no such letter
        return None
    row = Redirect.objects.filter(path=_key(path)).values_list("target", "article_id", "article__live__slug").first()
    if row is None:
        return None
    target, article_id, slug = row
    if article_id is None:
        return target
    return reverse("articles:detail", args=[slug]) if slug else None


def address_of(redirect: Redirect) -> str:
    """Return where a redirect leads, as an editor reads and types it."""
    return redirect.article.get_absolute_url() if redirect.article else redirect.target


def check_redirect(path: str, to: str) -> Checked:
    """Return the redirect from `path` to `to`, both as typed: a path, or a whole address. Raises RedirectRefused."""
    return _checked(_old_path(path), to, *_goal(to))


def _checked(old: str, to: str, article: Article | None, target: str) -> Checked:
    if _key(_own_path(to)) == old:
        raise RedirectRefused("to", "Een adres kan niet naar zichzelf verwijzen.")
    return Checked(old, article, target)


def _goal(to: str) -> tuple[Article | None, str]:
    """Return the article at an address of this site, or else the path of the page there."""
    new = _own_path(to)
    match = _page_at(new)
    if match is None or match.namespace == "admin":
        raise RedirectRefused("to", f"Op ‘{new}’ staat geen pagina. Kies het adres van een artikel of een pagina van deze site.")
    if match.view_name == "articles:detail":
        return _article_at(match.kwargs["slug"]), ""
    return None, new if new.endswith("/") or "." in new.rsplit("/", 1)[-1] else f"{new}/"


@transaction.atomic
def save_redirect(path: str, to: str, *, by: AbstractBaseUser, redirect: Redirect | None = None) -> Redirect:
    """Make a redirect, or change the one that is given. Raises PermissionDenied or RedirectRefused."""
    _require_permission(by)
    checked = check_redirect(path, to)
    redirect = redirect or Redirect()
    redirect.created_by = by if redirect.pk is None else redirect.created_by
    if Redirect.objects.filter(path=checked.path).exclude(pk=redirect.pk).exists():
        raise RedirectRefused("path", f"Voor ‘{checked.path}’ is er al een doorverwijzing.")
    redirect.path, redirect.article, redirect.target = checked.path, checked.article, checked.target
    redirect.save()
    return redirect


@transaction.atomic
def save_lines(text: str, *, by: AbstractBaseUser) -> int:
    """Make a redirect of every line "old path, new address" of a pasted list, all or nothing; return how many.

    Between the two stands a semicolon, comma, tab, space or arrow. A line that is there already is left as it is.
    Raises PermissionDenied or LinesRefused.
    """
    _require_permission(by)
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        raise LinesRefused([f"Plak minstens één regel en hooguit {MOST_LINES}."])
    known = {row.path: row for row in Redirect.objects.all()}
    goals: dict[str, tuple[Article | None, str]] = {}
    faults, made = [], []
    for number, line in lines:
        try:
            checked = _check_line(line, goals)
            row = Redirect(path=checked.path, article=checked.article, target=checked.target, created_by=by)
            before = known.setdefault(row.path, row)
            if (before.article_id, before.target) != (row.article_id, row.target):
                raise RedirectRefused("path", f"Voor ‘{row.path}’ is er al een doorverwijzing.")
            made += [row] if before is row else []
        except RedirectRefused as refused:
            faults.append(f"Regel {number}: {refused}")
    if faults:
        raise LinesRefused(faults)
    Redirect.objects.bulk_create(made)
    return len(made)


def _check_line(line: str, goals: dict[str, tuple[Article | None, str]]) -> Checked:
    """Judge one line; `goals` remembers what was found for earlier ones."""
    parts = _BETWEEN.split(line)
    if len(parts) != 2:
        raise RedirectRefused("path", f"‘{line[:80]}’ is geen oud pad met een nieuw adres erachter.")
    path, to = parts
    if to not in goals:
        goals[to] = _goal(to)
    return _checked(_old_path(path), to, *goals[to])


def _old_path(text: str) -> str:
    """Return the path that is to be redirected, in the one form in which paths are compared."""
    path = _key(_path("path", urlsplit(_address("path", text))))
    if path == "/" or path.startswith(settings.STATIC_URL):
        raise RedirectRefused("path", "Dit adres is van de site zelf. Kies een ander oud pad.")
    match = _page_at(path)
    if match and not (match.view_name == "articles:detail" and not find_articles([match.kwargs["slug"]])):
        raise RedirectRefused("path", f"Op ‘{path}’ staat al een pagina. Die gaat voor: een doorverwijzing werkt hier niet.")
    return path


def _own_path(to: str) -> str:
    """Return the path of an address of this site. Raises RedirectRefused for any other."""
    address = urlsplit(_address("to", to))
    own = urlsplit(settings.SITE_URL)
    if (address.scheme or address.netloc) and (address.scheme, address.netloc) != (own.scheme, own.netloc):
        raise RedirectRefused("to", f"Dit adres is niet van {settings.SITE_URL}. Verwijs alleen naar een pagina van deze site.")
    return _path("to", address)


def _address(field: str, text: str) -> str:
    text = text.strip()
    if not re.match(r"https?://[^/]|/(?!/)", text):
        raise RedirectRefused(field, f"‘{text[:80]}’ is geen pad. Begin met een schuine streep, zoals /blog/magnesium/.")
    return text


def _path(field: str, address) -> str:
    if address.query or address.fragment:
        raise RedirectRefused(field, "Laat het deel vanaf ? of # weg: alleen het pad telt.")
    path = unicodedata.normalize("NFC", unquote(address.path)) or "/"
    if _NOT_IN_A_PATH.search(path) or len(path) > LONGEST_PATH or path.startswith("//"):
        raise RedirectRefused(field, f"Dit is geen pad van hooguit {LONGEST_PATH} tekens, zoals /blog/magnesium/.")
    return path


def _key(path: str) -> str:
    """Return a path as it is compared: capitals and a slash at the end make no difference."""
    return f"/{unicodedata.normalize('NFC', path).strip('/').lower()}"


def _page_at(path: str) -> ResolverMatch | None:
    for form in (path, f"{path.rstrip('/')}/"):
        try:
            return resolve(form)
        except Resolver404:
            continue
    return None


def _article_at(slug: str) -> Article:
    found = find_articles([slug]).get(slug)
    article = Article.objects.filter(pk=found.article_id).first() if found else Article.objects.filter(slug=slug).first()
    if article is None:
        raise RedirectRefused("to", f"Er is geen artikel met het adres ‘{slug}’.")
    return article


def _require_permission(user: AbstractBaseUser) -> None:
    if not user.has_perms(PERMISSIONS):
        raise PermissionDenied("Je mag doorverwijzingen niet veranderen. Vraag een eindredacteur.")
