import pytest
from hypothesis import HealthCheck, given, settings

from tests.vitaminetest.questionnaires import definitions
from tests.vitaminetest.samples import sample
from vitaminetest.drafts import definition_of, store
from vitaminetest.models import Questionnaire

pytestmark = pytest.mark.django_db


def make(definition=None) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(slug="proef")
    store(questionnaire, definition or sample())
    return questionnaire


def test_draft_is_what_was_stored(django_assert_num_queries):
    make()
    questionnaire = Questionnaire.objects.get()
    with django_assert_num_queries(10):
        assert definition_of(questionnaire) == sample()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definitions(), definitions())
def test_draft_is_every_questionnaire_that_is_stored_over_another(db, first, second):
    questionnaire, _ = Questionnaire.objects.get_or_create(slug="proef")
    store(questionnaire, first)
    assert definition_of(Questionnaire.objects.get(pk=questionnaire.pk)) == first
    store(questionnaire, second)
    assert definition_of(Questionnaire.objects.get(pk=questionnaire.pk)) == second


def test_a_part_that_keeps_its_key_keeps_its_row():
    questionnaire = make()
    before = {row.key: row.pk for row in questionnaire.outcomes.all()}
    store(questionnaire, sample())
    assert {row.key: row.pk for row in questionnaire.outcomes.all()} == before
