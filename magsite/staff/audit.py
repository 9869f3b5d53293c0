"""What people do to their second factor, in the history of their account: Django's LogEntry."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from magsite.staff.factors import NAMES
from magsite.staff.sessions import begin_session


def write_down(user: User, what: str, *, by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, change_message=what, single_object=True)


def listen() -> None:
    """Connect to the signals of Django and allauth; called once, when the apps are ready."""
    user_logged_in.connect(begin_session, dispatch_uid="magsite.staff")
    for signal, receiver in (
        (signals.authenticator_added, note_added),
        (signals.authenticator_reset, note_reset),
        (signals.authenticator_removed, note_removed),
        (signals.authenticator_used, note_used),
    ):
        signal.connect(receiver, dispatch_uid="magsite.staff")


def note_added(sender, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    """A factor that was just set up was used as well: it gave a code, or a signature."""
    write_down(user, f"Tweede factor ingesteld: {NAMES[authenticator.type]}.", by=user)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def note_reset(sender, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    """New recovery codes replace the row of the old ones; a session that used those has used these."""
    write_down(user, "Nieuwe herstelcodes gemaakt; de oude werken niet meer.", by=user)
    last = get_authentication_records(request, user)[-1:]
    if last and last[0].get("type") == Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def note_removed(sender, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    write_down(user, f"Tweede factor verwijderd: {NAMES[authenticator.type]}.", by=user)


def note_used(sender, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        write_down(user, "Een herstelcode gebruikt.", by=user)
