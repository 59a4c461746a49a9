"""Says on which days a task comes back, and which instant a wall clock means."""

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from webapp.domain.repeat_rules import (
    DAILY,
    MONTHLY,
    WEEKLY,
    YEARLY,
    Rule,
    RuleMistake,
    read_rule,
)

TEN_YEARS_DAYS = 3653
LAST_ORDINAL = date.max.toordinal()


def check_rule(rule: str, starts_on: date) -> None:
    """Raise RuleMistake unless this is a rule over days that we can keep.

    The grammar is RFC 5545's RRULE without its name, in upper case, with FREQ from DAILY to
    YEARLY, INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST.
    A rule whose first day does not come within ten years is refused as "never", and a COUNT that
    does not end within ten years as "bad_count": so that no rule takes long to count.
    """
    parts = read_rule(rule, starts_on)
    first = next(_expand(parts, starts_on, starts_on, _ten_years_after(starts_on)), None)
    if first is None or (parts.until and first > parts.until):
        raise RuleMistake("never")
    if parts.count and _last_day(rule, starts_on) is None:
        raise RuleMistake("bad_count")


@lru_cache(maxsize=8192)
def days_between(rule: str | None, starts_on: date, first: date, last: date) -> tuple[date, ...]:
    """The days of a task from `first` to `last`, both included; without a rule, its start.

    `starts_on` gives the phase and what the rule leaves open, but counts as a day only if it
    matches the rule (RFC 5545 leaves a start that does not match undefined).
    Raises RuleMistake on a rule that cannot be read.
    """
    if rule is None:
        return (starts_on,) if first <= starts_on <= last else ()
    parts = read_rule(rule, starts_on)
    end = _last_day(rule, starts_on) if parts.count else parts.until
    return tuple(_expand(parts, starts_on, first, min(last, end or last)))


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show this day and time.

    A time that does not exist is moved on by what the clocks skip; of a time that comes
    twice the first is taken (both follow from fold 0, PEP 495).
    """
    return datetime.combine(day, at.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def wall_clock(instant: datetime, zone: str) -> tuple[date, time]:
    """The day and time that clocks in `zone` show; raises ValueError on a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    local = instant.astimezone(ZoneInfo(zone))
    return local.date(), local.time()


def today_in(zone: str, now: datetime) -> date:
    """The day that it is in `zone`; raises ValueError on a naive datetime."""
    return wall_clock(now, zone)[0]


def _ten_years_after(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + TEN_YEARS_DAYS, LAST_ORDINAL))


@lru_cache(maxsize=4096)
def _last_day(rule: str, starts_on: date) -> date | None:
    """The last day of a rule with COUNT, or None where it does not come within ten years.

    It is counted once: counting from the start at each page would take long.
    """
    parts = read_rule(rule, starts_on)
    days = _expand(parts, starts_on, starts_on, _ten_years_after(starts_on))
    return next(islice(days, (parts.count or 1) - 1, None), None)


def _expand(parts: Rule, starts_on: date, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` that match, whatever COUNT and UNTIL say.

    Only the periods between the two are looked at, so that a rare rule costs no long search.
    """
    since, until = max(first, starts_on).toordinal(), last.toordinal()
    for period in _periods(parts, starts_on, max(first, starts_on), last):
        if parts.bysetpos:
            # The first week has what is left of it; months and years are always whole.
            start = starts_on.toordinal() if parts.frequency == WEEKLY else period.start
            found = _at_positions(parts, range(max(start, period.start), period.stop))
            yield from (day for day in found if since <= day.toordinal() <= until)
        else:
            start, stop = max(since, period.start), min(until + 1, period.stop)
            yield from _matching(parts, range(start, stop, period.step))


def _matching(parts: Rule, ordinals: range) -> Iterator[date]:
    return (day for day in map(date.fromordinal, ordinals) if _matches(parts, day))


@lru_cache(maxsize=4096)
def _at_positions(parts: Rule, ordinals: range) -> tuple[date, ...]:
    """The days of one period that BYSETPOS chooses among those that match."""
    days = list(_matching(parts, range(ordinals.start, min(ordinals.stop, LAST_ORDINAL + 1))))
    positions = {at - 1 if at > 0 else len(days) + at for at in parts.bysetpos}
    return tuple(days[at] for at in sorted(positions) if 0 <= at < len(days))


def _periods(parts: Rule, starts_on: date, first: date, last: date) -> Iterator[range]:
    """The days, as ordinals, of each period that INTERVAL leaves; of days, all in one range."""
    number = _period_number(parts, first)
    number += (_period_number(parts, starts_on) - number) % parts.interval
    end = _period_number(parts, last) + 1
    if parts.frequency == DAILY:
        yield range(number, end, parts.interval)
        return
    for each in range(number, end, parts.interval):
        yield _period(parts, each)


def _period_number(parts: Rule, day: date) -> int:
    """Days, weeks, months or years, counted from the start of the calendar."""
    if parts.frequency == YEARLY:
        return day.year
    if parts.frequency == MONTHLY:
        return day.year * 12 + day.month - 1
    if parts.frequency == WEEKLY:
        return (day.toordinal() - 1 - parts.wkst) // 7
    return day.toordinal()


def _period(parts: Rule, number: int) -> range:
    if parts.frequency == WEEKLY:
        start, length = number * 7 + 1 + parts.wkst, 7
    elif parts.frequency == MONTHLY:
        year, month = number // 12, number % 12 + 1
        start, length = date(year, month, 1).toordinal(), _month_days(year, month)
    else:
        start, length = date(number, 1, 1).toordinal(), _year_days(number)
    return range(start, start + length)


@lru_cache(maxsize=4096)
def _month_days(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _year_days(year: int) -> int:
    return 366 if isleap(year) else 365


def _matches(parts: Rule, day: date) -> bool:
    if parts.bymonth and day.month not in parts.bymonth:
        return False
    if parts.bymonthday and day.day not in parts.bymonthday:
        from_the_end = day.day - _month_days(day.year, day.month) - 1
        if from_the_end not in parts.bymonthday:
            return False
    return not parts.byday or _matches_weekday(parts, day)


def _matches_weekday(parts: Rule, day: date) -> bool:
    """Numbers count in the month; in the year where a yearly rule names no month."""
    numbers = parts.byday[day.weekday()]
    if not numbers or 0 in numbers:
        return bool(numbers)
    if parts.frequency == YEARLY and not parts.bymonth:
        at, length = day.timetuple().tm_yday, _year_days(day.year)
    else:
        at, length = day.day, _month_days(day.year, day.month)
    return (at - 1) // 7 + 1 in numbers or -((length - at) // 7) - 1 in numbers
