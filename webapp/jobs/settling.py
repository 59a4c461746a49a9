"""Keeps what became of the notices on their way, many at a time and in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, literal, select, update
from sqlalchemy.orm import Session

from webapp.domain import subscriptions
from webapp.jobs.claiming import IS_PLANNED, NOTICE
from webapp.jobs.many import among, pairs
from webapp.jobs.parcels import End, Parcel
from webapp.jobs.rows import table
from webapp.jobs.storing import insert_for
from webapp.models.notice import Delivery, DeliveryCount, NoticeState, PushSubscription, Sent, Way

DELIVERY = table(Delivery)
WITHIN_SECONDS = (10, 60, 3600)
"""The delays that are counted apart: what was promised, and what somebody must look at."""

UNCOUNTED = 0
NO_WAY = "none"
"""The way of what went on none: it was missed, or there was nowhere to send it."""

Counted = Counter[tuple[date, str, str, int]]


def settle(session: Session, parcels: Iterable[Parcel], now: datetime) -> list[Parcel]:
    """Keep how these notices ended, or when they are tried again; return those that were ours.

    Another process has taken over what was held for too long; the person has changed what is no
    longer claimed. Nothing is kept of those.
    """
    connection = session.connection()
    by_state: dict[NoticeState, dict[int, Parcel]] = {}
    for parcel in parcels:
        parcel.state = parcel.end_state
        by_state.setdefault(parcel.state, {})[parcel.notice.id] = parcel
    ours = _put_off(connection, by_state.pop(NoticeState.PLANNED, {}))
    for state, ended in sorted(by_state.items()):
        ours += _end(connection, state, ended, now)
    if ours:
        _deliver(connection, ours, now)
        _drop_gone(session, ours, now)
        _count(connection, ours, now)
    return ours


def _claimed(connection: Connection, parcels: dict[int, Parcel]) -> ColumnElement[bool]:
    """Return the condition that a notice is one of these, and still claimed by this process."""
    claims = {parcel.notice.claim for parcel in parcels.values()}
    return among(connection, NOTICE.c.id, parcels) & NOTICE.c.claim.in_(claims) & IS_PLANNED


def _end(
    connection: Connection, state: NoticeState, ended: dict[int, Parcel], now: datetime
) -> list[Parcel]:
    numbers = connection.scalars(
        update(NOTICE)
        .where(_claimed(connection, ended))
        .values(state=state, settled_at=now, claim=None)
        .returning(NOTICE.c.id)
    )
    return [ended[number] for number in numbers.all()]


def _put_off(connection: Connection, waiting: dict[int, Parcel]) -> list[Parcel]:
    """Let those that wait fall due again, free for any process."""
    if not waiting:
        return []
    mine = select(NOTICE.c.id).where(_claimed(connection, waiting)).order_by(NOTICE.c.id)
    ours = [waiting[number] for number in connection.scalars(mine.with_for_update())]
    moved = [
        {
            "number": parcel.notice.id,
            "next_try_at": parcel.again_at,
            "due_at": parcel.due_at or parcel.notice.due_at,
        }
        for parcel in ours
    ]
    if moved:
        one = update(NOTICE).where(NOTICE.c.id == bindparam("number")).values(claim=None)
        connection.execute(one, moved)
    return ours


def _deliver(connection: Connection, ours: Sequence[Parcel], now: datetime) -> None:
    """Keep how each way ended: one statement for each kind of end, however many there are."""
    kinds: dict[tuple[Way, Sent], list[tuple[int, int | None]]] = {}
    for parcel in ours:
        for end in parcel.ends:
            kind = kinds.setdefault((end.way, end.outcome), [])
            kind.append((parcel.notice.id, end.subscription_id))
    for (way, outcome), rows in kinds.items():
        notice_id, subscription_id = pairs(connection, rows)
        said = literal(way, DELIVERY.c.way.type), literal(outcome, DELIVERY.c.outcome.type)
        at = literal(now, DELIVERY.c.settled_at.type)
        made = select(notice_id, subscription_id, *said, at)
        names = ["notice_id", "subscription_id", "way", "outcome", "settled_at"]
        connection.execute(insert(DELIVERY).from_select(names, made))


def _count(connection: Connection, ours: Sequence[Parcel], now: datetime) -> None:
    """Add to the counts of the day; always in the same order, so that nobody waits in a circle."""
    counted: Counted = Counter(_counted(parcel, end) for parcel in ours for end in parcel.ends)
    counted.update(
        (now.date(), NO_WAY, parcel.state.value, UNCOUNTED)
        for parcel in ours
        if parcel.state in (NoticeState.MISSED, NoticeState.NOWHERE)
    )
    names = ("day", "way", "outcome", "within_seconds", "count")
    rows = [dict(zip(names, (*key, count), strict=True)) for key, count in sorted(counted.items())]
    if rows:
        connection.execute(_adding(connection.dialect.name), rows)


@cache
def _adding(dialect: str) -> Any:
    """Return the statement that adds to the counts of a day; put together once."""
    adding = insert_for(dialect, DeliveryCount)
    total = DeliveryCount.count + adding.excluded.count
    day = ["day", "way", "outcome", "within_seconds"]
    return adding.on_conflict_do_update(index_elements=day, set_={"count": total})


def _counted(parcel: Parcel, end: End) -> tuple[date, str, str, int]:
    within = UNCOUNTED
    if end.outcome is Sent.ACCEPTED:
        late = end.at - parcel.notice.due_at
        fits = (limit for limit in WITHIN_SECONDS if late <= timedelta(seconds=limit))
        within = next(fits, UNCOUNTED)
    return end.at.date(), end.way.value, end.outcome.value, within


def _drop_gone(session: Session, ours: Sequence[Parcel], now: datetime) -> None:
    """Remove the phones that are gone, but not one that has got another address meanwhile."""
    gone = {
        end.subscription_id: end.endpoint
        for parcel in ours
        for end in parcel.ends
        if end.outcome is Sent.GONE
    }
    if not gone:
        return
    columns = (PushSubscription.id, PushSubscription.endpoint)
    rows: Iterable[Any] = session.execute(
        select(*columns).where(PushSubscription.id.in_(gone)).with_for_update()
    )
    subscriptions.drop(session, [row.id for row in rows if gone[row.id] == row.endpoint], now)
