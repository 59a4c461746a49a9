"""The sender of the benchmarks: sends what is due, pinned to one processor, and tells what it cost.

It is a process of its own, as the reminders process is. The cryptography alone is measured in it
before and after each round.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import String, delete, func, select, update

from benchmarks import ciphers
from benchmarks.mailbags import PRIVATE_KEY
from benchmarks.plans import NOW, settle
from benchmarks.push_sink import Sink
from webapp import webpush
from webapp.clock import utc_now
from webapp.jobs.flow import Flow
from webapp.jobs.office import Office
from webapp.models.notice import (
    Delivery,
    DeliveryCount,
    Notice,
    NoticeState,
    PushSubscription,
)
from webapp.web.database import Database
from webapp.webpush import Guard, Sender

SITE = "https://plan.example.org"
SUBJECT = "mailto:benchmarks@example.org"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round cost: processor time a message, and of its cryptography, in nanoseconds.

    `seconds` is how long it took by the clock, `within` how many messages were handed over so
    many seconds after they were due, and not in less.
    """

    messages: int
    cost: float
    floor: float
    seconds: float
    within: dict[str, int]

    def handed_over_within(self, seconds: int) -> int:
        """Return how many were handed over at most so many seconds after they were due."""
        return sum(count for limit, count in self.within.items() if 0 < int(limit) <= seconds)


def rounds(url: str, service: Sink, messages: int, times: int) -> list[Round]:
    """Let a process send so many messages, so many times; return what each time cost."""
    wanted = {"url": url, "messages": messages, "times": times, "origin": service.origin}
    wanted["ca_file"] = str(service.ca_file) if service.ca_file else None
    command = [sys.executable, "-m", "benchmarks.handing_over", json.dumps(wanted)]
    found = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ourselves
    return [Round(**values) for values in json.loads(found.stdout)]


def _clock() -> Callable[[], datetime]:
    """Return a clock that begins at the instant of the benchmarks, and goes as the real one."""
    ahead = NOW - utc_now()
    return lambda: utc_now() + ahead


def _round(database: Database, sender: Sender, messages: int) -> Round:
    _put_back(database, messages)
    office = Office(database, SITE, webpush.public_key(PRIVATE_KEY), sender, clock=_clock())
    before = ciphers.cost()
    began, clock = time.process_time_ns(), time.monotonic()
    _send_all(office, messages)
    cost, seconds = time.process_time_ns() - began, time.monotonic() - clock
    floor = (before + ciphers.cost()) / 2
    return Round(messages, cost / messages, floor, seconds, _within(database))


def _send_all(office: Office, messages: int) -> None:
    """Send all that is due as the reminders process does, until all of it is settled."""
    flow = Flow(office)
    while flow.counts.states.total() < messages:
        for letter, reply in office.sender.send(flow.feed()):
            flow.answered(letter, reply)
        flow.settle()
    flow.close()
    if flow.counts.states[NoticeState.ACCEPTED] != messages:
        raise RuntimeError(f"not all were accepted: {flow.counts}")


def _put_back(database: Database, messages: int) -> None:
    """Let so many notices be due, as if none had ever gone."""
    with database.transaction() as session:
        session.execute(delete(Delivery))
        session.execute(delete(DeliveryCount))
        chosen = select(Notice.id).order_by(Notice.id).limit(messages)
        planned = update(Notice).where(Notice.id.in_(chosen))
        again = {"state": NoticeState.PLANNED, "next_try_at": NOW, "tries": 0}
        session.execute(update(Notice).values(state=NoticeState.SILENT, claim=None))
        session.execute(planned.values(**again, settled_at=None))
    settle(database.engine)


def _within(database: Database) -> dict[str, int]:
    """Return how many were handed over so many seconds after they were due, and sooner."""
    kept = DeliveryCount.within_seconds, func.sum(DeliveryCount.count)
    with database.session(reading=True) as session:
        rows = session.execute(select(*kept).group_by(DeliveryCount.within_seconds))
        return {str(seconds): count for seconds, count in rows}


def _main(wanted: dict[str, Any]) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    database = Database(wanted["url"])
    with database.transaction() as session:
        endpoint = wanted["origin"] + "/push/" + PushSubscription.device_id.cast(String)
        session.execute(update(PushSubscription).values(endpoint=endpoint))
    ca_file = Path(wanted["ca_file"]) if wanted["ca_file"] else None
    with Sender(PRIVATE_KEY, SUBJECT, Guard((), to_loopback=True), ca_file=ca_file) as sender:
        found = [
            _round(database, sender, wanted["messages"]) for _each in range(wanted["times"] + 1)
        ]
    sys.stdout.write(json.dumps([asdict(each) for each in found[1:]]))


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
