"""A site of its own for the questionnaire: a small one with every kind of question, at the address of the Vitaminetest."""

import pytest

from tests.browser.running import running_site

PUBLISH = """
from tests.vitaminetest.samples import sample
from vitaminetest.models import Questionnaire
from vitaminetest.publishing import publish
publish(Questionnaire.objects.get_or_create(slug="vitaminetest")[0], sample(), by=None)
"""


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory, first_site):
    """Stands in for the site of the other browser tests."""
    with running_site(tmp_path_factory.mktemp("test-site"), first_site) as running:
        running.manage("shell", "-v0", "-c", PUBLISH)
        yield running


@pytest.fixture
def open_test(browse):
    """Open the start page, as `browse` does, and wait until the script is there if there is one."""

    def run(**options):
        page = browse("/vitaminetest/", reduced_motion="reduce", **options)
        if options.get("java_script_enabled", True):
            page.wait_for_function("history.state?.step === 0")
        return page

    return run
