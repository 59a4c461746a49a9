"""What became of the messages: counts without names and content, for those who watch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from webapp.domain import heartbeats
from webapp.domain.reach import unreached
from webapp.models.notice import IS_PLANNED, DeliveryCount, Notice, PushService, PushSubscription
from webapp.models.person import Person

DAYS_SHOWN = 14
"""How many days back the counts are shown, today among them."""

DELAYS_SECONDS = (10, 60, 3600)
"""The delays since a message was due that are told apart."""

FIRST_TURN = select(func.min(Notice.next_try_at)).where(IS_PLANNED)
"""When the turn of the first waiting message comes, or came."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many messages ended like this on a day (UTC)."""

    day: date
    way: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Total:
    """How many messages of this year ended like this, within so many seconds (0: in none)."""

    way: str
    outcome: str
    within_seconds: int
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the sending stands at an instant.

    `late` is how many messages wait whose turn has come, `next_at` when the turn of the first
    waiting one comes or came, `beat_at` when a reminders process was last alive, `refusing` how
    many push services refuse our key, `unreached` how many people wait without a phone.
    """

    late: int
    next_at: datetime | None
    phones: int
    beat_at: datetime | None
    refusing: int
    unreached: int

    def waits_since_seconds(self, now: datetime) -> float:
        """Return for how long the one that waits longest has been waiting; 0 where none does."""
        return max((now - self.next_at).total_seconds(), 0.0) if self.next_at else 0.0


def counts_by_day(session: Session, today: date) -> Sequence[DayCount]:
    """Return how many messages ended how on the last 14 days, the newest day first."""
    found = session.execute(
        select(
            DeliveryCount.day,
            DeliveryCount.way,
            DeliveryCount.outcome,
            func.sum(DeliveryCount.count),
        )
        .where(DeliveryCount.day > today - timedelta(days=DAYS_SHOWN))
        .group_by(DeliveryCount.day, DeliveryCount.way, DeliveryCount.outcome)
        .order_by(DeliveryCount.day.desc(), DeliveryCount.way, DeliveryCount.outcome)
    )
    return [DayCount(*row) for row in found]


def totals(session: Session, today: date) -> Sequence[Total]:
    """Return how many messages ended how since the year began.

    A counter may begin anew, so the cost stays that of one year.
    """
    kinds = DeliveryCount.way, DeliveryCount.outcome, DeliveryCount.within_seconds
    found = session.execute(
        select(*kinds, func.sum(DeliveryCount.count))
        .where(DeliveryCount.day >= today.replace(month=1, day=1))
        .group_by(*kinds)
        .order_by(*kinds)
    )
    return [Total(*row) for row in found]


def late(now: datetime) -> Select[int]:
    """Ask how many messages wait whose turn has come."""
    return select(func.count()).select_from(Notice).where(IS_PLANNED, Notice.next_try_at <= now)


def standing(session: Session, now: datetime, *, by_mail: bool) -> Standing:
    """Return how the sending stands, in one statement."""
    refusing = select(func.count()).select_from(PushService)
    row = session.execute(
        select(
            late(now).scalar_subquery(),
            FIRST_TURN.scalar_subquery(),
            select(func.count()).select_from(PushSubscription).scalar_subquery(),
            heartbeats.last_beat(now).scalar_subquery(),
            refusing.where(PushService.refused_at.is_not(None)).scalar_subquery(),
            select(func.count())
            .select_from(Person)
            .where(unreached(now, by_mail=by_mail))
            .scalar_subquery(),
        )
    ).one()
    return Standing(*row)


def phones_of_another_key(session: Session, server_key: str) -> int:
    """Return how many phones asked for messages with another public key than this one.

    Nothing can be sent to them until their owners open the app.
    """
    asked = select(func.count()).select_from(PushSubscription)
    return session.scalars(asked.where(PushSubscription.server_key != server_key)).one()


def services_refusing(session: Session) -> Sequence[PushService]:
    """Return the push services that refuse our key, by name."""
    return session.scalars(
        select(PushService).where(PushService.refused_at.is_not(None)).order_by(PushService.host)
    ).all()
