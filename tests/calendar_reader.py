"""Reads a calendar feed with another library than the one that wrote it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event


@dataclass(frozen=True)
class Shown:
    """What a phone's calendar shows of an event, and when it rings."""

    uid: str
    words: str
    on: date
    starts_at: datetime | None
    minutes: int
    rings_at: datetime | None


def opened(text: str) -> Calendar:
    """Return the one calendar of a text."""
    [calendar] = IcsCalendarStream.from_ics(text).calendars
    return calendar


def read(text: str, zone: str) -> list[Shown]:
    """Return the events of a feed, in the order in which they stand; the phone is in `zone`."""
    return [shown(event, ZoneInfo(zone)) for event in opened(text).events]


def shown(event: Event, zone: ZoneInfo) -> Shown:
    start = event.dtstart
    starts_at = start.astimezone(UTC) if isinstance(start, datetime) else None
    begins = starts_at or datetime.combine(start, time.min, zone).astimezone(UTC)
    return Shown(
        uid=event.uid or "",
        words=event.summary or "",
        on=start.date() if isinstance(start, datetime) else start,
        starts_at=starts_at,
        minutes=event.computed_duration // timedelta(minutes=1),
        rings_at=rings_at(event, begins),
    )


def rings_at(event: Event, begins: datetime) -> datetime | None:
    """Return when the alarm of an event rings: at an instant, or so long from its beginning."""
    for alarm in event.alarm:
        trigger = alarm.trigger
        return begins + trigger if isinstance(trigger, timedelta) else trigger.astimezone(UTC)
    return None
