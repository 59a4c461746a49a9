"""Says when something is tried again: later each time, and never all at the same instant."""

from datetime import datetime, timedelta
from secrets import SystemRandom

SHORTEST = timedelta(seconds=1)
FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=10)
MOST_DOUBLINGS = 10
LAST_TRY_BEFORE = timedelta(seconds=5)
"""How long before a notice is pointless its last try may be put."""

SPREAD = timedelta(seconds=5)
"""Over how long those are spread that wait for the same push service."""

chance = SystemRandom()


def backoff(tries: int) -> timedelta:
    """Return how long to wait after so many tries: exponential with full jitter, 5 s to 10 min."""
    doublings: int = 2 ** min(tries - 1, MOST_DOUBLINGS)
    longest = min(FIRST * doublings, LONGEST)
    return max(SHORTEST, longest * chance.random())


def next_try(now: datetime, useful_until: datetime, tries: int) -> datetime | None:
    """Return when a notice is tried again, or None where it would be pointless by then.

    The last try is put just before that.
    """
    at = min(now + backoff(tries), useful_until - LAST_TRY_BEFORE)
    return at if now < at < useful_until else None


def after(until: datetime, useful_until: datetime) -> datetime | None:
    """Return an instant soon after a service may be called again, or None where it is too late."""
    at = min(until + SPREAD * chance.random(), useful_until - LAST_TRY_BEFORE)
    return max(at, until) if until < useful_until else None
