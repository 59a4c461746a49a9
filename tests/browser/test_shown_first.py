"""What is pressed shows at once; that it is kept is said when the phone has written it down."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPocket as Open
from tests.browser.gestures import button
from tests.browser.words import WORDS

EN = WORDS["en"]
KEPT = "Kept on this phone"
HOLD = """(person) => new Promise((held) => {
  indexedDB.open(`my-pace-${person}`).onsuccess = ({ target }) => {
    const rows = target.result.transaction("items", "readwrite").objectStore("items");
    const again = () => {
      held();
      if (!window.isOver) rows.get("none").onsuccess = again;
    };
    again();
  };
})"""
"""Holds what this phone has written down as long as the page wants."""
REFUSE = """IDBTransaction.prototype.commit = function () {
  window.wasShown = Boolean(document.querySelector(".kept-state"));
  this.abort();
};"""
"""A phone that refuses what it was given to write, when the page has shown it already."""

IS_TAKEN_BACK = """() => window.wasShown && !document.querySelector(".kept-state")
  && document.activeElement.matches("button:not(:disabled)")
  && document.activeElement.checkVisibility()"""


def test_what_is_pressed_shows_before_it_is_written_down_and_no_more_is_said(pocket: Open) -> None:
    mine = pocket()
    mine.cut()
    mine.page.evaluate(HOLD, mine.person)
    mine.press(EN.done)
    expect(mine.state()).to_contain_text(EN.done_state)
    expect(button(mine.page, EN.done).first).to_be_hidden()
    expect(mine.where("waiting")).to_have_count(0)
    assert not mine.page.locator(".kept-state [data-say]", has_text=KEPT).count()
    before = mine.boxes()
    mine.page.evaluate("() => { window.isOver = true; }")
    expect(mine.where("waiting")).to_have_text(KEPT)
    assert [box for box in before if box not in mine.boxes()] == []


def test_what_the_phone_refuses_is_taken_back_and_goes_as_a_form(pocket: Open) -> None:
    mine = pocket(script=REFUSE)
    with mine.page.expect_navigation(url="**/today"):
        mine.press(EN.done)
    expect(mine.page.locator(".notice").first).to_contain_text("This is done.")
    assert mine.changes() == ["task.done"]


def test_what_the_phone_refuses_without_a_network_can_be_pressed_again(pocket: Open) -> None:
    mine = pocket(script=REFUSE)
    mine.cut()
    mine.page.route("**/done", lambda route: route.fulfill(status=204))
    mine.press(EN.done)
    mine.page.wait_for_function(IS_TAKEN_BACK)
