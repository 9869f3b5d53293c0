"""Take the pictures of the documentation from the running site: `make run` in one terminal, `make screenshots` in another."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parent
VAR = Path(os.environ.get("VAR_DIR", DOCS.parent / "var"))
SITE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
ARTICLE = "/artikelen/waar-is-magnesium-goed-voor/"


def password(account: str) -> str:
    """Return the generated password of a demo account."""
    lines = (VAR / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)[account]


def save(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    page.screenshot(path=DOCS / "images" / f"{name}.png")
    print(f"docs/images/{name}.png")


def take_article(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(f"{SITE}{ARTICLE}", wait_until="networkidle")
    link = page.locator("#cite-nielsen2006-1")
    link.scroll_into_view_if_needed()
    page.mouse.wheel(0, 260)
    link.click()
    save(page, "article")


def sign_in(browser: Browser, account: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(f"{SITE}/beheer/")
    page.fill("#id_username", account)
    page.fill("#id_password", password(account))
    page.click("[type=submit]")
    return page


def take_desk(browser: Browser) -> None:
    page = sign_in(browser, "redacteur")
    page.goto(f"{SITE}/beheer/articles/article/")
    page.click("#result_list tbody th a")
    page.wait_for_load_state("networkidle")
    page.locator("#id_intro").click()
    page.locator("[data-markdown-preview]").first.wait_for(state="visible")
    save(page, "desk")


def take_advice(browser: Browser) -> None:
    """Take the first question that the demo adviser claimed; without one the picture stays as it was."""
    page = sign_in(browser, "adviseur")
    page.goto(f"{SITE}/beheer/advice/advicerequest/?lijst=van-mij")
    if not page.locator(".queue th a").count():
        print("docs/images/advice.png: claim a question first")
        return
    page.locator(".queue th a").first.click()
    page.locator("[data-markdown-preview]").wait_for(state="visible" if page.locator("#id_body").input_value() else "hidden")
    save(page, "advice")


def main() -> None:
    (DOCS / "images").mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        take_article(browser)
        take_desk(browser)
        take_advice(browser)
        browser.close()


if __name__ == "__main__":
    main()
