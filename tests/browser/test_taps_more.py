"""What is said less often than "done": each of it is kept without a network, then sent, once."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPocket
from tests.browser.pocket import Pocket
from tests.browser.somebody import somebody_new
from tests.browser.stage import Stage
from tests.browser.words import FIRST_TASK

KEPT, SENT = "Kept on this phone", "Sent"
REMINDED = ("settings.change", {"setting": "reminders_on", "value": "yes"})
PAUSED = ("settings.change", {"setting": "reminders_paused", "value": "yes"})
STEP = "/next-steps/{%s}"


@dataclass(frozen=True)
class Tap:
    """Where somebody presses what, what is then said, and what the server has in the end."""

    path: str
    press: str
    said: str
    verb: str
    before: tuple[tuple[str, dict[str, Any]], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return what tells this one from the others, for the list of tests."""
        return f"{self.path}: {self.press}".replace(" ", "-")


TAPS = (
    Tap("/next-steps/{risky}/try", "Not now", "Not now", "risk.decide"),
    Tap("/next-steps/{risky}/try", "I try a smaller one", "I try a smaller one", "risk.decide"),
    Tap(
        "/next-steps/{risky}/try/look-back",
        "Differently",
        "Your answer is kept.",
        "risk.look_back",
        answers=(("feeling", "2"),),
    ),
    Tap(
        "/next-steps/{unmarked}/try",
        "Something could go wrong",
        "Something could go wrong",
        "next_step.warn",
    ),
    Tap(
        "/next-steps/{risky}/try",
        "Take away the warning",
        "Take away the warning",
        "next_step.warn",
    ),
    Tap("/goals/{walked}", "I reached it", "I reached it", "goal.reach"),
    Tap("/goals/{walked}", "I let it go", "I let it go", "goal.let_go"),
    Tap("/goals/{ended}", "Take it up again", "Take it up again", "goal.open_again"),
    Tap(STEP % "chosen", "It's done", "It's done", "next_step.done"),
    Tap(STEP % "chosen", "Not now", "Not now", "next_step.later"),
    Tap(STEP % "chosen", "Not this one", "Not this one", "next_step.not_this"),
    Tap(STEP % "open", "This is my next step", "This is my next step", "next_step.choose"),
    Tap(STEP % "open", "Later", "Later", "next_step.later"),
    Tap(STEP % "later", "Put it back", "Put it back", "next_step.put_back"),
    Tap(STEP % "not_this", "This is my next step", "This is my next step", "next_step.choose"),
    Tap(STEP % "done", "It is not done", "It is not done", "next_step.put_back"),
    Tap("/me/pace/slower", "Yes", "Slower", "pace.set"),
    Tap("/me/pace/pause?until=2026-11-30", "Yes", "Pause", "pace.set"),
    Tap("/me/reminders", "Pause everything", "on pause", "settings.change", (REMINDED,)),
    Tap("/me/reminders", "Take up again", "are on", "settings.change", (REMINDED, PAUSED)),
    Tap("/me/reminders/stop", "Yes, stop", "They are off now.", "settings.change", (REMINDED,)),
    Tap("/me/reminders/when", "At the time of the task", "At the time", "settings.change"),
    Tap("/me/reminders/again", "Yes, once more", "Yes, once more", "settings.change"),
    Tap(
        "/me/reminders/quiet/hours",
        "Keep these hours",
        "Quiet hours",
        "settings.change",
        answers=(("begins", "20:30"), ("ends", "06:30")),
    ),
    Tap("/tasks/{task}/remind", "The evening before", "The evening before", "task.remind"),
    Tap("/help-requests/{call}", "I don't need help any more", "any more.", "help.close"),
    Tap("/help-requests/{closed}", "Undo", "I need help", "help.reopen"),
    Tap(
        "/follow-ups/{follow_up}/comment",
        "Send",
        "You said something.",
        "follow_up.comment",
        answers=(("sentence", "I have it."),),
    ),
)


def opened(pocket: OpenPocket, stage: Stage, tap: Tap) -> Pocket:
    """Open the page of a tap on the phone of somebody new, and answer what is asked there."""
    whose = somebody_new(stage, FIRST_TASK["en"], *tap.before)
    mine = pocket(whose.path(tap.path), whose.id)
    for name, answer in tap.answers:
        field = mine.page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            mine.page.locator(f"[name={name}][value='{answer}']").check()
        else:
            field.fill(answer)
    return mine


@pytest.mark.parametrize("tap", TAPS, ids=[tap.name for tap in TAPS])
def test_it_is_kept_without_a_network_and_sent_once(
    pocket: OpenPocket, stage: Stage, tap: Tap
) -> None:
    mine = opened(pocket, stage, tap)
    before = mine.changes()
    mine.cut()
    mine.press(tap.press)
    expect(mine.state().first).to_contain_text(tap.said)
    expect(mine.where("waiting").first).to_have_text(KEPT)
    mine.page.reload()
    expect(mine.state().first).to_contain_text(tap.said)
    expect(mine.where("waiting").first).to_have_text(KEPT)
    assert mine.count("waiting") == 1
    assert mine.changes() == before
    mine.mend()
    expect(mine.where("sent").first).to_have_text(SENT)
    assert mine.changes() == [*before, tap.verb]
    assert (mine.count("waiting"), mine.count("refused")) == (0, 0)


def test_the_questions_about_a_risk_are_answered_one_by_one(
    pocket: OpenPocket, stage: Stage
) -> None:
    whose = somebody_new(stage, FIRST_TASK["en"])
    questions = ("well", "wrong", "helps", "feeling")
    mine = pocket(whose.path("/next-steps/{risky}/try/view/well"), whose.id)
    before = mine.changes()
    mine.cut()
    for part in questions:
        expect(mine.page).to_have_url(re.compile(f"/{part}$"))
        mine.page.locator(".picture-choice-option").nth(1).tap()
        mine.press("Send" if part == "feeling" else "Next")
        expect(mine.state()).to_contain_text("Your answer is kept.")
        expect(mine.where("waiting")).to_have_text(KEPT)
        mine.state().get_by_role("link", name="Next").tap()
    expect(mine.page).to_have_url(re.compile("/try$"))
    expect(mine.page.locator(".risk-ways").first).to_contain_text(KEPT)
    assert mine.count("waiting") == len(questions)
    mine.mend()
    expect(mine.where("sent").first).to_have_text(SENT)
    assert mine.changes() == [*before, "risk.view"]
    assert (mine.count("waiting"), mine.count("refused")) == (0, 0)


def test_what_changed_is_taken_back(pocket: OpenPocket, stage: Stage) -> None:
    dark = {"setting": "theme", "value": "dark"}
    whose = somebody_new(stage, FIRST_TASK["en"], ("settings.change", dark))
    mine = pocket("/changes", whose.id)
    before = mine.changes()
    mine.cut()
    mine.page.locator(".history-line form button").first.tap()
    expect(mine.state()).to_contain_text("As before")
    expect(mine.where("waiting")).to_have_text(KEPT)
    assert mine.count("waiting") == 1
    mine.mend()
    expect(mine.where("sent")).to_have_text(SENT)
    assert mine.changes() == [*before, "change.undo"]
    assert (mine.count("waiting"), mine.count("refused")) == (0, 0)
    mine.page.goto("/me/theme")
    expect(mine.page.locator("[aria-current]")).not_to_contain_text("Dark")
