"""What is counted of the messages: by day, in all, what waits, and who gets none."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, text
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import deliveries, reach
from webapp.domain.deliveries import DayCount, Standing, Total
from webapp.models.notice import (
    DeliveryCount,
    Heartbeat,
    Notice,
    NoticeKind,
    NoticeState,
    PushService,
)

TODAY = factories.MONDAY


def count(session: Session, day: date, outcome: str, number: int, **more: object) -> None:
    """Keep that so many messages ended like this on a day."""
    said = {"way": "push", "within_seconds": 10, **more}
    session.add(DeliveryCount(day=day, outcome=outcome, count=number, **said))
    session.flush()


def notice(session: Session, cast: Cast, key: str, next_try_at: datetime, **more: object) -> None:
    """Write a message to Ada."""
    said = {"kind": NoticeKind.REMINDER, "person_id": cast.ada.id, "due_at": next_try_at, **more}
    useful = next_try_at + timedelta(hours=1)
    session.add(Notice(key=key, next_try_at=next_try_at, useful_until=useful, **said))
    session.flush()


def test_counts_of_a_day_are_put_together_whatever_the_delay(session: Session) -> None:
    count(session, TODAY, "accepted", 5)
    count(session, TODAY, "accepted", 2, within_seconds=60)
    count(session, TODAY, "accepted", 1, way="mail")
    count(session, TODAY - timedelta(days=1), "gone", 3, within_seconds=0)
    assert deliveries.counts_by_day(session, TODAY) == [
        DayCount(TODAY, "mail", "accepted", 1),
        DayCount(TODAY, "push", "accepted", 7),
        DayCount(TODAY - timedelta(days=1), "push", "gone", 3),
    ]


def test_14_days_are_counted(session: Session) -> None:
    for back in range(20):
        count(session, TODAY - timedelta(days=back), "accepted", 1)
    found = deliveries.counts_by_day(session, TODAY)
    assert (len(found), found[-1].day) == (14, date(2026, 11, 10))


def test_totals_begin_anew_each_year(session: Session) -> None:
    count(session, date(2025, 12, 31), "accepted", 100)
    count(session, date(2026, 1, 1), "accepted", 4)
    count(session, TODAY, "accepted", 6)
    count(session, TODAY, "missed", 2, within_seconds=0)
    assert deliveries.totals(session, TODAY) == [
        Total("push", "accepted", 10, 10),
        Total("push", "missed", 0, 2),
    ]


def test_nothing_stands_in_an_empty_house(session: Session, now: datetime) -> None:
    found = deliveries.standing(session, now, by_mail=True)
    assert found == Standing(0, None, 0, None, 0, 0)
    assert found.waits_since_seconds(now) == 0


def test_what_is_late_and_what_only_waits(session: Session, cast: Cast, now: datetime) -> None:
    notice(session, cast, "later", now + timedelta(minutes=1))
    found = deliveries.standing(session, now, by_mail=True)
    assert (found.late, found.waits_since_seconds(now)) == (0, 0)
    notice(session, cast, "now", now)
    notice(session, cast, "late", now - timedelta(seconds=90))
    notice(session, cast, "over", now - timedelta(days=1), state=NoticeState.ACCEPTED)
    found = deliveries.standing(session, now, by_mail=True)
    assert (found.late, found.waits_since_seconds(now)) == (2, 90)


def test_how_the_sending_stands_is_one_statement(
    session: Session, cast: Cast, now: datetime, statements: list[str]
) -> None:
    session.add(Heartbeat(process="one", began_at=now, beat_at=now))
    session.add(PushService(host="push.example", refused_at=now, status=403))
    session.add(PushService(host="other.example", waits_until=now, status=429))
    cast.ada.reminders_on, cast.ada.no_phone_since = True, now - timedelta(hours=48)
    session.add(cast.ada)
    session.flush()
    statements.clear()
    found = deliveries.standing(session, now, by_mail=True)
    assert (found.beat_at, found.refusing, found.unreached) == (now, 1, 1)
    assert len(statements) == 1
    assert [each.host for each in deliveries.services_refusing(session)] == ["push.example"]


@pytest.mark.parametrize(
    ("wanted", "paused", "hours", "unreached"),
    [
        (True, False, 48, True),
        (True, False, 47.9, False),
        (True, False, None, False),
        (True, True, 48, False),
        (False, False, 48, False),
    ],
)
def test_who_is_not_reached(
    session: Session,
    cast: Cast,
    now: datetime,
    wanted: bool,
    paused: bool,
    hours: float | None,
    unreached: bool,
) -> None:
    ada = cast.ada
    ada.reminders_on, ada.reminders_paused = wanted, paused
    ada.no_phone_since = None if hours is None else now - timedelta(hours=hours)
    session.add(ada)
    session.flush()
    assert reach.is_unreached(ada, now, by_mail=True) is unreached
    assert deliveries.standing(session, now, by_mail=True).unreached == int(unreached)


def way_to(session: Session, asked: Select[Any]) -> str:
    """Return how the database finds an answer, where it may not read whole tables."""
    explain = "EXPLAIN QUERY PLAN"
    if session.get_bind().dialect.name == "postgresql":
        explain = "EXPLAIN"
        session.execute(text("SET LOCAL enable_seqscan = off"))
    written = asked.compile()
    return str(session.execute(text(f"{explain} {written}"), written.params).all())


def test_what_waits_is_found_by_its_index(session: Session, now: datetime) -> None:
    for asked in (deliveries.late(now), deliveries.FIRST_TURN):
        assert "ix_notice_planned" in way_to(session, asked)


def test_who_gets_e_mails_is_reached(session: Session, cast: Cast, now: datetime) -> None:
    ada = cast.ada
    session.add(ada)
    ada.reminders_on, ada.no_phone_since = True, now - timedelta(days=3)
    assert reach.is_unreached(ada, now, by_mail=True)
    ada.mail_to = "ada@example.org"
    for by_mail, unreached in ((True, 0), (False, 1)):
        assert reach.is_unreached(ada, now, by_mail=by_mail) is bool(unreached)
        assert deliveries.standing(session, now, by_mail=by_mail).unreached == unreached
