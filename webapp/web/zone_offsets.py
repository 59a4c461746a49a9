"""How far the clocks of a zone are from UTC, for pages that go by them without asking anybody.

A slow phone takes longer to look a zone up than to draw a page, and may know older rules than ours.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

AHEAD_DAYS = 400
"""More than a year, so that each change of the clocks stands there once at least."""

DAY_MINUTES = 24 * 60
QUARTER_DAYS = 91
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1024)
def zone_offsets(zone: str, since: date) -> str:
    """Return the offsets from UTC in the days from `since` on, each after when it begins.

    Both in minutes, the beginning since 1970: "29388960:-300 29548740:-240". The first one holds
    before, too.
    """
    begin = _begin(since) - DAY_MINUTES
    looked_at = range(begin, begin + (AHEAD_DAYS + 1) * DAY_MINUTES, DAY_MINUTES)
    begins = [begin, *(change for each in pairwise(looked_at) for change in _changes(zone, *each))]
    return _written(zone, begins)


@lru_cache(maxsize=1024)
def zone_clock(zone: str, since: date) -> str:
    """Return the offsets in each quarter of a year, to compare another clock with."""
    begin = _begin(since)
    quarters = range(begin, begin + 4 * QUARTER_DAYS * DAY_MINUTES, QUARTER_DAYS * DAY_MINUTES)
    return _written(zone, quarters)


def _begin(day: date) -> int:
    return (datetime.combine(day, time(), UTC) - EPOCH) // MINUTE


def _written(zone: str, minutes: Iterable[int]) -> str:
    return " ".join(f"{minute}:{_offset(zone, minute)}" for minute in minutes)


def _changes(zone: str, first: int, last: int) -> list[int]:
    """Return the minute at which the clocks change between two, where they do."""
    before = _offset(zone, first)
    if before == _offset(zone, last):
        return []
    minutes = range(first, last)
    changed = bisect_left(minutes, True, key=lambda minute: _offset(zone, minute) != before)
    return [first + changed]


def _offset(zone: str, minute: int) -> int:
    offset = (EPOCH + minute * MINUTE).astimezone(ZoneInfo(zone)).utcoffset()
    return (offset or timedelta()) // MINUTE
