"""Keeps a process of ours running beside the web server: begun again if it dies, ended with it."""

import os
import subprocess
import sys
from threading import Event, Lock, Thread
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
        self._begin()
        self._keeper.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._ending.set()
            if self._process:
                self._process.terminate()
        self._keeper.join(LONGEST_END_SECONDS)
        if self._process and self._process.poll() is None:
            self._process.kill()

    def _keep(self) -> None:
        """Wait until it ends, and begin it again unless it was told to."""
        while self._process:
            self._process.wait()
            if self._ending.wait(AGAIN_AFTER_SECONDS):
                return
            self._begin()

    def _begin(self) -> None:
        """Begin it, unless it was told to end.

        Without closing what is open, which no child inherits anyway, Python uses `posix_spawn`.
        The other way it waits for a pipe to be closed, and would wait for ever where the web
        server makes a worker at that moment, which then holds the pipe open.
        """
        run = "from webapp.cli import main; main()"
        words = [self._command, "--parent", str(os.getpid())]
        with self._lock:
            if not self._ending.is_set():
                self._process = subprocess.Popen(  # noqa: S603 - our own command
                    [sys.executable, "-c", run, *words], stdin=subprocess.DEVNULL, close_fds=False
                )
