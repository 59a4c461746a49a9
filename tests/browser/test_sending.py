"""The quiet line and the page of what waits: how many, where they are, and what can be done."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sending
from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button
from tests.browser.stage import Stage
from webapp.models.person import Language, Person, Theme

LINE = {
    "fr": ("1 chose attend.", "3 choses attendent."),
    "en": ("1 thing waits.", "3 things wait."),
}
NO_NETWORK = {"fr": "Pas de réseau", "en": "No network"}
DAY_AND_HOUR = 25 * 60 * 60 * 1000
LATER = "hours => { const now = Date.now; Date.now = () => now() + hours; }"
HEARD = "() => new BroadcastChannel('outbox').postMessage({ changed: true })"
LYING = "Object.defineProperty(navigator, 'onLine', { get: () => false })"


def words_of_the_line(page: Page) -> str:
    """Read what the line says now."""
    return " ".join(page.locator("network-line").inner_text().split())


def tops(page: Page) -> list[float]:
    """Measure where the heading, the card and the main action begin."""
    places = (page.locator(each).first for each in ("h1", ".now-card", ".main-action"))
    return [box["y"] for place in places if (box := place.bounding_box())]


def theme(stage: Stage, person: int) -> Theme:
    """Look up what the server knows of somebody's colours."""
    with stage.database.session(reading=True) as session:
        return session.get_one(Person, person).theme


@pytest.mark.parametrize("language", LINE)
def test_the_line_counts_and_nothing_moves(stage: Stage, phone: OpenPhone, language: str) -> None:
    page = phone(stage.newcomer(Language(language)), language=language)
    page.goto("/today")
    page.locator("network-line:defined").wait_for()
    before, (one, many) = tops(page), LINE[language]
    assert words_of_the_line(page) == ""
    sending.cut(page)
    assert words_of_the_line(page) == NO_NETWORK[language]
    sending.keep(page, sending.item("A", "B"))
    expect(page.locator("network-line")).to_contain_text(one, use_inner_text=True)
    sending.keep(page, sending.item("C", "D"), sending.item("E", "F"))
    expect(page.locator("network-line")).to_contain_text(many, use_inner_text=True)
    assert tops(page) == before


def test_a_browser_that_says_it_is_offline_is_not_believed(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.newcomer(Language.EN), language="en")
    page.add_init_script(LYING)
    with page.expect_response("**/outbox"):
        page.goto("/today")
    page.locator("network-line[data-state='']").wait_for(state="attached")
    assert words_of_the_line(page) == ""


def test_what_waits_for_more_than_a_day_leads_to_help(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.newcomer(Language.EN), language="en")
    page.goto("/me/sending")
    sending.cut(page)
    sending.keep(page, sending.item("Sweep", "Done"))
    page.evaluate(LATER, DAY_AND_HOUR)
    page.evaluate(HEARD)
    expect(page.locator("network-line")).to_contain_text(
        "1 thing waits for more than a day.", use_inner_text=True
    )
    late = page.locator(".waiting-list-late")
    expect(late).to_contain_text("Your coach cannot see it yet.", use_inner_text=True)
    expect(late.get_by_role("link", name="Help")).to_have_attribute("href", "/help")


def test_colours_are_worn_at_once_kept_and_sent(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en")
    page.goto("/me/theme")
    sending.cut(page)
    button(page, "Dark").click()
    expect(page.locator(".kept-state")).to_contain_text("Kept on this phone", use_inner_text=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert theme(stage, person) is Theme.SYSTEM
    sending.mend(page)
    expect(page.locator(".kept-state")).to_have_attribute("data-state", "sent")
    assert theme(stage, person) is Theme.DARK
    page.goto("/me/sending")
    expect(page.locator("waiting-list")).to_contain_text("Sent today", use_inner_text=True)
    expect(page.locator("waiting-list li")).to_contain_text("Dark", use_inner_text=True)


def test_send_now_turns_the_words_in_their_place(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en")
    page.goto("/me/sending")
    sending.cut(page)
    chosen = {"address": "/me/theme", "fields": [["value", "dark"]]}
    sending.keep(page, {**sending.item("Colours", "Dark"), **chosen})
    one = page.locator("waiting-list li")
    expect(one).to_contain_text("Kept on this phone", use_inner_text=True)
    button(page, "Send now").click()
    expect(page.locator("waiting-list")).to_contain_text(
        "This goes out when there is a network.", use_inner_text=True
    )
    before = one.bounding_box()
    page.evaluate("() => { globalThis.fetch = globalThis.uncut; }")
    button(page, "Send now").click()
    expect(one).to_contain_text("Sent", use_inner_text=True)
    assert one.bounding_box() == before
    assert theme(stage, person) is Theme.DARK


def test_what_could_not_be_done_is_seen_or_tried_again(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en")
    page.goto("/me/sending")
    refused = {"kind": "refused", "words": "This is not there any more."}
    chosen = {"address": "/me/theme", "fields": [["value", "dark"]]}
    sending.keep(
        page,
        sending.item("Sweep", "Done", refused),
        {**sending.item("Colours", "Dark", refused), **chosen},
    )
    rows = page.locator("waiting-list [data-part=refused] li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("This is not there any more.", use_inner_text=True)
    expect(page.locator("network-line")).to_contain_text(
        "2 things could not be done.", use_inner_text=True
    )
    assert rows.first.get_by_role("link", name="I need help").get_attribute("href") == "/help/ask"
    rows.filter(has_text="Colours").get_by_role("button", name="Try again").click()
    expect(rows.filter(has_text="Colours")).to_contain_text("Sent", use_inner_text=True)
    assert theme(stage, person) is Theme.DARK
    button(page, "I have seen it").click()
    expect(rows).to_have_count(1)
    assert sending.left(page, person) == [0, 1]
    expect(page.locator("network-line")).to_have_attribute("data-state", "")
