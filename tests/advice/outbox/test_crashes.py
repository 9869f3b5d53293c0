"""Real workers, killed at every step of delivery: nothing is lost, and nothing goes out twice where a ledger can tell."""

import random
import time

import pytest

from tests.advice.imap_server import running_server
from tests.advice.outbox.site import PATIENCE, running_mail_site
from tests.advice.outbox.smtp_server import running_sink

MAILS = 3


@pytest.fixture(scope="module")
def archive():
    with running_server() as mailbox:
        yield mailbox


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sites(request, tmp_path_factory, django_db_blocker, archive):
    """One site whose mail goes to a sink, as it is with a ledger and as it is without."""
    with running_sink() as sink:
        server = {"EMAIL_URL": f"smtp://127.0.0.1:{sink.port}", "EMAIL_TIMEOUT": "5", "MAIL_ARCHIVE": "archief@example.org"}
        with running_mail_site(
            request.param, tmp_path_factory.mktemp("mail"), django_db_blocker, **server, MAIL_LEDGER_URL=archive.url
        ) as with_ledger:
            without = with_ledger.with_environment(MAIL_LEDGER_URL="")
            try:
                yield {"ledger": with_ledger, "no ledger": without}, sink
            finally:
                without.close()


@pytest.fixture(params=["ledger", "no ledger"])
def scene(request, sites, archive):
    """A site with a few mails waiting, its mail server, and whether there is a ledger."""
    found, sink = sites
    site, has_ledger = found[request.param], request.param == "ledger"
    sink.forget()
    sink.archive = archive.add if has_ledger else None
    site.make_mails(MAILS)
    yield site, sink, has_ledger
    sink.release()
    site.stop()


def crash(site, sink, step: str, *, locked: bool = False) -> None:
    """Start a worker and kill it when the mail server is at a step; `locked` keeps it from writing anything from there on."""
    sink.hold(step)
    worker = site.start_worker()
    assert sink.reached[step].wait(PATIENCE), site.log
    if locked:
        site.lock()
        sink.release()
        if step == "TEXT":
            assert sink.reached["REPLIED"].wait(PATIENCE)
        time.sleep(0.5)  # the worker is waiting for the lock now
    site.kill(worker)
    if locked:
        site.unlock()
    sink.release()


def once(mails: dict) -> dict[str, int]:
    return dict.fromkeys(mails, 1)


@pytest.mark.parametrize("step", ["CONNECT", "MAIL", "RCPT", "DATA"])
def test_killed_before_the_text_was_handed_over_a_mail_goes_out_once(scene, step):
    site, sink, has_ledger = scene
    crash(site, sink, step, locked=step == "CONNECT")
    left = [state for state, *_ in site.mails().values()]
    claimed = left.count("sending")
    # At CONNECT nothing was claimed yet; but PostgreSQL still carries out what it was asked when whoever asked is dead.
    assert left.count("pending") == MAILS - claimed
    assert claimed == 1 or (claimed == 0 and step == "CONNECT")
    site.deliver_later()
    mails = site.mails()
    assert dict(sink.message_ids()) == once(mails)
    assert sorted(mails.values()) == [("sent", 1, False)] * (MAILS - claimed) + [("sent", 2, not has_ledger)] * claimed


@pytest.mark.parametrize("keeps", [True, False])
def test_killed_while_the_server_has_the_text_but_gave_no_answer(scene, keeps):
    site, sink, has_ledger = scene
    sink.keeps = keeps
    if not keeps:
        sink.replies["TEXT"] = sink.DROP
    crash(site, sink, "TEXT")
    sink.replies.clear()
    assert_all_arrived(site, sink, has_ledger, arrived=keeps)


def test_killed_between_the_answer_of_the_server_and_our_commit(scene):
    site, sink, has_ledger = scene
    crash(site, sink, "TEXT", locked=True)
    assert_all_arrived(site, sink, has_ledger, arrived=True)


def assert_all_arrived(site, sink, has_ledger: bool, *, arrived: bool) -> None:
    """With a ledger every mail arrives once. Without, the one that was being sent may come twice, and then it is marked."""
    [uncertain] = [message_id for message_id, (state, *_) in site.mails().items() if state == "sending"]
    assert sink.message_ids()[uncertain] == arrived
    site.deliver_later()
    mails = site.mails()
    again = not has_ledger or not arrived
    assert mails.pop(uncertain) == ("sent", 1 + again, not has_ledger)
    assert set(mails.values()) == {("sent", 1, False)}
    assert dict(sink.message_ids()) == once(mails) | {uncertain: arrived + again}


def test_a_worker_that_must_stop_finishes_the_mail_at_hand(scene):
    site, sink, _ = scene
    sink.hold("TEXT")
    worker = site.start_worker()
    assert sink.reached["TEXT"].wait(PATIENCE), site.log
    worker.terminate()
    time.sleep(0.3)
    sink.release()
    assert worker.wait(PATIENCE) == 0
    assert sorted(state for state, *_ in site.mails().values()) == ["pending", "pending", "sent"]
    assert sum(sink.message_ids().values()) == 1


def test_two_workers_that_are_killed_again_and_again_send_everything_once(sites, archive):
    found, sink = sites
    site, chance = found["ledger"], random.Random(4)
    sink.forget()
    sink.archive, sink.slow["TEXT"] = archive.add, 0.02
    site.make_mails(200)
    for _ in range(4):
        worker = site.start_worker()
        sink.reached["REPLIED"].clear()
        assert sink.reached["REPLIED"].wait(PATIENCE)
        time.sleep(chance.random() * 0.3)
        site.kill(worker)
    for _ in range(2):
        site.start_worker()
    crashed = sum(state == "sending" for state, *_ in site.mails().values())
    mails = site.wait_until_sent(200 - crashed)
    site.stop()
    site.deliver_later()
    assert dict(sink.message_ids()) == once(mails)
    assert {(state, double) for state, _, double in site.mails().values()} == {("sent", False)}
    assert "example.org" not in site.log
