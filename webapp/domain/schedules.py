"""When a task comes: its time now, the times that it had before, and the day on which it stops."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Protocol

from webapp.domain.repeats import days_between

FIRST_DAY = date.min


class Scheduled(Protocol):
    """A task, or the row of one."""

    starts_on: Any
    at_time: Any
    duration_minutes: Any
    repeat_rule: Any
    earlier: Any
    stopped_on: Any


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something comes. `minutes` is how long it takes; `at` is None for any time that day."""

    starts_on: date
    at: time | None
    minutes: int
    repeat: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the values as they are stored, and as the plan file writes them."""
        return {
            "on": self.starts_on.isoformat(),
            "at": self.at and f"{self.at:%H:%M}",
            "minutes": self.minutes,
            "repeat": self.repeat,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Schedule":
        """Return the schedule that `as_json` wrote."""
        at = values["at"]
        return cls(
            date.fromisoformat(values["on"]),
            time.fromisoformat(at) if at else None,
            values["minutes"],
            values["repeat"],
        )


NEVER = Schedule(FIRST_DAY, None, 1, None)
"""The schedule of days on which nothing comes."""


def current(task: Scheduled) -> Schedule:
    """Return the schedule that counts from now on."""
    return Schedule(task.starts_on, task.at_time, task.duration_minutes, task.repeat_rule)


def agreed(task: Any) -> Schedule:
    """Return the schedule that was agreed, whatever the pace has made of it."""
    return Schedule.from_json(task.agreed) if task.agreed else current(task)


def reschedule(task: Any, to: Schedule, from_day: date) -> None:
    """Let the task come by another schedule from a day on; the days before keep theirs.

    A change that has not begun by then is replaced. What comes once just moves.
    """
    earlier = list(task.earlier)
    while earlier and date.fromisoformat(earlier[-1]["until"]) >= from_day:
        _set(task, Schedule.from_json(earlier.pop()))
    before = current(task)
    if before.repeat and before != to and before.starts_on < from_day:
        earlier.append({"until": from_day.isoformat(), **before.as_json()})
    task.earlier = earlier
    _set(task, to)


def come_only_from(task: Any, day: date) -> None:
    """Let nothing come before a day, although the task's schedule begins earlier."""
    if task.repeat_rule and task.starts_on < day:
        task.earlier = [{"until": day.isoformat(), **NEVER.as_json()}]


def come_again(task: Any, day: date) -> None:
    """Let a task that has stopped come again from a day on; the days between stay empty."""
    if task.repeat_rule and task.stopped_on and task.stopped_on < day:
        until_then = {"until": task.stopped_on.isoformat(), **current(task).as_json()}
        task.earlier = [*task.earlier, until_then, {"until": day.isoformat(), **NEVER.as_json()}]
    task.stopped_on = None


def _set(task: Any, to: Schedule) -> None:
    task.starts_on, task.at_time = to.starts_on, to.at
    task.duration_minutes, task.repeat_rule = to.minutes, to.repeat


def days_of(task: Scheduled, first: date, last: date) -> Iterator[tuple[date, Schedule]]:
    """Yield each day of the interval, both ends included, on which the task comes, in order.

    With each day goes the schedule by which it comes. Marks are not considered.
    """
    begins = FIRST_DAY
    for row in task.earlier:
        until = date.fromisoformat(row["until"])
        yield from _within(task, Schedule.from_json(row), max(first, begins), _before(until, last))
        begins = until
    yield from _within(task, current(task), max(first, begins), last)


def next_day(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)


def _before(day: date, last: date) -> date:
    return min(last, day - timedelta(days=1))


def _within(
    task: Scheduled, schedule: Schedule, first: date, last: date
) -> Iterator[tuple[date, Schedule]]:
    if task.stopped_on:
        last = _before(task.stopped_on, last)
    if first <= last:
        for day in days_between(schedule.repeat, schedule.starts_on, first, last):
            yield day, schedule


def comes_on(task: Scheduled, day: date) -> Schedule | None:
    """Return the schedule by which the task comes on that day, or None where it does not."""
    return next((schedule for _day, schedule in days_of(task, day, day)), None)
