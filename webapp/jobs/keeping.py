"""Keeps things in order by the clock: reminders planned ahead, coaches told, old rows removed.

Any number of processes may do so at once: whoever comes first does it, and nothing is done twice.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from webapp.domain import reminders, subscriptions
from webapp.domain.inserting import insert_for
from webapp.domain.notices import OF_USE, wants_messages
from webapp.domain.paces import is_paused
from webapp.domain.reach import unreached
from webapp.domain.repeats import today_in
from webapp.jobs.saying import say
from webapp.models.notice import Delivery, Notice, NoticeKind, NoticeState, PushSubscription
from webapp.models.person import Person, Role, Support

PLANNED_AT_ONCE = 20
"""How many people's reminders are planned in one transaction."""

REMOVED_AT_ONCE = 1000
NOTICES_KEPT = timedelta(days=30)
UNCHECKED_KEPT = timedelta(days=90)
"""So long a phone stays known whose browser has not said that it is still there."""

PLANNED_BADLY_FOR = reminders.PLAN_AGAIN_BEFORE + timedelta(hours=1)
"""How far ahead a plan counts as planned that cannot be: it is tried again in an hour."""


def plan_ahead(session: Session, now: datetime) -> bool:
    """Plan the reminders of some people further; say whether there may be more of them."""
    found = reminders.to_plan(session, now, PLANNED_AT_ONCE)
    for person in found:
        try:
            with session.begin_nested():
                reminders.plan_for(session, person, now)
        except Exception as error:
            # One plan that cannot be read must not stop the reminders of all others.
            say("not_planned", now, level=logging.ERROR, error=type(error).__name__)
            person.planned_until = now + PLANNED_BADLY_FOR
    return len(found) == PLANNED_AT_ONCE


def tell_coaches(session: Session, now: datetime, *, by_mail: bool) -> None:
    """Tell each coach whose participant gets no reminders, once for each time without a phone.

    Where `by_mail`, those who get e-mails are reached.
    """
    pairs = _without_a_way(session, now, by_mail=by_mail)
    rows = [_no_phone(participant, coach, now) for participant, coach in pairs]
    known = select(Notice.key).where(Notice.key.in_([row["key"] for row in rows]))
    told = set(session.scalars(known)) if rows else set()
    new = [row for row in rows if row["key"] not in told]
    if new:
        adding = insert_for(session.connection().dialect.name, Notice)
        session.execute(adding.on_conflict_do_nothing(), new)


def _without_a_way(
    session: Session, now: datetime, *, by_mail: bool
) -> Iterable[tuple[Person, Person]]:
    """Return the participants whom nothing reaches, each with each of their coaches."""
    coach = Person.__table__.alias("coach")
    has_phone = exists().where(PushSubscription.person_id == Person.id)
    found = session.execute(
        select(Person, Support.supporter_id)
        .join(Support, Support.participant_id == Person.id)
        .join(coach, coach.c.id == Support.supporter_id)
        .where(unreached(now, by_mail=by_mail), ~has_phone, coach.c.role == Role.COACH)
        .where(Support.began_at <= now, (Support.ended_at.is_(None)) | (Support.ended_at > now))
    ).all()
    coaches = {each.id: each for each in _people(session, {row[1] for row in found})}
    return [
        (person, coaches[coach_id])
        for person, coach_id in found
        if wants_messages(coaches[coach_id])
        and not is_paused(person, today_in(person.time_zone, now))
    ]


def _people(session: Session, numbers: set[int]) -> Iterable[Person]:
    return session.scalars(select(Person).where(Person.id.in_(numbers))) if numbers else ()


def _no_phone(participant: Person, coach: Person, now: datetime) -> dict[str, Any]:
    since = f"{participant.no_phone_since:%Y-%m-%dT%H:%M:%S}"
    return {
        "person_id": coach.id,
        "participant_id": participant.id,
        "kind": NoticeKind.NO_PHONE,
        "key": f"{NoticeKind.NO_PHONE}:{participant.id}:{since}:{coach.id}",
        "due_at": now,
        "next_try_at": now,
        "useful_until": now + OF_USE,
        "state": NoticeState.PLANNED,
        "tries": 0,
    }


def old_notices(session: Session, now: datetime) -> list[int]:
    """Return settled notices that are older than 30 days.

    Only the oldest rows are looked at, so that it costs the same whatever there is.
    """
    oldest = (
        select(Notice.id, Notice.state, Notice.settled_at)
        .order_by(Notice.id)
        .limit(REMOVED_AT_ONCE)
        .subquery()
    )
    is_old = oldest.c.settled_at < now - NOTICES_KEPT
    settled = oldest.c.state != NoticeState.PLANNED
    return list(session.scalars(select(oldest.c.id).where(is_old, settled)))


def remove_notices(session: Session, numbers: list[int]) -> None:
    """Remove notices, and how each of their ways ended; the counts stay."""
    session.execute(delete(Delivery).where(Delivery.notice_id.in_(numbers)))
    session.execute(delete(Notice).where(Notice.id.in_(numbers)))


def forget_phones(session: Session, today: date, now: datetime) -> None:
    """Remove phones whose browser has not been seen for 90 days."""
    unchecked = select(PushSubscription.id).where(
        PushSubscription.checked_on < today - UNCHECKED_KEPT
    )
    numbers = list(session.scalars(unchecked.limit(REMOVED_AT_ONCE)))
    if numbers:
        subscriptions.drop(session, numbers, now)
