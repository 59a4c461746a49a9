"""Changes of a task: adding one, moving it, stopping it, and the words that explain it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain import schedules, things
from webapp.domain.effects import Effect
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.repeats import RuleMistake, check_rule, today_in
from webapp.domain.rights import Kind
from webapp.domain.schedules import Schedule
from webapp.domain.things import Watching
from webapp.models.change import Change, Outcome
from webapp.models.mark import Mark, MarkState
from webapp.models.person import Person
from webapp.models.plan import Goal, Task
from webapp.models.text import BilingualText

LONGEST_MINUTES = 24 * 60


def kind_of_time(session: Session, participant: Person, wanted: dict[str, Any]) -> Kind:
    """Say whose time it is: the person's own, or one that the workplace has fixed.

    A new task says so itself.
    """
    if "task" not in wanted:
        is_fixed = bool(wanted.get("fixed_by_workplace"))
    else:
        is_fixed = get(session, participant, wanted["task"]).is_fixed_by_workplace
    return Kind.FIXED_TIME if is_fixed else Kind.MOVABLE_TASK


def get(session: Session, participant: Person, task_id: Any) -> Task:
    """Return a task of this plan. Raises NotFound where there is none."""
    found = session.scalars(
        select(Task).where(
            Task.id == task_id,
            Task.participant_id == participant.id,
            Task.removed_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def add(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Add a task, with the values that a plan file gives it.

    Raises RuleBroken ("title_missing") without a title, and what a schedule may break.
    """
    wanted = change.wanted
    title = BilingualText.from_json(wanted["title"])
    if not title:
        raise RuleBroken("title_missing")
    schedule = _checked(Schedule.from_json(wanted))
    task = Task(
        participant_id=participant.id,
        goal_id=_goal(session, participant, wanted),
        position=_last(session, participant) + 1,
        title=title,
        starts_on=schedule.starts_on,
        at_time=schedule.at,
        duration_minutes=schedule.minutes,
        repeat_rule=schedule.repeat,
        is_fixed_by_workplace=bool(wanted.get("fixed_by_workplace")),
        remind_minutes_before=wanted.get("remind_minutes_before"),
        change_id=change.id,
        **_words(wanted),
    )
    schedules.come_only_from(task, _first_day(change, participant, task, now))
    session.add(task)
    session.flush()
    things.put_steps(session, task, _steps(wanted), now)
    watching = Watching()
    watching.added(task)
    return watching.effect()


def move(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Let a task come at other times, from a day on; what comes once moves itself.

    The days before keep what they had. A time chosen by hand is the agreed one, whatever the
    pace had made of it. Raises RuleBroken ("not_a_later_day") where it should begin before
    tomorrow, ("is_stopped") where it comes no more, ("is_done") where what comes once is done.
    A day that has passed until the person says yes counts as tomorrow.
    """
    wanted = change.wanted
    task = get(session, participant, wanted["task"])
    today = today_in(participant.time_zone, now)
    begins = date.fromisoformat(wanted["from"]) if wanted.get("from") else _tomorrow(today)
    _check_may_change(session, task, today)
    watching = Watching(task)
    to = _checked(Schedule.from_json(wanted))
    if task.repeat_rule is None and to.repeat is None:
        begins = max(to.starts_on, today)
        if to.starts_on >= _asked_on(change, participant):
            to = replace(to, starts_on=begins)
    elif begins <= _asked_on(change, participant):
        raise RuleBroken("not_a_later_day")
    else:
        begins = max(begins, _tomorrow(today))
    task.agreed = None
    schedules.reschedule(task, to, begins)
    if to.repeat is None:
        _forget_later(session, task)
    return watching.effect()


def _first_day(change: Change, participant: Person, task: Task, now: datetime) -> date:
    """Return the day from which a new task counts: a proposed one from the person's yes on.

    What comes once, on a day between the two, comes on the day of the yes.
    """
    today = today_in(participant.time_zone, now)
    if change.outcome is not Outcome.PROPOSED:
        return task.starts_on
    if task.repeat_rule is None and _asked_on(change, participant) <= task.starts_on < today:
        task.starts_on = today
    return today


def stop(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Let a task come no more from a day on, today at the earliest. Nothing of it is lost.

    A day that has passed until the person says yes counts as today.
    """
    task = get(session, participant, change.wanted["task"])
    on = date.fromisoformat(change.wanted["on"])
    if on < _asked_on(change, participant):
        raise RuleBroken("in_the_past")
    watching = Watching(task)
    task.stopped_on = max(on, today_in(participant.time_zone, now))
    return watching.effect()


def explain(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Change the words, the picture or the steps that explain a task; what is not named stays."""
    wanted = change.wanted
    task = get(session, participant, wanted["task"])
    watching = Watching(task)
    words = _words(wanted)
    if "title" in wanted:
        words["title"] = BilingualText.from_json(wanted["title"])
        if not words["title"]:
            raise RuleBroken("title_missing")
    for name in words.keys() & wanted.keys():
        setattr(task, name, words[name])
    if "steps" in wanted:
        things.put_steps(session, task, _steps(wanted), now)
    return watching.effect()


def _asked_on(change: Change, participant: Person) -> date:
    """Return the day on which a change was asked for; what was proposed may be applied later."""
    return today_in(participant.time_zone, change.made_at)


def _words(wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": BilingualText.from_json(wanted.get("description") or {}),
        "place": BilingualText.from_json(wanted.get("place") or {}),
        "picture": wanted.get("picture"),
    }


def _steps(wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps as things keep them. Raises RuleBroken where one says nothing."""
    rows = wanted.get("steps") or []
    if not all(BilingualText.from_json(row["text"]) for row in rows):
        raise RuleBroken("step_without_words")
    return [
        {"id": row.get("id"), "text": row["text"], "picture": row.get("picture")} for row in rows
    ]


def _checked(schedule: Schedule) -> Schedule:
    """Return a schedule that a plan may have. Raises RuleBroken where it may not."""
    if not 1 <= schedule.minutes <= LONGEST_MINUTES:
        raise RuleBroken("unknown_length")
    try:
        if schedule.repeat:
            check_rule(schedule.repeat, schedule.starts_on)
    except RuleMistake as error:
        raise RuleBroken("unknown_repeat") from error
    return schedule


def _check_may_change(session: Session, task: Task, today: date) -> None:
    if task.stopped_on and task.stopped_on <= today:
        raise RuleBroken("is_stopped")
    if task.repeat_rule is None and _is_done(session, task):
        raise RuleBroken("is_done")


def _forget_later(session: Session, task: Task) -> None:
    """What comes once and was put off until later comes at its new time, and only then."""
    later = select(Mark).where(Mark.task_id == task.id, Mark.state == MarkState.LATER)
    for mark in session.scalars(later):
        session.delete(mark)


def _is_done(session: Session, task: Task) -> bool:
    said = select(Mark.id).where(Mark.task_id == task.id, Mark.state == MarkState.DONE)
    return session.scalars(said).first() is not None


def _goal(session: Session, participant: Person, wanted: dict[str, Any]) -> int | None:
    """Return the goal that the task serves: by its number, or by the change that added it."""
    mine = select(Goal.id).where(Goal.participant_id == participant.id, Goal.removed_at.is_(None))
    if wanted.get("goal_of_change") is not None:
        return session.scalars(mine.where(Goal.change_id == wanted["goal_of_change"])).first()
    if wanted.get("goal") is None:
        return None
    found = session.scalars(mine.where(Goal.id == wanted["goal"])).one_or_none()
    if found is None:
        raise NotFound
    return found


def _last(session: Session, participant: Person) -> int:
    last = select(func.max(Task.position)).where(Task.participant_id == participant.id)
    found = session.scalar(last)
    return -1 if found is None else found


def _tomorrow(today: date) -> date:
    return schedules.next_day(today)
