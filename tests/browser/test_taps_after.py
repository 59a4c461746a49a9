"""What stands on a page after a tap without a network: it can be seen, and the way on is there."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenPocket
from tests.browser.gestures import button
from tests.browser.kept_scenes import from_the_phone
from tests.browser.phone import PATIENCE_MILLISECONDS
from tests.browser.somebody import somebody_new
from tests.browser.stage import MONDAY, Stage
from tests.browser.words import FIRST_TASK, WORDS
from webapp.models.person import Language

EN = WORDS["en"]
SMALL = {"width": 320, "height": 568}
IS_SEEN = """words => {
  const { top, bottom } = words.getBoundingClientRect();
  return top >= 0 && bottom <= document.querySelector(".place-bar").getBoundingClientRect().top;
}"""


def is_seen(words: Locator) -> bool:
    """Say whether words stand on the screen, above the bar."""
    words.wait_for(timeout=PATIENCE_MILLISECONDS)
    return bool(words.evaluate(IS_SEEN))


def test_after_an_undo_a_task_that_came_as_done_can_be_done_again(
    pocket: OpenPocket, stage: Stage
) -> None:
    whose = somebody_new(stage, FIRST_TASK["en"])
    mine = pocket("/today", whose.id)
    before = mine.changes()
    mine.press(EN.done)
    expect(mine.page.locator(".notice")).to_contain_text("This is done.")
    mine.page.goto(f"/tasks/{whose.task}/{MONDAY}", wait_until="networkidle")
    mine.cut()
    mine.press(EN.undo)
    expect(mine.state()).to_contain_text("As before")
    mine.page.reload()
    button(mine.page, EN.done).tap()
    expect(mine.state()).to_contain_text(EN.done_state)
    expect(mine.where("waiting")).to_have_text("Kept on this phone")
    mine.mend()
    expect(mine.where("sent")).to_have_text("Sent")
    assert mine.changes() == [*before, "task.done", "task.undo", "task.done"]
    assert mine.count("waiting") == 0


def test_after_a_form_longer_than_the_screen_its_words_are_seen(
    pocket: OpenPocket, stage: Stage
) -> None:
    whose = somebody_new(stage, FIRST_TASK["en"])
    stage.choose(whose.id, text_size=32)
    mine = pocket(whose.path("/next-steps/{risky}/try/look-back"), whose.id)
    mine.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    mine.cut()
    mine.press("Differently")
    assert is_seen(mine.where("waiting"))


def test_a_pace_is_said_once_and_nothing_stands_beside_it(pocket: OpenPocket, stage: Stage) -> None:
    whose = stage.newcomer(Language.EN)
    mine = pocket("/me/pace/slower", whose)
    mine.cut()
    mine.press("Yes")
    expect(mine.state()).to_contain_text("Slower")
    expect(button(mine.page, "No")).to_have_count(0)
    expect(mine.page.get_by_role("link", name="No", exact=True)).to_have_count(0)
    assert is_seen(mine.where("waiting"))


def test_a_pause_is_said_once_on_the_page_that_the_phone_keeps(
    pocket: OpenPocket, stage: Stage
) -> None:
    mine = pocket("/me/pace/pause")
    from_the_phone(mine.page, stage.homes[Language.EN], stage)
    mine.page.locator(".choice-list button").first.tap()
    expect(mine.where("waiting")).to_have_count(1)
    expect(mine.state()).to_contain_text("Pause")
    mine.press("Change my answer")
    expect(mine.page.locator(".choice-list button").first).to_be_visible()


def test_a_question_stays_when_its_answer_is_kept(pocket: OpenPocket, stage: Stage) -> None:
    whose = somebody_new(stage, FIRST_TASK["en"])
    mine = pocket(whose.path("/next-steps/{risky}/try/view/feeling"), whose.id)
    asked = mine.page.locator("h1").inner_text()
    mine.cut()
    mine.press("Send")
    expect(mine.where("waiting")).to_be_visible()
    expect(mine.page.locator("h1:visible")).to_have_text(asked)
