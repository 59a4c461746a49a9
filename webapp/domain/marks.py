"""What a person says of an occurrence: done, later, not today, taken back; and ticks of steps."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import clocks, schedules
from webapp.domain.effects import Effect, Snapshot
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.repeats import wall_clock
from webapp.models.change import Change, HistoryEntry
from webapp.models.mark import Mark, MarkState, StepTick
from webapp.models.person import Person
from webapp.models.plan import Step, Task

LONGEST_WAIT = timedelta(days=366)
"""How far away the day may be of which something was said that waited on a phone."""


def mark_done(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say that the occurrence is done. It stays where "later" put it."""
    return _mark_in_place(session, change, participant, MarkState.DONE, now)


def mark_not_today(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say that the occurrence is not for today. It stays where "later" put it."""
    return _mark_in_place(session, change, participant, MarkState.NOT_TODAY, now)


def has_done_a_task(session: Session, participant: Person) -> bool:
    """Say whether the person has marked anything as done, ever."""
    done = select(Mark.id).join(Task, Task.id == Mark.task_id)
    own = (Task.participant_id == participant.id, Mark.state == MarkState.DONE)
    return session.scalars(done.where(*own).limit(1)).first() is not None


def _mark_in_place(
    session: Session, change: Change, participant: Person, state: MarkState, now: datetime
) -> Effect:
    task, day = _occurrence(session, change, participant)
    mark = _mark(session, task, day)
    moved = (mark.moved_on, mark.moved_time) if mark else (None, None)
    return _set_mark(session, change, (task, day), (state, *moved), now)


def mark_later(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Move the occurrence to another time, today or tomorrow.

    Raises RuleBroken where the workplace has fixed the time ("fixed_time"), where the new
    moment is neither today nor tomorrow ("not_today_or_tomorrow") or has passed ("in_the_past").
    What has waited on a phone named a moment of the day on which it was said: between the day of
    the occurrence and tomorrow, passed or not.
    """
    task, day = _occurrence(session, change, participant)
    if task.is_fixed_by_workplace:
        raise RuleBroken("fixed_time")
    to_day, to_time = _wanted_moment(change)
    today, clock = wall_clock(now, participant.time_zone)
    waited = clocks.has_waited(change)
    first = min(day, today) if waited else today
    if not first <= to_day <= today + timedelta(days=1):
        raise RuleBroken("not_today_or_tomorrow")
    if to_time and (to_day, to_time) <= (today, clock) and not waited:
        raise RuleBroken("in_the_past")
    return _set_mark(session, change, (task, day), (MarkState.LATER, to_day, to_time), now)


def take_back(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Put the occurrence back as it was before its last mark.

    Taking back what is not marked changes nothing, so that a second tap is harmless.
    """
    task, day = _occurrence(session, change, participant)
    mark = _mark(session, task, day)
    if mark is None:
        return Effect(before=None, after=None)
    before = _snapshot(mark)
    after = _before_change(session, mark.change_id)
    _restore(session, mark, after, now)
    return Effect(before, after)


def tick_step(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Tick a step of an occurrence, or take the tick back.

    A step may have been taken away while the tick waited on a phone: that is no mistake.
    """
    task, day = _occurrence(session, change, participant)
    step = session.scalars(
        select(Step).where(Step.id == change.wanted["step"], Step.task_id == task.id)
    ).one_or_none()
    if step is None or (step.removed_at and not clocks.has_waited(change)):
        raise NotFound
    tick = session.get(StepTick, (step.id, day))
    wants_tick = bool(change.wanted["ticked"])
    if wants_tick and tick is None:
        session.add(StepTick(step_id=step.id, day=day, ticked_at=now))
    elif tick is not None and not wants_tick:
        session.delete(tick)
    named = {"step": step.id, "day": day.isoformat()}
    return Effect({**named, "ticked": tick is not None}, {**named, "ticked": wants_tick})


def _occurrence(session: Session, change: Change, participant: Person) -> tuple[Task, date]:
    """Return the task and day that the change speaks of, if the plan has that occurrence.

    It may have had it when the person said something of it, and have changed before that arrived.
    """
    task = session.scalars(
        select(Task).where(Task.id == change.wanted["task"], Task.participant_id == participant.id)
    ).one_or_none()
    day = date.fromisoformat(change.wanted["day"])
    if task is None:
        raise NotFound
    waited = clocks.has_waited(change) and abs(day - change.made_at.date()) <= LONGEST_WAIT
    if not (waited or schedules.comes_on(task, day) or _mark(session, task, day)):
        raise NotFound
    return task, day


def _wanted_moment(change: Change) -> tuple[date, time | None]:
    at = change.wanted["to_time"]
    return date.fromisoformat(change.wanted["to_day"]), time.fromisoformat(at) if at else None


def _mark(session: Session, task: Task, day: date) -> Mark | None:
    return session.scalars(
        select(Mark).where(Mark.task_id == task.id, Mark.day == day)
    ).one_or_none()


Said = tuple[MarkState, date | None, time | None]
"""What a mark says: its state, and where "later" put the occurrence."""


def _set_mark(
    session: Session, change: Change, occurrence: tuple[Task, date], said: Said, now: datetime
) -> Effect:
    task, day = occurrence
    mark = _mark(session, task, day)
    before = _snapshot(mark) if mark else None
    if mark is None:
        mark = Mark(task_id=task.id, day=day)
        session.add(mark)
    elif (mark.state, mark.moved_on, mark.moved_time) == said:
        return Effect(before, before)
    mark.state, mark.moved_on, mark.moved_time = said
    mark.change_id, mark.marked_at = change.id, now
    return Effect(before, _snapshot(mark))


def _snapshot(mark: Mark) -> Snapshot:
    return {
        "task": mark.task_id,
        "day": mark.day.isoformat(),
        "state": mark.state.value,
        "moved_on": mark.moved_on and mark.moved_on.isoformat(),
        "moved_time": mark.moved_time and mark.moved_time.isoformat(),
        "change": mark.change_id,
    }


def _before_change(session: Session, change_id: int) -> Snapshot | None:
    """Return what stood there before that change was applied, as its history line says."""
    return session.scalars(
        select(HistoryEntry.before).where(HistoryEntry.change_id == change_id)
    ).first()


def _restore(session: Session, mark: Mark, snapshot: Snapshot | None, now: datetime) -> None:
    if snapshot is None:
        session.delete(mark)
        return
    on, at = snapshot["moved_on"], snapshot["moved_time"]
    mark.state = MarkState(snapshot["state"])
    mark.moved_on = date.fromisoformat(on) if on else None
    mark.moved_time = time.fromisoformat(at) if at else None
    mark.change_id, mark.marked_at = snapshot["change"], now
