"""Requests for advice on the running site, made without its pages: answered, with sources, and a private link to each."""

from dataclasses import dataclass

from tests.browser.running import Site

EMAIL = "lezer@example.org"
# Runs in a process of the site. What was asked three hours ago was answered two hours ago.
MAKE = '''
import uuid
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from advice import access
from advice.answering import send_answer
from advice.models import ConsentText, Topic
from advice.submitting import SubmittedQuestion, submit

asked = timezone.now() - timedelta(hours=3)
britt = User.objects.get(username="adviseur")
body = """Beste lezer,

Voor vrouwen vanaf 18 jaar is dat 300 milligram per dag.[@voedingscentrum-magnesium]

### Waar zit het in?

In noten, zaden en volkoren granen.[@grober2015; @ods2022]"""
for _ in range({many}):
    question = SubmittedQuestion(
        submission_id=uuid.uuid4(), email="{email}", topic=Topic.objects.get(slug="magnesium"),
        question="Hoeveel magnesium heb ik nodig?\\n\\nIk ben 45.", consent=ConsentText.objects.first(),
        article_slug="waar-is-magnesium-goed-voor", article_title="Waar is magnesium goed voor? 7 voordelen",
        test_result="Je eet weinig noten.",
    )
    request, _ = submit(question, now=asked)
    send_answer(request, by=britt, body=body, base_version=request.version, now=asked + timedelta(hours=1))
    print("made", request.reference, access.token_of(access.make_link(request, now=timezone.now())))
'''


@dataclass(frozen=True)
class Asked:
    reference: str
    token: str

    @property
    def link(self) -> str:
        return f"/advies/l/{self.token}/"


def make_answered(site: Site, many: int) -> list[Asked]:
    lines = site.manage("shell", "--command", MAKE.format(many=many, email=EMAIL)).splitlines()
    return [Asked(*line.split()[1:]) for line in lines if line.startswith("made ")]


def open_conversation(page) -> None:
    """Type the address on the page of a link, and wait for the conversation."""
    page.get_by_label("Je e-mailadres").fill(EMAIL)
    page.get_by_role("button", name="Open mijn vraag").click()
    page.wait_for_url("**/advies/mijn-vraag/")
