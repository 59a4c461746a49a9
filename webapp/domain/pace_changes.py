"""A new pace: what it would move, shown before it is done, and the moving."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import pictures
from webapp.domain import clocks, paces, pacing, schedules
from webapp.domain.effects import Effect
from webapp.domain.errors import RuleBroken
from webapp.domain.pacing import Movable, Turn
from webapp.domain.repeats import today_in
from webapp.domain.schedules import Schedule, next_day
from webapp.domain.things import Watching
from webapp.models.change import Change
from webapp.models.mark import Mark
from webapp.models.person import Pace, Person
from webapp.models.plan import Task
from webapp.models.text import BilingualText

MEETINGS = {"coach", "mentor"}
"""The pictures of tasks that are meetings with somebody of the team."""

LONGEST_PAUSE = timedelta(days=366)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AHEAD = timedelta(days=60)
"""How far ahead a fixed time is looked for, to say that it stays."""


@dataclass(frozen=True, slots=True)
class Named:
    """A task, as a list shows it."""

    task_id: int
    title: BilingualText
    picture: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A task that would move, with its time before and after."""

    task: Named
    before: Schedule
    after: Schedule


@dataclass(frozen=True, slots=True)
class Preview:
    """What a pace would do: what moves, what rests in a pause, what the workplace has fixed."""

    pace: Pace
    until: date | None
    is_chosen: bool
    moved: tuple[Moved, ...]
    rests: tuple[Named, ...]
    stays: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The pace that is asked for, seen from the one that counts today."""

    pace: Pace
    until: date | None
    today: date
    present: paces.PaceNow
    agreed_pace: Pace

    @property
    def is_chosen(self) -> bool:
        return (self.pace, self.until) == (self.present.pace, self.present.until)

    @property
    def turn(self) -> Turn:
        if self.until:
            return pacing.to_pause(self.present.going_by, self.agreed_pace, self.today, self.until)
        return pacing.to_pace(
            self.pace, self.agreed_pace, self.today, ends_pause=self.present.is_paused
        )

    @property
    def steps(self) -> list[paces.Step]:
        begins = [[self.today.isoformat(), self.pace.value]]
        ends = [[self.until.isoformat(), self.present.going_by.value]] if self.until else []
        return begins + ends


def set_pace(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Set the pace: from tomorrow on, or a pause from today until a day.

    The pace that one has already changes nothing, and neither does a pause that was over before
    it arrived. Raises RuleBroken ("unknown_pace") and ("pause_needs_a_day") where a pause has no
    last day, or one that is not within a year.
    """
    watching = Watching(participant)
    if clocks.has_waited(change) and _is_over(change.wanted, participant, now):
        return watching.effect()
    asked = _read(change.wanted, participant, now)
    if asked.is_chosen:
        return watching.effect()
    tasks = _tasks(session, participant, asked.today, with_steps=True)
    for task, schedule in _changes(tasks, asked):
        watching.also(task)
        _reschedule(task, schedule, next_day(asked.today))
    participant.paces = paces.from_day_on(participant, asked.steps, asked.today)
    participant.pace = asked.pace
    return watching.effect()


def preview(
    session: Session, participant: Person, wanted: Mapping[str, Any], now: datetime
) -> Preview:
    """Return what `set_pace` would do with these values, and write nothing. Raises the same."""
    asked = _read(wanted, participant, now)
    tasks = _tasks(session, participant, asked.today)
    moved = [] if asked.is_chosen else [_moved(*each) for each in _changes(tasks, asked)]
    first, last = asked.today, (asked.until or asked.today + AHEAD) - timedelta(days=1)
    coming = [task for task, _held in tasks if any(schedules.days_of(task, first, last))]
    return Preview(
        asked.pace,
        asked.until,
        asked.is_chosen,
        tuple(moved),
        tuple(_named(task) for task in coming if asked.until and _rests(task)),
        tuple(_named(task) for task in coming if task.is_fixed_by_workplace),
    )


def _read(wanted: Mapping[str, Any], participant: Person, now: datetime) -> _Asked:
    today = today_in(participant.time_zone, now)
    try:
        pace = Pace(str(wanted.get("pace")))
    except ValueError as error:
        raise RuleBroken("unknown_pace") from error
    until = _last_day(wanted.get("until"), today) if pace is Pace.PAUSE else None
    present = paces.find_now(participant, today)
    return _Asked(pace, until, today, present, participant.agreed_pace)


def _is_over(wanted: Mapping[str, Any], participant: Person, now: datetime) -> bool:
    """Say whether this is a pause whose last day has passed."""
    until, today = wanted.get("until"), today_in(participant.time_zone, now)
    is_day = isinstance(until, str) and DAY.fullmatch(until)
    return wanted.get("pace") == Pace.PAUSE and bool(is_day) and str(until) <= today.isoformat()


def _last_day(text: Any, today: date) -> date:
    try:
        until = date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise RuleBroken("pause_needs_a_day") from error
    if not today < until <= today + LONGEST_PAUSE:
        raise RuleBroken("pause_needs_a_day")
    return until


def _tasks(
    session: Session, participant: Person, today: date, *, with_steps: bool = False
) -> Sequence[tuple[Task, bool]]:
    """Return what still comes of a plan, and whether it has a mark: one statement."""
    is_marked = exists().where(Mark.task_id == Task.id)
    found = (
        select(Task, is_marked)
        .where(
            Task.participant_id == participant.id,
            Task.removed_at.is_(None),
            or_(Task.stopped_on.is_(None), Task.stopped_on > next_day(today)),
            or_(Task.repeat_rule.is_not(None), Task.starts_on >= today),
        )
        .order_by(Task.position, Task.id)
    )
    if with_steps:
        found = found.options(selectinload(Task.steps))
    return [(task, marked) for task, marked in session.execute(found)]


def _changes(tasks: Sequence[tuple[Task, bool]], asked: _Asked) -> Iterator[tuple[Task, Schedule]]:
    """Yield each task that gets another schedule, with that schedule.

    What repeats stays as it is where the same pace is taken up again after a pause.
    """
    movable = [(task, held) for task, held in tasks if not task.is_fixed_by_workplace]
    fixed = [schedules.current(task) for task, _held in tasks if task.is_fixed_by_workplace]
    new = pacing.reflow([_movable(*each) for each in movable], fixed, asked.turn)
    for task, _held in movable:
        goes_on = task.repeat_rule is not None and asked.pace is asked.present.going_by
        if new[task.id] != schedules.current(task) and not goes_on:
            yield task, new[task.id]


def _movable(task: Task, is_marked: bool) -> Movable:
    agreed, now = schedules.agreed(task), schedules.current(task)
    return Movable(task.id, agreed, now, task.picture in MEETINGS, is_held=is_marked)


def _reschedule(task: Task, to: Schedule, tomorrow: date) -> None:
    """Give a task its new schedule; one that was to begin later begins no sooner."""
    agreed = schedules.agreed(task)
    begins = [date.fromisoformat(row["until"]) for row in task.earlier]
    schedules.reschedule(task, to, max([tomorrow, *begins]))
    task.agreed = None if to == agreed else agreed.as_json()


def _rests(task: Task) -> bool:
    return task.repeat_rule is not None and not task.is_fixed_by_workplace


def _moved(task: Task, to: Schedule) -> Moved:
    return Moved(_named(task), schedules.current(task), to)


def _named(task: Task) -> Named:
    return Named(task.id, task.title, pictures.find(task.picture).name)
