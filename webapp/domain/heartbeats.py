"""The pulse of the reminders: each process that sends says every few seconds that it is alive."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from webapp.models.notice import Heartbeat

SILENT_AFTER = timedelta(seconds=60)
"""So long after the last beat nobody believes any more that reminders go out."""
KEPT = timedelta(days=1)
"""So long the last beat of a process that ended is kept."""


class Pulse(StrEnum):
    """Whether reminders go out: they do, they did once, or nothing ever sent them."""

    OK = "ok"
    SILENT = "silent"
    NEVER = "never"


def beat(session: Session, process: str, now: datetime) -> None:
    """Note that a reminders process is alive. `process` is a name that no other one has.

    At its first beat it forgets those that fell silent long ago.
    """
    alive = update(Heartbeat).where(Heartbeat.process == process).values(beat_at=now)
    if session.connection().execute(alive).rowcount:
        return
    session.execute(delete(Heartbeat).where(Heartbeat.beat_at < now - KEPT))
    session.add(Heartbeat(process=process, began_at=now, beat_at=now))
    session.flush()


def last_beat(now: datetime) -> Select[datetime | None]:
    """Ask when any process beat last.

    What lies ahead of `now` was written before a clock was put back: it says nothing.
    """
    return select(func.max(Heartbeat.beat_at)).where(Heartbeat.beat_at <= now + SILENT_AFTER)


def newest(session: Session, now: datetime) -> datetime | None:
    """Return when any process beat last, or None."""
    return session.scalar(last_beat(now))


def pulse(beat_at: datetime | None, now: datetime) -> Pulse:
    """Say what the newest beat means at an instant."""
    if beat_at is None:
        return Pulse.NEVER
    return Pulse.OK if now - beat_at <= SILENT_AFTER else Pulse.SILENT
