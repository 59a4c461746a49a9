"""What happens when somebody presses: it is kept, then sent, and nothing is lost or doubled."""

import json
import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPocket as Open
from tests.browser.gestures import button, open_task, row, step
from tests.browser.pocket import PAUSE, Way, fails, is_cut, is_sent, loses_the_answer
from tests.browser.stage import MONDAY, Stage
from tests.browser.words import FIRST_TASK, MOVABLE_TASK, WORDS
from webapp.models.person import Language

KEPT, SENT = "Kept on this phone", "Sent"
EN = WORDS["en"]


def test_a_tap_is_kept_then_sent_then_the_next_page_comes(pocket: Open) -> None:
    mine = pocket()
    mine.hold()
    mine.press(EN.done)
    expect(mine.state()).to_contain_text(EN.done_state)
    expect(mine.where("waiting")).to_have_text(KEPT)
    assert mine.count("waiting") == 1
    assert mine.changes() == []
    mine.let_go()
    expect(mine.page.locator(".notice")).to_contain_text("This is done.")
    expect(row(mine.page, FIRST_TASK["en"])).to_contain_text(EN.done_state)
    expect(mine.state()).to_have_count(0)
    assert mine.changes() == ["task.done"]
    assert (mine.count("waiting"), mine.count("sent")) == (0, 1)


@pytest.mark.parametrize("way", [is_cut, loses_the_answer, fails])
def test_whatever_happens_on_the_way_it_comes_once(pocket: Open, way: Way) -> None:
    mine = pocket()
    mine.sending = way
    mine.press(EN.done)
    expect(mine.where("waiting")).to_have_text(KEPT)
    with mine.page.expect_event("requestfinished" if way is fails else "requestfailed", is_sent):
        mine.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(mine.where("waiting")).to_have_text(KEPT)
    assert mine.count("waiting") == 1
    mine.mend()
    expect(mine.where("sent")).to_have_text(SENT)
    assert mine.changes() == ["task.done"]
    assert mine.count("waiting") == 0


def test_without_a_network_it_stands_on_the_page_that_is_opened_anew(pocket: Open) -> None:
    mine = pocket()
    mine.cut()
    mine.press(EN.done)
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.page.goto("/days")
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.page.goto("/today")
    expect(mine.page.locator(".now-card .kept-state")).to_contain_text([EN.done_state])
    mine.mend()
    expect(mine.where("sent")).to_have_text(SENT)
    mine.page.goto("/today")
    expect(row(mine.page, FIRST_TASK["en"])).to_contain_text(EN.done_state)
    expect(mine.state()).to_have_count(0)
    assert mine.changes() == ["task.done"]


def test_two_quick_taps_are_one(pocket: Open) -> None:
    mine = pocket()
    mine.cut()
    button(mine.page, EN.done).dblclick()
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.page.evaluate(PAUSE)
    assert mine.count("waiting") == 1
    assert mine.page.url.endswith("/today")


def test_a_tap_before_the_script_has_come_is_taken_when_it_comes(pocket: Open) -> None:
    mine = pocket("/about")
    late: list[Route] = []

    def holds(route: Route) -> None:
        late.append(route)

    mine.page.route("**/offline.js", holds)
    mine.page.goto("/today", wait_until="load")
    mine.press(EN.done)
    mine.page.wait_for_function("() => document.querySelector('form[data-sent]')")
    late[0].continue_()
    expect(mine.page.locator(".notice")).to_contain_text("This is done.")
    assert mine.changes() == ["task.done"]


def test_where_the_script_does_not_come_the_form_goes_as_ever(pocket: Open) -> None:
    mine = pocket("/about")
    mine.page.route("**/offline.js", lambda route: route.abort())
    mine.page.goto("/today")
    mine.press(EN.done)
    expect(mine.page.locator(".notice")).to_contain_text("This is done.")
    assert mine.changes() == ["task.done"]


def test_what_was_pressed_can_be_taken_back_without_a_network(pocket: Open) -> None:
    mine = pocket()
    mine.cut()
    mine.press(EN.done)
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.state().get_by_role("button", name=EN.undo).click()
    expect(mine.state()).to_contain_text("As before")
    expect(button(mine.page, EN.done)).to_be_visible()
    assert mine.count("waiting") == 2
    mine.mend()
    expect(mine.where("sent")).to_have_text(SENT)
    assert mine.changes() == ["task.done", "task.undo"]
    mine.page.goto("/today")
    expect(mine.page.locator(".now-card-title")).to_have_text(FIRST_TASK["en"])


def test_later_waits_too(pocket: Open, stage: Stage) -> None:
    mine = pocket()
    task = f"/tasks/{stage.task_named(mine.person, MOVABLE_TASK['en'])}/{MONDAY}"
    mine.page.goto(f"{task}/later")
    mine.cut()
    choice = mine.page.locator("[name=choice]").first
    words = choice.inner_text().strip()
    choice.tap()
    expect(mine.state()).to_contain_text(words)
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.state().get_by_role("link", name=EN.next).tap()
    mine.page.wait_for_url("**/today")
    expect(row(mine.page, MOVABLE_TASK["en"])).to_contain_text(words)
    mine.page.goto(task)
    expect(mine.state()).to_contain_text(words)
    expect(button(mine.page, EN.done).first).to_be_visible()
    mine.mend()
    expect(mine.where("sent")).to_have_text(SENT)
    assert mine.changes() == ["task.later"]


def test_steps_are_ticked_one_by_one_without_a_network(pocket: Open, stage: Stage) -> None:
    mine = pocket()
    page = mine.page
    open_task(page, stage, mine.person, FIRST_TASK["en"])
    mine.cut()
    page.goto(f"{page.url}#step-1")
    mine.press(EN.step_done)
    expect(step(page)).to_contain_text(EN.step.format(2, 3))
    expect(step(page).locator(".task-steps-dots > span").first).to_have_attribute(
        "data-state", "done"
    )
    mine.press(EN.step_done)
    expect(step(page)).to_contain_text(EN.step.format(3, 3))
    page.goto(page.url.replace("#step-3", "#step-2"))
    expect(step(page)).to_contain_text(KEPT)
    mine.press(EN.undo)
    expect(step(page)).to_contain_text("As before")
    expect(button(page, EN.step_done)).to_be_visible()
    mine.press(EN.step_done)
    expect(step(page)).to_contain_text(EN.step.format(3, 3))
    page.goto(page.url.replace("#step-3", "#step-2"))
    page.reload(wait_until="networkidle")
    mine.mend()
    expect(step(page).locator("[data-when=sent]:visible")).to_have_text(SENT)
    assert mine.changes() == ["step.tick"] * 4
    page.reload()
    assert page.locator(".task-steps-step[data-state=ticked]").count() == 2


def test_the_second_tap_of_a_nervous_finger_ticks_no_other_step(pocket: Open, stage: Stage) -> None:
    mine = pocket()
    page = mine.page
    open_task(page, stage, mine.person, FIRST_TASK["en"])
    page.goto(f"{page.url}#step-1")
    box = button(page, EN.step_done).bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.touchscreen.tap(*middle)
    expect(step(page)).to_contain_text(EN.step.format(2, 3))
    page.touchscreen.tap(*middle)
    expect(step(page).locator("[inert]")).to_have_count(0)
    expect(step(page)).to_contain_text(EN.step.format(2, 3))
    button(page, EN.step_done).tap()
    expect(step(page)).to_contain_text(EN.step.format(3, 3))
    expect(mine.page.locator("[data-state=ticked]")).to_have_count(2)


def test_a_proposal_is_answered_without_a_network(pocket: Open, stage: Stage) -> None:
    home = stage.homes[Language.EN]
    mine = pocket(f"/choices/{home.choices.gone}", person=home.asked)
    mine.cut()
    mine.press("I have seen it")
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.state().get_by_role("link", name=EN.next).tap()
    expect(mine.page).to_have_url(re.compile(r"/choices/\d+$"))
    assert not mine.page.url.endswith(f"/{home.choices.gone}")
    button(mine.page, EN.no).tap()
    expect(mine.state()).to_contain_text("You said: No.")
    mine.press("Change my answer")
    expect(button(mine.page, "Let's talk")).to_be_visible()
    assert mine.count("waiting") == 2


def test_nothing_moves_when_it_is_sent(pocket: Open) -> None:
    mine = pocket()
    heights = (
        "() => [...document.querySelectorAll('.task-row')].map(e => e.getBoundingClientRect().y)"
    )
    before = mine.page.evaluate(heights)
    mine.cut()
    mine.press(EN.done)
    expect(mine.where("waiting")).to_have_text(KEPT)
    kept = mine.boxes()
    assert mine.page.evaluate(heights) == before
    mine.mend()
    expect(mine.where("sent")).to_be_visible()
    assert mine.boxes() == kept


def test_who_has_gone_on_already_is_not_taken_away(pocket: Open) -> None:
    mine = pocket()
    mine.hold()
    mine.press(EN.done)
    expect(mine.where("waiting")).to_have_text(KEPT)
    mine.page.mouse.wheel(0, 200)
    mine.page.evaluate("() => { document.isTheSame = true; }")
    mine.let_go()
    expect(mine.where("sent")).to_be_visible()
    mine.page.evaluate(PAUSE)
    assert mine.page.evaluate("() => document.isTheSame")


def test_what_cannot_be_done_says_so_in_its_place(pocket: Open) -> None:
    mine = pocket()

    def refuses(route: Route) -> None:
        change = route.request.headers["outbox-change"]
        said = {"change": change, "state": "refused", "words": "This has ended.", "clock": 9}
        route.fulfill(status=409, content_type="application/json", body=json.dumps(said))

    mine.sending = refuses
    mine.press(EN.done)
    expect(mine.state()).to_contain_text("This has ended.")
    expect(mine.where("waiting")).to_have_count(0)
    assert mine.count("refused") == 1


NO_DATABASE = """Object.defineProperty(window, "indexedDB", {
  get() { throw new DOMException("not here", "SecurityError"); },
});"""
FULL_DISK = """IDBObjectStore.prototype.add = () => {
  throw new DOMException("no room", "QuotaExceededError");
};"""


@pytest.mark.parametrize("script", [NO_DATABASE, FULL_DISK], ids=["private", "full"])
def test_a_phone_that_cannot_keep_says_so_once_and_sends_at_once(pocket: Open, script: str) -> None:
    mine = pocket(script=script)
    if script == NO_DATABASE:
        expect(mine.page.locator(".cannot-keep")).to_be_visible()
    mine.press(EN.done)
    expect(mine.page.locator(".notice").last).to_contain_text("This is done.")
    assert mine.changes() == ["task.done"]
    if script == FULL_DISK:
        expect(mine.page.locator(".cannot-keep")).to_be_visible()
    mine.page.goto("/days", wait_until="networkidle")
    expect(mine.page.locator(".cannot-keep")).to_have_count(0)


def test_whoever_uses_keys_stays_where_they_were_and_hears_it(pocket: Open) -> None:
    mine = pocket()
    mine.cut()
    button(mine.page, EN.done).focus()
    mine.page.keyboard.press("Enter")
    mine.page.keyboard.press("Enter")
    expect(mine.state()).to_be_focused()
    expect(mine.page.locator(".kept-state-told")).to_have_text(f"{EN.done_state}. {KEPT}")
    assert mine.count("waiting") == 1
    expect(mine.page.locator(".kept-state-ways[inert]")).to_have_count(0)
    mine.page.keyboard.press("Tab")
    expect(mine.state().get_by_role("button", name=EN.undo)).to_be_focused()
    mine.mend()
    expect(mine.page.locator(".kept-state-told")).to_have_text(f"{EN.done_state}. {SENT}")
