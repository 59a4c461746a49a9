"""The server itself: it starts, answers, says where it is, and stops when it is told to."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest

from tests.conftest import SECRET_KEY

SECONDS = 60
"""Longer than a busy machine needs; nothing waits that long where all is well."""


@pytest.fixture
def port() -> int:
    """Give a port that nobody listens at."""
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        found: int = trial.getsockname()[1]
    return found


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = {
        **{name: text for name, text in os.environ.items() if name != "PUBLIC_URL"},
        "MON_RYTHME_DATA": str(folder),
        "DATABASE_URL": "",
        "SECRET_KEY": SECRET_KEY,
        "PYTHONUNBUFFERED": "1",
    }
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", "from webapp.cli import main; main()", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read_until(stream: IO[str], words: str) -> str:
    """Return the lines up to the one with these words; fails where they do not come."""
    said = ""
    while words not in said:
        ready, _, _ = select.select([stream], [], [], SECONDS)
        line = stream.readline() if ready else ""
        assert line, f"it ended, or waited, after: {said}"
        said += line
    return said


@pytest.fixture(params=["start", "web"])
def serving(
    request: pytest.FixtureRequest, tmp_path: Path, port: int
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a server that says that it is ready, and what it said."""
    server = start(tmp_path, request.param, "--port", str(port))
    assert server.stdout is not None
    try:
        yield server, read_until(server.stdout, "Ctrl+C")
    finally:
        with suppress(ProcessLookupError):
            server.kill()
        server.communicate()


def test_it_answers_and_ends_cleanly(serving: tuple[subprocess.Popen[str], str], port: int) -> None:
    server, said = serving
    assert f"http://localhost:{port}" in said
    with urlopen(f"http://127.0.0.1:{port}/health", timeout=SECONDS) as answer:  # noqa: S310
        assert answer.status == 200
        assert json.load(answer) == {"status": "ok", "database": "ok"}
    server.send_signal(signal.SIGTERM)
    out, err = server.communicate(timeout=SECONDS)
    assert server.returncode == 0, err
    assert "Traceback" not in out + err


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        server = start(tmp_path, "web", "--port", str(taken))
        out, err = server.communicate(timeout=SECONDS)
    assert server.returncode == 2
    assert err == f"Port {taken} at 127.0.0.1 is taken. Choose another one with --port.\n"
    assert out == ""


@pytest.mark.parametrize("wrong", ["0", "65536", "-1", "x"])
def test_a_port_that_is_none(tmp_path: Path, wrong: str) -> None:
    server = start(tmp_path, "web", f"--port={wrong}")
    _out, err = server.communicate(timeout=SECONDS)
    assert server.returncode == 2
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_a_host_that_is_none(tmp_path: Path) -> None:
    server = start(tmp_path, "web", "--host", "no such host")
    _out, err = server.communicate(timeout=SECONDS)
    assert server.returncode == 2
    assert err == "The address no such host is not one of this machine. See --host.\n"
