"""The app with a keyboard alone: everything is reached, and what has the focus is seen whole."""

import re
from collections.abc import Callable
from zlib import crc32

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import OpenPhone, Visit
from tests.browser.looks import SMALLEST, TEXT_SIZES, Look, put_on, told
from tests.browser.phone import LOCALES
from tests.browser.scenes import SCENES, Scene
from tests.browser.stage import Stage
from tests.browser.words import FIRST_TASK, WORDS
from webapp.models.person import Language

NAMES = [scene.name.replace(" ", "-") for scene in SCENES]
MOST_TABS = 60


@pytest.mark.parametrize("scene", SCENES, ids=NAMES)
def test_the_keyboard_reaches_everything_and_is_always_seen(visit: Visit, scene: Scene) -> None:
    language = "en" if crc32(scene.name.encode()) % 2 else "fr"
    page = visit(scene, language).page
    faults = []
    for text_size in TEXT_SIZES:
        put_on(page, Look(language, SMALLEST, text_size, "light"))
        faults += [f"{text_size} px: {fault}" for fault in checks.keyboard(page)]
    assert not faults, told(faults)


def _tab_to(page: Page, words: str) -> Callable[[str], None]:
    """Press Tab until these words have the focus; return what presses keys there."""
    for _stop in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert checks.focus(page) == []
        if page.evaluate("() => document.activeElement.innerText.trim()") == words:
            return page.keyboard.press
    raise AssertionError(f"no Tab leads to {words!r}")


@pytest.mark.parametrize("language", LOCALES)
def test_a_day_with_the_keyboard_alone(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    link, _code = stage.card(stage.newcomer(Language(language)))
    page = phone(language=language)
    page.goto(link)
    _tab_to(page, words.its_me)("Enter")
    expect(page).to_have_url(re.compile("/today$"))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first stop leads past the bars
    expect(page.locator("main")).to_be_focused()

    _tab_to(page, FIRST_TASK[language])("Enter")
    expect(page.locator(".task-steps[data-at=task]")).to_be_visible()
    _tab_to(page, words.start)("Enter")
    for number in (1, 2, 3):
        expect(page.locator(".task-steps-step:visible")).to_contain_text(
            words.step.format(number, 3)
        )
        _tab_to(page, words.step_done)("Space")
    expect(page.locator("#finish")).to_be_visible()
    _tab_to(page, words.done)("Space")
    expect(page).to_have_url(re.compile("/today$"))
    _tab_to(page, words.undo)("Space")
    expect(page.locator(".now-card-title")).to_have_text(FIRST_TASK[language])
