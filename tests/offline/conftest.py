"""What the proofs of the outbox may ask for: pages of an origin that has only our scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.conftest import browser

__all__ = ["browser"]

ROOT = Path(__file__).parent.parent.parent
ORIGIN = "https://plan.example"
FOLDERS = {"js": ROOT / "webapp/static/js", "proof": Path(__file__).parent}
BLANK = "<!doctype html><html lang=en><title>Plan</title></html>"

OpenPage = Callable[[], Page]


def serve(route: Route) -> None:
    """Answer with one of our scripts, or with a page that is empty."""
    top, _, path = route.request.url.removeprefix(f"{ORIGIN}/").partition("/")
    if top not in FOLDERS:
        route.fulfill(body=BLANK, content_type="text/html")
        return
    content = (FOLDERS[top] / path).read_text(encoding="utf-8")
    route.fulfill(body=content, content_type="text/javascript")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Give one page for all tests of a file: what they keep there must not meet."""
    page = browser.new_page()
    page.route(f"{ORIGIN}/**", serve)
    page.goto(f"{ORIGIN}/")
    yield page
    page.close()


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Give a phone with nothing on it."""
    context = browser.new_context()
    context.route(f"{ORIGIN}/**", serve)
    yield context
    context.close()


@pytest.fixture
def open_page(profile: BrowserContext) -> OpenPage:
    """Give a function that opens another page on the phone."""

    def open_one() -> Page:
        page = profile.new_page()
        page.goto(f"{ORIGIN}/")
        return page

    return open_one
