"""Publishing: freezes a questionnaire as a Version, the only thing that readers are ever asked."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from vitaminetest.definition import Definition
from vitaminetest.definition_file import to_data
from vitaminetest.models import Questionnaire, Version
from vitaminetest.ports import surroundings
from vitaminetest.rendering import render_texts
from vitaminetest.shown import texts_to_data

PERMISSION = "vitaminetest.publish_questionnaire"


@transaction.atomic
def publish(questionnaire: Questionnaire, definition: Definition, *, by: AbstractBaseUser | None, reason: str = "") -> Version:
    """Freeze `definition` and let readers do it. The same as what is live gives that version back.

    `by` is None only for a command that nobody is signed in to. Raises PermissionDenied.
    """
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied("Je mag vragenlijsten schrijven, maar niet publiceren. Vraag een eindredacteur.")
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    data, texts = to_data(definition), texts_to_data(render_texts(definition)[0])
    live = questionnaire.live
    if live and (live.definition, live.texts) == (data, texts):
        return live
    last = questionnaire.versions.order_by("-number").values_list("number", flat=True).first()
    values = {"number": (last or 0) + 1, "definition": data, "texts": texts, "reason": reason.strip()}
    version = questionnaire.versions.create(**values, published_at=timezone.now(), published_by=by)
    questionnaire.live = version
    questionnaire.save(update_fields=["live"])
    surroundings().pages_changed()
    return version
