"""The reminders process as it is started: alone or beside the web, it ends when it is told to."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from tests.cli.test_serving import SECONDS, read_until, start, stop
from webapp.migrate import upgrade
from webapp.models.notice import Heartbeat
from webapp.web.database import Database


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Give a function that starts a command; whatever runs at the end is killed."""
    begun: list[subprocess.Popen[str]] = []

    def running(*words: str) -> subprocess.Popen[str]:
        begun.append(start(tmp_path, *words))
        return begun[-1]

    yield running
    for process in begun:
        stop(process)
        process.communicate()


@pytest.fixture
def beats(tmp_path: Path) -> Iterator[Callable[[], int]]:
    """Give a function that says how many reminders processes have ever been alive."""
    url = f"sqlite:///{tmp_path / 'mon-rythme.sqlite3'}"
    upgrade(url)
    database = Database(url)

    def beats() -> int:
        with database.session(reading=True) as session:
            return session.scalar(select(func.count(Heartbeat.process))) or 0

    yield beats
    database.engine.dispose()


def wait_until(condition: Callable[[], object]) -> None:
    """Wait until something holds; fails where it takes too long."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        Event().wait(0.02)


def is_alive(number: int) -> bool:
    """Say whether a process is there, and is not one that only waits to be buried."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def children_of(parent: int) -> dict[int, str]:
    """Return the processes that a process has begun, with their words."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
    return found


def reminders_of(parent: int) -> int | None:
    """Return the reminders process that another one has begun, if it is there."""
    mine = [number for number, words in children_of(parent).items() if "reminders" in words]
    return mine[0] if mine and is_alive(mine[0]) else None


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_alone_it_ends_cleanly(
    running: Callable[..., subprocess.Popen[str]], beats: Callable[[], int], sign: signal.Signals
) -> None:
    process = running("reminders")
    said = json.loads(read_until(process, "began"))
    assert said["event"] == "began"
    wait_until(beats)
    process.send_signal(sign)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, err) == (0, "")
    assert [json.loads(line)["event"] for line in out.splitlines()] == ["ended"]


def test_it_does_not_outlive_a_parent_that_is_another_one(
    running: Callable[..., subprocess.Popen[str]],
) -> None:
    process = running("reminders", "--parent", "1")
    _out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, err) == (0, "")


@pytest.fixture
def beside(
    running: Callable[..., subprocess.Popen[str]], port: int, beats: Callable[[], int]
) -> subprocess.Popen[str]:
    """Give a server that serves, and sends reminders beside it."""
    server = running("start", "--port", str(port))
    read_until(server, "Ctrl+C")
    wait_until(beats)
    return server


def test_it_runs_beside_the_web_and_both_end(beside: subprocess.Popen[str]) -> None:
    number = reminders_of(beside.pid)
    assert number is not None
    beside.send_signal(signal.SIGTERM)
    out, err = beside.communicate(timeout=SECONDS)
    assert beside.returncode == 0, err
    assert '"event": "ended"' in out
    assert "Traceback" not in out + err
    assert not is_alive(number)


def test_it_is_begun_again_where_it_dies(
    beside: subprocess.Popen[str], beats: Callable[[], int]
) -> None:
    number = reminders_of(beside.pid)
    assert number is not None
    os.kill(number, signal.SIGKILL)
    wait_until(lambda: beats() == 2)
    assert reminders_of(beside.pid) not in (None, number)


def test_it_ends_where_its_parent_is_killed(beside: subprocess.Popen[str]) -> None:
    number = reminders_of(beside.pid)
    assert number is not None
    beside.kill()
    wait_until(lambda: not is_alive(number))
