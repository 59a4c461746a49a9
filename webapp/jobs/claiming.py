"""Takes what is due, so that no other process sends it too, for as long as somebody works on it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Select, literal_column, select, update
from sqlalchemy.orm import Session

from webapp.jobs.many import among
from webapp.jobs.rows import Taken, columns, table
from webapp.models.notice import Notice

LEASE = timedelta(seconds=60)
"""So long nobody else takes what was taken. Who dies loses it then; who lives holds it longer."""

MOST_AT_ONCE = 400
"""How many notices are taken at once."""

NOTICE = table(Notice)
IS_PLANNED = NOTICE.c.state == literal_column("'planned'")
"""Written out, so that both databases see that the index of planned notices answers it."""


def claim(session: Session, now: datetime, most: int = MOST_AT_ONCE) -> list[Taken]:
    """Take the notices that are due, those that wait longest first, at most so many.

    Whatever another process takes at this moment is passed over. Each carries the same new claim.
    """
    taken = session.connection().execute(
        update(NOTICE)
        .where(NOTICE.c.id.in_(_due(now, most)))
        .values(claim=token_hex(8), next_try_at=now + LEASE, tries=NOTICE.c.tries + 1)
        .returning(*columns(Notice, Taken._fields))
    )
    return sorted(map(Taken._make, taken.all()), key=lambda each: (each.due_at, each.id))


def _due(now: datetime, most: int) -> Select[Any]:
    """Return the numbers of those that are due; looked for once, and before anything is changed."""
    due = (
        select(NOTICE.c.id)
        .where(IS_PLANNED, NOTICE.c.next_try_at <= now)
        .order_by(NOTICE.c.next_try_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    return select(due.c.id)


def hold(
    session: Session, numbers: Collection[int], claims: Collection[str], now: datetime
) -> None:
    """Keep what was taken for longer, as far as it is still ours."""
    connection = session.connection()
    these = among(connection, NOTICE.c.id, numbers) & NOTICE.c.claim.in_(claims) & IS_PLANNED
    connection.execute(update(NOTICE).where(these).values(next_try_at=now + LEASE))


def next_due(session: Session) -> datetime | None:
    """Return when the first of the waiting notices falls due, or None where none waits."""
    first = select(Notice.next_try_at).where(IS_PLANNED).order_by(Notice.next_try_at).limit(1)
    return session.scalar(first)
