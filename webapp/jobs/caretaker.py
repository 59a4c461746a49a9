"""Does what the reminders process has to do every so often: beats, plans, tells and removes."""

import logging
from collections.abc import Callable
from datetime import datetime
from secrets import token_hex
from time import monotonic

from webapp.domain import heartbeats, kept_on_phones
from webapp.jobs import keeping
from webapp.jobs.office import Office
from webapp.jobs.saying import say

BEAT_EVERY_SECONDS = 10.0
BEAT_AGAIN_SECONDS = 1.0
"""How soon it is seen that a process is well again."""

PLAN_EVERY_SECONDS = 60.0
PLAN_ON_SECONDS = 0.2
"""How soon the next people's plans follow, where there are more: letters go out in between."""

TELL_EVERY_SECONDS = 60.0
FORGET_EVERY_SECONDS = 3600.0
FORGET_ON_SECONDS = 1.0
AFTER_FAILURE_SECONDS = 10.0


class Caretaker:
    """One process's share of the work that returns. `tend` does whatever it is time for.

    It beats as long as `is_well`: as long as the process does what it is there for.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._process = token_hex(8)
        self.is_well = True
        began = monotonic()
        self._duties: dict[Callable[[datetime], float], float] = {
            self._beat: began,
            self._plan: began,
            self._tell: began,
            self._forget: began,
        }

    def tend(self) -> None:
        """Do what it is time for."""
        for duty, at in self._duties.items():
            if monotonic() >= at:
                self._duties[duty] = monotonic() + self._do(duty)

    def _do(self, duty: Callable[[datetime], float]) -> float:
        """Do one thing; return in how many seconds it is due again. If it fails, others go on."""
        now = self._office.clock()
        try:
            return duty(now)
        except Exception as error:
            say("failed", now, level=logging.ERROR, at=duty.__name__, error=type(error).__name__)
            return AFTER_FAILURE_SECONDS

    def _beat(self, now: datetime) -> float:
        if not self.is_well:
            return BEAT_AGAIN_SECONDS
        with self._office.database.transaction() as session:
            heartbeats.beat(session, self._process, now)
        return BEAT_EVERY_SECONDS

    def _plan(self, now: datetime) -> float:
        with self._office.database.transaction() as session:
            goes_on = keeping.plan_ahead(session, now)
        return PLAN_ON_SECONDS if goes_on else PLAN_EVERY_SECONDS

    def _tell(self, now: datetime) -> float:
        with self._office.database.transaction() as session:
            keeping.tell_coaches(session, now, by_mail=self._office.postman is not None)
        return TELL_EVERY_SECONDS

    def _forget(self, now: datetime) -> float:
        with self._office.database.session(reading=True) as session:
            old = keeping.old_notices(session, now)
        with self._office.database.transaction() as session:
            keeping.forget_phones(session, now.date(), now)
            kept_on_phones.forget(session, now.date())
            keeping.remove_notices(session, old)
        return FORGET_ON_SECONDS if old else FORGET_EVERY_SECONDS
