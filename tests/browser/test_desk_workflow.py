"""From writer to reader: submitted, sent back, submitted again, planned by the chief, published by the worker."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.desk import save_draft
from tests.browser.places import NOT_FOUND
from tests.browser.test_desk_publishing import reload_until

pytestmark = pytest.mark.browser
PASSWORD = "een-lang-wachtwoord"
MAKE_WRITER = f"""
from django.contrib.auth.models import Group, User
user = User.objects.create_user("schrijver", password="{PASSWORD}", is_staff=True, first_name="Wil", last_name="Schrijver")
user.groups.set(Group.objects.filter(name="Redacteur"))
"""
LET_TIME_PASS = """
from django.utils import timezone
from articles.models import ScheduledPublication
ScheduledPublication.objects.filter(article={pk}, state="waiting").update(due=timezone.now())
"""


@pytest.fixture(scope="session")
def writer_state(chromium, site):
    """The cookies of a writer, who may not publish."""
    site.manage("shell", "--verbosity", "0", "--command", MAKE_WRITER)
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/beheer/")
    page.get_by_label("Gebruikersnaam").fill("schrijver")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url("**/beheer/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def options(request) -> dict:
    return {"java_script_enabled": request.param, "reduced_motion": "reduce"}


def pass_time(site, draft) -> None:
    site.manage("shell", "--verbosity", "0", "--command", LET_TIME_PASS.format(pk=draft.pk))
    site.manage("worker", "--once")


def state(page):
    return page.locator(".desk-standing")


def test_writer_and_chief_bring_a_draft_to_readers(browse, desk, writer_state, draft, site, options):
    writer = browse(draft.form, storage_state=writer_state, **options)
    writer.locator("#id_sections-0-body").fill("De eerste zin, zonder bron.", force=True)
    writer.get_by_label("Notitie voor de eindredacteur").fill("Graag voor vrijdag.")
    writer.get_by_role("button", name="Insturen ter controle").click()
    expect(writer.get_by_text("bewaard en ingestuurd")).to_be_visible()
    expect(state(writer)).to_have_text("ter controle")

    chief = desk("/beheer/articles/article/", **options)
    chief.locator(".work").get_by_role("link", name=re.compile("ter controle")).click()
    chief.get_by_role("link", name=draft.title, exact=True).click()
    expect(chief.get_by_text("Graag voor vrijdag.")).to_be_visible()
    chief.get_by_role("button", name="Terugsturen").click()
    chief.get_by_label("Wat moet er nog gebeuren?").fill("Zet er een bron bij.")
    chief.get_by_role("button", name="Terugsturen").click()
    expect(chief.get_by_text("Het concept is teruggestuurd.")).to_be_visible()

    writer.goto(draft.form)
    expect(writer.get_by_text("Zet er een bron bij.")).to_be_visible()
    expect(state(writer)).to_have_text("concept")
    writer.locator("#id_sections-0-body").fill("De eerste zin, met een bron.[@nielsen2006]", force=True)
    writer.get_by_role("button", name="Insturen ter controle").click()
    expect(writer.get_by_text("bewaard en ingestuurd")).to_be_visible()

    chief.goto(draft.form)
    chief.get_by_role("button", name="Inplannen").click()
    moment = datetime.now().replace(second=0, microsecond=0) + timedelta(days=2)
    chief.get_by_label("Wanneer?").fill(f"{moment:%Y-%m-%dT%H:%M}")
    chief.get_by_role("button", name="Inplannen").click()
    expect(state(chief)).to_contain_text(f"gepland voor {moment.day} ")
    browse(draft.public, allow=NOT_FOUND)

    writer.goto(draft.form)
    writer.locator("#id_sections-0-body").fill("Nog niet af.", force=True)
    save_draft(writer)
    expect(writer.get_by_text("Het concept is niet meer gelijk aan de geplande tekst.")).to_be_visible()

    pass_time(site, draft)

    reader = browse(draft.public)
    reload_until(reader, reader.get_by_text("De eerste zin, met een bron."))
    assert draft.versions == [1]
    writer.reload()
    expect(state(writer)).to_have_text("gepubliceerd")
    expect(writer.locator("#id_sections-0-body")).to_have_value("Nog niet af.")
    writer.get_by_role("link", name="Geschiedenis").click()
    for step in ("Teruggestuurd", "Publicatie ingepland", "Versie 1 gepubliceerd"):
        expect(writer.locator(".steps").get_by_text(step, exact=True)).to_be_visible()


def test_auditor_has_the_answer_in_two_clicks_from_the_list(desk, draft, violations):
    page = desk(draft.form, reduced_motion="reduce")
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    page.goto(f"/beheer/articles/article/?q={draft.title.replace(' ', '+')}")

    page.get_by_role("row").filter(has=page.get_by_role("link", name=draft.title, exact=True)).get_by_role(
        "link", name="geschiedenis"
    ).click()
    page.get_by_role("button", name="Toon").click()  # the day of today stands there already

    answer = page.get_by_role("region", name="Wat stond er op …?")
    expect(answer.get_by_text("Goedgekeurd door redacteur")).to_be_visible()
    expect(answer.get_by_text("Eerste voordeel: zonder gezondheidsclaim")).to_be_visible()
    expect(answer.get_by_text("4 bronnen, met de zinnen die erop rusten")).to_be_visible()
    expect(answer.get_by_text("Een inleiding met een bron.")).to_be_visible()
    assert violations(page) == []


def test_review_and_plan_break_no_rule_of_axe(desk, browse, writer_state, draft, violations):
    writer = browse(draft.form, storage_state=writer_state, reduced_motion="reduce")
    writer.get_by_role("button", name="Insturen ter controle").click()
    expect(state(writer)).to_have_text("ter controle")
    assert violations(writer) == []
    chief = desk(draft.form.replace("change", "inplannen"), reduced_motion="reduce")
    chief.get_by_role("button", name="Inplannen").click()
    expect(chief.get_by_text("Dit veld is verplicht.")).to_be_visible()
    assert violations(chief) == []
    chief.get_by_label("Wanneer?").fill("2099-01-01T09:00")
    chief.get_by_role("button", name="Inplannen").click()
    expect(state(chief)).to_have_text("gepland voor 1 januari 2099, 09:00")
    assert violations(chief) == []
    chief.goto("/beheer/articles/article/")
    assert violations(chief) == []
    chief.goto(draft.form)
    chief.get_by_role("button", name="Planning annuleren").click()
    expect(chief.get_by_text("De planning is geannuleerd.")).to_be_visible()
