"""Repeating things that come less often: on fewer days of the week, or in every second week."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import combinations

from webapp.domain.repeats import WEEKDAYS, days_between
from webapp.domain.schedules import Schedule

NAMES = tuple(WEEKDAYS)
WEEK_DAYS = len(NAMES)
MOST_WEEKS = 26
A_YEAR = timedelta(days=366)
PARTS = {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "WKST"}
"""The parts of a rule that are understood here. What has others stays as it was agreed."""


@dataclass(frozen=True, slots=True)
class Week:
    """On which days of the week something comes (Monday is 0), and every how many weeks."""

    days: tuple[int, ...]
    every: int


@lru_cache(maxsize=2048)
def week_of(schedule: Schedule) -> Week | None:
    """Return the week of what comes by days of the week, or None for everything else."""
    parts = _parts(schedule.repeat)
    every = int(parts.get("INTERVAL", "1"))
    is_daily = parts.get("FREQ") == "DAILY" and every == 1
    if not parts or parts.keys() - PARTS or not (is_daily or parts["FREQ"] == "WEEKLY"):
        return None
    if "BYDAY" in parts:
        return Week(tuple(sorted({WEEKDAYS[name] for name in parts["BYDAY"].split(",")})), every)
    return Week(tuple(range(WEEK_DAYS)) if is_daily else (schedule.starts_on.weekday(),), every)


def comes_again(schedule: Schedule, day: date) -> bool:
    """Say whether something that repeats until a day still comes, in the year from `day` on."""
    until = _parts(schedule.repeat).get("UNTIL")
    if until is None:
        return True
    last = min(datetime.fromisoformat(until).date(), day + A_YEAR)
    return bool(days_between(schedule.repeat, schedule.starts_on, day, last))


def every_second(week: Week) -> Week:
    """Return a week that comes half as often. What is rarer than twice a year stays as it is."""
    return replace(week, every=2 * week.every) if week.every <= MOST_WEEKS else week


def fewer_days(
    weeks: Mapping[int, Week], others: Iterable[Week], most_a_day: int
) -> dict[int, Week]:
    """Return half of the days of each week, rounded up; `others` is what comes besides.

    The days that stay lie apart, and spread what comes over the week, with at most `most_a_day`
    things a day where that is possible. The same plan always gives the same days.
    """
    loads = [0] * WEEK_DAYS
    for week in others:
        _add(loads, week.days)
    fewer = {}
    for key in sorted(weeks):
        week = weeks[key]
        days = _lightest(week.days, loads, most_a_day)
        _add(loads, days)
        fewer[key] = replace(week, days=days)
    return fewer


def in_week(schedule: Schedule, week: Week) -> Schedule:
    """Return a schedule on other days of the week, or every so many weeks, from the same start."""
    if week_of(schedule) == week:
        return schedule
    parts = _parts(schedule.repeat) | {"FREQ": "WEEKLY"}
    parts["BYDAY"] = ",".join(NAMES[day] for day in week.days)
    if week.every > 1:
        parts["INTERVAL"] = str(week.every)
    return replace(schedule, repeat=";".join(f"{name}={text}" for name, text in parts.items()))


def _parts(rule: str | None) -> dict[str, str]:
    return dict(part.split("=") for part in rule.split(";")) if rule else {}


def _add(loads: list[int], days: Iterable[int]) -> None:
    for day in days:
        loads[day] += 1


def _lightest(days: tuple[int, ...], loads: list[int], most_a_day: int) -> tuple[int, ...]:
    """Choose the days that stay: not too full, then far apart, then lightly loaded, then early."""

    def weight(choice: tuple[int, tuple[int, ...]]) -> tuple[int, int, int, tuple[int, ...]]:
        closeness, chosen = choice
        too_full = sum(loads[day] >= most_a_day for day in chosen)
        return too_full, closeness, sum(loads[day] for day in chosen), chosen

    return min(_choices(days), key=weight)[1]


@lru_cache(maxsize=128)
def _choices(days: tuple[int, ...]) -> list[tuple[int, tuple[int, ...]]]:
    """Return each half of these days, with how close to each other its days lie."""
    half = -(-len(days) // 2)
    return [(_closeness(chosen), chosen) for chosen in combinations(days, half)]


def _closeness(days: tuple[int, ...]) -> int:
    """Return a number that is small where days lie far apart, over the end of the week too."""
    after = (*days[1:], days[0] + WEEK_DAYS)
    return sum((later - day) ** 2 for day, later in zip(days, after, strict=True))
