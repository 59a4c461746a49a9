"""The reminders process: it waits for what is due, sends it, and ends when it is told to."""

import logging
import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType

from webapp.jobs import services
from webapp.jobs.caretaker import Caretaker
from webapp.jobs.claiming import next_due
from webapp.jobs.flow import Counts, Flow
from webapp.jobs.ledger import Ledger
from webapp.jobs.office import Office
from webapp.jobs.saying import say

LONGEST_WAIT_SECONDS = 2.0
"""How long it waits at most before it looks again: others write what is due at once."""

SHORTEST_WAIT_SECONDS = 0.05
MAIL_WAIT_SECONDS = 0.2
OTHERS_WAIT_SECONDS = 0.5
"""How long it waits where somebody else has taken what is due."""

AFTER_FAILURE_SECONDS = 2.0
REPORT_EVERY_SECONDS = 30.0
LOOK_ROUND_SECONDS = 0.2


class Runner:
    """One reminders process. With `parent`, it ends when that process is not its parent any more.

    After a signal it hands over nothing more, settles what is on its way, and ends.
    """

    def __init__(self, office: Office, *, parent: int | None = None) -> None:
        self._office = office
        self._parent = parent
        self._caretaker = Caretaker(office)
        self._told_to_end = False
        self._looked_round_at = self._reported_at = monotonic()
        self._ledger = Ledger(office)
        self._flow = Flow(office, tend=self._tend, ledger=self._ledger)

    def run(self) -> None:
        """Send what falls due until it is told to end."""
        with self._listening() as wake:
            say("began", self._office.clock())
            wait = self._attempt(self._begin)
            while not self._is_over():
                select.select([wake], [], [], wait)
                with suppress(BlockingIOError):
                    os.read(wake, 1024)
                wait = self._attempt(self.step)
            self._attempt(self._end)
            say("ended", self._office.clock())

    def _begin(self) -> float:
        with self._office.database.transaction() as session:
            services.try_refusing_again(session)
        return 0

    def step(self) -> float:
        """Send what is due, and what falls due meanwhile; return how long to wait then, in seconds.

        Nothing more is sent before it is kept what was.
        Nobody relies on how long that was: the clock of the machine may jump.
        """
        if self._ledger.is_behind:
            self._flow.settle()
        self._flow.tend()
        with self._office.database.session(reading=True) as session:
            due = next_due(session)
        ahead = (due - self._office.clock()).total_seconds() if due else LONGEST_WAIT_SECONDS
        if ahead <= 0:
            return self._send()
        self._report(is_idle=True)
        longest = MAIL_WAIT_SECONDS if self._flow.waits_for_mail else LONGEST_WAIT_SECONDS
        return min(max(ahead, SHORTEST_WAIT_SECONDS), longest)

    def _send(self) -> float:
        """Send until nothing is due or on its way; return how long to wait then."""
        began, was_taken = monotonic(), self._flow.taken
        for letter, reply in self._office.sender.send(self._flow.feed()):
            self._flow.answered(letter, reply)
        self._flow.settle()
        self._flow.counts.seconds += monotonic() - began
        return OTHERS_WAIT_SECONDS if self._flow.taken == was_taken else SHORTEST_WAIT_SECONDS

    def _tend(self) -> None:
        """Do what returns, and look round whether it is time to end: asked all the time."""
        self._caretaker.tend()
        if monotonic() >= self._looked_round_at + LOOK_ROUND_SECONDS:
            self._looked_round_at = monotonic()
            self._flow.is_ending = self._is_over()
            self._report(is_idle=False)

    def _is_over(self) -> bool:
        is_alone = self._parent is not None and os.getppid() != self._parent
        return self._told_to_end or is_alone

    def _end(self) -> float:
        self._flow.end()
        self._report(is_idle=True)
        return 0

    def _attempt(self, work: Callable[[], float]) -> float:
        """Do some work; return how long to wait then.

        Where it fails, what was on its way falls due again when its lease ends. What has ended
        is kept as soon as it can be.
        """
        try:
            wait = work()
        except Exception as error:
            now, reason = self._office.clock(), type(error).__name__
            say("failed", now, level=logging.ERROR, at=work.__name__, error=reason)
            self._flow.close()
            self._flow = Flow(self._office, tend=self._tend, ledger=self._ledger)
            wait = AFTER_FAILURE_SECONDS
            self._caretaker.is_well = False
        else:
            self._caretaker.is_well = True
        return wait

    def _report(self, *, is_idle: bool) -> None:
        """Say what was sent: at the end of each burst, and from time to time in a long one."""
        counts = self._flow.counts
        is_time = is_idle or monotonic() >= self._reported_at + REPORT_EVERY_SECONDS
        if counts.taken and is_time:
            self._reported_at = monotonic()
            self._flow.counts = Counts()
            say("sent", self._office.clock(), **counts.as_json())

    @contextmanager
    def _listening(self) -> Iterator[int]:
        """Take signals to end, and give what can be read from once one has come."""
        wake, bell = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(bell, False)
        before = signal.set_wakeup_fd(bell)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._hear)
        try:
            yield wake
        finally:
            signal.set_wakeup_fd(before)
            os.close(wake)
            os.close(bell)

    def _hear(self, _signal: int, _frame: FrameType | None) -> None:
        self._told_to_end = self._flow.is_ending = True
