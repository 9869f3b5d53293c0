"""What the desk starts with, from a YAML file: topics, the text to agree to, standard texts. Repeatable, and polite to managers."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from advice.models import CannedReply, CannedReplyVersion, ConsentText, Topic

KEYS = {"topics", "consent", "replies"}


class DeskFileError(Exception):
    """The file can't be used. The message is a Dutch sentence."""


@dataclass(frozen=True)
class Reply:
    title: str
    body: str
    topic: str = ""


@dataclass(frozen=True)
class DeskFile:
    topics: tuple[tuple[str, str], ...]
    consent_number: int
    consent_text: str
    replies: tuple[Reply, ...]


def read_desk(path: Path) -> DeskFile:
    """Return what the file holds, checked as a whole, so that nothing is written when something is wrong. Raises DeskFileError."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if set(data) != KEYS:
            raise ValueError(f"gebruik precies deze onderdelen: {', '.join(sorted(KEYS))}")
        topics = tuple((str(row["slug"]), str(row["name"])) for row in data["topics"])
        replies = tuple(Reply(row["title"], row["body"].strip(), row.get("topic", "")) for row in data["replies"])
        read = DeskFile(topics, int(data["consent"]["number"]), data["consent"]["text"].strip(), replies)
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise DeskFileError(f"{path} is geen bestand voor de adviesbalie: {error}") from error
    if unknown := {reply.topic for reply in replies} - {slug for slug, _ in topics} - {""}:
        raise DeskFileError(f"{path}: deze onderwerpen staan niet in de lijst: {', '.join(sorted(unknown))}")
    return read


@transaction.atomic
def import_desk(read: DeskFile) -> Counter:
    """Bring in what isn't there yet; return how many of each kind are new, or improved since the last time."""
    counts = Counter(onderwerpen=0, toestemmingsteksten=0, standaardteksten=0)
    for position, (slug, name) in enumerate(read.topics, start=1):
        counts["onderwerpen"] += Topic.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})[1]
    fields = {"text": read.consent_text, "created_at": timezone.now()}
    counts["toestemmingsteksten"] += ConsentText.objects.get_or_create(number=read.consent_number, defaults=fields)[1]
    counts["standaardteksten"] += sum(map(_import_reply, read.replies))
    return counts


def _import_reply(read: Reply) -> bool:
    """Add a text, or a version when nobody at the desk wrote one since; return whether there is something new.

    A text that a manager gave another title is known by its words.
    """
    if CannedReplyVersion.objects.filter(created_by=None, body=read.body).exists():
        return False
    topic = Topic.objects.filter(slug=read.topic).first()
    reply, _ = CannedReply.objects.get_or_create(title=read.title, defaults={"topic": topic})
    newest = reply.versions.order_by("-number").first()
    if newest and newest.created_by:
        return False
    number = newest.number + 1 if newest else 1
    reply.versions.create(number=number, body=read.body, created_at=timezone.now(), created_by=None)
    return True
