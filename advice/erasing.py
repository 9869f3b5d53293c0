"""Take a request away with everything that belongs to it. What stays is that there was one, and the counts of its day."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from advice import auditing
from advice.models import AdviceRequest, AuditEvent, Tombstone
from advice.permissions import ERASE, require
from advice.search import forget


@transaction.atomic
def erase(request: AdviceRequest, *, by: AbstractBaseUser | str, now: datetime, because: str) -> None:
    """Erase `request`. `by` is somebody with the right to, or auditing.READER or SYSTEM."""
    if not isinstance(by, str):
        require(by, ERASE)
    digest = hmac.new(settings.SECRET_KEY.encode(), request.reference.encode(), hashlib.sha256).hexdigest()
    forget(request)
    Tombstone.objects.create(digest=digest, erased_at=now, because=because[:40])
    reference = request.reference
    request.delete()
    auditing.record(AuditEvent.Action.ERASED, by=by, reference=reference, because=because)
