"""Sender processes that are killed at any instant and started again, and what is seen of them."""

import os
import random
import signal
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.conftest import SECRET_KEY

ROOT = Path(__file__).parent.parent.parent
SECONDS_TO_END = 30
PRIVATE_KEY = urlsafe_b64encode(b"only for the tests of faults".ljust(32)).decode().rstrip("=")


@dataclass
class Running:
    """One sender. Its name stands in the signature of everything that it sends.

    `first_kb` is its memory when it had sent something, `most_kb` the most it has ever taken.
    """

    name: str
    process: subprocess.Popen[bytes]
    said: Path
    journal: Path
    first_kb: int = 0
    most_kb: int = 0
    killed_at: float | None = None

    def weigh(self, has_sent: bool) -> None:
        """Read how much memory it takes, and how much it took at most."""
        with suppress(OSError, KeyError):
            status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
            sizes = dict(line.split(":", 1) for line in status.splitlines())
            self.most_kb = int(sizes["VmHWM"].split()[0])
            if has_sent and not self.first_kb:
                self.first_kb = int(sizes["VmRSS"].split()[0])

    def answers(self) -> Iterator[tuple[float, str, str, str]]:
        """Yield what it was answered: when, for which phone, with which topic, and how."""
        lines = self.journal.read_text("ascii").splitlines() if self.journal.exists() else []
        for line in lines:
            at, token, topic, result = line.split(" ")
            yield float(at), token, topic, result

    @property
    def grew_kb(self) -> int:
        """Return how much its memory has grown since it sent for the first time."""
        return self.most_kb - self.first_kb if self.first_kb else 0


class Senders:
    """So many senders at a time; whichever is killed, another one takes its place."""

    def __init__(self, number: int, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = {**os.environ, **environment}
        self.ever: list[Running] = []
        self.now = [self._start() for _each in range(number)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for each in self.now:
            each.process.kill()
            each.process.wait()

    def _start(self) -> Running:
        name = f"sender-{len(self.ever)}"
        said, journal = self._folder / f"{name}.log", self._folder / f"{name}.journal"
        settings = {"VAPID_SUBJECT": subject_of(name)}
        with said.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "tests.faults.sender", str(journal)],
                cwd=ROOT,
                env={**self._environment, **settings},
                stdout=log,
                stderr=log,
            )
        self.ever.append(Running(name, process, said, journal))
        return self.ever[-1]

    def kill_one(self, chance: random.Random) -> None:
        """Kill one of them where it stands, and start another one."""
        place = chance.randrange(len(self.now))
        victim = self.now[place]
        assert victim.process.poll() is None, victim.said.read_text("utf-8")
        victim.process.kill()
        victim.process.wait()
        victim.killed_at = time.monotonic()
        self.now[place] = self._start()

    def weigh(self, have_sent: set[str]) -> None:
        """Look how much memory they take."""
        for each in self.now:
            each.weigh(each.name in have_sent)

    def end(self) -> list[int]:
        """Ask all to end, and return how they did."""
        for each in self.now:
            each.process.send_signal(signal.SIGTERM)
        return [each.process.wait(SECONDS_TO_END) for each in self.now]


def settings(url: str, folder: Path) -> dict[str, str]:
    """Return the settings of an installation of its own, whose push service may stand here."""
    return {
        "MON_RYTHME_DATA": str(folder),
        "DATABASE_URL": url,
        "PUBLIC_URL": "http://localhost",
        "SECRET_KEY": SECRET_KEY,
        "PUSH_TO_LOOPBACK": "1",
        "VAPID_PRIVATE_KEY": PRIVATE_KEY,
    }


def subject_of(name: str) -> str:
    """Return the address that a sender signs with."""
    return f"mailto:{name}@example.org"
