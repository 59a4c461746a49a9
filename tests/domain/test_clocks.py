"""The order of what was said: clocks that count, last words, and what arrives after them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.phones import Phone
from tests.statements import counted
from webapp.domain import clocks
from webapp.models.change import Change, HistoryEntry, LastWord, Outcome
from webapp.models.mark import Mark, MarkState
from webapp.models.notice import Notice
from webapp.models.person import Pace, Person, Theme
from webapp.models.plan import Goal, NextStep, NextStepState, Task

DAY = factories.MONDAY.isoformat()
APPLIED, OVERTAKEN = Outcome.APPLIED, Outcome.OVERTAKEN

NewPhone = Callable[..., Phone]


@pytest.fixture
def phone(session: Session, cast: Cast, now: datetime) -> NewPhone:
    """Give a function that hands out phones; Ada's, unless said otherwise."""

    def hand_out(device: int, owner: Person = cast.ada) -> Phone:
        return Phone(session, owner, cast.ada, now, device)

    return hand_out


@pytest.fixture
def task(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


def mark(session: Session) -> MarkState | None:
    return session.scalars(select(Mark.state)).one_or_none()


def clock_list(session: Session) -> list[int]:
    return list(session.scalars(select(Change.clock).order_by(Change.id)))


def test_changes_count_up(session: Session, cast: Cast, phone: NewPhone, task: Task) -> None:
    first, coach = phone(1), phone(9, cast.cora)
    first.says("task.done", task=task.id, day=DAY)
    coach.says("pace.set", pace="slower", until=None)
    first.says("task.undo", task=task.id, day=DAY)
    assert clock_list(session) == [1, 2, 3]
    assert cast.ada.plan_clock == 3


def test_the_plan_goes_on_from_the_highest(session: Session, cast: Cast, phone: NewPhone) -> None:
    first = phone(1)
    for clock in (5, 2, None, clocks.HIGHEST + 7, None):
        first.says("settings.change", clock, setting="theme", value="dark")
    assert clock_list(session) == [5, 2, 7, clocks.HIGHEST, clocks.HIGHEST]
    assert cast.ada.plan_clock == clocks.HIGHEST


def test_a_broken_phone_stops_no_other_one(
    session: Session, cast: Cast, phone: NewPhone, task: Task
) -> None:
    """Where the clock can go no further, whoever speaks last has the last word."""
    broken, good = phone(9), phone(1)
    broken.says("task.done", 10**15 - 1, task=task.id, day=DAY)
    for clock in (None, cast.ada.plan_clock + 1):
        assert good.says("task.not_today", clock, task=task.id, day=DAY) is APPLIED
        assert mark(session) is MarkState.NOT_TODAY
        assert broken.says("task.done", 10**15, task=task.id, day=DAY) is APPLIED
    assert good.says("task.not_today", 3, task=task.id, day=DAY) is OVERTAKEN


def test_what_comes_late_is_kept_in_the_history_alone(
    session: Session, phone: NewPhone, task: Task
) -> None:
    first, other = phone(1), phone(2)
    other.says("task.not_today", 4, task=task.id, day=DAY)
    assert first.says("task.done", 3, task=task.id, day=DAY) is OVERTAKEN
    assert mark(session) is MarkState.NOT_TODAY
    [_applied, late] = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id))
    assert (late.event, late.before, late.after) == (OVERTAKEN, None, None)


def test_of_two_that_knew_nothing_of_each_other_the_device_decides(
    session: Session, phone: NewPhone, task: Task
) -> None:
    assert phone(2).says("task.not_today", 4, task=task.id, day=DAY) is APPLIED
    assert phone(1).says("task.done", 4, task=task.id, day=DAY) is OVERTAKEN
    assert phone(3).says("task.done", 4, task=task.id, day=DAY) is APPLIED
    assert mark(session) is MarkState.DONE


def test_nothing_is_told_of_what_comes_late(
    session: Session, cast: Cast, phone: NewPhone, now: datetime
) -> None:
    proposed = factories.proposed(session, cast.cora, cast.ada, now)
    said = {"changes": [proposed.id], "until": None, "seen": None}
    assert phone(1).says("proposal.answer", 9, **said, answer="no") is APPLIED
    told = session.scalars(select(Notice)).all()
    assert phone(2).says("proposal.answer", 8, **said, answer="yes") is OVERTAKEN
    assert session.scalars(select(Notice)).all() == told
    assert proposed.answer == "no"


def test_taking_back_is_a_word_too(session: Session, cast: Cast, phone: NewPhone) -> None:
    first, other = phone(1), phone(2)
    first.says("settings.change", 1, setting="theme", value="dark")
    change = session.scalars(select(Change)).one()
    first.says("change.undo", 5, change=change.id)
    assert other.says("settings.change", 4, setting="theme", value="light") is OVERTAKEN
    assert cast.ada.theme is Theme.SYSTEM
    assert other.says("settings.change", 7, setting="theme", value="contrast") is APPLIED
    assert first.says("change.undo", 6, change=change.id) is OVERTAKEN
    assert cast.ada.theme is Theme.CONTRAST


def test_a_yes_is_the_persons_word_on_what_was_proposed(
    session: Session, cast: Cast, phone: NewPhone
) -> None:
    phone(9, cast.cora).says("pace.set", pace="slower", until=None)
    asked = session.scalars(select(Change)).one()
    said = {"changes": [asked.id], "answer": "yes", "until": None, "seen": None}
    assert phone(1).says("proposal.answer", 6, **said) is APPLIED
    assert phone(2).says("pace.set", 5, pace="faster", until=None) is OVERTAKEN
    assert cast.ada.pace is Pace.SLOWER


def test_a_no_takes_nothing_from_what_the_person_chose(cast: Cast, phone: NewPhone) -> None:
    phone(9, cast.cora).says("pace.set", pace="slower", until=None)
    said = {"changes": [1], "answer": "no", "until": None, "seen": None}
    change = phone(1).session.scalars(select(Change)).one()
    phone(1).says("proposal.answer", 6, **{**said, "changes": [change.id]})
    assert phone(2).says("pace.set", 5, pace="faster", until=None) is APPLIED


def test_an_answer_counts_for_what_has_no_later_one(
    session: Session, cast: Cast, phone: NewPhone
) -> None:
    coach = phone(9, cast.cora)
    for name in ("theme", "text_size"):
        value = "dark" if name == "theme" else 24
        coach.says("settings.change", setting=name, value=value)
    one, two = session.scalars(select(Change).order_by(Change.id))
    alone = {"changes": [one.id], "answer": "no", "until": None, "seen": None}
    assert phone(1).says("proposal.answer", 9, **alone) is APPLIED
    whole = {"changes": [one.id, two.id], "answer": "yes", "until": None, "seen": None}
    assert phone(2).says("proposal.answer", 8, **whole) is APPLIED
    assert [one.answer, two.answer] == ["no", "yes"]
    assert (cast.ada.theme, cast.ada.text_size) == (Theme.SYSTEM, 24)
    again = {**alone, "answer": "talk"}
    assert phone(3).says("proposal.answer", 8, **again) is OVERTAKEN
    assert phone(2).says("proposal.answer", 8, **whole) is APPLIED
    assert phone(1).says("proposal.answer", 7, **whole) is OVERTAKEN


def steps_of(session: Session, cast: Cast) -> tuple[NextStep, NextStep, Goal]:
    goal = factories.goal(session, cast.ada)
    [first] = goal.next_steps
    other = NextStep(
        position=1, title=factories.text("I call."), description=first.description, picture=None
    )
    goal.next_steps.append(other)
    session.flush()
    return first, other, goal


def test_choosing_one_step_leaves_what_was_said_of_the_others(
    session: Session, cast: Cast, phone: NewPhone
) -> None:
    one, two, _goal = steps_of(session, cast)
    assert phone(1).says("next_step.choose", 9, next_step=two.id) is APPLIED
    assert phone(2).says("next_step.choose", 7, next_step=one.id) is OVERTAKEN
    assert phone(2).says("next_step.later", 8, next_step=one.id) is APPLIED
    assert phone(2).says("next_step.later", 8, next_step=two.id) is OVERTAKEN
    assert (one.state, two.state) == (NextStepState.LATER, NextStepState.CHOSEN)


def test_two_tasks_two_days_and_two_settings_have_nothing_to_do_with_each_other(
    session: Session, cast: Cast, phone: NewPhone, task: Task
) -> None:
    other = factories.task(session, cast.ada, "Mop")
    phone(1).says("task.done", 9, task=task.id, day=DAY)
    late = phone(2)
    assert late.says("task.done", 1, task=other.id, day=DAY) is APPLIED
    assert late.says("task.done", 2, task=task.id, day="2026-11-24") is APPLIED
    phone(1).says("settings.change", 9, setting="theme", value="dark")
    assert late.says("settings.change", 3, setting="text_size", value=28) is APPLIED


def test_the_view_of_another_person_overtakes_nothing(
    session: Session, cast: Cast, phone: NewPhone
) -> None:
    step = factories.tried_step(session, cast.ada)
    part = {"pictures": [], "sentence": {}}
    view = {"next_step": step.id, "well": part, "wrong": part, "helps": part, "feeling": None}
    assert phone(9, cast.cora).says("risk.view", 9, **view) is APPLIED
    assert phone(1).says("risk.view", 3, **view) is APPLIED


def test_a_choice_that_breaks_a_rule_is_no_word(
    session: Session, phone: NewPhone, task: Task, cast: Cast
) -> None:
    savepoint = session.begin_nested()
    with pytest.raises(Exception, match="unknown_setting"):
        phone(1).says("settings.change", 9, setting="theme", value="pink")
    savepoint.rollback()
    assert session.scalars(select(LastWord)).all() == []
    assert phone(2).says("settings.change", 2, setting="theme", value="dark") is APPLIED


def test_the_order_costs_two_statements(
    session: Session, phone: NewPhone, task: Task, cast: Cast
) -> None:
    """One look for a later word, and one row for this one."""
    engine = session.get_bind()
    with counted(engine) as said:  # type: ignore[arg-type]
        phone(1).says("task.done", 1, task=task.id, day=DAY)
    assert len([each for each in said if "last_word" in each]) == 2
