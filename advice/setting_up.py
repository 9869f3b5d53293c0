"""Who advises, about what, and what readers agree to: changes to how the desk is set up, each written down."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Max

from advice import auditing
from advice.models import Adviser, AuditEvent, ConsentText, Topic
from advice.permissions import MANAGE, require


@transaction.atomic
def save_adviser(adviser: Adviser, *, by: AbstractBaseUser) -> None:
    _save(adviser, by=by, name=adviser.user.get_username())


@transaction.atomic
def save_topic(topic: Topic, *, by: AbstractBaseUser) -> None:
    _save(topic, by=by, name=topic.slug)


@transaction.atomic
def add_consent_text(text: str, *, by: AbstractBaseUser, now: datetime) -> ConsentText:
    """Make what readers agree to from now on. What they agreed to before stays as it was."""
    require(by, MANAGE)
    number = (ConsentText.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    made = ConsentText.objects.create(number=number, text=text, created_at=now, created_by=by)
    auditing.record(AuditEvent.Action.SETTINGS, by=by, what="toestemmingstekst", name=str(number))
    return made


def _save(row: models.Model, *, by: AbstractBaseUser, name: str) -> None:
    require(by, MANAGE)
    row.save()
    auditing.record(AuditEvent.Action.SETTINGS, by=by, what=str(row._meta.verbose_name), name=name)
