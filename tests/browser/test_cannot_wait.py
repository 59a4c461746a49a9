"""Forms that need the network say so on their page, and what was chosen there stays for later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.cold import Cold, in_the_cold, keep
from tests.browser.kept_phone import until
from tests.browser.portraits import choose_photo
from tests.proofs.phones import CHROMIUM
from webapp.clock import utc_now
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.person import Person

NO_ANSWER = "There is no network."
PRESS = """(words) => [...document.querySelectorAll("main form button")]
  .find(({ textContent }) => textContent.trim() === words).click()"""
TOLD = "document.querySelector('[data-no-answer]').textContent"
IS_TOLD = "async () => document.querySelector('[data-no-answer]')"
HAS_PHOTO = "document.querySelector('[name=photo]').files.length"


@pytest.fixture
def cold(tmp_path_factory: pytest.TempPathFactory, playwright: Playwright) -> Iterator[Cold]:
    """Give the app behind a line that can be cut."""
    with in_the_cold(tmp_path_factory.mktemp("cannot-wait"), playwright) as one:
        yield one
        one.put_away()


def opened(cold: Cold, person: int, path: str) -> Page:
    """Open a page on a phone that keeps what it can."""
    page = cold.phone(CHROMIUM, person).page
    page.goto("/today")
    keep(page)
    page.goto(path)
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    return page


def says_so(cold: Cold, page: Page, name: str) -> None:
    """Press a button with the line cut: the page stays, says why, and promises nothing."""
    where = page.url
    page.evaluate(PRESS, name)
    until(page, IS_TOLD)
    assert NO_ANSWER in page.evaluate(TOLD)
    assert page.evaluate("() => !document.querySelector('.kept-state')")
    assert page.url == where


def test_a_photo_stays_chosen_until_there_is_a_network(cold: Cold) -> None:
    page = opened(cold, cold.somebody("en").id, "/me/photo")
    choose_photo(page)
    cold.line.cut()
    says_so(cold, page, "Keep this photo")
    assert page.evaluate(HAS_PHOTO) == 1
    assert page.evaluate("document.querySelector('canvas').checkVisibility()")
    cold.line.mend()
    page.evaluate(PRESS, "Keep this photo")
    cold.line.until(lambda: cold.has_taken("/me/photo"), "the photo to come")


def test_support_is_taken_up_again_when_there_is_a_network(cold: Cold) -> None:
    whose = cold.somebody("en").id
    with cold.stage.database.transaction() as session:
        person = session.get_one(Person, whose)
        stop = Asked(f"stop-{whose}", "accompaniment.stop", {})
        changes.make(session, person, person, stop, utc_now())
    page = opened(cold, whose, "/me/support")
    cold.line.cut()
    says_so(cold, page, "Take it up again")
    cold.line.mend()
    page.evaluate(PRESS, "Take it up again")
    cold.line.until(lambda: cold.has_taken("/me/support/take-up"), "the form to come")
