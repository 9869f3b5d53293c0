"""Second factors of a person: which there are, whether one was used in this session, and taking them away."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

Type = Authenticator.Type
NAMES = {Type.TOTP: "authenticator-app", Type.WEBAUTHN: "passkey", Type.RECOVERY_CODES: "herstelcodes"}
# Recovery codes come with one of these; alone they are no second factor.
FACTORS = (Type.TOTP, Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def used_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session used, or set up, a factor that this person still has. One query; none without such a record."""
    records = get_authentication_records(request, request.user)
    used = {record["id"] for record in records if record["method"] == "mfa" and "id" in record}
    return bool(used) and Authenticator.objects.filter(user=request.user, pk__in=used).exists()


@transaction.atomic
def remove_second_factor(user: User) -> list[str]:
    """Take away all factors of this person and end all their sessions. Return the names of what was taken away."""
    found = Authenticator.objects.select_for_update().filter(user=user).order_by("type", "pk")
    removed = [NAMES[authenticator.type] for authenticator in found]
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    return removed


def end_sessions(user: User) -> int:
    """End every session of this person and return how many there were. Reads all sessions; only staff have one."""
    sessions = Session.objects.filter(expire_date__gt=timezone.now())
    ended = [session.pk for session in sessions.iterator() if session.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=ended).delete()
    return len(ended)
