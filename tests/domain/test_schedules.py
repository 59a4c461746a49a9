"""When a task comes: changes of its time never touch a day that has passed."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY, Ada, task
from webapp.domain import changes, days, schedules, things
from webapp.domain.changes import Asked
from webapp.domain.days import Occurrence
from webapp.domain.errors import NotFound
from webapp.domain.schedules import Schedule
from webapp.domain.steps import steps_for
from webapp.models.plan import Task

LAST_MONDAY = MONDAY - timedelta(days=7)
WEDNESDAY, FRIDAY = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
AFTERNOONS = Schedule(MONDAY, time(14), 45, "FREQ=WEEKLY;BYDAY=WE,FR")


@pytest.fixture
def ada(session: Session, cast: Cast) -> Ada:
    """Give Ada at 8 on Monday, in Toronto."""
    return Ada(session, cast.ada)


def days_between(swept: Task, first: date, last: date) -> list[tuple[date, time | None]]:
    return [(day, schedule.at) for day, schedule in schedules.days_of(swept, first, last)]


def shown(ada: Ada, first: date, last: date) -> list[tuple[date, time | None, int]]:
    found: list[Occurrence] = []
    for day in days.days_for(ada.session, ada.person, first, last):
        found += [*day.timed, *day.any_time]
    return [(each.on, each.at, each.minutes) for each in found]


def test_a_schedule_is_read_as_it_was_written() -> None:
    for schedule in (AFTERNOONS, Schedule(MONDAY, None, 10, None)):
        assert Schedule.from_json(schedule.as_json()) == schedule


def test_a_new_time_leaves_the_days_before_it(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    schedules.reschedule(sweep, AFTERNOONS, TUESDAY)
    week = shown(ada, MONDAY - timedelta(days=2), FRIDAY)
    nine, two = (time(9), 30), (time(14), 45)
    assert week == [
        *((MONDAY - timedelta(days=ago), *nine) for ago in (2, 1, 0)),
        (WEDNESDAY, *two),
        (FRIDAY, *two),
    ]
    assert schedules.current(sweep) == AFTERNOONS


def test_an_earlier_time_is_found_where_the_new_one_has_not_begun(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    far = Schedule(FRIDAY + timedelta(days=30), time(14), 45, "FREQ=WEEKLY")
    schedules.reschedule(sweep, far, TUESDAY)
    assert shown(ada, MONDAY, FRIDAY) == [(MONDAY, time(9), 30)]
    assert ada.today.now is not None
    schedules.reschedule(sweep, Schedule(FRIDAY, None, 5, None), TUESDAY)
    assert shown(ada, MONDAY, FRIDAY) == [(MONDAY, time(9), 30), (FRIDAY, None, 5)]


def test_the_page_of_a_task_goes_by_the_time_of_its_day(ada: Ada, session: Session) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    schedules.reschedule(sweep, AFTERNOONS, TUESDAY)
    assert days.get_occurrence(session, sweep, MONDAY).at == time(9)
    occurrence = days.get_occurrence(session, sweep, WEDNESDAY)
    assert (occurrence.at, occurrence.minutes) == (time(14), 45)
    with pytest.raises(NotFound):
        days.get_occurrence(session, sweep, TUESDAY)
    with pytest.raises(NotFound):
        ada.says("done", sweep, TUESDAY)
    ada.says("done", sweep, MONDAY)
    ada.says("done", sweep, WEDNESDAY)


def test_a_change_that_has_not_begun_is_replaced(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    before = schedules.current(sweep)
    schedules.reschedule(sweep, AFTERNOONS, TUESDAY)
    once = (list(sweep.earlier), schedules.current(sweep))
    schedules.reschedule(sweep, AFTERNOONS, TUESDAY)
    assert (sweep.earlier, schedules.current(sweep)) == once
    schedules.reschedule(sweep, before, TUESDAY)
    assert (sweep.earlier, schedules.current(sweep)) == ([], before)


def test_each_of_several_times_keeps_its_days(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    at_ten = Schedule(LAST_MONDAY, time(10), 30, "FREQ=DAILY")
    schedules.reschedule(sweep, at_ten, MONDAY)
    schedules.reschedule(sweep, AFTERNOONS, WEDNESDAY)
    assert days_between(sweep, MONDAY - timedelta(days=1), FRIDAY) == [
        (MONDAY - timedelta(days=1), time(9)),
        (MONDAY, time(10)),
        (TUESDAY, time(10)),
        (WEDNESDAY, time(14)),
        (FRIDAY, time(14)),
    ]
    assert [schedules.comes_on(sweep, day) for day in (WEDNESDAY, MONDAY)] == [AFTERNOONS, at_ten]


def test_what_comes_once_just_moves(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None, starts_on=TUESDAY)
    schedules.reschedule(sweep, Schedule(FRIDAY, time(9), 30, None), TUESDAY)
    assert sweep.earlier == []
    assert shown(ada, MONDAY, FRIDAY) == [(FRIDAY, time(9), 30)]


def test_a_stopped_task_ends(ada: Ada, session: Session) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    sweep.stopped_on = TUESDAY
    assert shown(ada, MONDAY, FRIDAY) == [(MONDAY, time(9), 30)]
    assert shown(ada, TUESDAY, FRIDAY) == []
    with pytest.raises(NotFound):
        days.get_occurrence(session, sweep, TUESDAY)
    with pytest.raises(NotFound):
        ada.says("done", sweep, TUESDAY)
    sweep.stopped_on = date(1, 1, 2)
    assert days_between(sweep, MONDAY, FRIDAY) == []


def test_what_has_a_mark_stays_whatever_becomes_of_its_time(ada: Ada, session: Session) -> None:
    sweep = task(ada, "Sweep", 9, starts_on=LAST_MONDAY)
    ada.says("done", sweep, MONDAY)
    ada.later(sweep, TUESDAY, "15:00", day=TUESDAY)
    sweep.stopped_on = MONDAY
    assert shown(ada, MONDAY, FRIDAY) == [(MONDAY, time(9), 30), (TUESDAY, time(15), 30)]
    assert days.get_occurrence(session, sweep, MONDAY).is_done
    ada.says("undo", sweep, MONDAY)
    assert shown(ada, MONDAY, FRIDAY) == [(TUESDAY, time(15), 30)]


def test_what_was_taken_away_is_nowhere(ada: Ada, session: Session, cast: Cast) -> None:
    sweep = task(ada, "Sweep", 9)
    [broom, floor] = factories.steps(session, sweep, "I take the broom.", "I sweep.")
    broom.removed_at = ada.now
    session.flush()
    session.expire(sweep)
    assert ada.today.now is not None
    assert ada.today.now.steps == days.get_occurrence(session, sweep, MONDAY).steps == 1
    assert [step.id for step in steps_for(session, sweep, MONDAY)] == [floor.id]
    ticks = {"task": sweep.id, "day": str(MONDAY), "step": broom.id, "ticked": True}
    with pytest.raises(NotFound):
        changes.make(session, cast.ada, cast.ada, Asked("a-tick", "step.tick", ticks), ada.now)
    things.put(session, cast.ada, f"task:{sweep.id}", None, ada.now)
    assert shown(ada, MONDAY, FRIDAY) == []


@pytest.mark.parametrize("agreed", [None, AFTERNOONS])
def test_what_was_agreed_stays_known(ada: Ada, agreed: Schedule | None) -> None:
    sweep = task(ada, "Sweep", 9)
    sweep.agreed = agreed and agreed.as_json()
    assert schedules.agreed(sweep) == (agreed or schedules.current(sweep))
