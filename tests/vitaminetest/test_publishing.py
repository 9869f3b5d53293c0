from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from articles.models import Generation
from tests.factories import make_reference
from tests.vitaminetest.samples import sample
from vitaminetest.drafts import definition_of, digest_of, store
from vitaminetest.models import Questionnaire, Version
from vitaminetest.published import begun_test, live_test
from vitaminetest.publishing import DraftChanged, PublishRefused, publish, publish_draft, replace_draft, restore, withdraw


@pytest.fixture
def questionnaire(db):
    make_reference("grober2015")
    return Questionnaire.objects.create(slug="proef")


def test_what_was_published_is_what_readers_get(questionnaire):
    before = Generation.current()
    version = publish(questionnaire, sample(), by=None)
    test = live_test("proef")
    assert (test.definition, test.number, test.published_at) == (sample(), 1, version.published_at)
    assert Generation.current() == before + 1
    noten = test.outcome_text("noten")
    assert 'href="#ref-t2-grober2015"' in noten.html or "doc-noteref" in noten.html
    assert noten.plain.startswith("Noten zijn een bron van magnesium.[1] Lees waar het in zit")
    assert [source.key for source in noten.sources] == ["grober2015"]


def test_the_same_again_makes_no_version(questionnaire):
    assert publish(questionnaire, sample(), by=None) == publish(questionnaire, sample(), by=None)
    assert questionnaire.versions.count() == 1


def test_who_began_with_a_version_ends_with_it(questionnaire):
    publish(questionnaire, sample(), by=None)
    Questionnaire.objects.get().versions.get()
    assert begun_test("proef", 1).definition == sample()
    assert begun_test("proef", 2) is None
    assert live_test("een-andere") is None


def test_a_version_refuses_to_change(questionnaire):
    version = publish(questionnaire, sample(), by=None)
    version.reason = "toch anders"
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        version.save()


def test_a_writer_may_not_publish(questionnaire, writer):
    with pytest.raises(PermissionDenied, match="niet publiceren"):
        publish(questionnaire, sample(), by=writer)


@pytest.fixture
def draft(questionnaire):
    store(questionnaire, sample())
    return questionnaire


def broken():
    return replace(sample(), outcomes=(replace(sample().outcomes[0], body="Je hebt een tekort."), *sample().outcomes[1:]))


def test_a_draft_is_published_with_who_and_why(draft, chief):
    version = publish_draft(draft, by=chief, reason=" Nieuw. ", expected_digest=digest_of(sample()))
    assert (version.number, version.published_by, version.reason) == (1, chief, "Nieuw.")
    assert live_test("proef").definition == sample()


def test_a_draft_with_an_error_is_refused_and_one_with_a_warning_is_not(draft, chief):
    store(draft, broken())
    with pytest.raises(PublishRefused) as refused:
        publish_draft(draft, by=chief)
    assert [finding.code for finding in refused.value.findings] == ["diagnosis"]
    assert (draft.versions.count(), live_test("proef")) == (0, None)


def test_what_was_not_looked_at_is_not_published(draft, chief):
    with pytest.raises(DraftChanged, match="intussen veranderd"):
        publish_draft(draft, by=chief, expected_digest="een andere")
    assert draft.versions.count() == 0


def test_withdrawing_takes_the_test_away_and_keeps_its_versions(draft, chief):
    assert withdraw(draft, by=chief) is False
    publish_draft(draft, by=chief)
    before = Generation.current()
    assert withdraw(draft, by=chief) is True
    assert (live_test("proef"), begun_test("proef", 1), draft.versions.count()) == (None, None, 1)
    assert Generation.current() == before + 1
    assert publish_draft(draft, by=chief).number == 2


def test_an_old_version_becomes_the_draft_again(draft, chief, writer):
    publish_draft(draft, by=chief)
    store(draft, replace(sample(), title="Nieuw"))
    publish_draft(draft, by=chief)
    restore(draft, 1, by=writer)
    draft.refresh_from_db()
    assert (definition_of(draft), live_test("proef").definition.title) == (sample(), "Nieuw")
    with pytest.raises(Version.DoesNotExist):
        restore(draft, 9, by=writer)


def test_a_file_replaces_only_the_draft_that_was_looked_at(draft, writer):
    replace_draft(draft, broken(), by=writer, expected_digest=digest_of(sample()))
    assert definition_of(draft) == broken()
    with pytest.raises(DraftChanged):
        replace_draft(draft, sample(), by=writer, expected_digest=digest_of(sample()))
    assert definition_of(draft) == broken()


def test_who_may_not_write_or_publish_is_refused(draft, writer, adviser):
    publish_draft(draft, by=None)
    for verb in (publish_draft, withdraw):
        with pytest.raises(PermissionDenied, match="niet publiceren"):
            verb(draft, by=writer)
    with pytest.raises(PermissionDenied, match="niet veranderen"):
        restore(draft, 1, by=adviser)
    with pytest.raises(PermissionDenied, match="niet veranderen"):
        replace_draft(draft, sample(), by=adviser, expected_digest="")
