"""The site, a reader who opens its pages, an editor who is logged in, and the rules of accessibility."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk_questions import make_questions
from tests.browser.drafts import make_drafts
from tests.browser.running import running_site
from tests.browser.watching import Watch
from tests.conftest import require

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = "(options) => axe.run(document, options).then((result) => result.violations)"
SETTLED = """new Promise(requestAnimationFrame).then(() => Promise.race([
  Promise.all(document.getAnimations().map((moving) => moving.finished)),
  new Promise((done) => setTimeout(done, 500)),  // what moves with scrolling never ends
]))"""
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]  # what the other colour scheme can break
MOST_DRAFTS = 90
MOST_QUESTIONS = 40
PATIENCE = 20_000  # milliseconds; a page takes a fraction of a second, a busy machine takes its time


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory, first_site):
    """The site as `make run` serves it, with the seed's content. One for every process that runs tests."""
    with running_site(tmp_path_factory.mktemp("site"), first_site) as running:
        yield running


@pytest.fixture
def browse(chromium, site):
    """Open a page in a context of its own and return it; `page.watch` has its requests. A problem in any page fails the test.

    `allow`: parts of messages about problems that this test causes on purpose, in the page or in the server's log. Other options
    go to Playwright's new_context.
    """
    contexts, watches, said_before = [], [], len(site.log)

    def open_page(path: str, *, width: int = 1280, height: int = 800, allow: tuple[str, ...] = (), **options):
        options |= {"viewport": {"width": width, "height": height}, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
        context = chromium.new_context(base_url=site.url, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(Watch(site.url, allow))
        watches[-1].follow(context)
        page = context.new_page()
        page.watch = watches[-1]
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    allowed = [part for watch in watches for part in watch.allowed]
    said = [line for line in site.log[said_before:].splitlines() if not any(part in line for part in allowed)]
    assert ([problem for watch in watches for problem in watch.problems], said) == ([], [])


@pytest.fixture(scope="session")
def sign_in(chromium, site):
    """Sign a demo account in by the form, and return the cookies that it got."""

    def run(username: str):
        context = chromium.new_context(base_url=site.url)
        page = context.new_page()
        page.goto("/beheer/")
        page.get_by_label("Gebruikersnaam").fill(username)
        page.get_by_label("Wachtwoord").fill(site.passwords[username])
        page.get_by_role("button", name="Aanmelden").click()
        page.wait_for_url("**/beheer/")
        state = context.storage_state()
        context.close()
        return state

    return run


@pytest.fixture(scope="session")
def editor_state(sign_in):
    """The cookies of the demo editor, who logged in once by the form."""
    return sign_in("redacteur")


@pytest.fixture(scope="session")
def adviser_state(sign_in):
    return sign_in("adviseur")


@pytest.fixture
def desk(browse, editor_state):
    """Open a page as the demo editor; takes what `browse` takes."""
    return lambda path="/beheer/", **options: browse(path, storage_state=editor_state, **options)


@pytest.fixture
def advice_desk(browse, adviser_state):
    """Open a page as the demo adviser; takes what `browse` takes."""
    return lambda path="/beheer/advice/advicerequest/", **options: browse(path, storage_state=adviser_state, **options)


@pytest.fixture(scope="session")
def questions(site):
    return make_questions(site, MOST_QUESTIONS)


@pytest.fixture
def question(questions):
    """A question of a reader that nobody has answered, for this test alone."""
    return next(questions)


@pytest.fixture(scope="session")
def drafts(site):
    return make_drafts(site, MOST_DRAFTS)


@pytest.fixture
def draft(drafts):
    """An article that was never published, with three chapters and two benefits, for this test alone."""
    return next(drafts)


@pytest.fixture
def desk_form(desk, draft):
    """The form of that article, open before the demo editor."""
    return desk(draft.form, reduced_motion="reduce")


@pytest.fixture(scope="session")
def axe_script():
    require(AXE.exists(), "axe", "npm ci --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def violations(axe_script):
    """Return what axe finds in a page, one line per element: all its rules, WCAG and good practice alike, light and dark."""

    def run(page) -> list[str]:
        page.wait_for_load_state("load")
        page.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")  # what waits for that event
        page.evaluate(axe_script)
        found = page.evaluate(RUN_AXE, {"preload": False})
        is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        schemes = ("light", "dark") if is_dark else ("dark", "light")
        page.emulate_media(color_scheme=schemes[0], reduced_motion="reduce")
        page.evaluate(SETTLED)
        found += page.evaluate(RUN_AXE, {"preload": False, "runOnly": {"type": "rule", "values": RULES_OF_COLOUR}})
        page.emulate_media(color_scheme=schemes[1])
        return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]

    return run
