"""How often phones keep for long what they cannot send: a count for those who watch, no more."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.inserting import insert_for
from webapp.models.change import LongWait

LONG_SECONDS = 15 * 60


def note(session: Session, age_seconds: int | None, today: date) -> None:
    """Count a form that was kept for long; others change nothing."""
    if age_seconds is None or age_seconds <= LONG_SECONDS:
        return
    adding = insert_for(session.get_bind().dialect.name, LongWait).values(day=today, count=1)
    session.execute(
        adding.on_conflict_do_update(
            index_elements=[LongWait.day], set_={"count": LongWait.count + 1}
        )
    )


def total(session: Session, today: date) -> int:
    """Return how many came since the year began: a counter may begin anew."""
    since = LongWait.day >= today.replace(month=1, day=1)
    return session.scalar(select(func.coalesce(func.sum(LongWait.count), 0)).where(since)) or 0
