import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from references.models import Reference
from references.transfer import import_records
from tests.references.conftest import RECORDS

pytestmark = pytest.mark.browser


@pytest.fixture
def page(live_server, client, chromium):
    """A browser tab of a logged-in administrator that notes every error in the console."""
    client.force_login(get_user_model().objects.create_superuser("beheer", "beheer@example.org", "geheim"))
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    tab = context.new_page()
    tab.errors = []
    tab.on("console", lambda message: tab.errors.append(message.text) if message.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    yield tab
    context.close()


def test_the_line_changes_while_an_editor_types(page, live_server):
    import_records(RECORDS)
    source = Reference.objects.get(key="zhang2017")
    page.goto(live_server.url + reverse("admin:references_reference_change", args=[source.pk]))
    line = page.locator("[data-reference-preview]")
    assert line.inner_text().endswith("Nutrients, 9(9), 946. https://doi.org/10.3390/nu9090946")
    page.locator("#id_volume").fill("10")
    page.locator("#id_author_lines").fill("van der Berg, J.")
    line.filter(has_text="van der Berg, J. (2017). Can magnesium enhance exercise performance? Nutrients, 10(9), 946.").wait_for(
        timeout=5_000
    )
    assert page.errors == []
    source.refresh_from_db()
    assert source.volume == "9"
