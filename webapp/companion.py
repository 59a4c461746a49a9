"""Keeps a process of ours running beside the web server: begun again if it dies, ended with it."""

import os
import subprocess
import sys
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

AGAIN_AFTER_SECONDS = 1.0
LONGEST_END_SECONDS = 40.0
"""How long it may take to finish what is on its way."""


class Companion:
    """Runs one of our own commands for as long as it is entered.

    It is told who its parent is, so that it ends by itself if the parent is killed.
    """

    def __init__(self, command: str) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = Event()
        self._lock = Lock()
        self._keeper = Thread(target=self._keep, name=command, daemon=True)

    def __enter__(self) -> Self:
        self._keeper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._ending.set()
            if self._process:
                self._process.terminate()
        self._keeper.join(LONGEST_END_SECONDS)
        if self._process and self._process.poll() is None:
            self._process.kill()

    def _keep(self) -> None:
        """Begin it, wait until it ends, and begin it again unless it was told to."""
        while (process := self._begin()) is not None:
            process.wait()
            self._ending.wait(AGAIN_AFTER_SECONDS)

    def _begin(self) -> subprocess.Popen[bytes] | None:
        run = "from webapp.cli import main; main()"
        words = [self._command, "--parent", str(os.getpid())]
        with self._lock:
            if self._ending.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-c", run, *words], stdin=subprocess.DEVNULL
            )
            return self._process
