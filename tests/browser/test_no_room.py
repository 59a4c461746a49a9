"""A phone that cannot keep anything, and a browser that is asked to keep what there is."""

import pytest
from playwright.sync_api import expect

from tests.browser import sending
from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button
from tests.browser.stage import Stage
from webapp.models.person import Language, Person, Theme

PRIVATE = "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }"
FULL = """
IDBObjectStore.prototype.add = () => { throw new DOMException("no", "QuotaExceededError"); };
"""
COUNTED = """
navigator.storage.persisted = () => Promise.resolve(false);
navigator.storage.persist = () => {
  sessionStorage.setItem("asked", Number(sessionStorage.getItem("asked")) + 1);
  return Promise.resolve(true);
};
"""
REMEMBERS_NOTHING = """Object.defineProperty(globalThis, "sessionStorage", {
  get() { throw new DOMException("not here", "SecurityError"); },
});"""
ASKED = "() => Number(sessionStorage.getItem('asked'))"
WORDS = "This phone cannot keep your work now."


@pytest.mark.parametrize("cannot", [PRIVATE, FULL], ids=["private", "full"])
def test_it_is_said_once_and_nothing_is_pretended(
    stage: Stage, phone: OpenPhone, cannot: str
) -> None:
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en")
    page.add_init_script(cannot)
    page.goto("/me/theme")
    button(page, "Dark").click()
    page.wait_for_url("**/me")
    if cannot is FULL:
        expect(page.locator(".cannot-keep")).to_contain_text(WORDS, use_inner_text=True)
    with stage.database.session(reading=True) as session:
        assert session.get_one(Person, person).theme is Theme.DARK
    page.goto("/today")
    page.locator("network-line:defined").wait_for()
    expect(page.locator(".cannot-keep")).to_have_count(0)


def test_a_private_window_is_told_on_its_first_page(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.newcomer(Language.EN), language="en")
    page.add_init_script(PRIVATE)
    page.goto("/today")
    expect(page.locator(".cannot-keep")).to_contain_text(WORDS, use_inner_text=True)
    page.goto("/me/sending")
    expect(page.locator("waiting-list")).to_contain_text(
        "Your phone cannot show this now.", use_inner_text=True
    )


def test_the_browser_is_asked_once_after_the_first_thing_sent(
    stage: Stage, phone: OpenPhone
) -> None:
    page = phone(stage.newcomer(Language.EN), language="en")
    page.add_init_script(COUNTED)
    page.goto("/me/theme")
    sending.cut(page)
    assert page.evaluate(ASKED) == 0
    for colours in ("Dark", "Light"):
        button(page, colours).click()
        expect(page.locator(".kept-state")).to_contain_text(colours, use_inner_text=True)
        sending.mend(page)
        expect(page.locator(".kept-state")).to_have_attribute("data-state", "sent")
        button(page, "Change my answer").click()
        sending.cut(page)
    assert page.evaluate(ASKED) == 1


def test_a_tab_that_may_remember_nothing_keeps_all_the_same(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.newcomer(Language.EN), language="en", service_workers="allow")
    page.add_init_script(REMEMBERS_NOTHING)
    page.goto("/me/theme")
    sending.cut(page)
    button(page, "Dark").click()
    expect(page.locator(".kept-state")).to_contain_text("Kept on this phone", use_inner_text=True)


def test_who_signs_out_there_is_led_away(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.newcomer(Language.EN), language="en")
    page.add_init_script(REMEMBERS_NOTHING)
    page.goto("/sign-in/out")
    page.locator("form.ask-first button").click()
    page.wait_for_url("**/sign-in")
