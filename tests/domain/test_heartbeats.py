"""The pulse of the reminders: alive, silent, never there, and clocks that are put back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import heartbeats
from webapp.domain.heartbeats import Pulse
from webapp.models.notice import Heartbeat


def test_without_any_process_nothing_ever_went_out(session: Session, now: datetime) -> None:
    assert heartbeats.newest(session, now) is None
    assert heartbeats.pulse(None, now) is Pulse.NEVER


@pytest.mark.parametrize(
    ("seconds", "pulse"),
    [(0, Pulse.OK), (60, Pulse.OK), (61, Pulse.SILENT), (86_400, Pulse.SILENT)],
)
def test_who_says_nothing_for_a_minute_is_silent(
    session: Session, now: datetime, seconds: int, pulse: Pulse
) -> None:
    heartbeats.beat(session, "one", now)
    later = now + timedelta(seconds=seconds)
    assert heartbeats.newest(session, later) == now
    assert heartbeats.pulse(now, later) is pulse


def test_a_process_keeps_when_it_began(session: Session, now: datetime) -> None:
    heartbeats.beat(session, "one", now)
    heartbeats.beat(session, "one", now + timedelta(seconds=10))
    session.expire_all()
    [row] = session.scalars(select(Heartbeat))
    assert (row.began_at, row.beat_at) == (now, now + timedelta(seconds=10))


def test_one_living_process_is_enough(session: Session, now: datetime) -> None:
    heartbeats.beat(session, "gone", now - timedelta(hours=1))
    heartbeats.beat(session, "here", now)
    assert heartbeats.newest(session, now) == now


def test_a_new_process_forgets_those_that_ended_long_ago(session: Session, now: datetime) -> None:
    heartbeats.beat(session, "long ago", now - timedelta(days=2))
    heartbeats.beat(session, "yesterday", now - timedelta(hours=23))
    heartbeats.beat(session, "new", now)
    assert set(session.scalars(select(Heartbeat.process))) == {"yesterday", "new"}


def test_a_beat_from_before_the_clock_was_put_back_says_nothing(
    session: Session, now: datetime
) -> None:
    heartbeats.beat(session, "dead", now + timedelta(hours=1))
    assert heartbeats.newest(session, now) is None
    heartbeats.beat(session, "alive", now - timedelta(seconds=5))
    assert heartbeats.newest(session, now) == now - timedelta(seconds=5)


def test_the_clocks_of_two_machines_may_differ_a_little(session: Session, now: datetime) -> None:
    heartbeats.beat(session, "elsewhere", now + timedelta(seconds=30))
    assert heartbeats.pulse(heartbeats.newest(session, now), now) is Pulse.OK
