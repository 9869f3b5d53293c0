"""Which mail is whose: a worker takes one by a conditional UPDATE, and has it until the lease runs out. No locks.

A claim is committed before anything is sent. So a row that is still `sending` after its lease is of a worker that died, or of a
server that never answered: nobody knows whether the mail went out. It is left alone for a grace period, in which the mail may still
arrive in the archive, and then taken over.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from advice.models import OutgoingMail

State = OutgoingMail.State
STEPS = 6  # of the dialogue about one mail; a server may be silent for EMAIL_TIMEOUT in each
ROOM = timedelta(minutes=1)  # for our own database
FEW = 20


def lease() -> timedelta:
    """Return how long a worker may be busy with one mail."""
    return timedelta(seconds=STEPS * settings.EMAIL_TIMEOUT) + ROOM


def grace() -> timedelta:
    """Return how long after its lease the fate of a mail is left open."""
    return timedelta(seconds=settings.MAIL_GRACE_SECONDS)


def is_anything_to_do(now: datetime) -> bool:
    return OutgoingMail.objects.filter(_due(now)).exists() or OutgoingMail.objects.filter(_uncertain(now)).exists()


def claim(now: datetime) -> OutgoingMail | None:
    """Take the mail that waits longest; None when there is none that may go out at `now`."""
    while candidates := OutgoingMail.objects.filter(_due(now)).order_by("not_before", "pk").values_list("pk", flat=True)[:FEW]:
        for pk in candidates:
            until = now + lease()
            mine = OutgoingMail.objects.filter(_due(now), pk=pk)
            is_mine = mine.update(state=State.SENDING, lease_until=until, attempts=F("attempts") + 1)
            if is_mine and (mail := _load(pk, until)):
                return mail
    return None


def find_uncertain(now: datetime) -> list[OutgoingMail]:
    """Return mails whose fate is unknown and whose grace period is over, longest first."""
    return list(OutgoingMail.objects.filter(_uncertain(now)).order_by("lease_until")[:FEW])


def take_over(mail: OutgoingMail, now: datetime, *, is_possibly_double: bool) -> OutgoingMail | None:
    """Take an uncertain mail to send it again; None when another worker was first."""
    until = now + lease()
    values = {"lease_until": until, "attempts": F("attempts") + 1}
    if is_possibly_double:
        values["is_possibly_double"] = True
    return _load(mail.pk, until) if held(mail).update(**values) else None


def leave(mail: OutgoingMail, now: datetime, *, why: str = "") -> None:
    """Leave a claimed mail uncertain: from `now` on its grace period counts."""
    held(mail).update(lease_until=now, **({"failure": why} if why else {}))


def held(mail: OutgoingMail):
    """Return the row of `mail` as a queryset, empty when it is no longer held under the lease that `mail` was loaded with."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, lease_until=mail.lease_until)


def _due(now: datetime) -> Q:
    return Q(state=State.PENDING, not_before__lte=now)


def _uncertain(now: datetime) -> Q:
    return Q(state=State.SENDING, lease_until__lte=now - grace())


def _load(pk: int, until: datetime) -> OutgoingMail | None:
    """Return the mail with all that is needed to make it; None when it was erased, or taken over, in the meantime."""
    found = OutgoingMail.objects.select_related("request", "message", "link", "adviser")
    return found.filter(pk=pk, state=State.SENDING, lease_until=until).first()
