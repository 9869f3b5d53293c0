"""The same site served by gunicorn's own worker and by ours."""

import pytest

from tests.browser.running import running_site, second_server

PAGE_WORKER = "magsite.page_worker.PageWorker"


@pytest.fixture(scope="session")
def plain(tmp_path_factory, first_site):
    """The site as the Procfile serves it."""
    with running_site(tmp_path_factory.mktemp("server"), first_site) as site:
        yield site


@pytest.fixture(scope="session")
def paged(plain):
    """The address of the same site, served by one process of the page worker."""
    with second_server(plain, WEB_WORKER_CLASS=PAGE_WORKER, WEB_CONCURRENCY="1") as url:
        yield url
