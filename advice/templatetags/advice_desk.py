"""The counters of the desk, and moments as the desk says them."""

from datetime import datetime

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from advice.admin.lists import Counter, counters
from advice.admin.moments import say
from advice.names import name_of

register = template.Library()


@register.simple_tag
def desk_counters(user: AbstractBaseUser) -> tuple[Counter, ...]:
    """Return the lists of the desk with how many requests stand on each, for this adviser."""
    return counters(user, timezone.now())


@register.filter
def named(user: AbstractBaseUser | None) -> str:
    """Return what a colleague is called."""
    return name_of(user)


@register.filter
def said(moment: datetime) -> str:
    """Return a moment in words: "vandaag 10:31", "wo 25 nov 10:31"."""
    return say(moment, timezone.now())
