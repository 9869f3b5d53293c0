"""Who may do what at the desk. Every verb asks this itself; a screen that hides a button is a courtesy."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied

HANDLE = "advice.handle_requests"
MANAGE = "advice.manage_desk"
ERASE = "advice.erase_requests"
AUDIT = "advice.read_audit"
PUBLISH = "advice.publish_question"
CANNED = "advice.change_cannedreply"

_REFUSALS = {
    HANDLE: "Je mag vragen van lezers niet behandelen. Vraag een beheerder om de rol van adviseur.",
    MANAGE: "Alleen een beheerder richt de adviesbalie in.",
    ERASE: "Je mag gegevens van lezers niet wissen of uitvoeren. Vraag een beheerder.",
    AUDIT: "Je mag het logboek niet inzien. Vraag een beheerder.",
    PUBLISH: "Je mag geen vragen publiceren. Vraag een eindredacteur.",
    CANNED: "Je mag standaardteksten niet veranderen. Vraag een beheerder.",
}


def require(user: AbstractBaseUser, permission: str) -> None:
    """Raise PermissionDenied, with a sentence in Dutch, unless `user` has one of the permissions above."""
    if not user.has_perm(permission):
        raise PermissionDenied(_REFUSALS[permission])
