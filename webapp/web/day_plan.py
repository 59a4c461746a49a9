"""What a phone needs to show a day by itself: each thing of it in every state that it may have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from webapp.domain.days import Occurrence, Today
from webapp.domain.later import EVENING, QUARTER_MINUTES
from webapp.models.mark import MarkState

HOUR = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing of a day as it stands, and as it looks open, done, or not for today.

    `begins` and `ends` are minutes since midnight; `begins` is None where it has no time.
    """

    occurrence: Occurrence
    begins: int | None
    open: Occurrence
    done: Occurrence
    not_today: Occurrence

    @property
    def ends(self) -> int:
        """Return when it ends; the day's end without a time."""
        return self.occurrence.ends_at_minute


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day for the phone. `times` are those at which "later" may put something."""

    today: Today
    on: date
    zone: str
    planned: Sequence[Planned]
    times: Sequence[time]


def day_plan(today: Today, zone: str) -> DayPlan:
    """Return the whole of a day, what comes now included."""
    current = [today.now] if today.now else []
    planned = [_planned(each) for each in (*current, *today.rest, *today.any_time)]
    quarters = range(0, EVENING.hour * HOUR + 1, QUARTER_MINUTES)
    return DayPlan(today, today.on, zone, planned, [time(*divmod(at, HOUR)) for at in quarters])


def _planned(occurrence: Occurrence) -> Planned:
    at = occurrence.at
    state = MarkState.LATER if occurrence.mark is MarkState.LATER else None
    return Planned(
        occurrence,
        at.hour * HOUR + at.minute if at else None,
        replace(occurrence, mark=state),
        replace(occurrence, mark=MarkState.DONE),
        replace(occurrence, mark=MarkState.NOT_TODAY),
    )
