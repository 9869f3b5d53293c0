"""Planning: what was approved goes out at its moment, or says why it didn't."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from articles import publishing
from articles.checks.acceptance import digest_of
from articles.drafts import source_of, store_source
from articles.models import Article, Generation, Publication, ScheduledPublication, Submission
from articles.publishing import PublishRefused, accept_finding, examine, publish, withdraw
from articles.rendering.source import BenefitSource, SectionSource
from articles.reviewing import submit
from articles.scheduling import ScheduleRefused, cancel, reschedule, run_due, schedule, schedule_withdrawal
from articles.standing import standing
from references.models import Reference
from tests.articles.test_reviewing import log
from tests.factories import make_article, make_reference, make_source

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1)
LATER = SOON + timedelta(hours=1)


def write(text: str, slug: str = "water", **fields) -> Article:
    return store_source(make_source(slug=slug, sections=(SectionSource("Wat is water?", "wat-is-water", text),), **fields))


def states() -> list[tuple[str, str]]:
    return list(ScheduledPublication.objects.order_by("pk").values_list("kind", "state"))


def state_of(article: Article):
    return standing(Article.objects.get(pk=article.pk))


def test_what_was_approved_goes_out_and_not_what_was_written_since(chief, client):
    article = write("Goedgekeurd.")
    row = schedule(article, due=SOON, by=chief, reason="Op tijd")
    write("Nog niet af.")
    assert run_due(SOON - timedelta(seconds=1)) == 0
    assert not Publication.objects.exists()

    assert run_due(SOON) == 1

    publication = Publication.objects.get()
    assert ("Goedgekeurd." in publication.source, publication.published_by, publication.reason) == (True, chief, "Op tijd")
    assert source_of(article).sections[0].body == "Nog niet af."
    row.refresh_from_db()
    assert (row.state, row.publication) == ("done", publication)
    assert b"Goedgekeurd." in client.get("/artikelen/water/").content
    assert run_due(LATER) == 0


def test_planning_answers_the_submission_and_a_newer_one_stays(writer, chief):
    article = write("Een.")
    submit(article, by=writer)
    schedule(article, due=SOON, by=chief)
    assert not Submission.objects.exists()

    write("Twee.")
    submit(article, by=writer)
    assert state_of(article).label.endswith("· nieuwe versie ter controle")
    run_due(SOON)

    assert state_of(article).label == "gepubliceerd · nieuwe versie ter controle"


def test_labels_say_what_is_on_its_way(chief):
    article = write("Een.")
    schedule(article, due=SOON, by=chief)
    assert state_of(article).label.startswith("gepland voor ")
    run_due(SOON)
    write("Twee.")
    schedule(article, due=SOON, by=chief)
    schedule_withdrawal(article, due=LATER, by=chief)

    label = state_of(article).label
    assert label.startswith("gepubliceerd · nieuwe versie gepland voor ")
    assert " · intrekken gepland voor " in label


def test_accepted_warning_stays_accepted_in_the_planned_text(chief):
    article = make_article(sections=(SectionSource("Leeg", "leeg"),))
    source, _, findings = examine(article)
    digest = digest_of(findings[0], source)
    accept_finding(article, digest=digest, reason="Komt nog.", by=chief)

    schedule(article, due=SOON, by=chief)
    run_due(SOON)

    assert [(finding["code"], finding["accepted"]) for finding in Publication.objects.get().findings] == [
        ("empty-section", "Komt nog.")
    ]


def test_errors_block_planning(chief):
    with pytest.raises(PublishRefused):
        schedule(write("Zin.[@weg]"), due=SOON, by=chief)
    assert states() == []


def test_what_was_not_looked_at_is_not_planned(chief):
    with pytest.raises(ScheduleRefused, match="intussen veranderd"):
        schedule(write("Zin."), due=SOON, by=chief, expected_digest="van iets anders")


def test_text_that_a_file_cannot_hold_is_not_planned(chief):
    section = SectionSource("Voordelen", "voordelen", "Zin.\n\n### Tussenkop\n\nZin.", shows_benefits=True)
    article = make_article(sections=(section,), benefits=(BenefitSource("Goed", "goed", "Zin."),))

    with pytest.raises(ScheduleRefused, match="tussenkop"):
        schedule(article, due=SOON, by=chief)


def test_past_is_refused(chief):
    article = write("Zin.")
    past = timezone.now() - timedelta(minutes=1)

    for plan in (schedule, schedule_withdrawal):
        with pytest.raises(ScheduleRefused, match="voorbij"):
            plan(article, due=past, by=chief)
    with pytest.raises(ScheduleRefused, match="voorbij"):
        reschedule(schedule(article, due=SOON, by=chief), due=past, by=chief)


def test_source_that_was_retracted_since_fails_the_plan_and_changes_nothing(chief):
    make_reference("jansen2020")
    article = write("Zin.[@jansen2020]")
    schedule(article, due=SOON, by=chief)
    Reference.objects.update(is_retracted=True)
    before = Generation.current()

    assert run_due(SOON) == 0

    row = ScheduledPublication.objects.get()
    assert (row.state, "is teruggetrokken" in row.failure) == ("failed", True)
    assert (Publication.objects.count(), Generation.current(), state_of(article).failed) == (0, before, True)
    assert [entry[:2] for entry in log(article)] == [("scheduled", "eindredacteur"), ("failed", "")]
    assert run_due(LATER) == 0

    Reference.objects.update(is_retracted=False)
    reschedule(row, due=LATER, by=chief)
    assert run_due(LATER) == 1
    assert not state_of(article).failed


def test_address_that_was_taken_since_fails_the_plan(chief):
    article = write("Zin.")
    schedule(article, due=SOON, by=chief)
    Article.objects.filter(pk=article.pk).update(slug="elders")
    publish(write("Ander artikel.", title="Ander"), by=chief)

    run_due(SOON)

    assert "Op het adres ‘water’ staat nog ‘Ander’." in ScheduledPublication.objects.get().failure


@pytest.mark.parametrize(("lost", "says"), [("active", "niet meer inloggen"), ("role", "niet meer publiceren")])
def test_who_may_no_longer_publish_plans_nothing_any_more(chief, lost, says):
    schedule(write("Zin."), due=SOON, by=chief)
    if lost == "active":
        type(chief).objects.update(is_active=False)
    else:
        chief.groups.clear()

    run_due(SOON)

    assert says in ScheduledPublication.objects.get().failure
    assert not Publication.objects.exists()


def test_overdue_plans_are_caught_up_in_order_and_one_failure_stops_none(chief):
    publish(write("Live.", "derde"), by=chief)
    schedule(write("Tweede.", "tweede"), due=LATER, by=chief)
    make_reference("weg")
    schedule(write("Fout.[@weg]", "fout"), due=SOON, by=chief)
    Reference.objects.update(is_retracted=True)
    schedule(write("Eerste.", "eerste"), due=SOON, by=chief)
    schedule_withdrawal(Article.objects.get(slug="derde"), due=LATER, by=chief)

    assert run_due(LATER + timedelta(days=9)) == 3

    assert list(Publication.objects.order_by("published_at").values_list("slug", flat=True)) == ["derde", "eerste", "tweede"]
    assert states() == [("publish", "done"), ("publish", "failed"), ("publish", "done"), ("withdraw", "done")]
    assert Article.objects.get(slug="derde").status == "withdrawn"


def test_unexpected_trouble_fails_the_plan_and_is_logged(chief, monkeypatch, caplog):
    schedule(write("Zin."), due=SOON, by=chief)
    schedule(write("Zin.", "ander"), due=LATER, by=chief)
    real = publishing.publish

    def break_once(article, **kwargs):
        monkeypatch.setattr(publishing, "publish", real)
        raise ZeroDivisionError("oeps")

    monkeypatch.setattr(publishing, "publish", break_once)

    assert run_due(LATER) == 1
    assert states() == [("publish", "failed"), ("publish", "done")]
    assert "oeps" in caplog.text
    assert "oeps" not in ScheduledPublication.objects.first().failure


def test_busy_database_leaves_the_plan_for_the_next_round(chief, monkeypatch, caplog):
    schedule(write("Zin."), due=SOON, by=chief)

    def lock(article, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "publish", lock)
        assert run_due(SOON) == 0
    assert (states(), "has to wait" in caplog.text) == ([("publish", "waiting")], True)
    assert run_due(SOON) == 1


def test_crash_halfway_leaves_the_plan_waiting_and_readers_what_they_had(chief, monkeypatch):
    schedule(write("Zin."), due=SOON, by=chief)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing.Generation, "raise_it", die)
        with pytest.raises(KeyboardInterrupt):
            run_due(SOON)
    assert (states(), Publication.objects.count()) == ([("publish", "waiting")], 0)
    assert run_due(SOON) == 1


def test_publishing_by_hand_calls_off_what_was_planned(chief):
    article = write("Oud.")
    schedule(article, due=SOON, by=chief)
    write("Nieuw.")
    publish(article, by=chief)

    assert (states(), run_due(SOON)) == ([("publish", "cancelled")], 0)
    assert log(article)[-1] == ("cancelled", "eindredacteur", "Er is een andere versie gepubliceerd.")


def test_withdrawing_by_hand_calls_off_everything_and_a_planned_one_nothing(chief):
    article = write("Live.")
    publish(article, by=chief)
    write("Nieuw.")
    schedule(article, due=LATER, by=chief)
    schedule_withdrawal(article, due=SOON, by=chief, reason="Actie voorbij")

    run_due(SOON)
    assert states() == [("publish", "waiting"), ("withdraw", "done")]
    assert log(article)[-1] == ("withdrawn", "eindredacteur", "Actie voorbij")
    run_due(LATER)
    assert Article.objects.get().live.number == 2

    write("Nog nieuwer.")
    schedule(article, due=LATER, by=chief)
    withdraw(article, by=chief)
    assert states()[-1] == ("publish", "cancelled")


def test_planning_again_takes_the_place_of_the_first_and_moving_keeps_the_text(chief):
    article = write("Een.")
    schedule(article, due=SOON, by=chief)
    write("Twee.")
    row = schedule(article, due=SOON, by=chief)
    write("Drie.")
    reschedule(row, due=LATER, by=chief)

    assert states() == [("publish", "cancelled"), ("publish", "waiting")]
    assert (run_due(SOON), run_due(LATER)) == (0, 1)
    assert "Twee." in Publication.objects.get().source


def test_database_holds_one_open_plan_per_kind(chief):
    row = schedule(write("Zin."), due=SOON, by=chief)
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_cancelled_plan_is_over(chief):
    row = schedule(write("Zin."), due=SOON, by=chief)
    cancel(row, by=chief)

    assert (states(), run_due(SOON)) == ([("publish", "cancelled")], 0)
    for again in (lambda: cancel(row, by=chief), lambda: reschedule(row, due=LATER, by=chief)):
        with pytest.raises(ScheduleRefused, match="al uitgevoerd of geannuleerd"):
            again()


@pytest.mark.parametrize("role", ["writer", "adviser"])
def test_only_who_may_publish_may_plan(request, chief, role):
    user = request.getfixturevalue(role)
    article = write("Zin.")
    row = schedule(article, due=SOON, by=chief)

    for step in (
        lambda: schedule(article, due=SOON, by=user),
        lambda: schedule_withdrawal(article, due=SOON, by=user),
        lambda: reschedule(row, due=LATER, by=user),
        lambda: cancel(row, by=user),
    ):
        with pytest.raises(PermissionDenied, match="niet publiceren"):
            step()
    assert states() == [("publish", "waiting")]
