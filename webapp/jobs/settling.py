"""Keeps what became of the notices on their way, many at a time and in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from webapp.domain import subscriptions
from webapp.domain.deliveries import DELAYS_SECONDS
from webapp.domain.inserting import insert_for
from webapp.jobs.claiming import NOTICE, still_claimed
from webapp.jobs.many import pairs
from webapp.jobs.parcels import End, Parcel
from webapp.jobs.rows import table
from webapp.models.notice import Delivery, DeliveryCount, NoticeState, PushSubscription, Sent, Way

DELIVERY = table(Delivery)
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


def _ours(parcels: dict[int, Parcel]) -> dict[str, Any]:
    """Return which notices these are, and the claims under which this process took them."""
    return {
        "numbers": parcels,
        "claims": list({parcel.notice.claim for parcel in parcels.values()}),
    }


def _end(
    connection: Connection, state: NoticeState, ended: dict[int, Parcel], now: datetime
) -> list[Parcel]:
    said = {**_ours(ended), "new_state": state, "now": now}
    numbers = connection.scalars(_ending(connection.dialect.name), said)
    return [ended[number] for number in numbers.all()]


@cache
def _ending(dialect: str) -> ReturningUpdate[int]:
    return (
        update(NOTICE)
        .where(still_claimed(dialect))
        .values(state=bindparam("new_state"), settled_at=bindparam("now"), claim=None)
        .returning(NOTICE.c.id)
    )


def _put_off(connection: Connection, waiting: dict[int, Parcel]) -> list[Parcel]:
    """Let those that wait fall due again, free for any process."""
    if not waiting:
        return []
    mine = select(NOTICE.c.id).where(still_claimed(connection.dialect.name)).order_by(NOTICE.c.id)
    found = connection.scalars(mine.with_for_update(), _ours(waiting))
    ours = [waiting[number] for number in found]
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
        first, second = zip(*rows, strict=True)
        said = {"way": way, "outcome": outcome, "now": now, "first": first, "second": second}
        connection.execute(_delivering(connection.dialect.name), said)


@cache
def _delivering(dialect: str) -> Insert:
    kinds = {"way": DELIVERY.c.way, "outcome": DELIVERY.c.outcome, "now": DELIVERY.c.settled_at}
    said = [bindparam(name, type_=column.type) for name, column in kinds.items()]
    names = ["notice_id", "subscription_id", "way", "outcome", "settled_at"]
    return insert(DELIVERY).from_select(names, select(*pairs(dialect), *said))


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
        fits = (limit for limit in DELAYS_SECONDS if late <= timedelta(seconds=limit))
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
