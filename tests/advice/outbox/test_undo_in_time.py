"""Taking an answer back while a real worker is looking for mail to send."""

import time

import pytest

from tests.advice.outbox.site import PATIENCE, running_mail_site
from tests.advice.outbox.smtp_server import running_sink

# An answer of 27 seconds ago goes out in three.
ANSWERS = """
now = datetime.now(UTC)
britt = User.objects.filter(username="britt").first() or make_adviser("britt").user
answers = [make_answer(make_request(now=now), by=britt, now=now - timedelta(seconds=27)) for _ in range({count})]
told = [answer.mails.get().rfc_message_id for answer in answers]
"""
UNDO = """
told = []
for answer in answers:
    message_id = answer.mails.get().rfc_message_id
    try:
        undo_answer(answer, by=britt, now=datetime.now(UTC))
        told.append(message_id)
    except DeskRefused:
        pass
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def scene(request, tmp_path, django_db_blocker):
    with running_sink() as sink:
        url = f"smtp://127.0.0.1:{sink.port}"
        with running_mail_site(request.param, tmp_path, django_db_blocker, EMAIL_URL=url) as site:
            yield site, sink


def test_what_is_taken_back_never_goes_out_and_what_goes_out_is_never_taken_back(scene):
    site, sink = scene
    [undone] = site.run(ANSWERS.format(count=1))
    for _ in range(2):
        site.start_worker()
    assert sink.reached["REPLIED"].wait(PATIENCE), site.log  # a worker is at work: it sends the receipt
    [undone] = site.run(ANSWERS.format(count=1))
    assert site.run(UNDO) == [undone]

    answers = site.run(ANSWERS.format(count=30))
    site.run("import time\nwhile datetime.now(UTC) < now + timedelta(seconds=2.9): time.sleep(0.001)")
    taken_back = site.run(UNDO)  # in a race with two workers
    rows = 1 + 1 + 30 + 1 + 30 - len(taken_back)
    site.wait_until_sent(rows)
    time.sleep(3)
    sent = sink.message_ids()
    assert set(sent.values()) == {1}
    assert sorted(taken_back) == sorted(set(answers) - set(sent))
    assert undone not in sent
    assert {state for state, *_ in site.mails().values()} == {"sent"}
