"""Keeps how notices ended, many at a time; what cannot be kept at once is tried again."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from sqlalchemy.exc import OperationalError

from webapp.jobs.office import Office
from webapp.jobs.parcels import Parcel
from webapp.jobs.saying import say
from webapp.jobs.services import Changes, store
from webapp.jobs.settling import settle
from webapp.jobs.summaries import write_summaries

SETTLED_AT_ONCE = 400
SETTLE_EVERY_SECONDS = 0.5
"""What has ended is kept at the latest then, or as soon as it is so many."""

TRIES = 3
"""Of a transaction that others may stand in the way of."""


class Ledger:
    """What has ended and is not stored yet.

    While the database is away it is held here, however long that lasts: stored late, it still
    keeps a message from going out twice. Where another process has taken over, its claim stands.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._ended: list[Parcel] = []
        self._changes: Changes = {}
        self._tried_at = monotonic()
        self.is_behind = False

    def add(self, parcel: Parcel) -> None:
        """Take in a notice that has ended, or that is tried again later."""
        self._ended.append(parcel)

    @property
    def is_due(self) -> bool:
        """Say whether it is time to store what is here."""
        is_full = len(self._ended) >= SETTLED_AT_ONCE and not self.is_behind
        return is_full or monotonic() - self._tried_at >= SETTLE_EVERY_SECONDS

    def keep(self, changes: Changes) -> list[Parcel]:
        """Store what has ended, and what push services said; return the notices that were ours.

        Raises OperationalError where the database is away: all of it stays here then.
        """
        self._tried_at = monotonic()
        self._changes |= changes
        if not (self._ended or self._changes):
            return []
        self.is_behind = True
        ours = self._all_at_once()
        self._ended, self._changes, self.is_behind = [], {}, False
        return ours

    def _all_at_once(self) -> list[Parcel]:
        try:
            return self._write(self._ended, self._changes)
        except OperationalError:
            raise
        except Exception as error:
            self._complain(error)
            return self._one_by_one()

    def _one_by_one(self) -> list[Parcel]:
        """Store each notice for itself, so that one that cannot be stored holds up no other."""
        ours = []
        while self._ended:
            ours += self._alone(self._ended[-1])
            self._ended.pop()
        self._attempt((), self._changes)
        return ours

    def _alone(self, parcel: Parcel) -> list[Parcel]:
        """Store one notice; where its ways cannot be kept, then at least that it has ended."""
        bare = replace(parcel, ends=[], state=parcel.end_state)
        ours = self._attempt([parcel], {})
        return self._attempt([bare], {}) or [] if ours is None else ours

    def _attempt(self, ended: Sequence[Parcel], changes: Changes) -> list[Parcel] | None:
        """Store something; return None where it cannot be, for a reason of its own."""
        try:
            return self._write(ended, changes)
        except OperationalError:
            raise
        except Exception as error:
            self._complain(error)
            return None

    def _write(self, ended: Sequence[Parcel], changes: Changes) -> list[Parcel]:
        for _try in range(TRIES - 1):
            with suppress(OperationalError):
                return self._write_once(ended, changes)
        return self._write_once(ended, changes)

    def _write_once(self, ended: Sequence[Parcel], changes: Changes) -> list[Parcel]:
        with self._office.database.transaction() as session:
            now = self._office.clock()
            ours = settle(session, ended, now)
            write_summaries(session, ours, now)
            store(session, changes)
        return ours

    def _complain(self, error: Exception) -> None:
        now = self._office.clock()
        say("not_settled", now, level=logging.ERROR, error=type(error).__name__)
