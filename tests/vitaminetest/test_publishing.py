import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from articles.models import Generation
from tests.factories import make_reference
from tests.vitaminetest.samples import sample
from vitaminetest.models import Questionnaire
from vitaminetest.published import begun_test, live_test
from vitaminetest.publishing import publish


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
