"""A reminders process that waits for less, so that what takes minutes for people takes seconds.

It also writes down every reply that it sees, in the file that it is given.
"""

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from webapp import config
from webapp.jobs import claiming, services, waits
from webapp.web.database import Database
from webapp.webpush import Guard, Letter, Reply, Sender

LEASE_SECONDS = 5
HOLD_EVERY_SECONDS = 1
SECONDS_OF_A_MESSAGE = 1.5
IN_FLIGHT = 30


class Telling(Sender):
    """A sender that writes down what it was answered, before anybody else knows."""

    journal: Path

    def send(self, letters: Iterable[Letter | None]) -> Iterator[tuple[Letter, Reply]]:
        """Send letters."""
        with self.journal.open("a", buffering=1, encoding="ascii") as journal:
            for letter, reply in super().send(letters):
                token = letter.target.endpoint.rpartition("/")[2]
                journal.write(f"{time.monotonic()} {token} {letter.topic} {reply.result}\n")
                yield letter, reply


def shorten() -> None:
    """Put shorter waits in place, before anything has taken over the longer ones."""
    claiming.LEASE = timedelta(seconds=LEASE_SECONDS)
    claiming.MOST_AT_ONCE = 120
    waits.SHORTEST = timedelta(seconds=0.05)
    waits.FIRST = timedelta(seconds=0.1)
    waits.LONGEST = timedelta(seconds=0.5)
    waits.SPREAD = timedelta(seconds=0.2)
    services.REST = timedelta(seconds=1)
    import_module("webapp.jobs.flow").HOLD_EVERY_SECONDS = HOLD_EVERY_SECONDS


def main(journal: Path) -> None:
    """Send what is due, until somebody ends it."""
    logging.basicConfig(level=logging.INFO)
    settings = config.from_environment()
    database = Database(settings.database_url)
    office = import_module("webapp.jobs.opening").open_office(settings, database)
    guard = Guard(settings.push_hosts, settings.push_to_loopback)
    ours = settings.vapid_private_key, settings.vapid_subject
    sender = Telling(*ours, guard, at_once=IN_FLIGHT, seconds=SECONDS_OF_A_MESSAGE)
    sender.journal = journal
    import_module("webapp.jobs.runner").Runner(replace(office, sender=sender)).run()


if __name__ == "__main__":
    shorten()
    main(Path(sys.argv[1]))
