"""Signing out where something waits; and a session that ends while something waits."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import sending
from tests.browser.phone import Phone, opened
from tests.browser.stage import Stage
from webapp.models.person import Language, Person, Theme

CHOSEN = {
    "address": "/me/theme",
    "fields": [["value", "dark"]],
    "subject": "setting-theme",
}


@pytest.fixture
def held(stage: Stage, browser: Browser) -> Iterator[Phone]:
    """Give a phone in the hand of somebody new; what fails on it fails as it should."""
    phone = opened(browser, stage, stage.newcomer(Language.EN), language="en")
    yield phone
    phone.close()


def owner(page: Page) -> int:
    """Read whose phone it is."""
    return int(page.locator("html").get_attribute("data-person") or 0)


def theme(stage: Stage, person: int) -> Theme:
    """Look up what the server knows of somebody's colours."""
    with stage.database.session(reading=True) as session:
        return session.get_one(Person, person).theme


def ask_to_sign_out(page: Page) -> None:
    page.locator("form.ask-first button").click()


def come_with_something(page: Page) -> int:
    """Come to the question with one thing that waits, and no network."""
    page.goto("/sign-in/out")
    sending.cut(page)
    sending.keep(page, {**sending.item("Colours", "Dark"), **CHOSEN})
    return owner(page)


def test_nobody_is_signed_out_before_all_is_sent(stage: Stage, held: Phone) -> None:
    page = held.page
    person = come_with_something(page)
    page.evaluate("() => localStorage.setItem('task-1', 'step-2')")
    ask_to_sign_out(page)
    expect(page.locator("sign-out-check")).to_contain_text(
        "1 thing is not sent yet.", use_inner_text=True
    )
    expect(page.locator("sign-out-check")).to_contain_text(
        "You are not signed out.", use_inner_text=True
    )
    assert sending.left(page, person) == [1, 0]
    page.evaluate("() => { globalThis.fetch = globalThis.uncut; }")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/sign-in")
    assert theme(stage, person) is Theme.DARK
    assert sending.left(page, person) == [0, 0]
    assert page.evaluate("() => localStorage.length") == 0
    assert page.goto("/today") and page.url.endswith("/sign-in")


def test_with_nothing_left_the_browser_may_forget_all(held: Phone) -> None:
    page = held.page
    page.goto("/sign-in/out")
    with page.expect_request(lambda asked: asked.method == "POST") as asked:
        ask_to_sign_out(page)
    assert "nothing_waits" in parse_qs(asked.value.post_data or "")
    page.wait_for_url("**/sign-in")
    expect(page.locator(".notice")).to_contain_text("You are signed out.", use_inner_text=True)


SLEEPS = """() => {
  const { now } = Date;
  const { fetch } = globalThis;
  globalThis.fetch = async (...wanted) => {
    const answer = await fetch(...wanted);
    Date.now = () => now() + 5 * 60_000;
    return answer;
  };
}"""
"""A phone that sleeps for five minutes with the first answer in its hand."""


def test_who_slept_meanwhile_asks_again_before_anything_goes(held: Phone) -> None:
    page = held.page
    page.goto("/sign-in/out", wait_until="networkidle")
    page.evaluate(SLEEPS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    ask_to_sign_out(page)
    page.wait_for_url("**/sign-in")
    asked_for = [path for path in asked if path in ("/outbox", "/sign-in/out")]
    assert asked_for == ["/outbox", "/outbox", "/sign-in/out"]


def test_without_a_network_nobody_is_signed_out(held: Phone) -> None:
    page = held.page
    page.goto("/sign-in/out")
    sending.cut(page)
    ask_to_sign_out(page)
    expect(page.locator("sign-out-check")).to_contain_text(
        "You need a network to sign out.", use_inner_text=True
    )
    page.goto("/today")
    assert page.url.endswith("/today")


def test_what_could_not_be_done_is_looked_at_first(held: Phone) -> None:
    page = held.page
    page.goto("/sign-in/out")
    refused = {"kind": "refused", "words": "This is not there any more."}
    sending.keep(page, sending.item("Sweep", "Done", refused))
    ask_to_sign_out(page)
    expect(page.locator("sign-out-check")).to_contain_text(
        "1 thing could not be done.", use_inner_text=True
    )
    assert sending.left(page, owner(page)) == [1, 0]
    page.locator("sign-out-check a[href='/me/sending']:visible").click()
    expect(page.locator("waiting-list")).to_contain_text(
        "This is not there any more.", use_inner_text=True
    )


def test_another_person_neither_sees_nor_sends_nor_wipes_it(stage: Stage, held: Phone) -> None:
    page = held.page
    first = come_with_something(page)
    second = stage.newcomer(Language.EN)
    become(stage, held, second)
    page.goto("/me/sending")
    expect(page.locator("waiting-list")).to_contain_text("Nothing waits.", use_inner_text=True)
    page.goto("/sign-in/out")
    with page.expect_request(lambda asked: asked.method == "POST") as asked:
        ask_to_sign_out(page)
    assert "nothing_waits" not in parse_qs(asked.value.post_data or "")
    page.wait_for_url("**/sign-in")
    assert sending.left(page, first) == [1, 0]
    assert (theme(stage, first), theme(stage, second)) == (Theme.SYSTEM, Theme.SYSTEM)


def test_who_signs_in_again_goes_on(stage: Stage, held: Phone) -> None:
    page = held.page
    person = come_with_something(page)
    assert held.cookie
    stage.sign_off(held.cookie)
    sending.mend(page)
    page.goto("/me/sending")
    assert page.url.endswith("/sign-in")
    assert sending.left(page, person) == [1, 0]
    become(stage, held, person)
    page.goto("/today")
    page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    expect(page.locator("network-line")).to_have_attribute("data-state", "")
    assert theme(stage, person) is Theme.DARK
    assert sending.left(page, person) == [0, 1]


def become(stage: Stage, held: Phone, person: int) -> None:
    """Sign somebody in on the phone as it is, with all that it keeps."""
    cookie = {"name": "session", "value": stage.cookie(person), "url": stage.url}
    held.context.clear_cookies()
    held.context.add_cookies([cookie])  # type: ignore[list-item]
