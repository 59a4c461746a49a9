"""Says on which days a task comes back, and which instant a wall clock means."""

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

Frequency = Literal[0, 1, 2, 3]

LONGEST_RULE = 200
TEN_YEARS_DAYS = 3653
WEEKS_A_MONTH, WEEKS_A_YEAR = 5, 53
LEAP_YEAR = 2028

FREQS: dict[str, Frequency] = dict(DAILY=DAILY, WEEKLY=WEEKLY, MONTHLY=MONTHLY, YEARLY=YEARLY)
MOST_DAYS = {DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366}
FINER_FREQS = {"HOURLY", "MINUTELY", "SECONDLY"}
FINER_PARTS = {"BYHOUR", "BYMINUTE", "BYSECOND"}
WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}

RULE = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*")
# What each part looks like; of those whose name starts with BY, each item between commas.
SHAPES = {
    "FREQ": re.compile("|".join(FREQS)),
    "INTERVAL": re.compile(r"[1-9][0-9]{0,4}"),
    "COUNT": re.compile(r"[1-9][0-9]{0,2}"),
    "UNTIL": re.compile(r"[0-9]{8}(T[0-9]{6}Z)?"),
    "BYDAY": re.compile(r"([+-]?(0?[1-9]|[1-5][0-9]))?(MO|TU|WE|TH|FR|SA|SU)"),
    "BYMONTHDAY": re.compile(r"[+-]?(0?[1-9]|[12][0-9]|3[01])"),
    "BYMONTH": re.compile(r"0?[1-9]|1[0-2]"),
    "BYSETPOS": re.compile(r"[+-]?0{0,2}[1-9][0-9]{0,2}"),
    "WKST": re.compile("|".join(WEEKDAYS)),
}


class RuleMistake(ValueError):
    """A repeat rule that is refused; `code` says why.

    too_long, not_a_rule, repeated_part, unknown_part, no_frequency,
    not_daily (finer than a day), bad_freq, bad_interval, bad_count, bad_until,
    count_and_until, bad_byday, bad_bymonthday, bad_bymonth, bad_bysetpos, bad_wkst, never.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Rule:
    """The parts of a rule as dateutil wants them; an empty tuple is an absent part."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    wkst: int = 0
    byday: tuple[weekday, ...] = ()
    bymonthday: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()


def check_rule(rule: str, starts_on: date) -> None:
    """Raise RuleMistake unless this is a rule over days that we can keep.

    The grammar is RFC 5545's RRULE without its name, in upper case, with FREQ from DAILY to
    YEARLY, INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST.
    A rule whose first day does not come within ten years is refused as "never", and a COUNT that
    does not end within ten years as "bad_count": so that no rule takes long to count.
    """
    latest = starts_on.toordinal() + TEN_YEARS_DAYS
    first = _first_day(rule, starts_on)
    if first is None or first.toordinal() > latest:
        raise RuleMistake("never")
    count = _read(rule).count
    if count:
        days = _counted_days(rule, starts_on)
        if len(days) < count or days[-1].toordinal() > latest:
            raise RuleMistake("bad_count")


@lru_cache(maxsize=8192)
def days_between(rule: str | None, starts_on: date, first: date, last: date) -> tuple[date, ...]:
    """The days of a task from `first` to `last`, both included; without a rule, its start.

    As with dateutil, `starts_on` gives the phase and what the rule leaves open, but counts as
    a day only if it matches the rule (RFC 5545 leaves a start that does not match undefined).
    Raises RuleMistake on a rule that cannot be read.
    """
    return tuple(takewhile(lambda day: day <= last, _days_from(rule, starts_on, first)))


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


def _days_from(rule: str | None, starts_on: date, first: date) -> Iterator[date]:
    """The days of a rule from `first` on, in order."""
    if rule is None:
        return iter([starts_on] if starts_on >= first else [])
    if _first_day(rule, starts_on) is None:
        return iter(())
    parts = _complete(_read(rule), starts_on)
    if parts.until and parts.until < first:
        return iter(())
    if parts.count:
        return (day for day in _counted_days(rule, starts_on) if day >= first)
    start = _period_start(parts, starts_on, first) if first > starts_on else starts_on
    return (day for day in _expand(parts, start) if day >= first)


@lru_cache(maxsize=1024)
def _counted_days(rule: str, starts_on: date) -> tuple[date, ...]:
    """All days of a rule with COUNT: they are counted from the start, and only once."""
    return tuple(_expand(_complete(_read(rule), starts_on), starts_on))


@lru_cache(maxsize=4096)
def _first_day(rule: str, starts_on: date) -> date | None:
    """The first day of a rule, or None where there is none.

    dateutil looks for a day until the year 9999, whatever UNTIL says. The calendar repeats
    every 400 years, so we look in its last round: a vain search ends 20 times sooner.
    """
    parts = _complete(_read(rule), starts_on)
    if not _fits_a_year(parts):
        return None
    years = (date.max.year - starts_on.year) // 400 * 400
    late_start = starts_on.replace(year=starts_on.year + years)
    found = next(_expand(replace(parts, count=None, until=None), late_start), None)
    if found is None:
        return None
    first = found.replace(year=found.year - years)
    return None if parts.until and first > parts.until else first


def _fits_a_year(parts: _Rule) -> bool:
    """False if no month of the rule is as long as its days of the month ask."""
    lengths = [monthrange(LEAP_YEAR, month)[1] for month in parts.bymonth or (1,)]
    return max(lengths) >= min((abs(day) for day in parts.bymonthday), default=1)


def _expand(parts: _Rule, start: date) -> Iterator[date]:
    days = rrule(
        parts.frequency,
        dtstart=datetime(start.year, start.month, start.day),  # noqa: DTZ001 (a day, no instant)
        interval=parts.interval,
        wkst=parts.wkst,
        count=parts.count,
        until=parts.until,
        byweekday=parts.byday or None,
        bymonthday=parts.bymonthday or None,
        bymonth=parts.bymonth or None,
        bysetpos=parts.bysetpos or None,
    )
    with suppress(ValueError):  # The last week of the year 9999 has days that no date can hold.
        for day in days:
            yield day.date()


def _complete(parts: _Rule, starts_on: date) -> _Rule:
    """Take from the start what the rule leaves open, as RFC 5545 asks; then it can be moved."""
    if parts.byday or parts.bymonthday or parts.frequency == DAILY:
        return parts
    if parts.frequency == WEEKLY:
        return replace(parts, byday=(weekday(starts_on.weekday()),))
    if parts.frequency == MONTHLY:
        return replace(parts, bymonthday=(starts_on.day,))
    return replace(parts, bymonth=parts.bymonth or (starts_on.month,), bymonthday=(starts_on.day,))


def _period_start(parts: _Rule, starts_on: date, first: date) -> date:
    """A start that is not after `first`, whole intervals later: no day from `first` on differs."""
    if parts.frequency in (DAILY, WEEKLY):
        weekly = parts.frequency == WEEKLY
        origin = starts_on.toordinal() - weekly * ((starts_on.weekday() - parts.wkst) % 7)
        days = first.toordinal() - origin
        moved = days - days % (parts.interval * (7 if weekly else 1))
        return date.fromordinal(origin + moved) if moved else starts_on
    origin = starts_on.year * 12 + starts_on.month - 1
    months = first.year * 12 + first.month - 1 - origin
    moved = months - months % (parts.interval * (12 if parts.frequency == YEARLY else 1))
    year, month = divmod(origin + moved, 12)
    return date(year, month + 1, 1) if moved else starts_on


@lru_cache(maxsize=2048)
def _read(rule: str) -> _Rule:
    """Read a rule's parts; raises RuleMistake."""
    texts = _texts(rule)
    parts = _Rule(
        frequency=FREQS[texts["FREQ"]],
        interval=int(texts.get("INTERVAL", "1")),
        count=int(texts["COUNT"]) if "COUNT" in texts else None,
        until=_until(texts["UNTIL"]) if "UNTIL" in texts else None,
        wkst=WEEKDAYS[texts.get("WKST", "MO")],
        byday=tuple(_weekday(text) for text in _items("BYDAY", texts)),
        bymonthday=tuple(int(text) for text in _items("BYMONTHDAY", texts)),
        bymonth=tuple(int(text) for text in _items("BYMONTH", texts)),
        bysetpos=tuple(int(text) for text in _items("BYSETPOS", texts)),
    )
    _check_together(parts)
    return parts


def _texts(rule: str) -> dict[str, str]:
    """Cut a rule into named parts, each of the shape that its name asks for."""
    if len(rule) > LONGEST_RULE:
        raise RuleMistake("too_long")
    if not RULE.fullmatch(rule):
        raise RuleMistake("not_a_rule")
    pairs = [part.partition("=") for part in rule.split(";")]
    texts = {name: text for name, _, text in pairs}
    if len(texts) < len(pairs):
        raise RuleMistake("repeated_part")
    _check_shapes(texts)
    return texts


def _check_shapes(texts: dict[str, str]) -> None:
    if "FREQ" not in texts:
        raise RuleMistake("no_frequency")
    if texts["FREQ"] in FINER_FREQS or FINER_PARTS & texts.keys():
        raise RuleMistake("not_daily")
    for name, text in texts.items():
        if name not in SHAPES:
            raise RuleMistake("unknown_part")
        items = text.split(",") if name.startswith("BY") else [text]
        if not all(SHAPES[name].fullmatch(item) for item in items):
            raise RuleMistake(f"bad_{name.lower()}")


def _items(name: str, texts: dict[str, str]) -> list[str]:
    return texts[name].split(",") if name in texts else []


def _weekday(text: str) -> weekday:
    return weekday(WEEKDAYS[text[-2:]], int(text[:-2] or 0) or None)


def _until(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise RuleMistake("bad_until") from None


def _check_together(parts: _Rule) -> None:
    """Refuse parts that RFC 5545 forbids together, and positions that no period can have."""
    if parts.count and parts.until:
        raise RuleMistake("count_and_until")
    if not _may_number(parts):
        raise RuleMistake("bad_byday")
    if parts.bymonthday and parts.frequency == WEEKLY:
        raise RuleMistake("bad_bymonthday")
    by_others = parts.byday or parts.bymonthday or parts.bymonth
    most = MOST_DAYS[parts.frequency] if by_others else 0
    if any(abs(position) > most for position in parts.bysetpos):
        raise RuleMistake("bad_bysetpos")


def _may_number(parts: _Rule) -> bool:
    """Numbered weekdays ("-1MO") exist in months and years, and not beside plain ones.

    RFC 5545 allows the mixture; dateutil would find no day in it.
    """
    numbers = [abs(day.n) for day in parts.byday if day.n]
    in_months = parts.frequency == MONTHLY or parts.bymonth
    return not numbers or (
        parts.frequency in (MONTHLY, YEARLY)
        and len(numbers) == len(parts.byday)
        and max(numbers) <= (WEEKS_A_MONTH if in_months else WEEKS_A_YEAR)
    )
