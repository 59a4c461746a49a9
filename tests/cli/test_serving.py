"""The server itself: it starts, answers, says where it is, and stops when it is told to."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tests.conftest import SECRET_KEY
from webapp import serve
from webapp.cli import main

SECONDS = 60
"""Longer than a busy machine needs; nothing waits that long where all is well."""


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
        start_new_session=True,
    )


def stop(server: subprocess.Popen[str]) -> None:
    """End the server and its workers, whatever they are doing."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def read_until(server: subprocess.Popen[str], words: str) -> str:
    """Return the lines up to the one with these words; fails where they do not come."""
    assert server.stdout is not None
    limit = Timer(SECONDS, stop, [server])
    limit.start()
    said = ""
    for line in server.stdout:
        said += line
        if words in line:
            limit.cancel()
            return said
    raise AssertionError(f"it ended, or took too long, after: {said}")


@pytest.fixture
def serving(tmp_path: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a server that says that it is ready, and what it said."""
    server = start(tmp_path, "start", "--host", "localhost", "--port", str(port))
    try:
        yield server, read_until(server, "Ctrl+C")
    finally:
        stop(server)
        server.communicate()


def test_it_answers_and_ends_cleanly(serving: tuple[subprocess.Popen[str], str], port: int) -> None:
    server, said = serving
    assert f"http://localhost:{port}" in said
    for _request in range(50):  # enough for each of its processes to have some
        with urlopen(f"http://localhost:{port}/health", timeout=SECONDS) as answer:
            assert answer.status == 200
            assert json.load(answer)["database"] == "ok"
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
    result = CliRunner().invoke(main, ["web", f"--port={wrong}"])
    assert result.exit_code == 2
    assert "--port" in result.stderr


@pytest.mark.parametrize("wrong", ["no such host", "192.0.2.1", "..", "x" * 300])
def test_a_host_that_is_none(wrong: str) -> None:
    with pytest.raises(serve.HostUnknownError):
        serve.serve(wrong, 8000, when_ready=lambda: None)


def test_a_wrong_host_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "")
    words = ["web", "--host", "192.0.2.1"]
    result = CliRunner().invoke(main, words, env={"MON_RYTHME_DATA": str(tmp_path)})
    assert result.exit_code == 2
    assert result.stderr == "The address 192.0.2.1 is not one of this machine. See --host.\n"
