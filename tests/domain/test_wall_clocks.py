"""A time on the wall stays the same across clock changes, also where it is missing or double."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from webapp.domain.repeats import days_between, instant, today_in, wall_clock

MONDAY = date(2026, 11, 23)
PARIS, TORONTO, MONCTON = "Europe/Paris", "America/Toronto", "America/Moncton"

# zone, the Sundays on which clocks change, offsets from UTC in hours before and after,
# the clock time at which the change happens.
CHANGES = [
    (PARIS, date(2026, 3, 29), 1, 2, 2),
    (PARIS, date(2026, 10, 25), 2, 1, 3),
    (PARIS, date(2027, 3, 28), 1, 2, 2),
    (PARIS, date(2027, 10, 31), 2, 1, 3),
    (TORONTO, date(2026, 3, 8), -5, -4, 2),
    (TORONTO, date(2026, 11, 1), -4, -5, 2),
    (TORONTO, date(2027, 3, 14), -5, -4, 2),
    (TORONTO, date(2027, 11, 7), -4, -5, 2),
    (MONCTON, date(2026, 3, 8), -4, -3, 2),
    (MONCTON, date(2026, 11, 1), -3, -4, 2),
    (MONCTON, date(2027, 3, 14), -4, -3, 2),
    (MONCTON, date(2027, 11, 7), -3, -4, 2),
]
SPRING = [change for change in CHANGES if change[3] > change[2]]
AUTUMN = [change for change in CHANGES if change[3] < change[2]]


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return midnight + timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(("zone", "change", "before", "after", "_at"), CHANGES)
def test_nine_stays_nine(zone: str, change: date, before: int, after: int, _at: int) -> None:
    saturday, monday = change - timedelta(days=1), change + timedelta(days=1)
    for day in days_between("FREQ=DAILY", date(2020, 1, 1), saturday, monday):
        offset = before if day == saturday else after
        assert instant(day, time(9), zone) == utc(day, 9 - offset)
        assert wall_clock(instant(day, time(9), zone), zone) == (day, time(9))


@pytest.mark.parametrize(("zone", "change", "before", "after", "at"), SPRING)
def test_a_missing_time_is_moved_on(
    zone: str, change: date, before: int, after: int, at: int
) -> None:
    assert instant(change, time(at - 1, 59), zone) == utc(change, at - 1 - before, 59)
    missing = instant(change, time(at, 30), zone)
    assert missing == utc(change, at + 1 - after, 30)
    assert wall_clock(missing, zone) == (change, time(at + 1, 30))


@pytest.mark.parametrize(("zone", "change", "before", "after", "at"), AUTUMN)
def test_of_a_double_time_the_first_counts(
    zone: str, change: date, before: int, after: int, at: int
) -> None:
    first = utc(change, at - 1 - before, 30)
    assert instant(change, time(at - 1, 30), zone) == first
    assert instant(change, time(at - 1, 30, fold=1), zone) == first
    for twice in (first, first + timedelta(hours=1)):
        assert wall_clock(twice, zone) == (change, time(at - 1, 30))
    assert instant(change, time(at), zone) == utc(change, at - after)


def test_instants_are_in_utc() -> None:
    assert instant(MONDAY, time(9), PARIS).utcoffset() == timedelta(0)


def test_today_depends_on_the_zone() -> None:
    now = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
    assert today_in(PARIS, now) == MONDAY
    assert today_in(TORONTO, now) == today_in(MONCTON, now) == date(2026, 11, 22)


def test_a_naive_datetime_is_no_instant() -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 (it must be refused)
    with pytest.raises(ValueError, match="time zone"):
        wall_clock(naive, PARIS)
    with pytest.raises(ValueError, match="time zone"):
        today_in(PARIS, naive)
