"""Weeks and months of a plan: where they begin, and how full their days are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from webapp.domain.days import Day
from webapp.domain.errors import NotFound
from webapp.domain.timeline import is_put_aside
from webapp.models.person import Region

WEEK_DAYS = 7
FIRST_YEAR, LAST_YEAR = 2000, 2199
PICTURES_A_DAY = 3
MONDAY, SUNDAY = 0, 6

TASKS_A_ROW = 4
"""How many tasks of a day stand side by side on the paper of a week."""
ROOMY_ROWS, CLOSE_ROWS = 7, 13


class Density(StrEnum):
    """How much the paper of a week has to hold: it decides how large its words are."""

    ROOMY = "roomy"
    CLOSE = "close"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of a month: how many tasks stand on it, and pictures of the first of them."""

    on: date
    tasks: int
    pictures: tuple[str, ...]


def get_day(day: date) -> date:
    """Return the day, if the calendar shows it. Raises NotFound where it is centuries away."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotFound
    return day


def week_of(day: date, region: Region) -> tuple[date, ...]:
    """Return the 7 days of the week of `day`: from Sunday in Canada, from Monday elsewhere."""
    begins_on = SUNDAY if region is Region.CA else MONDAY
    first = day - timedelta(days=(day.weekday() - begins_on) % WEEK_DAYS)
    return tuple(first + timedelta(days=number) for number in range(WEEK_DAYS))


def last_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return month_after(day) - timedelta(days=1)


def month_after(day: date) -> date:
    """Return the first day of the month after that of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(day: date) -> date:
    """Return the first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month(days: Sequence[Day], region: Region) -> list[list[MonthDay | None]]:
    """Return the weeks of a month, each with 7 places; those of other months are empty."""
    found = {day.on: _month_day(day) for day in days}
    first, last = days[0].on, days[-1].on
    starts = range((last - week_of(first, region)[0]).days // WEEK_DAYS + 1)
    weeks = (week_of(first + timedelta(days=WEEK_DAYS * number), region) for number in starts)
    return [[found.get(on) for on in week] for week in weeks]


def _month_day(day: Day) -> MonthDay:
    standing = [each for each in (*day.timed, *day.any_time) if not is_put_aside(each)]
    pictures = dict.fromkeys(each.picture for each in standing)
    return MonthDay(day.on, len(standing), tuple(pictures)[:PICTURES_A_DAY])


def density(days: Iterable[Day]) -> Density:
    """Return how close together the tasks of these days must stand to share one sheet."""
    rows = sum(max(1, -(-len((*day.timed, *day.any_time)) // TASKS_A_ROW)) for day in days)
    if rows <= ROOMY_ROWS:
        return Density.ROOMY
    return Density.CLOSE if rows <= CLOSE_ROWS else Density.DENSE
