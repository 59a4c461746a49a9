"""The shape of answers: what was tapped or typed, and the values of a change it becomes."""

from datetime import date
from typing import Any

import pytest

from webapp import pictures
from webapp.forms.picture_groups import COMMON, GROUPS
from webapp.forms.question_answers import (
    LONGEST_SENTENCE,
    Facts,
    Mistake,
    first_of,
    months_later,
    read,
    weekdays_of,
)
from webapp.forms.questions import Ask, Question, is_different, questions_for, wanted_of
from webapp.forms.step_list import moved, place_of, with_step, without

MONDAY = date(2026, 11, 23)
PLAN_TIMES = {"on": "2026-11-02", "at": "09:00", "minutes": 30, "repeat": "FREQ=WEEKLY;BYDAY=MO"}


def answered(ask: Ask, *, skip: bool = False, values: Any = None, **typed: str) -> dict[str, Any]:
    """Read an answer to a question called "it"."""
    question = Question("it", ask, may_skip=skip)
    return read(question, typed, Facts("en", MONDAY, values or {}))


@pytest.mark.parametrize(
    ("ask", "typed", "values"),
    [
        (Ask.SENTENCE, {"answer": "  I  work.\r\n"}, {"it": {"en": "I work."}}),
        (Ask.MORE, {"answer": "One.\r\nTwo."}, {"it": {"en": "One. Two."}}),
        (Ask.PICTURE, {"answer": "bus"}, {"it": "bus"}),
        (Ask.YES_NO, {"answer": "yes"}, {"it": True}),
        (Ask.YES_NO, {"answer": "no"}, {"it": False}),
        (Ask.BY_WHEN, {"answer": "none"}, {"it": None}),
        (Ask.BY_WHEN, {"answer": "3"}, {"it": "2027-02-23"}),
        (Ask.BY_WHEN, {"answer": "day", "day": "2026-12-01"}, {"it": "2026-12-01"}),
        (Ask.WHEN, {"answer": "2026-11-24"}, {"on": "2026-11-24", "repeat": None}),
        (Ask.WHEN, {"answer": "day", "day": "2026-11-23"}, {"on": "2026-11-23", "repeat": None}),
        (
            Ask.WHEN,
            {"answer": "again", "WE": "y", "TU": "y"},
            {"on": "2026-11-24", "repeat": "FREQ=WEEKLY;BYDAY=TU,WE"},
        ),
        (Ask.DAY, {"answer": "2026-11-23"}, {"it": "2026-11-23"}),
        (Ask.FROM, {"answer": "2026-11-24"}, {"it": "2026-11-24"}),
        (Ask.TIME, {"answer": "any"}, {"it": None}),
        (Ask.TIME, {"answer": "09:00"}, {"it": "09:00"}),
        (Ask.TIME, {"answer": "time", "time": "09:20"}, {"it": "09:20"}),
        (Ask.LENGTH, {"answer": "45"}, {"it": 45}),
        (Ask.STEPS, {}, {"it": []}),
        (Ask.SETTING, {"answer": "theme"}, {"it": "theme"}),
    ],
)
def test_an_answer_becomes_values(ask: Ask, typed: dict[str, str], values: dict[str, Any]) -> None:
    assert answered(ask, **typed) == values


@pytest.mark.parametrize(
    ("ask", "field", "typed"),
    [
        (Ask.SENTENCE, "answer", {}),
        (Ask.SENTENCE, "answer", {"answer": " \u200b "}),
        (Ask.SENTENCE, "answer", {"answer": "x" * (LONGEST_SENTENCE + 1)}),
        (Ask.SENTENCE, "answer", {"answer": "I \u202ework"}),
        (Ask.PICTURE, "answer", {"answer": "no-such-picture"}),
        (Ask.YES_NO, "answer", {"answer": "maybe"}),
        (Ask.BY_WHEN, "answer", {"answer": "2"}),
        (Ask.BY_WHEN, "answer", {"answer": "same"}),
        (Ask.BY_WHEN, "day", {"answer": "day", "day": "2026-11-22"}),
        (Ask.WHEN, "day", {"answer": "day"}),
        (Ask.WHEN, "MO", {"answer": "again"}),
        (Ask.DAY, "answer", {"answer": "2026-11-22"}),
        (Ask.DAY, "answer", {"answer": "soon"}),
        (Ask.DAY, "day", {"answer": "day", "day": "9999-12-31"}),
        (Ask.FROM, "answer", {"answer": "2026-11-23"}),
        (Ask.TIME, "answer", {"answer": "25:00"}),
        (Ask.TIME, "time", {"answer": "time", "time": ""}),
        (Ask.LENGTH, "answer", {"answer": "0"}),
        (Ask.LENGTH, "answer", {"answer": "1441"}),
        (Ask.LENGTH, "answer", {"answer": "٣"}),
        (Ask.SETTING, "answer", {}),
    ],
)
def test_what_is_no_answer_says_which_field_to_mend(
    ask: Ask, field: str, typed: dict[str, str]
) -> None:
    with pytest.raises(Mistake) as raised:
        answered(ask, **typed)
    assert raised.value.field == field
    assert raised.value.sentence


def test_what_may_wait_may_be_empty() -> None:
    assert answered(Ask.SENTENCE, skip=True) == {"it": {}}
    assert answered(Ask.MORE, skip=True, answer=" ") == {"it": {}}


def test_words_that_stay_stay_in_both_languages() -> None:
    both = {"it": {"en": "I work.", "fr": "Je travaille."}}
    assert answered(Ask.SENTENCE, values=both, answer="I work.") == both
    assert answered(Ask.SENTENCE, values=both, answer="I rest.") == {"it": {"en": "I rest."}}
    only_french = {"it": {"fr": "Je travaille."}}
    assert answered(Ask.SENTENCE, values=only_french, answer="Je travaille.") == only_french


def test_the_same_weekdays_keep_their_rule() -> None:
    every_second = {"it": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"}
    assert answered(Ask.WEEKDAYS, values=every_second, answer="same") == every_second
    daily = {"it": "FREQ=DAILY"}
    all_days = dict.fromkeys(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "y")
    assert answered(Ask.WEEKDAYS, values=daily, answer="day", **all_days) == daily
    less = {"it": "FREQ=WEEKLY;BYDAY=MO"}
    assert answered(Ask.WEEKDAYS, values=daily, answer="day", MO="y") == less


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,FR", ["MO", "FR"]),
        ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=2", None),
        ("FREQ=WEEKLY", None),
        ("FREQ=MONTHLY;BYDAY=1MO", None),
        (None, None),
    ],
)
def test_plain_weekdays_are_known(rule: str | None, days: list[str] | None) -> None:
    assert weekdays_of(rule) == days


def test_days_are_counted_on_the_calendar() -> None:
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)
    assert first_of(["MO"], MONDAY) == MONDAY
    assert first_of(["SU"], MONDAY) == date(2026, 11, 29)


def test_a_new_task_has_all_that_a_plan_file_gives_it() -> None:
    answers = {
        "picture": {"picture": "bus"},
        "when": {"on": "2026-11-23", "repeat": None},
        "reason": {"reason": {"en": "It helps."}},
    }
    wanted = wanted_of("task.add", {}, answers)
    assert wanted["picture"] == "bus"
    assert (wanted["place"], wanted["steps"], wanted["fixed_by_workplace"]) == ({}, [], False)
    assert "reason" not in wanted


def test_words_that_stay_are_not_sent() -> None:
    present = {"title": {"en": "Sweep"}, "picture": "broom"}
    answers = {"title": {"title": {"en": "Sweep"}}, "picture": {"picture": "mop"}}
    wanted = wanted_of("task.explain", present, answers)
    assert wanted == {"picture": "mop"}
    assert is_different("task.explain", present, wanted)
    assert not is_different("task.explain", present, {})


def test_other_weekdays_count_from_the_day_on_which_they_begin() -> None:
    begins = {"from": {"from": "2026-11-30"}}
    same = wanted_of("task.move", PLAN_TIMES, {"at": {"at": None}, **begins})
    assert same == {**PLAN_TIMES, "at": None, "from": "2026-11-30"}
    other = {"repeat": {"repeat": "FREQ=WEEKLY;BYDAY=TU"}, **begins}
    assert wanted_of("task.move", PLAN_TIMES, other)["on"] == "2026-11-30"


def test_moving_what_comes_once_needs_no_first_day() -> None:
    once = {**PLAN_TIMES, "repeat": None}
    wanted = wanted_of("task.move", once, {"on": {"on": "2026-11-25"}})
    assert wanted == {**once, "on": "2026-11-25"}
    assert is_different("task.move", once, wanted)
    assert not is_different("task.move", once, once)


def test_who_changes_the_plan_of_another_is_asked_why() -> None:
    own = [each.name for each in questions_for("task.add", {}, is_own=True)]
    assert own == ["picture", "title", "when", "at", "minutes"]
    others = [each.name for each in questions_for("task.add", {}, is_own=False)]
    assert others == [*own, "place", "fixed-by-workplace", "steps", "reason"]
    assert [each.name for each in questions_for("goal.reach", {}, is_own=False)] == ["reason"]


STEPS = [{"id": 1, "text": {"en": "One."}, "picture": "hand"}, {"id": 2, "text": {"en": "Two."}}]


def test_steps_are_changed_added_moved_and_taken_away() -> None:
    changed = with_step(STEPS, 0, {"en": "First."}, "bus")
    assert changed[0] == {"id": 1, "text": {"en": "First."}, "picture": "bus"}
    assert with_step(STEPS, None, {"en": "New."}, "bus")[-1] == {
        "text": {"en": "New."},
        "picture": "bus",
    }
    assert moved(STEPS, 0, 1) == STEPS[::-1]
    assert moved(STEPS, 0, -1) == STEPS
    assert moved(STEPS, 1, 1) == STEPS
    assert without(STEPS, 0) == STEPS[1:]


@pytest.mark.parametrize(
    ("written", "place"), [("1", 0), ("2", 1), ("3", None), ("0", None), ("new", None), ("²", None)]
)
def test_a_step_is_named_by_its_place(written: str, place: int | None) -> None:
    assert place_of(STEPS, written) == place


def test_every_picture_is_offered_once() -> None:
    offered = [name for group in GROUPS.values() for name in group]
    assert sorted(offered) == sorted(pictures.PICTURES)
    assert len(set(COMMON)) == 12
    assert set(COMMON) <= pictures.PICTURES.keys()
