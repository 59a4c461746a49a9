"""The app on the home screen: browsers may install it, and only ask when the person wants to."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from webapp.models.person import Language

WORDS = {
    "fr": ("Le mettre sur mon téléphone", "Mon rythme est maintenant sur votre téléphone."),
    "en": ("Put it on my phone", "My pace is on your phone now."),
}
OFFER = """outcome => {
  const event = new Event("beforeinstallprompt", {cancelable: true});
  event.prompt = () => { window.prompted = (window.prompted ?? 0) + 1; };
  event.userChoice = Promise.resolve({outcome});
  window.dispatchEvent(event);
  return event.defaultPrevented;
}"""
"""What a browser does when it could install the page that is open."""
INSTALLED = """() => {
  const match = window.matchMedia;
  window.matchMedia = (query) => match.call(window, query.includes("standalone") ? "all" : query);
}"""
"""Makes a page believe that it runs from the home screen."""


@pytest.fixture(params=LOCALES)
def language(request: pytest.FixtureRequest) -> str:
    """Give each language."""
    return str(request.param)


@pytest.fixture
def page(stage: Stage, phone: OpenPhone, language: str) -> Page:
    """Give a phone of somebody with a plan."""
    return phone(stage.homes[Language(language)].full, language=language)


def test_a_browser_finds_all_that_it_needs(page: Page) -> None:
    page.goto("/today")
    tools = page.context.new_cdp_session(page)
    manifest: dict[str, Any] = tools.send("Page.getAppManifest")
    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []
    wrong = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {each["errorId"] for each in wrong} <= {"in-incognito"}


def test_no_page_asks_by_itself(page: Page) -> None:
    page.goto("/today")
    page.locator("listen-button:defined").wait_for(state="attached")
    assert page.evaluate(OFFER, "accepted") is True
    assert page.evaluate("() => window.prompted") is None


def test_the_button_comes_with_the_browser_that_can_do_it(page: Page, language: str) -> None:
    name, said = WORDS[language]
    page.goto("/install?phone=android")
    page.locator("install-app:defined").wait_for(state="attached")
    button = page.get_by_role("button", name=name)
    expect(button).to_be_hidden()
    page.evaluate(OFFER, "accepted")
    button.tap()
    expect(page.get_by_text(said)).to_be_visible()
    expect(button).to_be_hidden()
    expect(page.locator(".pictured-step").first).to_be_hidden()
    assert page.evaluate("() => window.prompted") == 1


def test_who_says_no_to_the_browser_still_sees_the_steps(page: Page, language: str) -> None:
    page.goto("/install?phone=android")
    page.locator("install-app:defined").wait_for(state="attached")
    page.evaluate(OFFER, "dismissed")
    page.get_by_role("button", name=WORDS[language][0]).tap()
    expect(page.get_by_role("button", name=WORDS[language][0])).to_be_hidden()
    expect(page.locator(".pictured-step").first).to_be_visible()


def test_on_the_home_screen_there_is_nothing_left_to_do(page: Page) -> None:
    page.add_init_script(f"({INSTALLED})()")
    page.goto("/install?phone=iphone")
    expect(page.locator("[data-when=installed]")).to_be_visible()
    expect(page.locator(".pictured-step").first).to_be_hidden()
