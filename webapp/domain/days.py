"""What stands on which day: the occurrences of a plan, where the person's marks have put them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Date, Row, Select, String, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from webapp import pictures
from webapp.domain import paces, schedules
from webapp.domain.errors import NotFound
from webapp.domain.repeats import days_between, wall_clock
from webapp.domain.schedules import Schedule
from webapp.models.mark import Mark, MarkState
from webapp.models.person import Person, RemindOn
from webapp.models.plan import Step, Task
from webapp.models.text import BilingualText

DAYS_AHEAD = 60
"""How far ahead the next thing is looked for, in days."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A task on one day. `day` is what its rule says and names it; `on` is where it stands now."""

    task_id: int
    day: date
    on: date
    at: time | None
    minutes: int
    title: BilingualText
    description: BilingualText
    place: BilingualText
    picture: str
    fixed: bool
    steps: int
    mark: MarkState | None
    remind_minutes_before: int | None = None
    remind_on: RemindOn | None = None

    @property
    def is_done(self) -> bool:
        """Say whether the person said that it is done."""
        return self.mark is MarkState.DONE

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for the person: neither done nor put aside."""
        return self.mark not in (MarkState.DONE, MarkState.NOT_TODAY)

    @property
    def may_move(self) -> bool:
        """Say whether the person may put it at another time."""
        return self.is_open and not self.fixed

    @property
    def ends_at_minute(self) -> int:
        """Return when it ends, in minutes since the day began; the day's end without a time."""
        if self.at is None:
            return 24 * 60
        return self.at.hour * 60 + self.at.minute + self.minutes


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a plan."""

    on: date
    timed: tuple[Occurrence, ...]
    any_time: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The day that a person's clock shows: what comes now, and the rest around it.

    `minute` is the person's time, counted from midnight.
    """

    on: date
    now: Occurrence | None
    rest: tuple[Occurrence, ...]
    any_time: tuple[Occurrence, ...]
    next: Occurrence | None
    minute: int

    @property
    def is_from_earlier(self) -> bool:
        """Say whether the time of what the person may do now has passed."""
        return self.now is not None and self.now.ends_at_minute <= self.minute

    @property
    def everything_done(self) -> bool:
        """Say whether there was something on this day, and nothing of it waits any more."""
        return self.now is None and bool(self.rest or self.any_time)


def today_for(session: Session, participant: Person, now: datetime) -> Today:
    """Return the participant's day at this instant, as their own wall clock shows it."""
    on, clock = wall_clock(now, participant.time_zone)
    day = days_for(session, participant, on, on)[0]
    current = _what_comes_now(day, clock)
    return Today(
        on=on,
        now=current,
        rest=tuple(each for each in day.timed if each is not current),
        any_time=tuple(each for each in day.any_time if each is not current),
        next=None if current else _next_after(session, participant, on),
        minute=clock.hour * 60 + clock.minute,
    )


def days_for(session: Session, participant: Person, first: date, last: date) -> list[Day]:
    """Return each day from `first` to `last`, both included, with what stands on it."""
    found = _occurrences(session, participant, first, last)
    found.sort(key=lambda each: (each.on, each.at or time.max, each.task_id))
    by_day = {on: tuple(group) for on, group in groupby(found, key=lambda each: each.on)}
    return [_day(on, by_day.get(on, ())) for on in _each_day(first, last)]


def get_occurrence(session: Session, task: Task, day: date) -> Occurrence:
    """Return the occurrence of `task` on `day`. Raises NotFound where there is none."""
    mark = session.scalars(
        select(Mark).where(Mark.task_id == task.id, Mark.day == day)
    ).one_or_none()
    schedule = schedules.comes_on(task, day)
    if schedule is None and mark is None:
        raise NotFound
    return _occurrence(task, len(task.steps), (day, schedule), mark)


def _what_comes_now(day: Day, clock: time) -> Occurrence | None:
    """Return what the person may do now.

    First what goes on or comes next, then what has no time, then what is still open from
    earlier, so that nothing is lost and nothing is called late.
    """
    minute = clock.hour * 60 + clock.minute
    waiting = [each for each in day.timed if each.is_open]
    coming = [each for each in waiting if each.ends_at_minute > minute]
    without_time = [each for each in day.any_time if each.is_open]
    return next(iter([*coming, *without_time, *waiting]), None)


def _next_after(session: Session, participant: Person, on: date) -> Occurrence | None:
    first, last = on + timedelta(days=1), on + timedelta(days=DAYS_AHEAD)
    days = days_for(session, participant, first, last)
    coming = (each for day in days for each in (*day.timed, *day.any_time) if each.is_open)
    return next(coming, None)


def _day(on: date, occurrences: tuple[Occurrence, ...]) -> Day:
    return Day(
        on=on,
        timed=tuple(each for each in occurrences if each.at is not None),
        any_time=tuple(each for each in occurrences if each.at is None),
    )


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _occurrences(
    session: Session, participant: Person, first: date, last: date
) -> list[Occurrence]:
    """Return what stands in the interval, marks considered: one statement, whatever the plan.

    What has a mark stays, whatever has become of the task's time since. What a mark moved in
    from a day before or after is found through the mark.
    """
    asked = {"participant_id": participant.id, "first": first, "last": last}
    rows = session.execute(_TASKS_WITH_MARKS, asked).all()
    tasks = {row.id: row for row in rows}
    marks = {(row.id, row.day): row for row in rows if row.day}
    planned = {
        (task.id, day): schedule
        for task in tasks.values()
        for day, schedule in _days_of(task, first, last)
    }
    rests = paces.days_of_pause(participant, first, last)
    made = [
        _occurrence(tasks[task_id], tasks[task_id].steps, (day, planned.get((task_id, day))), mark)
        for task_id, day in planned.keys() | marks.keys()
        if (mark := marks.get((task_id, day))) or not (day in rests and _rests(tasks[task_id]))
    ]
    return [each for each in made if first <= each.on <= last]


def _days_of(task: Row[Any], first: date, last: date) -> Iterable[tuple[date, Schedule | None]]:
    """Return the days of a task with their schedules; None is the one that the row itself has.

    Most tasks have only ever had one time: for them this is the short way.
    """
    if task.earlier or task.stopped_on:
        return schedules.days_of(task, first, last)
    return ((day, None) for day in days_between(task.repeat_rule, task.starts_on, first, last))


def _rests(task: Row[Any]) -> bool:
    """Say whether a task does not come in a pause. What comes once was put there after it began."""
    return bool(task.repeat_rule) and not task.is_fixed_by_workplace


def _tasks_with_marks() -> Select[Any]:
    """Return the statement for the tasks that may stand in an interval, with their marks in it.

    A mark belongs to the interval by the day that it names, or by the day it has moved to.
    What came once and before, or has stopped before, is left out, so that a long past costs
    nothing.
    """
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    steps = (
        select(func.count(Step.id))
        .where(Step.task_id == Task.id, Step.removed_at.is_(None))
        .scalar_subquery()
    )
    belongs = or_(Mark.day.between(first, last), Mark.moved_on.between(first, last))
    repeats = Task.repeat_rule.is_not(None) | (Task.starts_on >= first)
    had_other_times = cast(Task.earlier, String) != "[]"
    comes_in_it = ((Task.starts_on <= last) & repeats) | had_other_times
    goes_on = Task.stopped_on.is_(None) | (Task.stopped_on > first)
    return (
        select(*Task.__table__.columns, steps.label("steps"))
        .add_columns(Mark.day, Mark.state, Mark.moved_on, Mark.moved_time)
        .outerjoin(Mark, (Mark.task_id == Task.id) & belongs)
        .where(
            Task.participant_id == bindparam("participant_id"),
            or_(comes_in_it & goes_on, Mark.day.is_not(None)),
        )
    )


_TASKS_WITH_MARKS = _tasks_with_marks()
"""Put together once: it is the same at each request."""


def _occurrence(
    task: Task | Row[Any],
    steps: int,
    planned: tuple[date, Schedule | None],
    mark: Mark | Row[Any] | None,
) -> Occurrence:
    """Put an occurrence together. Without a schedule it is the time that the task has now."""
    day, schedule = planned
    moved = mark is not None and mark.moved_on is not None
    at = schedule.at if schedule else task.at_time
    return Occurrence(
        task_id=task.id,
        day=day,
        on=mark.moved_on if mark and mark.moved_on else day,
        at=mark.moved_time if mark and moved else at,
        minutes=schedule.minutes if schedule else task.duration_minutes,
        title=task.title,
        description=task.description,
        place=task.place,
        picture=pictures.find(task.picture).name,
        fixed=task.is_fixed_by_workplace,
        steps=steps,
        mark=mark.state if mark else None,
        remind_minutes_before=task.remind_minutes_before,
        remind_on=task.remind_on,
    )
