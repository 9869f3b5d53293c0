"""Questions to answer: each test of the advice desk gets one of its own, and two colleagues to share it with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.browser.running import Site

MAKE = """
import json, uuid
from django.contrib.auth.models import Group, User
from django.utils import timezone
from advice import canned
from advice.models import Adviser, CannedReply, ConsentText, Topic
from advice.submitting import SubmittedQuestion, submit
now = timezone.now()
topic = Topic.objects.order_by("pk").first() or Topic.objects.create(slug="magnesium", name="Magnesium")
consent = ConsentText.objects.first() or ConsentText.objects.create(number=1, text="Goed.", created_at=now)
for username, name in (("adviseur", "Britt"), ("anna", "Anna")):
    user, _ = User.objects.get_or_create(username=username, defaults={{"is_staff": True}})
    user.groups.add(Group.objects.get(name="Adviseur"))
    Adviser.objects.get_or_create(user=user, defaults={{"name": name}})
canned.save_reply(CannedReply(title="Begroeting"), body="Beste {{{{ naam | lezer }}}},", by=user, now=now)
canned.save_reply(CannedReply(title="Over het artikel"), body="U las {{{{ deel }}}}.", by=user, now=now)
made = []
for number in range({count}):
    request, _ = submit(SubmittedQuestion(
        uuid.uuid4(), f"lezer{{number}}@example.org", topic, "Hoeveel magnesium zit er in een banaan?\\n\\nEn in noten?", consent,
        name="Sanne", article_slug="waar-is-magnesium-goed-voor", article_title="Waar is magnesium goed voor? 7 voordelen",
        section_anchor="wat-is-magnesium",
    ), now=now)
    made.append([request.pk, request.reference])
print(json.dumps(made))
"""
COLLEAGUE = """
from django.contrib.auth.models import User
from django.utils import timezone
from advice import handling
from advice.models import AdviceRequest
from advice.presence import note_presence
anna, request, now = User.objects.get(username="anna"), AdviceRequest.objects.get(pk={pk}), timezone.now()
{does}
"""


@dataclass(frozen=True)
class Question:
    """A question that nobody has answered yet."""

    pk: int
    reference: str
    site: Site

    @property
    def page(self) -> str:
        return f"/beheer/advice/advicerequest/{self.pk}/change/"

    def colleague(self, does: str) -> None:
        """Let Anna do something with it, in another process: she has `request`, `anna` and `now`."""
        self.site.manage("shell", "--verbosity", "0", "-c", COLLEAGUE.format(pk=self.pk, does=does))


def make_questions(site: Site, count: int) -> Iterator[Question]:
    printed = site.manage("shell", "--verbosity", "0", "-c", MAKE.format(count=count))
    return (Question(pk, reference, site) for pk, reference in json.loads(printed.splitlines()[-1]))
