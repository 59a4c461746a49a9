"""Takes what is due, so that no other process sends it too, for as long as somebody works on it."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from functools import cache
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from webapp.jobs.many import among
from webapp.jobs.rows import Taken, columns, table
from webapp.models.notice import IS_PLANNED, Notice, NoticeState

LEASE = timedelta(seconds=60)
"""So long nobody else takes what was taken. Who dies loses it then; who lives holds it longer."""

MOST_AT_ONCE = 400
"""How many notices are taken at once."""

NOTICE = table(Notice)


def claim(session: Session, now: datetime, most: int = MOST_AT_ONCE) -> list[Taken]:
    """Take the notices that are due, those that wait longest first, at most so many.

    Whatever another process takes at this moment is passed over. Each carries the same new claim.
    """
    said = {"claim": token_hex(8), "lease": now + LEASE, "now": now, "most": most}
    taken = session.connection().execute(_taking(), said)
    return sorted(map(Taken._make, taken.all()), key=lambda each: (each.due_at, each.id))


@cache
def _taking() -> ReturningUpdate[Any]:
    """Return the statement that takes what is due.

    It is looked for once, and before anything is changed.
    """
    due = _due().cte("due").prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        update(NOTICE)
        .where(NOTICE.c.id.in_(select(due.c.id)))
        .values(claim=bindparam("claim"), next_try_at=bindparam("lease"), tries=NOTICE.c.tries + 1)
        .returning(*columns(Notice, Taken._fields))
    )


def _due() -> Select[int]:
    return (
        select(NOTICE.c.id)
        .where(IS_PLANNED, NOTICE.c.next_try_at <= bindparam("now"))
        .order_by(NOTICE.c.next_try_at)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


def unreadable(session: Session, now: datetime, most: int) -> Iterator[tuple[int, Exception]]:
    """Yield which of the due notices cannot be read, each with the reason."""
    connection = session.connection()
    one = select(*columns(Notice, Taken._fields)).where(NOTICE.c.id == bindparam("number"))
    for number in connection.scalars(_due(), {"now": now, "most": most}).all():
        try:
            connection.execute(one, {"number": number}).all()
        except DBAPIError:
            raise
        except Exception as error:
            yield number, error


def give_up(session: Session, numbers: Collection[int], now: datetime) -> None:
    """End notices as failed that cannot be read."""
    connection = session.connection()
    ended = update(NOTICE).where(among(connection.dialect.name, NOTICE.c.id), IS_PLANNED)
    failed = ended.values(state=NoticeState.FAILED, settled_at=now, claim=None)
    connection.execute(failed, {"numbers": numbers})


def still_claimed(dialect: str) -> ColumnElement[bool]:
    """Return the condition that a notice is one of the `numbers`, and under one of the `claims`."""
    claims: BindParameter[Any] = bindparam("claims", expanding=True)
    return among(dialect, NOTICE.c.id) & NOTICE.c.claim.in_(claims) & IS_PLANNED


def hold(
    session: Session, numbers: Collection[int], claims: Collection[str], now: datetime
) -> None:
    """Keep what was taken for longer, as far as it is still ours."""
    connection = session.connection()
    held = update(NOTICE).where(still_claimed(connection.dialect.name))
    ours = {"numbers": numbers, "claims": list(claims)}
    connection.execute(held.values(next_try_at=now + LEASE), ours)


def next_due(session: Session) -> datetime | None:
    """Return when the first of the waiting notices falls due, or None where none waits."""
    first = select(Notice.next_try_at).where(IS_PLANNED).order_by(Notice.next_try_at).limit(1)
    return session.scalar(first)
