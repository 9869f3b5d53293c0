"""A published questionnaire at the address of the Vitaminetest."""

import pytest

from tests.factories import make_reference
from tests.vitaminetest.samples import sample
from vitaminetest.models import Questionnaire
from vitaminetest.published import live_test
from vitaminetest.publishing import publish


@pytest.fixture
def test_questionnaire(db):
    make_reference("grober2015")
    return Questionnaire.objects.create(slug="vitaminetest")


@pytest.fixture
def live(test_questionnaire):
    """The sample as readers do it."""
    publish(test_questionnaire, sample(), by=None)
    return live_test("vitaminetest")
