"""Knows which push services want to be left alone, and which refuse our key."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.inserting import insert_for
from webapp.jobs.waits import backoff
from webapp.models.notice import PushService
from webapp.webpush import Reply, Result

STOPPED = timedelta(minutes=15)
"""How long nothing goes to a service that refused our key."""

BELIEVED = timedelta(minutes=1)
"""How long a service that took something is believed to know our key, whatever one phone gets."""


SILENT_IN_A_ROW = 20
"""So many letters without any reply, one after the other, and a service is believed to be down."""

REST = timedelta(seconds=30)
"""How long a service that is down is left alone: its letters hold the places of all others."""

LONGEST_WAIT = timedelta(days=1, minutes=1)
LONGEST_STOP = STOPPED + timedelta(minutes=1)
"""No stop ends later than so: the clock was put back since. Clocks differ by less than a minute."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Until when nothing goes to a service. `refused_at` is when it refused our key, if it did."""

    until: datetime | None
    refused_at: datetime | None = None
    status: int | None = None

    def holds(self, now: datetime) -> bool:
        """Say whether nothing goes at this instant."""
        longest = LONGEST_STOP if self.refused_at else LONGEST_WAIT
        return self.until is not None and now < self.until <= now + longest


Changes = dict[str, Stop | None]
"""Services whose stop is to be stored, or its end."""


class Services:
    """The push services, as the database and their last replies tell of them."""

    def __init__(self) -> None:
        self._stops: dict[str, Stop] = {}
        self._accepted_at: dict[str, datetime] = {}
        self._refusing: set[str] = set()
        self._silent: Counter[str] = Counter()
        self._changed: Changes = {}

    def learn(self, rows: Iterable[Any]) -> None:
        """Take over what is stored: other processes talk to the same services."""
        known = {row.host: Stop(row.waits_until, row.refused_at, row.status) for row in rows}
        told = {**known, **self._changed}
        self._stops = {host: stop for host, stop in told.items() if stop}
        self._refusing = {host for host, stop in self._stops.items() if stop.refused_at}

    def stop(self, host: str, now: datetime) -> Stop | None:
        """Return why nothing goes to a service at this instant, or None where all may go."""
        found = self._stops.get(host)
        return found if found and found.holds(now) else None

    def answered(self, host: str, reply: Reply, now: datetime, tries: int) -> None:
        """Take in the reply to a notice that was tried so often: it may end a stop, or begin one.

        A service that asks for patience is left alone as long as it says, and at least as long
        as one that did not answer.
        """
        self._listen(host, reply, now)
        if reply.result is Result.ACCEPTED:
            self._accepted_at[host] = now
            if host in self._refusing:
                self._end(host)
        elif reply.result is Result.OUR_FAULT and not self._is_believed(host, now):
            self._refusing.add(host)
            self._begin(host, Stop(now + STOPPED, now, reply.status))
        elif reply.result is Result.WAIT:
            asked = timedelta(seconds=reply.retry_after_seconds or 0)
            self._begin(host, self._later(host, now, max(asked, backoff(tries))))

    def _listen(self, host: str, reply: Reply, now: datetime) -> None:
        """Let a service rest that says nothing at all, until it says something."""
        if reply.result is Result.RETRY and reply.status is None:
            self._silent[host] += 1
        else:
            del self._silent[host]
        if self._silent[host] >= SILENT_IN_A_ROW:
            self._begin(host, self._later(host, now, REST))

    def _is_believed(self, host: str, now: datetime) -> bool:
        accepted_at = self._accepted_at.get(host)
        return accepted_at is not None and now - BELIEVED < accepted_at <= now

    def _later(self, host: str, now: datetime, wait: timedelta) -> Stop:
        """Return a stop that lasts at least as long as the one that there is."""
        before, until = self.stop(host, now), now + wait
        return before if before and before.until and before.until > until else Stop(until)

    def _begin(self, host: str, stop: Stop) -> None:
        self._stops[host] = self._changed[host] = stop

    def _end(self, host: str) -> None:
        self._refusing.discard(host)
        self._stops.pop(host, None)
        self._changed[host] = None

    def changes(self) -> Changes:
        """Return what is to be stored, and forget it: a service with its stop, or without one."""
        changed, self._changed = self._changed, {}
        return changed


def host_of(endpoint: str) -> str:
    """Return the name of the push service that an endpoint belongs to, as it stands there."""
    return endpoint.partition("//")[2].partition("/")[0]


def stored(session: Session, now: datetime) -> list[Any]:
    """Return the services that wait, or refuse our key."""
    told = or_(PushService.waits_until > now, PushService.refused_at.is_not(None))
    columns = (
        PushService.host,
        PushService.waits_until,
        PushService.refused_at,
        PushService.status,
    )
    return list(session.execute(select(*columns).where(told)))


def store(session: Session, changes: Changes) -> None:
    """Keep what has changed, for all processes and for whoever looks after the installation."""
    for host, stop in sorted(changes.items()):
        if stop is None:
            ended = update(PushService).where(PushService.host == host)
            session.execute(ended.values(waits_until=None, refused_at=None, status=None))
        else:
            _store(session, host, stop)


def _store(session: Session, host: str, stop: Stop) -> None:
    """Keep a stop. A service that refused our key before has refused it since then."""
    said: dict[str, Any] = {"waits_until": stop.until}
    if stop.refused_at is not None:
        said |= {"refused_at": stop.refused_at, "status": stop.status}
    connection = session.connection()
    adding = insert_for(connection.dialect.name, PushService).values(host=host, **said)
    renewed = dict(said)
    if stop.refused_at is not None:
        renewed["refused_at"] = func.coalesce(PushService.refused_at, stop.refused_at)
    connection.execute(adding.on_conflict_do_update(index_elements=["host"], set_=renewed))


def try_refusing_again(session: Session) -> None:
    """Let services that refused our key be tried at once: a new start may have mended it."""
    refusing = update(PushService).where(PushService.refused_at.is_not(None))
    session.execute(refusing.values(waits_until=None))
