"""The way of the notices: taken, handed over, and settled as the answers come in."""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple

from sqlalchemy.exc import OperationalError

from webapp.jobs.batches import read, take_due
from webapp.jobs.claiming import MOST_AT_ONCE, hold
from webapp.jobs.ledger import Ledger
from webapp.jobs.mailing import MailRoom
from webapp.jobs.office import Office
from webapp.jobs.parcels import End, Parcel
from webapp.jobs.preparing import Addressed, Desk, Posted
from webapp.jobs.saying import say
from webapp.jobs.services import STOPPED, Changes, Services
from webapp.jobs.waits import after, next_try
from webapp.models.notice import Sent, Way
from webapp.webpush import Letter, Reply, Result

LOOK_EVERY_SECONDS = 0.5
"""How often what has become due is looked for, while something is on its way."""

HOLD_EVERY_SECONDS = 20
"""How often what is still on its way is held for longer."""

MAIL_WAIT_SECONDS = 1.0
MAIL = "mail"
"""What stands for the mail server where push services have their names."""

ENDS = {
    Result.ACCEPTED: Sent.ACCEPTED,
    Result.GONE: Sent.GONE,
    Result.TOO_LARGE: Sent.REFUSED,
    Result.REFUSED: Sent.REFUSED,
}
"""The results after which a notice is not tried on that way again."""


@dataclass(slots=True)
class Counts:
    """What happened: notices by where they stand now, and ways by host and result."""

    taken: int = 0
    seconds: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    results: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """Return the counts as they are logged."""
        hosts: dict[str, dict[str, int]] = {}
        for (host, result), count in sorted(self.results.items()):
            hosts.setdefault(host, {})[result] = count
        return {
            "taken": self.taken,
            "seconds": round(self.seconds, 3),
            "states": dict(sorted(self.states.items())),
            "hosts": hosts,
        }


class Answer(NamedTuple):
    """What came back on one way."""

    way: Way
    result: Result
    host: str
    subscription_id: int | None = None
    endpoint: str = ""


class Flow:
    """Notices on their way out. Used from one thread, for one round or for many.

    What has ended goes into the `ledger`, which may outlive it.
    """

    def __init__(
        self,
        office: Office,
        *,
        tend: Callable[[], None] = lambda: None,
        ledger: Ledger | None = None,
    ) -> None:
        self._office = office
        self._tend = tend
        self._mails = MailRoom(office.postman) if office.postman else None
        self._services = Services()
        self._letters: deque[Addressed] = deque()
        self._on_way: dict[tuple[str, str], Addressed] = {}
        self._open: dict[int, Parcel] = {}
        self._ledger = ledger or Ledger(office)
        self._held_at = self._look_at = monotonic()
        self.is_ending = False
        self.taken = 0
        self.counts = Counts()

    def feed(self) -> Iterator[Letter | None]:
        """Give letters as long as there is something due; None where there is none just now."""
        while True:
            self.tend()
            if self._has_room() and monotonic() >= self._look_at:
                taken = self._bear(self.take)
                wait = 0.0 if taken == MOST_AT_ONCE else LOOK_EVERY_SECONDS
                self._look_at = monotonic() + wait
            yield self._next_letter()

    def _has_room(self) -> bool:
        return not (self._letters or self.is_ending or self._ledger.is_behind)

    def queued(self) -> Iterator[Letter]:
        """Give the letters of what was taken, and no others."""
        while (letter := self._next_letter()) is not None:
            yield letter

    @property
    def waits_for_mail(self) -> bool:
        """Say whether an e-mail is on its way."""
        return bool(self._mails and self._mails.waiting)

    def take(self, most: int = MOST_AT_ONCE) -> int:
        """Take what is due, at most so many, and prepare it; return how many were taken."""
        now = self._office.clock()
        batch = take_due(self._office.database, now, most)
        if not batch:
            return 0
        services, parts = read(self._office.database, batch, now)
        self._services.learn(services)
        for part, facts in parts:
            desk = Desk(facts, self._office, now)
            desk.write_all(part)
            self._send_on(desk)
        self.taken += len(batch)
        self.counts.taken += len(batch)
        return len(batch)

    def _send_on(self, desk: Desk) -> None:
        """Take over what was written."""
        self._letters.extend(desk.letters)
        for parcel in desk.parcels:
            self._keep(parcel)
        for posted in desk.mails:
            self._post(posted)

    def _post(self, posted: Posted) -> None:
        """Give an e-mail to the mail room; where too many wait there, it is put off."""
        if self._mails and not self._mails.is_full:
            self._mails.post(posted.parcel, posted.mail)
        else:
            self._conclude(posted.parcel, Answer(Way.MAIL, Result.RETRY, MAIL))

    def _next_letter(self) -> Letter | None:
        """Return the next letter whose service may be called, and put off those before it."""
        while self._letters:
            each = self._letters.popleft()
            if self.is_ending:
                self._give_back(each.parcel)
            elif self._services.stop(each.host, self._office.clock()):
                self._conclude(each.parcel, Answer(Way.PUSH, Result.WAIT, each.host))
            else:
                self._on_way[each.letter.topic, each.letter.target.endpoint] = each
                return each.letter
        return None

    def answered(self, letter: Letter, reply: Reply) -> None:
        """Take in what became of a letter."""
        endpoint = letter.target.endpoint
        each = self._on_way.pop((letter.topic, endpoint), None)
        if each is None:
            return
        tries = each.parcel.notice.tries
        self._services.answered(each.host, reply, self._office.clock(), tries)
        answer = Answer(Way.PUSH, reply.result, each.host, each.subscription_id, endpoint)
        self._conclude(each.parcel, answer)

    def _conclude(self, parcel: Parcel, answer: Answer) -> None:
        """Note how a way ended, or when it is tried again."""
        now = self._office.clock()
        outcome = ENDS.get(answer.result) or self._put_off(parcel, answer, now)
        if outcome:
            end = End(answer.way, outcome, now, answer.subscription_id, answer.endpoint)
            parcel.ends.append(end)
        self.counts.results[answer.host, answer.result.value] += 1
        parcel.open -= 1
        self._keep(parcel)

    def _put_off(self, parcel: Parcel, answer: Answer, now: datetime) -> Sent | None:
        """Let a way be tried again, or return how it ends where that would be pointless."""
        until = parcel.notice.useful_until
        stop = self._services.stop(answer.host, now)
        if answer.result is Result.RETRY and stop is None:
            at = next_try(now, until, parcel.notice.tries)
        else:
            at = after(stop.until if stop and stop.until else now + STOPPED, until)
        if at is not None:
            parcel.try_again(at)
            return None
        is_our_fault = answer.result is Result.OUR_FAULT or (stop and stop.refused_at)
        return Sent.OUR_FAULT if is_our_fault else Sent.UNREACHABLE

    def _give_back(self, parcel: Parcel) -> None:
        """Let another process send what this one has not begun to send."""
        parcel.try_again(self._office.clock())
        parcel.open -= 1
        self._keep(parcel)

    def _keep(self, parcel: Parcel) -> None:
        """Keep a notice among those that are on their way, or that have ended."""
        if parcel.open:
            self._open[parcel.notice.id] = parcel
        else:
            self._open.pop(parcel.notice.id, None)
            self._ledger.add(parcel)

    def tend(self) -> None:
        """Settle what has ended and hold what has not, each when it is time."""
        self._tend()
        self._take_in_mail()
        if self._ledger.is_due:
            self._bear(self.settle)
        if self._open and monotonic() - self._held_at >= HOLD_EVERY_SECONDS:
            self._bear(self._hold)

    def _bear(self, work: Callable[[], int | None]) -> int | None:
        """Do some work; while something is on its way, go on even where the database is away."""
        try:
            return work()
        except OperationalError as error:
            if not self._open:
                raise
            now, reason = self._office.clock(), type(error).__name__
            say("failed", now, level=logging.ERROR, at=work.__name__, error=reason)
            return None

    def _take_in_mail(self, wait_seconds: float = 0) -> None:
        for parcel, result in self._mails.answers(wait_seconds) if self._mails else ():
            self._conclude(parcel, Answer(Way.MAIL, result, MAIL))

    def settle(self) -> None:
        """Keep how the notices ended that have ended. Raises OperationalError if it cannot be."""
        changes = self._services.changes()
        self._tell_of_refusals(changes)
        ours = self._ledger.keep(changes)
        self.counts.states.update(parcel.end_state.value for parcel in ours)

    def _tell_of_refusals(self, changes: Changes) -> None:
        for host, stop in changes.items():
            if stop and stop.refused_at:
                now, status = self._office.clock(), stop.status
                say("refuses_our_key", now, level=logging.ERROR, host=host, status=status)

    def _hold(self) -> None:
        self._held_at = monotonic()
        claims = {parcel.notice.claim for parcel in self._open.values()}
        with self._office.database.transaction() as session:
            hold(session, self._open, claims, self._office.clock())

    def finish(self) -> None:
        """Wait for the e-mails that are on their way, and settle everything."""
        while self.waits_for_mail:
            self._take_in_mail(MAIL_WAIT_SECONDS)
        self.settle()

    def end(self) -> None:
        """Begin nothing more, wait for what is on its way, and settle it."""
        self.is_ending = True
        if self._mails:
            self._mails.close()
            self._take_in_mail()
        self.settle()

    def close(self) -> None:
        """Let go of the threads."""
        if self._mails:
            self._mails.close()


def run_round(office: Office, most: int = MOST_AT_ONCE) -> Counts:
    """Take what is due, at most so many, send it and settle it; return what happened."""
    with closing(Flow(office)) as flow:
        flow.take(most)
        for letter, reply in office.sender.send(flow.queued()):
            flow.answered(letter, reply)
        flow.finish()
        return flow.counts
