"""Take a request away with everything that belongs to it.

What stays: that there was one, the counts of its days, and the log of who did what, which knows it by its reference only.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from advice import auditing, public_questions, search, tombstones
from advice.models import AdviceRequest, AuditEvent, IncomingMail, PublicQuestion, Tombstone
from advice.outbox.forgetting import forget_files, mails_that_may_have_left, plan_forgetting
from advice.permissions import ERASE, require

AGAIN = "opnieuw gewist na terugzetten"
TOGETHER = 1_000
# What is left of a mail that came in are its numbers and its keyed digest, so that it is not fetched a second time.
SHELL_OF_MAIL = {"raw": b"", "why": "", "message": None, "request": None, "state": IncomingMail.State.ERASED}


@transaction.atomic
def erase(request: AdviceRequest, *, by: AbstractBaseUser | str, now: datetime, because: str) -> Tombstone:
    """Erase `request`: question, conversation, notes, drafts, links, mails in and out, index. Erasing twice changes nothing.

    `by` is somebody with the right to, auditing.READER on the reader's own page, or auditing.SYSTEM. `because` must hold no
    personal data, and is kept up to 40 characters. SQLite overwrites in its file what is deleted: see magsite.settings.
    """
    if not isinstance(by, str):
        require(by, ERASE)
    digest = tombstones.digest_of(request.reference)
    if not AdviceRequest.objects.select_for_update().filter(pk=request.pk).exists():  # whoever adds to it now waits, and fails
        return Tombstone.objects.get(digest=digest)
    search.forget(request)
    mails = mails_that_may_have_left(request)
    plan_forgetting(mails, now=now)
    _empty_mails(request)
    _drop_unpublished_text(request)
    AdviceRequest.objects.filter(pk=request.pk).delete()
    values = {"erased_at": now, "because": because[:40]}
    tombstone, is_new = Tombstone.objects.get_or_create(digest=digest, defaults=values)
    if is_new:
        transaction.on_commit(lambda: tombstones.write_down(tombstone), robust=True)  # the worker makes good what fails here
    transaction.on_commit(lambda: forget_files(mails), robust=True)
    auditing.record(AuditEvent.Action.ERASED, by=by, reference=request.reference, because=because[:40])
    return tombstone


def erase_again(*, now: datetime) -> int:
    """Erase what the file beside the database says was erased, after an older backup was put back; return how many requests.

    Reads every reference that there is, and holds the whole file in memory. Each request goes in a transaction of its own.
    """
    known = {erased.digest: erased for erased in tombstones.read_file()}
    tombstones.put_back(known.values())
    done, last = 0, 0
    while rows := dict(AdviceRequest.objects.filter(pk__gt=last).order_by("pk").values_list("reference", "pk")[:TOGETHER]):
        last = max(rows.values())
        for reference in tombstones.find_erased(rows, known):
            erase(AdviceRequest.objects.get(pk=rows[reference]), by=auditing.SYSTEM, now=now, because=AGAIN)
            done += 1
    return done


def _empty_mails(request: AdviceRequest) -> None:
    request.incoming_mails.update(**SHELL_OF_MAIL)
    IncomingMail.objects.filter(message__request=request).update(**SHELL_OF_MAIL)


def _drop_unpublished_text(request: AdviceRequest) -> None:
    """Remove public questions that were never public and that nobody vouched for: they are the answer to this reader, or nearly.

    Of one that is or was public the draft goes when it is not what was vouched for. What readers see stays.
    """
    unpublished = request.public_questions.filter(published_at=None)
    doubtful = [question.pk for question in unpublished if question.checked_digest != public_questions.digest_of(question)]
    PublicQuestion.objects.filter(pk__in=doubtful).delete()
    public = request.public_questions.exclude(published_at=None)
    edited = [question.pk for question in public if question.checked_digest != public_questions.digest_of(question)]
    PublicQuestion.objects.filter(pk__in=edited).update(question=F("shown_question"), answer="")
