"""A message that somebody sends to their own phone, to see whether it arrives."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.domain import subscriptions
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.notice import Delivery, Notice, NoticeKind, NoticeState, Sent, Way
from webapp.models.person import Person

OF_USE = timedelta(minutes=10)
"""How long somebody waits for it."""

MOST_WAITING = 3
"""How many of one person may be on their way at once."""

MOST_LATELY = 20
"""How many one person may send while the first is of use: a push service limits us all at once."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Where a try stands, and what the push service said of it, if it was asked."""

    state: NoticeState
    outcome: Sent | None


def begin(session: Session, person: Person, device_id: int, now: datetime) -> Notice:
    """Write a message for this device alone, due now.

    Raises RuleBroken ("no_phone_here") where the device gets no messages, ("too_many_tries")
    where some are on their way already, or many were just before.
    """
    if subscriptions.of_device(session, device_id) is None:
        raise RuleBroken("no_phone_here")
    waiting = _of_use(session, person, now, Notice.state == NoticeState.PLANNED)
    if waiting >= MOST_WAITING or _of_use(session, person, now) >= MOST_LATELY:
        raise RuleBroken("too_many_tries")
    notice = Notice(
        person_id=person.id,
        kind=NoticeKind.TRY,
        key=f"try:{token_urlsafe(16)}",
        device_id=device_id,
        due_at=now,
        next_try_at=now,
        useful_until=now + OF_USE,
    )
    session.add(notice)
    session.flush()
    return notice


def get(session: Session, actor: Person, notice_id: int) -> Tried:
    """Return where one of the actor's own tries stands. Raises NotFound for anything else."""
    pushed = (Delivery.notice_id == Notice.id) & (Delivery.way == Way.PUSH)
    found = session.execute(
        select(Notice.state, Delivery.outcome)
        .outerjoin(Delivery, pushed)
        .where(
            Notice.id == notice_id,
            Notice.person_id == actor.id,
            Notice.kind == NoticeKind.TRY,
        )
    ).first()
    if found is None:
        raise NotFound
    state, outcome = found
    return Tried(state, outcome)


def _of_use(session: Session, person: Person, now: datetime, *which: ColumnElement[bool]) -> int:
    """Count the tries of a person that are not older than their use, or `which` of them."""
    return session.scalars(
        select(func.count(Notice.id)).where(
            Notice.person_id == person.id,
            Notice.kind == NoticeKind.TRY,
            Notice.due_at > now - OF_USE,
            *which,
        )
    ).one()
