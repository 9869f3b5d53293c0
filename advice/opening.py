"""A reader opens their request with a private link and their e-mail address, or asks for a new link."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from advice import auditing
from advice.access import is_address_of, make_link, note_opened
from advice.changing import DeskRefused
from advice.limits import count_hit
from advice.models import AccessLink, AuditEvent, OutgoingMail
from advice.outbox.queue import enqueue

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TooManyTries(DeskRefused):
    """Somebody tries one address after another."""


def open_link(link: AccessLink, *, typed: str, network: str, now: datetime) -> bool:
    """Open the request of `link` if `typed` is its address; return whether it is. Every try counts, also a good one.

    Raises TooManyTries. An address that doesn't fit and a link that no longer works give the same answer: False.
    """
    _count_try("open", str(link.pk), network, now=now)
    if not (link.works(now) and is_address_of(link.request, typed)):
        return False
    note_opened(link, now=now)
    return True


def ask_new_link(link: AccessLink | None, *, typed: str, network: str, now: datetime) -> None:
    """Mail a new link to the address of the request if that is what was typed, and do nothing otherwise. Nobody is told which.

    Raises TooManyTries when the network keeps asking. A request gets a few links a day; more are silently not sent.
    """
    _count_try("new-link", str(link.pk) if link else "", network, now=now)
    if link is None or not is_address_of(link.request, typed):
        return
    if count_hit("link-sent", link.request.reference, now=now, window=DAY) <= settings.ADVICE_NEW_LINKS_A_DAY:
        send_link(link, now=now)


@transaction.atomic
def send_link(earlier: AccessLink, *, now: datetime) -> AccessLink:
    """Make a link that takes the place of `earlier` once it is opened, and queue the mail that brings it."""
    request = earlier.request
    link = make_link(request, now=now)
    enqueue(OutgoingMail.Kind.LINK, request, key=str(link.pk), now=now, link=link)
    auditing.record(AuditEvent.Action.LINK_SENT, by=auditing.READER, request=request)
    return link


def _count_try(what: str, link: str, network: str, *, now: datetime) -> None:
    tries = count_hit(what, link, now=now, window=HOUR) if link else 0
    from_network = count_hit(f"{what}-from", network, now=now, window=HOUR) if network else 0
    if tries > settings.ADVICE_TRIES_PER_LINK or from_network > settings.ADVICE_TRIES_PER_NETWORK:
        raise TooManyTries("Je hebt het te vaak geprobeerd. Wacht een uur en probeer het dan opnieuw.")
