"""What a stand-in knows, for several threads: a test waits until something has happened."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 20.0
"""How long a test waits for what a browser does by itself."""


class Watched:
    """A lock that every change of a stand-in goes through, and that tests wait upon."""

    def __init__(self) -> None:
        self.lock = threading.Condition()

    def changed(self) -> None:
        """Wake whoever waits. The caller holds the lock."""
        self.lock.notify_all()

    def until(self, look: Callable[[], T], what: str, seconds: float = PATIENCE_SECONDS) -> T:
        """Return what `look` sees as soon as that is something; fail in words if it never is."""
        with self.lock:
            seen = self.lock.wait_for(look, seconds)
        assert seen, f"waited {seconds:.0f} seconds for {what}"
        return seen
