"""What the desk starts with, from a file: repeatable, polite to managers, and fit to send."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from advice.answer_text import render_answer
from advice.answering import find_problems
from advice.desk_file import DeskFileError, import_desk, read_desk
from advice.models import CannedReply, CannedReplyVersion, ConsentText, Topic
from advice.placeholders import fill
from tests.advice.factories import NOW

pytestmark = pytest.mark.django_db
PATH = settings.BASE_DIR / "advice" / "content" / "desk.yaml"
SMALL = """
topics: [{slug: slaap, name: Slaap}]
consent: {number: 1, text: Ik ga akkoord.}
replies: [{title: Groet, topic: slaap, body: "Beste {{ naam | lezer }},"}]
"""


@pytest.fixture
def small(tmp_path):
    def write(text: str = SMALL):
        path = tmp_path / "desk.yaml"
        path.write_text(text)
        return path

    return write


def counts(path) -> list[int]:
    return list(import_desk(read_desk(path)).values())


def test_the_second_time_nothing_is_new(small):
    assert [counts(small()), counts(small())] == [[1, 1, 1], [0, 0, 0]]
    assert list(CannedReply.objects.values_list("title", "topic__slug", "versions__number")) == [("Groet", "slaap", 1)]


def test_what_a_manager_changed_stays(small, manager):
    import_desk(read_desk(small()))
    Topic.objects.update(name="Nachtrust", is_active=False)
    ConsentText.objects.create(number=2, text="Ook akkoord.", created_at=NOW)
    reply = CannedReply.objects.get()
    reply.versions.create(number=2, body="Dag!", created_at=NOW, created_by=manager)
    assert counts(small(SMALL.replace("Beste", "Hallo").replace("Ik ga", "Ik ging").replace("Slaap", "Dut"))) == [0, 0, 0]
    assert list(Topic.objects.values_list("name", "is_active")) == [("Nachtrust", False)]
    assert list(reply.versions.values_list("number", "body")) == [(2, "Dag!"), (1, "Beste {{ naam | lezer }},")]


def test_a_text_that_got_another_title_does_not_come_back_under_the_old_one(small):
    import_desk(read_desk(small()))
    CannedReply.objects.update(title="Aanhef")
    assert counts(small()) == [0, 0, 0]


def test_a_better_text_becomes_a_version_while_nobody_wrote_one(small):
    import_desk(read_desk(small()))
    assert counts(small(SMALL.replace("Beste", "Hallo"))) == [0, 0, 1]
    assert list(CannedReplyVersion.objects.values_list("number", flat=True)) == [2, 1]


def test_the_database_still_refuses_to_change_a_version(small):
    import_desk(read_desk(small()))
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        CannedReplyVersion.objects.update(body="Anders.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "topics: []",
        "[1]",
        "a: [",
        SMALL.replace("slug: slaap", "sleutel: slaap"),
        SMALL.replace("topic: slaap", "topic: dutje"),
    ],
)
def test_a_wrong_file_writes_nothing(small, text):
    with pytest.raises(DeskFileError):
        import_desk(read_desk(small(text)))
    with pytest.raises(CommandError, match=r"desk\.yaml"):
        call_command("import_desk", small(text))
    assert not Topic.objects.exists()


def test_the_texts_of_the_project_can_be_sent_and_their_sources_exist():
    call_command("import_references", settings.BASE_DIR / "references/content/magnesium-references.csl.json", stdout=StringIO())
    read = read_desk(PATH)
    values = {"naam": "Jan", "invullen": "Wat eet je op een dag?"}
    for reply in read.replies:
        body = fill(reply.body, values).text
        assert find_problems(body, render_answer(body)) == (), reply.title
    assert read.topics[-1] == ("iets-anders", "Iets anders")
    assert len(read.consent_text) <= 1000
