import pytest

from tests.factories import make_reference
from tests.vitaminetest.samples import sample
from vitaminetest.drafts import store
from vitaminetest.models import Questionnaire


@pytest.fixture
def questionnaire(db):
    make_reference("grober2015")
    questionnaire = Questionnaire.objects.create(slug="proef")
    store(questionnaire, sample())
    return questionnaire
