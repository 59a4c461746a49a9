"""Changes in words: what is different, before and after, and nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask, g

from webapp.domain.effects import Effect
from webapp.models.person import Language, Person, Region, TimeStyle
from webapp.web import i18n
from webapp.web.wording import Shown, shown

TASK: dict[str, Any] = {
    "goal_id": None,
    "title": {"en": "Sweep", "fr": "Balayer"},
    "description": {},
    "picture": "broom",
    "place": {"en": "Hall"},
    "is_fixed_by_workplace": False,
    "remind_minutes_before": None,
    "agreed": None,
    "stopped_on": None,
    "on": "2026-11-23",
    "at": "09:00",
    "minutes": 30,
    "repeat": "FREQ=DAILY",
    "steps": [{"id": 1, "text": {"en": "I sweep."}, "picture": None}],
}
GOAL: dict[str, Any] = {"title": {"en": "I cook."}, "why": {}, "wanted_by": None, "state": "open"}
STEP: dict[str, Any] = {
    "goal_id": 1,
    "title": {"en": "I try once."},
    "description": {},
    "picture": "pot",
    "state": "open",
    "could_go_wrong": False,
}
RISK: dict[str, Any] = {
    "title": {"en": "I ask for an hour."},
    "picture": "clock",
    "who": None,
    "helps": {},
    "who_id": None,
    "look_again_on": None,
    "decision": None,
    "feeling_after": None,
    "look_back": None,
}
PERSON: dict[str, Any] = {
    "pace": "steady",
    "paces": [],
    "agreed_pace": "steady",
    "language": "en",
    "region": "CA",
    "text_size": 20,
    "theme": "system",
    "voice_speed": "normal",
    "time_style": "words",
}


@pytest.fixture(autouse=True)
def reader(app: Flask) -> Iterator[None]:
    """Let somebody read who reads English in Canada."""
    with app.test_request_context("/"):
        i18n.choose(Person(language=Language.EN, region=Region.CA, time_style=TimeStyle.WORDS))
        g.today = date(2026, 11, 23)
        yield


def changed(name: str, values: dict[str, Any], verb: str = "any", **fields: Any) -> Shown:
    return shown(verb, {}, Effect({name: values}, {name: {**values, **fields}}))


def said(found: Shown) -> dict[str, tuple[str | None, str | None]]:
    """Return the lines by their labels, as the reader sees them."""
    return {
        line.label: (line.before and line.before.en, line.after and line.after.en)
        for line in found.lines
    }


def test_only_what_is_different_has_a_line() -> None:
    found = changed("task:1", TASK, at="14:00")
    assert (found.picture, found.title.en) == ("broom", "Sweep")
    assert found.sentence == "This comes at another time."
    assert said(found) == {"Time": ("At 9\u00a0in the morning", "At 2\u00a0in the afternoon")}


def test_a_time_that_counts_from_a_day_on() -> None:
    wanted = {"from": "2026-11-24", "repeat": "FREQ=DAILY"}
    effect = Effect({"task:1": TASK}, {"task:1": {**TASK, "minutes": 60, "at": None}})
    found = shown("task.move", wanted, effect)
    assert found.sentence == "From Tuesday 24\u00a0November this comes at another time."
    assert said(found)["Time"][1] == "Any time"
    assert said(found)["How long"] == ("30\u00a0minutes", "1\u00a0hour")


def test_a_new_task_says_when_where_and_its_steps() -> None:
    found = shown("task.add", {}, Effect({"task:1": None}, {"task:1": TASK}))
    assert found.sentence == "This is a new task."
    assert said(found) == {
        "When": (None, "Every day"),
        "Time": (None, "At 9\u00a0in the morning"),
        "How long": (None, "30\u00a0minutes"),
        "Where": (None, "Hall"),
        "Steps": (None, "I sweep."),
    }


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            TASK,
            {**TASK, "stopped_on": "2026-11-24"},
            "From Tuesday 24\u00a0November this comes no more.",
        ),
        ({**TASK, "stopped_on": "2026-11-24"}, TASK, "This comes again."),
        (TASK, None, "This goes away."),
        (TASK, {**TASK, "title": {"en": "Mop"}}, "This is explained in another way."),
    ],
)
def test_what_becomes_of_a_task(before: Any, after: Any, sentence: str) -> None:
    found = shown("any", {}, Effect({"task:1": before}, {"task:1": after}))
    assert found.sentence == sentence


def test_the_words_and_steps_that_explain_a_task() -> None:
    steps = [{"id": 1, "text": {"en": "I sweep."}}, {"id": 2, "text": {"fr": "Je range."}}]
    found = changed("task:1", TASK, title={"en": "Sweep all"}, picture="mop", steps=steps)
    assert said(found) == {
        "Name": ("Sweep", "Sweep all"),
        "Picture": ("broom", "mop"),
        "Steps": ("I sweep.", "I sweep.\nJe range."),
    }


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("reached", "This goal is reached."), ("let_go", "This goal is let go.")],
)
def test_where_a_goal_stands(state: str, sentence: str) -> None:
    found = changed("goal:1", GOAL, state=state)
    assert (found.picture, found.title.en, found.sentence) == ("goal", "I cook.", sentence)


def test_a_new_goal_with_its_next_steps() -> None:
    goal = {**GOAL, "why": {"en": "I like it."}, "wanted_by": "2027-03-01"}
    effect = Effect({"goal:1": None, "next_step:1": None}, {"goal:1": goal, "next_step:1": STEP})
    found = shown("goal.add", {}, effect)
    assert found.sentence == "This is a new goal."
    assert said(found) == {
        "Why": (None, "I like it."),
        "By when": (None, "Monday 1\u00a0March 2027"),
        "Possible next step": (None, "I try once."),
    }


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("chosen", "This becomes the next step."),
        ("later", "This step comes later."),
        ("not_this", "This step is left out."),
        ("done", "This step is done."),
    ],
)
def test_what_is_said_of_a_next_step(state: str, sentence: str) -> None:
    assert changed("next_step:1", STEP, state=state).sentence == sentence


def test_the_step_that_is_chosen_comes_before_the_one_that_was() -> None:
    other = {**STEP, "title": {"en": "I wait."}, "state": "chosen"}
    effect = Effect(
        {"next_step:1": other, "next_step:2": STEP},
        {"next_step:1": {**other, "state": "open"}, "next_step:2": {**STEP, "state": "chosen"}},
    )
    assert shown("next_step.choose", {}, effect).title.en == "I try once."


def test_what_was_agreed_about_a_step_that_can_go_wrong() -> None:
    after = {**RISK, "helps": {"en": "A friend."}, "who_id": 7, "who": "Cora", "decision": "try"}
    effect = Effect({"risk_plan:1": RISK}, {"risk_plan:1": after})
    found = shown("risk.agree", {}, effect)
    assert said(found) == {
        "What helps": (None, "A friend."),
        "Who does it": (None, "Cora"),
        "Decision": (None, "I try it"),
    }


def test_a_pace_and_how_much_it_moves() -> None:
    after = {**PERSON, "pace": "slower", "paces": [["2026-11-24", "slower"]]}
    effect = Effect(
        {"task:1": TASK, "person:1": PERSON},
        {"task:1": {**TASK, "on": "2026-11-30"}, "person:1": after},
    )
    found = shown("pace.set", {}, effect)
    assert found.title.en == "My pace"
    assert said(found) == {"My pace": ("Steady", "Slower"), "My days": (None, "1 thing moves.")}


def test_a_setting() -> None:
    found = changed("person:1", PERSON, text_size=28)
    assert said(found) == {"Text size": ("Medium", "Larger")}


def test_taking_back_says_so() -> None:
    assert changed("task:1", TASK, "change.undo", at="14:00").sentence == (
        "This comes back as it was before."
    )


@pytest.mark.parametrize("effect", [Effect(None, None), Effect({}, {}), Effect({"day": 1}, {})])
def test_what_changes_nothing_has_words_too(effect: Effect) -> None:
    assert shown("any", {}, effect).sentence == "This changes nothing now."
