"""The things of a plan as plain values, to keep in the history and to put back exactly.

A thing has a name, such as "task:12", and values that JSON can hold; None says that it is not
there. Taking away is never deleting: the row stays and can come back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Enum, Time, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from webapp.domain import paces, schedules, subscriptions
from webapp.domain.effects import Effect, Snapshot
from webapp.domain.repeats import today_in
from webapp.domain.schedules import Schedule
from webapp.models.base import UtcDateTime
from webapp.models.follow_up import FollowUp
from webapp.models.person import Person
from webapp.models.plan import Goal, NextStep, Step, Task
from webapp.models.risk import RiskPlan
from webapp.models.text import BilingualText, BilingualTextColumn

Thing = Goal | NextStep | Task | RiskPlan | FollowUp | Person

FIELDS: dict[type[Any], tuple[str, ...]] = {
    Goal: ("title", "why", "wanted_by", "state"),
    NextStep: ("goal_id", "title", "description", "picture", "state", "could_go_wrong"),
    Task: (
        "goal_id",
        "title",
        "description",
        "picture",
        "place",
        "is_fixed_by_workplace",
        "remind_minutes_before",
        "remind_on",
        "agreed",
        "stopped_on",
    ),
    RiskPlan: (
        "helps",
        "who_id",
        "look_again_on",
        "decision",
        "feeling_after",
        "look_back",
    ),
    FollowUp: ("title", "rule", "checked_at", "checked_by_id"),
    Person: (
        "pace",
        "paces",
        "agreed_pace",
        "language",
        "region",
        "text_size",
        "theme",
        "voice_speed",
        "time_style",
        "time_zone",
        "reminders_on",
        "reminders_paused",
        "remind_all",
        "remind_all_minutes",
        "reminds_again",
        "reminders_a_day",
        "lock_screen",
        "quiet_from",
        "quiet_until",
    ),
}
"""What of each thing is kept. Times and steps go with a task."""

NAMES: dict[type[Any], str] = {
    Goal: "goal",
    NextStep: "next_step",
    Task: "task",
    RiskPlan: "risk_plan",
    FollowUp: "follow_up",
    Person: "person",
}


class Watching:
    """Looks at things before and after they change: the effect is what became different."""

    def __init__(self, *things: Thing) -> None:
        self._things = list(things)
        self._before: dict[str, Snapshot | None] = {name(each): look(each) for each in things}

    def also(self, thing: Thing) -> None:
        """Look at one more thing, before it changes."""
        self._things.append(thing)
        self._before[name(thing)] = look(thing)

    def added(self, thing: Thing) -> None:
        """Look at a thing that has just been added and has its number."""
        self._things.append(thing)
        self._before[name(thing)] = None

    def effect(self) -> Effect:
        """Return what is different now."""
        after = {name(each): look(each) for each in self._things}
        different = [key for key in after if after[key] != self._before[key]]
        return Effect(
            {key: self._before[key] for key in different}, {key: after[key] for key in different}
        )


def is_made_of_things(effect: Effect) -> bool:
    """Say whether an effect is made of things."""
    return any(":" in key for key in effect.before or {})


def name(thing: Thing) -> str:
    """Return the name of a thing, such as "task:12"."""
    number = thing.next_step_id if isinstance(thing, RiskPlan) else thing.id
    return f"{NAMES[type(thing)]}:{number}"


def look(thing: Thing) -> Snapshot | None:
    """Return the values of a thing; None where it has been taken away."""
    if getattr(thing, "removed_at", None) is not None:
        return None
    values = {field: _plain(getattr(thing, field)) for field in FIELDS[type(thing)]}
    if isinstance(thing, RiskPlan):
        values |= _spoken_of(thing)
    if isinstance(thing, Task):
        values |= schedules.current(thing).as_json()
        values["steps"] = [
            {"id": step.id, "text": step.text.as_json(), "picture": step.picture}
            for step in thing.steps
        ]
    return values


def _spoken_of(plan: RiskPlan) -> Snapshot:
    """Return the words for what a plan points at, so that its history can be read by itself."""
    session = Session.object_session(plan)
    step = session.get_one(NextStep, plan.next_step_id) if session else None
    who = session.get(Person, plan.who_id) if session and plan.who_id else None
    return {
        "title": _plain(step.title) if step else {},
        "picture": step.picture if step else None,
        "who": who.name if who else None,
    }


def look_at(session: Session, participant: Person, names: list[str]) -> dict[str, Snapshot | None]:
    """Return the values of the things with these names as they are now.

    One statement for each kind of thing.
    """
    numbers: dict[str, list[int]] = {}
    for each in names:
        kind, number = each.split(":")
        numbers.setdefault(kind, []).append(int(number))
    found: dict[str, Thing] = {}
    for kind, wanted in numbers.items():
        things = session.scalars(_FIND[kind](wanted, participant.id)).unique()
        found |= {name(thing): thing for thing in things}
    return {each: look(found[each]) if each in found else None for each in names}


def find(session: Session, participant: Person, named: str) -> Thing | None:
    """Return the thing with this name in the plan of the participant, taken away or not."""
    kind, number = named.split(":")
    return session.scalars(_FIND[kind]([int(number)], participant.id)).unique().one_or_none()


_FIND: dict[str, Callable[[list[int], int], Any]] = {
    "goal": lambda numbers, owner: select(Goal).where(
        Goal.id.in_(numbers), Goal.participant_id == owner
    ),
    "next_step": lambda numbers, owner: (
        select(NextStep)
        .join(Goal, Goal.id == NextStep.goal_id)
        .where(NextStep.id.in_(numbers), Goal.participant_id == owner)
    ),
    "task": lambda numbers, owner: (
        select(Task)
        .where(Task.id.in_(numbers), Task.participant_id == owner)
        .options(joinedload(Task.steps))
    ),
    "risk_plan": lambda numbers, owner: (
        select(RiskPlan)
        .join(NextStep, NextStep.id == RiskPlan.next_step_id)
        .join(Goal, Goal.id == NextStep.goal_id)
        .where(RiskPlan.next_step_id.in_(numbers), Goal.participant_id == owner)
    ),
    "follow_up": lambda numbers, owner: select(FollowUp).where(
        FollowUp.id.in_(numbers), FollowUp.participant_id == owner
    ),
    "person": lambda numbers, owner: select(Person).where(
        Person.id.in_(numbers), Person.id == owner
    ),
}


def put(
    session: Session, participant: Person, named: str, values: Snapshot | None, now: datetime
) -> None:
    """Give a thing these values; None takes it away. No day that has passed changes."""
    thing = find(session, participant, named)
    if thing is None:
        return
    if isinstance(thing, Goal | NextStep | Task | FollowUp):
        thing.removed_at = now if values is None else None
    today = today_in(participant.time_zone, now)
    if values is None:
        _stop(thing, today)
        return
    if isinstance(thing, Person):
        coming = paces.from_day_on(thing, values["paces"], today)
        values = {**values, "paces": coming}
    if isinstance(thing, Task) and values["stopped_on"] is None:
        schedules.come_again(thing, today)
    _put_fields(thing, values)
    if isinstance(thing, Person):
        subscriptions.note_phones(session, thing, now)
    if isinstance(thing, Task):
        _put_times(thing, values, today)
        put_steps(session, thing, values["steps"], now)


def _put_fields(thing: Thing, values: Snapshot) -> None:
    """Give a thing its values; an older version of the app may have kept fewer of them."""
    for field in FIELDS[type(thing)]:
        if field in values:
            setattr(thing, field, _value(getattr(type(thing), field), values[field]))


def _stop(thing: Thing, today: date) -> None:
    """Let a task that is taken away come no more; it stays on the days that have passed."""
    if isinstance(thing, Task):
        thing.stopped_on = min(thing.stopped_on or today, today)


def _put_times(task: Task, values: Snapshot, today: date) -> None:
    """Give a task its times back; what comes once and would come in the past comes today."""
    to = Schedule.from_json(values)
    if to == schedules.current(task):
        return
    if to.repeat is None and to.starts_on < today <= task.starts_on:
        to = replace(to, starts_on=today)
    schedules.reschedule(task, to, schedules.next_day(today))


def put_steps(session: Session, task: Task, wanted: list[dict[str, Any]], now: datetime) -> None:
    """Give a task these steps, in this order: those with a number keep it, and their ticks."""
    known = {step.id: step for step in session.scalars(select(Step).where(Step.task_id == task.id))}
    kept = {row.get("id") for row in wanted}
    for step in known.values():
        if step.id not in kept and step.removed_at is None:
            step.removed_at = now
    for position, row in enumerate(wanted):
        step = known.get(row.get("id") or 0) or Step(task_id=task.id)
        step.position, step.removed_at = position, None
        step.text, step.picture = BilingualText.from_json(row["text"]), row["picture"]
        session.add(step)
    session.flush()
    session.expire(task, ["steps"])


def _plain(value: Any) -> Any:
    if isinstance(value, BilingualText):
        return value.as_json()
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | time | datetime) else value


def _value(column: InstrumentedAttribute[Any], stored: Any) -> Any:
    """Return a stored value as the column wants it."""
    if stored is None:
        return None
    if isinstance(column.type, BilingualTextColumn):
        return BilingualText.from_json(stored)
    if isinstance(column.type, Enum):
        return column.type.python_type(stored)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(stored)
    if isinstance(column.type, Time):
        return time.fromisoformat(stored)
    return date.fromisoformat(stored) if isinstance(column.type, Date) else stored
