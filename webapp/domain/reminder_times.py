"""When one task reminds: how long before, in whose quiet hours, and once more.

Pure rules over a task on a day and what the person chose; nothing is read or written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from webapp.domain.days import Occurrence
from webapp.domain.paces import is_paused
from webapp.domain.repeats import instant, wall_clock
from webapp.models.notice import NoticeKind
from webapp.models.person import Person, RemindOn

MORNING = time(8, 0)
"""When a task counts as coming that may be done at any time of its day."""

AFTERNOON = time(14, 0)
"""When the person is asked once more about such a task."""

EVENING = time(18, 0)
"""When the evening before is."""

AGAIN_AFTER = timedelta(minutes=10)
AGAIN_OF_USE = timedelta(minutes=30)
DAY_MINUTES = 24 * 60
MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder that a person wants, from the instant when it is due until it is pointless."""

    key: str
    kind: NoticeKind
    task_id: int
    day: date
    due_at: datetime
    useful_until: datetime


def lead_of(occurrence: Occurrence, person: Person) -> int | RemindOn:
    """Return when the person is reminded of it: minutes before, the evening before, or never.

    What they chose for the task comes before what they chose for all.
    """
    if occurrence.remind_on is not None:
        return occurrence.remind_on
    if occurrence.remind_minutes_before is not None:
        return occurrence.remind_minutes_before
    if person.remind_all is not None or person.remind_all_minutes is None:
        return person.remind_all or RemindOn.NEVER
    return person.remind_all_minutes


def due_of(occurrence: Occurrence, lead: int, zone: str) -> datetime:
    """Return the instant `lead` minutes before a task.

    Whole days before are days of the calendar, so that clock changes do not matter to them; the
    minutes that remain are elapsed time.
    """
    days, minutes = divmod(lead, DAY_MINUTES)
    begins = instant(occurrence.on - timedelta(days=days), occurrence.at or MORNING, zone)
    return begins - timedelta(minutes=minutes)


def of_occurrence(occurrence: Occurrence, person: Person) -> Iterator[Reminder]:
    """Yield the reminder of an occurrence, and the one that asks once more.

    None comes in a pause of the pace; in quiet hours it waits for their end.
    """
    lead, zone = lead_of(occurrence, person), person.time_zone
    if lead is RemindOn.NEVER or is_paused(person, occurrence.on):
        return
    if isinstance(lead, RemindOn):
        due = instant(occurrence.on - timedelta(days=1), EVENING, zone)
        until = instant(occurrence.on, MIDNIGHT, zone)
    else:
        due, until = due_of(occurrence, lead, zone), _end(occurrence, zone)
    for first in _heard(_reminder(NoticeKind.REMINDER, occurrence, due, until, zone), person):
        due = first.due_at
        yield first
    if person.reminds_again:
        again = max(due, instant(occurrence.on, occurrence.at or AFTERNOON, zone)) + AGAIN_AFTER
        until = max(_end(occurrence, zone), again + AGAIN_OF_USE)
        yield from _heard(
            _reminder(NoticeKind.REMINDER_AGAIN, occurrence, again, until, zone), person
        )


def _end(occurrence: Occurrence, zone: str) -> datetime:
    """Return when a task ends; the end of its day where it has no time."""
    if occurrence.at is None:
        return instant(occurrence.on + timedelta(days=1), MIDNIGHT, zone)
    begins = instant(occurrence.on, occurrence.at, zone)
    return begins + timedelta(minutes=occurrence.minutes)


def _reminder(
    kind: NoticeKind, occurrence: Occurrence, due: datetime, until: datetime, zone: str
) -> Reminder:
    on, at = wall_clock(due, zone)
    key = f"{kind}:{occurrence.task_id}:{occurrence.day}:{on}T{at:%H:%M}"
    return Reminder(key, kind, occurrence.task_id, occurrence.day, due, max(until, due))


def _heard(reminder: Reminder, person: Person) -> Iterator[Reminder]:
    """Yield a reminder at the instant when the person lets it be heard, if it is of use then."""
    due = after_quiet_hours(person, reminder.due_at)
    is_of_use = due < reminder.useful_until or due == reminder.due_at
    if is_of_use and not is_paused(person, wall_clock(due, person.time_zone)[0]):
        yield replace(reminder, due_at=due)


def after_quiet_hours(person: Person, due: datetime) -> datetime:
    """Return the instant, or the end of the quiet hours in which it lies.

    Quiet hours are wall-clock times and may go over midnight; their end is not quiet any more.
    """
    if person.quiet_from is None or person.quiet_until is None:
        return due
    begins, ends = person.quiet_from, person.quiet_until
    day, clock = wall_clock(due, person.time_zone)
    if begins < ends:
        is_quiet, end_day = begins <= clock < ends, day
    else:
        is_quiet = clock >= begins or clock < ends
        end_day = day + timedelta(days=1) if clock >= begins else day
    return max(due, instant(end_day, ends, person.time_zone)) if is_quiet else due
