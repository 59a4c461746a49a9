"""Who may see whom: everything is loaded through the actor, so that a stranger finds nothing."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from webapp.domain.errors import NotFound
from webapp.models.base import UtcDateTime
from webapp.models.person import Person, Role, Support
from webapp.models.plan import Goal, NextStep, Task

SEES_THE_PLAN = {Role.COACH}
"""Supporters who see the whole plan. Mentors and employers see only what is shared with them."""

WITH_NEXT_STEPS = selectinload(Goal.next_steps.and_(NextStep.removed_at.is_(None)))
"""Loads goals with their next steps, but those that were taken away."""


def is_supported_by(
    participant_id: ColumnElement[int] | InstrumentedAttribute[int], actor: Person, now: datetime
) -> ColumnElement[bool]:
    """Return the condition that `actor` stands beside the participant at this instant."""
    return _supports(actor.id, participant_id, now)


def _supports(
    actor_id: int | BindParameter[int],
    participant_id: ColumnElement[int] | InstrumentedAttribute[int],
    now: datetime | BindParameter[datetime],
) -> ColumnElement[bool]:
    return exists().where(
        Support.participant_id == participant_id,
        Support.supporter_id == actor_id,
        Support.began_at <= now,
        or_(Support.ended_at.is_(None), Support.ended_at > now),
    )


def is_visible(actor: Person, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a `Person` row is a plan's owner whom `actor` may see."""
    return _sees(actor.role, actor.id, now)


def _sees(
    role: Role, actor_id: int | BindParameter[int], now: datetime | BindParameter[datetime]
) -> ColumnElement[bool]:
    if role in SEES_THE_PLAN:
        return _supports(actor_id, Person.id, now) & (Person.role == Role.PARTICIPANT)
    return Person.id == actor_id


@cache
def _seen_as(role: Role) -> Select[Person]:
    """Return the statement that every page of somebody else's plan asks first; made once."""
    seen = _sees(role, bindparam("actor_id", type_=Integer), bindparam("now", type_=UtcDateTime))
    return select(Person).where(Person.id == bindparam("person_id"), seen)


def get_participant(session: Session, actor: Person, person_id: int, now: datetime) -> Person:
    """Return the participant with this id, if `actor` may see their plan.

    Raises NotFound to everybody else, as if the person did not exist.
    """
    if person_id == actor.id and actor.is_participant:
        return actor
    asked = {"person_id": person_id, "actor_id": actor.id, "now": now}
    found = session.scalars(_seen_as(actor.role), asked).one_or_none()
    if found is None or not found.is_participant:
        raise NotFound
    return found


def participants_for(session: Session, actor: Person, now: datetime) -> Sequence[Person]:
    """Return the participants whose plan `actor` may see, by name."""
    visible = select(Person).where(Person.role == Role.PARTICIPANT, is_visible(actor, now))
    return session.scalars(visible.order_by(Person.name, Person.id)).all()


def get_task(session: Session, actor: Person, task_id: int, now: datetime) -> tuple[Task, Person]:
    """Return a task and the participant whose plan it is in, if `actor` may see that plan.

    Raises NotFound to everybody else.
    """
    found = session.execute(
        select(Task, Person)
        .join(Person, Person.id == Task.participant_id)
        .where(Task.id == task_id, is_visible(actor, now))
    ).one_or_none()
    if found is None:
        raise NotFound
    task, owner = found
    return task, owner


def get_goal(session: Session, actor: Person, goal_id: int, now: datetime) -> tuple[Goal, Person]:
    """Return a goal with its next steps, and whose it is, if `actor` may see that plan.

    Raises NotFound to everybody else, and where the goal was taken away.
    """
    found = session.execute(
        select(Goal, Person)
        .join(Person, Person.id == Goal.participant_id)
        .where(Goal.id == goal_id, Goal.removed_at.is_(None), is_visible(actor, now))
        .options(WITH_NEXT_STEPS)
    ).one_or_none()
    if found is None:
        raise NotFound
    goal, owner = found
    return goal, owner


def get_next_step(
    session: Session, actor: Person, next_step_id: int, now: datetime
) -> tuple[NextStep, Person]:
    """Return a next step and the participant whose plan it is in, if `actor` may see that plan.

    Raises NotFound to everybody else, and where the step or its goal was taken away.
    """
    found = session.execute(
        select(NextStep, Person)
        .join(Goal, Goal.id == NextStep.goal_id)
        .join(Person, Person.id == Goal.participant_id)
        .where(
            NextStep.id == next_step_id,
            NextStep.removed_at.is_(None),
            Goal.removed_at.is_(None),
            is_visible(actor, now),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    next_step, owner = found
    return next_step, owner


def team_of(session: Session, participant: Person, now: datetime) -> Sequence[Person]:
    """Return who stands beside the participant at this instant, coaches first, then by name."""
    supporters = select(Support.supporter_id).where(
        Support.participant_id == participant.id,
        Support.began_at <= now,
        or_(Support.ended_at.is_(None), Support.ended_at > now),
    )
    people = session.scalars(select(Person).where(Person.id.in_(supporters))).all()
    order = list(Role)
    return sorted(people, key=lambda person: (order.index(person.role), person.name, person.id))
