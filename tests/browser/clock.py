"""The clock of the app in the browser tests: it stands, and a test may set it for a while."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Clock:
    """Shows the time at which it stands."""

    now: datetime

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self.now
