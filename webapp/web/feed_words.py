"""The text of a calendar feed (RFC 5545), in the words and on the clock of the person."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, TimezoneDaylight, TimezoneStandard

from webapp.domain.days import Occurrence
from webapp.domain.feeds import Entry, Revision
from webapp.domain.repeats import instant
from webapp.forms.plain_text import CONTROLS
from webapp.models.notice import CalendarFeed
from webapp.models.person import Person
from webapp.web.i18n import gettext as _
from webapp.web.i18n import spoken

PRODUCT = "-//Mon rythme//My pace//EN"
ASK_AGAIN_AFTER = timedelta(hours=1)
YEAR = timedelta(days=365)
"""The rules of the time zone are written for so long before and after what is shown."""

LINE_ENDS = {each: " " for each in (0x2028, 0x2029)}
"""What some calendars take for the end of a line, although RFC 5545 does not."""


def calendar_text(
    feed: CalendarFeed, person: Person, entries: Sequence[Entry], revision: Revision, host: str
) -> bytes:
    """Return the calendar of a person, in UTF-8. `host` is our own, for names that stay."""
    calendar = _empty_calendar(person)
    for entry in entries:
        event = _event(entry, person.time_zone, shows_title=feed.shows_titles)
        event.add("uid", f"task-{entry.occurrence.task_id}-{entry.occurrence.day}@{host}")
        event.add("dtstamp", revision.at)
        event.add("last-modified", revision.at)
        event.add("sequence", revision.number)
        calendar.add_component(event)
    _add_zone(calendar, [entry.occurrence.on for entry in entries])
    text: bytes = calendar.to_ical()
    return text


def _add_zone(calendar: Calendar, days: Sequence[date]) -> None:
    """Write the rules of the time zone, from new year to new year so that they stay the same."""
    if days:
        first, last = min(days) - YEAR, max(days) + YEAR
        calendar.add_missing_timezones(date(first.year, 1, 1), date(last.year + 1, 1, 1))
    for zone in calendar.timezones:
        for clock in zone.subcomponents:
            if isinstance(clock, TimezoneStandard | TimezoneDaylight):
                _begin_by_the_clock_before(clock)


def _begin_by_the_clock_before(clock: TimezoneStandard | TimezoneDaylight) -> None:
    """Say when the clocks go forward by the clock before, as RFC 5545 wants it (3.6.5).

    icalendar writes that instant by the clock after, which is an hour too late.
    """
    ahead = clock.TZOFFSETTO - clock.TZOFFSETFROM
    if ahead > timedelta(0):
        clock.DTSTART = clock.DTSTART - ahead
        later = [on - ahead for on, _end in clock.rdates if isinstance(on, datetime)]
        clock.pop("RDATE", None)
        if later:
            clock.add("rdate", later)


def _empty_calendar(person: Person) -> Calendar:
    """Return a calendar with its name, and how often to ask for it (RFC 7986, and before it)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _("My pace"))
    calendar.add("x-wr-calname", _("My pace"))
    calendar.add("x-wr-timezone", person.time_zone)
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def _event(entry: Entry, zone: str, *, shows_title: bool) -> Event:
    occurrence = entry.occurrence
    event = Event()
    summary = _summary(occurrence, shows_title=shows_title)
    event.add("summary", summary)
    if occurrence.at is None:
        starts_at = datetime.combine(occurrence.on, time.min, ZoneInfo(zone))
        event.add("dtstart", occurrence.on)
        event.add("dtend", occurrence.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        starts_at = instant(occurrence.on, occurrence.at, zone).astimezone(ZoneInfo(zone))
        event.add("dtstart", starts_at)
        event.add("duration", timedelta(minutes=occurrence.minutes))
    if entry.remind_at:
        event.add_component(_alarm(entry.remind_at, starts_at, summary))
    return event


def _summary(occurrence: Occurrence, *, shows_title: bool) -> str:
    """Return the title where the person wants it there, or that there is a reminder (G16)."""
    found = spoken(occurrence.title) if shows_title else None
    title = CONTROLS.sub(" ", found[0]).translate(LINE_ENDS) if found else ""
    return title.strip() or _("Reminder")


def _alarm(remind_at: datetime, starts_at: datetime, summary: str) -> Alarm:
    """Return an alarm: so long before or after the start, which every calendar understands.

    Where the clocks change in between, calendars differ in what so long is: then it says when.
    """
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    same_clock = remind_at.astimezone(starts_at.tzinfo).utcoffset() == starts_at.utcoffset()
    if same_clock:
        alarm.add("trigger", remind_at - starts_at)
    else:
        alarm.add("trigger", remind_at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm
