"""Adding, moving, stopping and explaining tasks, and taking each of it back."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.door import Door
from webapp.domain import days, things
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.change import HistoryEntry, Outcome
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.plan import Step, Task

MONDAY = factories.MONDAY
TUESDAY = MONDAY + timedelta(days=1)

NEW: dict[str, Any] = {
    "title": {"en": "Water the plants"},
    "description": {},
    "picture": "plant",
    "place": {"en": "In the hall"},
    "goal": None,
    "on": "2026-11-24",
    "at": "15:00",
    "minutes": 20,
    "repeat": None,
    "fixed_by_workplace": False,
    "remind_minutes_before": None,
    "steps": [{"text": {"en": "Take the can"}, "picture": "watering"}],
}

LATER: dict[str, Any] = {"on": "2026-11-23", "at": "14:00", "minutes": 45, "repeat": "FREQ=DAILY"}


@pytest.fixture
def door(session: Session, cast: Cast, now: datetime) -> Door:
    """Give the door to Ada's plan."""
    return Door(session, cast.ada, now)


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


def times(door: Door, first: date, last: date) -> list[tuple[date, time | None, int]]:
    """Return when things come in these days."""
    found = days.days_for(door.session, door.participant, first, last)
    return [
        (day.on, each.at, each.minutes) for day in found for each in (*day.timed, *day.any_time)
    ]


def test_a_task_of_ones_own_stands_in_the_plan_at_once(door: Door, cast: Cast) -> None:
    change = door.does("task.add", **NEW)
    task = door.session.scalars(select(Task)).one()
    assert (task.title.en, task.place.en, task.change_id) == (
        "Water the plants",
        "In the hall",
        change.id,
    )
    assert [step.text.en for step in task.steps] == ["Take the can"]
    assert times(door, MONDAY, TUESDAY) == [(TUESDAY, time(15, 0), 20)]


def test_taking_an_addition_back_and_forth(door: Door) -> None:
    added = door.does("task.add", **NEW)
    undone = door.does("change.undo", change=added.id)
    assert times(door, MONDAY, TUESDAY) == []
    door.does("change.undo", change=undone.id)
    assert times(door, MONDAY, TUESDAY) == [(TUESDAY, time(15, 0), 20)]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": {}}, "title_missing"),
        ({"minutes": 0}, "unknown_length"),
        ({"minutes": 1441}, "unknown_length"),
        ({"repeat": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "unknown_repeat"),
        ({"steps": [{"text": {}, "picture": None}]}, "step_without_words"),
    ],
)
def test_a_task_that_makes_no_sense_is_not_kept(
    door: Door, wrong: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        door.does("task.add", **{**NEW, **wrong})
    assert broken.value.code == code


def test_a_task_serves_a_goal_of_the_same_plan_only(
    door: Door, session: Session, cast: Cast
) -> None:
    hers, his = factories.goal(session, cast.ada), factories.goal(session, cast.ben)
    door.does("task.add", **{**NEW, "goal": hers.id})
    with pytest.raises(NotFound):
        door.does("task.add", **{**NEW, "goal": his.id})


def test_moving_changes_the_days_from_tomorrow_and_none_before(door: Door, sweep: Task) -> None:
    door.now += timedelta(days=1)
    door.does("task.move", task=sweep.id, **LATER)
    assert times(door, MONDAY, MONDAY + timedelta(days=3)) == [
        (MONDAY, time(9, 0), 30),
        (TUESDAY, time(9, 0), 30),
        (MONDAY + timedelta(days=2), time(14, 0), 45),
        (MONDAY + timedelta(days=3), time(14, 0), 45),
    ]


def test_taking_a_move_back_on_the_same_day_is_exact(door: Door, sweep: Task) -> None:
    door.now += timedelta(days=1)
    before = things.look(sweep), list(sweep.earlier)
    moved = door.does("task.move", task=sweep.id, **LATER)
    door.does("change.undo", change=moved.id)
    assert (things.look(sweep), list(sweep.earlier)) == before


def test_taking_a_move_back_later_leaves_the_days_between(door: Door, sweep: Task) -> None:
    moved = door.does("task.move", task=sweep.id, **LATER)
    door.now += timedelta(days=2)
    door.does("change.undo", change=moved.id)
    found = [at for _day, at, _minutes in times(door, MONDAY, MONDAY + timedelta(days=3))]
    assert found == [time(9, 0), time(14, 0), time(14, 0), time(9, 0)]


def test_a_move_may_wait_for_a_later_day_and_be_replaced_before(door: Door, sweep: Task) -> None:
    friday = MONDAY + timedelta(days=4)
    door.does("task.move", task=sweep.id, **{**LATER, "from": friday.isoformat()})
    door.does("task.move", task=sweep.id, **{**LATER, "at": "10:00", "minutes": 30})
    found = [at for _day, at, _minutes in times(door, MONDAY, friday)]
    assert found == [time(9, 0)] + [time(10, 0)] * 4


def test_a_task_does_not_move_into_today(door: Door, sweep: Task) -> None:
    with pytest.raises(RuleBroken, match="not_a_later_day"):
        door.does("task.move", task=sweep.id, **{**LATER, "from": MONDAY.isoformat()})


def test_what_comes_once_just_moves(door: Door, session: Session, cast: Cast) -> None:
    once = factories.task(session, cast.ada, repeat_rule=None)
    door.does("task.move", task=once.id, on="2026-11-25", at=None, minutes=10, repeat=None)
    found = times(door, MONDAY, MONDAY + timedelta(days=4))
    assert found == [(date(2026, 11, 25), None, 10)]


def test_what_comes_once_and_is_done_stays(door: Door, session: Session, cast: Cast) -> None:
    once = factories.task(session, cast.ada, repeat_rule=None)
    door.does("task.done", task=once.id, day=MONDAY.isoformat())
    with pytest.raises(RuleBroken, match="is_done"):
        door.does("task.move", task=once.id, on="2026-11-25", at=None, minutes=10, repeat=None)


def test_a_stopped_task_comes_until_the_day_before(door: Door, sweep: Task) -> None:
    stopped = door.does("task.stop", task=sweep.id, on="2026-11-25")
    assert [day for day, _at, _minutes in times(door, MONDAY, MONDAY + timedelta(days=6))] == [
        MONDAY,
        TUESDAY,
    ]
    door.does("change.undo", change=stopped.id)
    assert len(times(door, MONDAY, MONDAY + timedelta(days=6))) == 7


def test_a_task_does_not_stop_in_the_past(door: Door, sweep: Task) -> None:
    with pytest.raises(RuleBroken, match="in_the_past"):
        door.does("task.stop", task=sweep.id, on="2026-11-22")


def test_explaining_keeps_the_ticks_of_steps_that_stay(
    door: Door, session: Session, sweep: Task
) -> None:
    first, second = factories.steps(session, sweep, "Take the broom", "Begin at the door")
    door.does("step.tick", task=sweep.id, day=MONDAY.isoformat(), step=second.id, ticked=True)
    rows = [
        {"id": second.id, "text": {"en": "Begin at the window"}, "picture": "window"},
        {"id": None, "text": {"en": "Put the broom back"}, "picture": None},
    ]
    explained = door.does("task.explain", task=sweep.id, title={"en": "Sweep well"}, steps=rows)
    assert [step.text.en for step in sweep.steps] == ["Begin at the window", "Put the broom back"]
    assert (sweep.title.en, sweep.picture) == ("Sweep well", "broom")
    door.does("change.undo", change=explained.id)
    assert [step.id for step in sweep.steps] == [first.id, second.id]
    assert sweep.steps[1].text.en == "Begin at the door"
    assert len(session.scalars(select(Step)).all()) == 3


def test_a_time_that_the_workplace_fixed_is_asked_for(
    door: Door, session: Session, cast: Cast
) -> None:
    shift = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    assert door.ask(cast.ada, "task.move", task=shift.id, **LATER) is Outcome.ASKED
    assert shift.at_time == time(9, 0)
    request = session.scalars(select(HelpRequest)).one()
    assert (request.about, request.about_change_id) == (HelpReason.FIXED_TIME, door.last().id)
    line = session.scalars(select(HistoryEntry)).one()
    assert line.after is not None
    assert line.after[f"task:{shift.id}"]["at"] == "14:00"


def test_the_coach_moves_a_fixed_time_with_a_reason_and_the_person_is_told(
    door: Door, session: Session, cast: Cast
) -> None:
    shift = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    session.commit()
    with pytest.raises(RuleBroken, match="needs_reason"):
        door.ask(cast.cora, "task.move", task=shift.id, **LATER)
    session.rollback()
    asked = door.ask(cast.cora, "task.move", task=shift.id, why="The shop opens later.", **LATER)
    assert asked is Outcome.APPLIED
    assert door.last().person_is_told


def test_words_of_a_fixed_task_are_asked_for(door: Door, session: Session, cast: Cast) -> None:
    shift = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    asked = door.ask(cast.ada, "task.explain", task=shift.id, title={"en": "Mine"})
    assert asked is Outcome.ASKED
    assert shift.title.en == "Sweep"


def test_a_move_is_taken_back_although_the_words_have_changed(door: Door, sweep: Task) -> None:
    moved = door.does("task.move", task=sweep.id, **LATER)
    door.does("task.explain", task=sweep.id, title={"en": "Sweep well"})
    door.does("change.undo", change=moved.id)
    assert (sweep.title.en, sweep.at_time) == ("Sweep well", time(9, 0))


def test_a_move_is_not_taken_back_over_a_later_one(door: Door, sweep: Task) -> None:
    moved = door.does("task.move", task=sweep.id, **LATER)
    door.does("task.move", task=sweep.id, **{**LATER, "at": "16:00"})
    with pytest.raises(RuleBroken, match="moved_on"):
        door.does("change.undo", change=moved.id)


def test_taking_back_twice_is_harmless(door: Door, sweep: Task) -> None:
    moved = door.does("task.move", task=sweep.id, **LATER)
    door.does("change.undo", change=moved.id)
    door.does("change.undo", change=moved.id)
    assert sweep.at_time == time(9, 0)


def test_what_a_coach_takes_back_is_a_proposal_where_it_is_the_persons(
    door: Door, sweep: Task, cast: Cast
) -> None:
    moved = door.does("task.move", task=sweep.id, **LATER)
    assert door.ask(cast.cora, "change.undo", change=moved.id) is Outcome.PROPOSED
    assert sweep.at_time == time(14, 0)
    door.does("proposal.answer", changes=[door.last().id], answer="yes")
    assert sweep.at_time == time(9, 0)


def test_a_mark_is_not_taken_back_this_way(door: Door, sweep: Task) -> None:
    done = door.does("task.done", task=sweep.id, day=MONDAY.isoformat())
    with pytest.raises(RuleBroken, match="nothing_to_undo"):
        door.does("change.undo", change=done.id)


def test_a_stranger_finds_nothing(door: Door, session: Session, cast: Cast, sweep: Task) -> None:
    his = Door(session, cast.ben, door.now)
    for verb in ("task.move", "task.stop", "task.explain"):
        with pytest.raises(NotFound):
            his.does(verb, task=sweep.id, on="2026-11-25", at=None, minutes=10, repeat=None)
