"""The production server as it is started by its command, killed at any instant, and begun again."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from tests.faults.senders import ROOT

WEB = "from webapp.cli import main; main()"


def free_port() -> int:
    """Return a port at which nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as trial:
        return int(trial.getsockname()[1])


class DyingServer:
    """`mon-rythme web` at one port: a process that looks after two others, which answer."""

    def __init__(self, port: int, folder: Path, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
        self._command = [sys.executable, "-c", WEB, "web", "--port", str(port)]
        self.said = folder / "server.log"
        self._process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._kill_all()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.said.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_one(self, chance: random.Random) -> None:
        """Kill one of those that answer where it stands; another one takes its place."""
        assert self._process.poll() is None, self.said.read_text("utf-8")
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        workers = listed.read_text("ascii").split()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(int(chance.choice(workers)), signal.SIGKILL)

    def kill_and_begin_again(self) -> None:
        """Kill all of it, as a machine that loses its power, and begin again."""
        self._kill_all()
        self._process = self._start()

    def _kill_all(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
