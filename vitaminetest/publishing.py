"""Publishing: freezes a questionnaire as a Version, the only thing that readers are ever asked."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.rendering.findings import Finding
from vitaminetest.checking import examine
from vitaminetest.checks import errors
from vitaminetest.definition import Definition
from vitaminetest.definition_file import from_data, to_data
from vitaminetest.drafts import definition_of, digest_of, store
from vitaminetest.models import Questionnaire, Version
from vitaminetest.ports import surroundings
from vitaminetest.rendering import render_texts
from vitaminetest.shown import texts_to_data

PERMISSION = "vitaminetest.publish_questionnaire"
WRITE_PERMISSION = "vitaminetest.change_questionnaire"


class PublishRefused(Exception):
    """The draft has errors, or is not what was looked at. `findings` says which errors; else the message says it in Dutch."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()):
        super().__init__(message)
        self.findings = findings


class DraftChanged(Exception):
    """Somebody changed the draft since it was looked at. The message says so in Dutch."""


@transaction.atomic
def publish_draft(
    questionnaire: Questionnaire, *, by: AbstractBaseUser | None, reason: str = "", expected_digest: str = ""
) -> Version:
    """Check the draft and publish it. `expected_digest` is that of the draft that was looked at (drafts.digest_of), when it was.

    Raises PermissionDenied, DraftChanged, or PublishRefused when the checks find an error.
    """
    require_permission(by)
    questionnaire = lock(questionnaire)
    definition = definition_of(questionnaire)
    require_unchanged(definition, expected_digest)
    if found := errors(examine(definition).findings):
        raise PublishRefused("; ".join(finding.message for finding in found), found)
    return publish(questionnaire, definition, by=by, reason=reason)


@transaction.atomic
def publish(questionnaire: Questionnaire, definition: Definition, *, by: AbstractBaseUser | None, reason: str = "") -> Version:
    """Freeze `definition` and let readers do it, without checking it. The same as what is live gives that version back.

    `by` is None only for a command that nobody is signed in to. Raises PermissionDenied.
    """
    require_permission(by)
    questionnaire = lock(questionnaire)
    data, texts = to_data(definition), texts_to_data(render_texts(definition)[0])
    live = questionnaire.live
    if live and (live.definition, live.texts) == (data, texts):
        return live
    last = questionnaire.versions.order_by("-number").values_list("number", flat=True).first()
    values = {"number": (last or 0) + 1, "definition": data, "texts": texts, "reason": reason.strip()}
    version = questionnaire.versions.create(**values, published_at=timezone.now(), published_by=by)
    _show(questionnaire, version)
    return version


@transaction.atomic
def withdraw(questionnaire: Questionnaire, *, by: AbstractBaseUser) -> bool:
    """Take the test away from readers; its versions and its draft stay. Return whether there was anything to take away.

    Raises PermissionDenied.
    """
    require_permission(by)
    questionnaire = lock(questionnaire)
    if questionnaire.live is None:
        return False
    _show(questionnaire, None)
    return True


@transaction.atomic
def restore(questionnaire: Questionnaire, number: int, *, by: AbstractBaseUser) -> None:
    """Make a published version the draft again. Raises PermissionDenied, or Version.DoesNotExist."""
    require_write_permission(by)
    questionnaire = lock(questionnaire)
    store(questionnaire, from_data(questionnaire.versions.get(number=number).definition))


@transaction.atomic
def replace_draft(questionnaire: Questionnaire, definition: Definition, *, by: AbstractBaseUser, expected_digest: str) -> None:
    """Make `definition`, which came from a file, the draft in place of the one that was looked at.

    Raises PermissionDenied, or DraftChanged.
    """
    require_write_permission(by)
    questionnaire = lock(questionnaire)
    require_unchanged(definition_of(questionnaire), expected_digest)
    store(questionnaire, definition)


def lock(questionnaire: Questionnaire) -> Questionnaire:
    """Return the row of now, which nobody else changes until this transaction ends. Every change of a draft begins with it."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def require_unchanged(definition: Definition, expected_digest: str) -> None:
    if expected_digest and digest_of(definition) != expected_digest:
        raise DraftChanged("Het concept is intussen veranderd. Er is niets gedaan: kijk het opnieuw na, en kies dan nog eens.")


def require_permission(by: AbstractBaseUser | None) -> None:
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied("Je mag vragenlijsten schrijven, maar niet publiceren. Vraag een eindredacteur.")


def require_write_permission(by: AbstractBaseUser) -> None:
    if not by.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag deze vragenlijst niet veranderen.")


def _show(questionnaire: Questionnaire, version: Version | None) -> None:
    questionnaire.live = version
    questionnaire.save(update_fields=["live"])
    surroundings().pages_changed()
