"""The text of the calendar feed holds whatever people write, on every clock of the world."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ical.timezone import Timezone

from tests import calendar_reader
from tests.conftest import NOW
from webapp.domain.days import Occurrence
from webapp.domain.feeds import Entry, Revision
from webapp.domain.repeats import instant
from webapp.forms.plan_checks import time_zones
from webapp.models.notice import CalendarFeed
from webapp.models.person import Language, Person, Region, TimeStyle
from webapp.models.text import BilingualText
from webapp.web import i18n
from webapp.web.feed_words import calendar_text

SWEEP = Occurrence(
    task_id=1,
    day=date(2026, 11, 23),
    on=date(2026, 11, 23),
    at=time(9),
    minutes=30,
    title=BilingualText(en="Sweep"),
    description=BilingualText(en="I take the broom."),
    place=BilingualText(en="The shop"),
    picture="broom",
    fixed=False,
    steps=0,
    mark=None,
)


@pytest.fixture
def speaking(shared_app: Flask) -> Iterator[None]:
    """Let the app speak English."""
    with shared_app.test_request_context():
        i18n.choose(person("UTC"))
        yield


def person(zone: str) -> Person:
    return Person(
        id=1,
        language=Language.EN,
        region=Region.CA,
        time_style=TimeStyle.WORDS,
        time_zone=zone,
    )


def written(entry: Entry, zone: str = "America/Toronto", *, shows_titles: bool = True) -> str:
    feed = CalendarFeed(person_id=1, shows_titles=shows_titles, made_at=NOW)
    text = calendar_text(feed, person(zone), [entry], Revision(3, NOW), "example.org")
    return text.decode()


def one_line(text: str) -> str:
    """Return a text as one line of a calendar can show it."""
    return "".join(" " if each in "\u2028\u2029" or ord(each) < 0x20 else each for each in text)


WHOLE_CHARACTERS = st.characters(exclude_categories=["Cs"])
TITLES = st.text(WHOLE_CHARACTERS, min_size=1, max_size=300) | st.text(
    ",;:\\\"'^=\n\r\t🙂é 」", min_size=1
)


@pytest.mark.usefixtures("speaking")
@settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=TITLES)
def test_a_title_comes_back_as_it_was_written(title: str) -> None:
    entry = Entry(replace(SWEEP, title=BilingualText(en=title)), None)
    text = written(entry)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [shown] = calendar_reader.read(text, "UTC")
    invisible = {chr(number) for number in (*range(0x7F, 0xA0), *range(0x202A, 0x202F))}
    invisible |= {chr(number) for number in range(0x2066, 0x206A)}
    plain = "".join(" " if each in invisible else each for each in one_line(title))
    assert shown.words == (plain.strip() or "Reminder")


@pytest.mark.usefixtures("speaking")
def test_nothing_but_the_title_is_told_and_not_even_that_at_first() -> None:
    entry = Entry(SWEEP, NOW)
    for words in ("Sweep", "broom", "shop"):
        assert words not in written(entry, shows_titles=False)
    assert "Sweep" in written(entry)
    assert "broom" not in written(entry)


@pytest.mark.usefixtures("speaking")
@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    zone=st.sampled_from(sorted(time_zones() & available_timezones())),
    day=st.dates(date(2020, 1, 1), date(2037, 12, 31)),
    at=st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 24 * 60),
    rings=st.integers(-10 * 24 * 60, 24 * 60),
)
def test_an_event_stands_and_rings_at_its_instant(
    zone: str, day: date, at: time | None, minutes: int, rings: int
) -> None:
    midnight = datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
    begins = instant(day, at, zone) if at else midnight
    remind_at = begins + timedelta(minutes=rings)
    entry = Entry(replace(SWEEP, day=day, on=day, at=at, minutes=minutes), remind_at)
    [shown] = calendar_reader.read(written(entry, zone), zone)
    assert shown.rings_at == remind_at
    assert shown.starts_at == (begins if at else None)
    assert shown.minutes == (minutes if at else 24 * 60)
    assert shown.uid == f"task-1-{day}@example.org"


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize("zone", ["America/Toronto", "Europe/Paris", "Australia/Lord_Howe"])
def test_where_the_clocks_change_in_between_the_alarm_names_its_instant(zone: str) -> None:
    day = date(2027, 4, 4) if zone.startswith("Australia") else date(2027, 3, 15)
    before = instant(day - timedelta(days=20), time(9), zone)
    entry = replace(SWEEP, day=day, on=day)
    shifted = written(Entry(entry, before), zone)
    assert ("TRIGGER;VALUE=DATE-TIME:" in shifted) is (zone != "Europe/Paris")
    near = instant(day, time(9), zone) - timedelta(minutes=10)
    assert "TRIGGER:-PT10M\r\n" in written(Entry(entry, near), zone)


def offset_at(zone: Timezone, at: datetime) -> timedelta:
    """Return the offset that a VTIMEZONE gives, strictly as RFC 5545 says (3.6.5)."""
    onsets = [
        (onset - clock.tz_offset_from.offset, clock.tz_offset_to.offset)
        for clock in (*zone.standard, *zone.daylight)
        for onset in (clock.start_datetime, *clock.rdate)
        if isinstance(onset, datetime)
    ]
    return max(each for each in onsets if each[0] <= at.replace(tzinfo=None))[1]


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize("name", ["America/Toronto", "Europe/Paris", "Asia/Tokyo", "Africa/Cairo"])
def test_a_phone_that_knows_no_zones_learns_them_from_the_feed(name: str) -> None:
    [zone] = calendar_reader.opened(written(Entry(SWEEP, None), name)).timezones
    hours = (NOW + timedelta(minutes=30 * number) for number in range(2 * 24 * 365))
    for at in hours:
        assert offset_at(zone, at) == at.astimezone(ZoneInfo(name)).utcoffset(), at
