"""The calendar of a person's own phone: its address, its page, and what the phone gets from it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from tests import calendar_reader, factories
from tests.calendar_reader import Shown
from tests.cast import Cast
from tests.conftest import SECRET_KEY, Clock
from tests.page import Page
from tests.visitor import Visitor, everything, rows
from webapp.domain import feeds
from webapp.models.notice import CalendarFeed
from webapp.models.person import Language, Person, RemindOn
from webapp.web.database import Database

Visit = Callable[..., Visitor]
PAGE = "/me/reminders/calendar"
MONDAY = factories.MONDAY


@pytest.fixture
def made(ada: Visitor) -> Page:
    """Give the page of Ada's new address."""
    return ada.follow(ada.post(PAGE))


def address(page: Page) -> str:
    """Return the path that a page shows to copy."""
    return page.main.one("input", id="copy-link")["value"].removeprefix("http://localhost")


def test_without_an_address_the_page_says_what_it_is_for(ada: Visitor) -> None:
    page = ada.get(PAGE)
    assert page.title == "My phone's calendar"
    assert page.actions == {PAGE}
    assert not page.main.all("input", id="copy-link")


def test_an_address_is_shown_to_copy_and_to_open(made: Page, database: Database) -> None:
    [feed] = rows(database, CalendarFeed)
    token = feeds.token(feed, SECRET_KEY)
    assert address(made) == f"/calendar/{token}.ics"
    assert f"webcal://localhost/calendar/{token}.ics" in made.links
    assert {f"{PAGE}/titles", f"{PAGE}/stop"} <= made.links


def test_a_new_address_closes_the_old_one(ada: Visitor, visit: Visit, made: Page) -> None:
    newer = ada.follow(ada.post(PAGE))
    assert visit().get(address(made)).status == 404
    assert visit().get(address(newer)).status == 200


def test_the_address_is_stopped_after_a_question(ada: Visitor, visit: Visit, made: Page) -> None:
    assert ada.get(f"{PAGE}/stop").title == "Stop this address?"
    assert visit().get(address(made)).status == 200
    page = ada.follow(ada.post(f"{PAGE}/stop"))
    assert page.notices == ["The address is stopped."]
    assert page.actions == {PAGE}
    assert visit().get(address(made)).status == 404


def test_the_person_says_what_the_calendar_shows(
    ada: Visitor, made: Page, session: Session, cast: Cast
) -> None:
    factories.task(session, cast.ada, "Sweep the shop")
    session.commit()
    assert {each.words for each in phone(ada, made)} == {"Reminder"}
    assert "Only the word “Reminder”" in made.words
    page = ada.follow(ada.post(f"{PAGE}/titles", value="titles"))
    assert "The names of my tasks" in page.words
    assert {each.words for each in phone(ada, made)} == {"Sweep the shop"}
    ada.post(f"{PAGE}/titles", value="neutral")
    assert {each.words for each in phone(ada, made)} == {"Reminder"}
    assert ada.post(f"{PAGE}/titles", value="all").status == 400


def test_without_an_address_there_is_nothing_to_choose(ada: Visitor) -> None:
    assert ada.get(f"{PAGE}/titles").status == 404
    assert ada.post(f"{PAGE}/titles", value="titles").status == 404


def phone(visitor: Visitor, made: Page, zone: str = "America/Toronto") -> list[Shown]:
    """Return what a phone shows that reads this address."""
    return calendar_reader.read(visitor.get(address(made)).response.text, zone)


def test_the_address_opens_without_a_sign_in_and_writes_nothing(
    visit: Visit, made: Page, database: Database, session: Session, cast: Cast
) -> None:
    factories.task(session, cast.ada, "Sweep the shop")
    session.commit()
    before = everything(database)
    answer = visit().get(address(made))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert everything(database) == before
    for secret in ("Ada", "Sweep", "broom"):
        assert secret not in answer.response.text


def test_what_is_the_same_is_not_sent_again(
    visit: Visit, ada: Visitor, made: Page, session: Session, cast: Cast, clock: Clock
) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    first = visit().get(address(made)).headers["ETag"]
    clock.move(minutes=5)
    again = visit().get(address(made), If_None_Match=first)
    assert (again.status, again.response.data) == (304, b"")
    ada.post(f"/tasks/{task.id}/{MONDAY}/done")
    assert visit().get(address(made), If_None_Match=first).status == 200


@pytest.mark.parametrize("token", ["x", "a" * 32, "%00", "é", "..", "' or 1=1"])
def test_an_address_that_nobody_made(visit: Visit, made: Page, token: str) -> None:
    answer = visit().get(f"/calendar/{token}.ics")
    assert answer.status == 404
    assert "Set-Cookie" not in answer.headers


def test_the_calendar_speaks_the_language_of_the_person(
    ada: Visitor, made: Page, session: Session, cast: Cast
) -> None:
    factories.task(session, cast.ada)
    session.get_one(Person, cast.ada.id).language = Language.FR
    session.commit()
    text = ada.get(address(made)).response.text
    assert "X-WR-CALNAME:Mon rythme\r\n" in text
    assert {each.words for each in calendar_reader.read(text, "America/Toronto")} == {"Rappel"}


def test_the_whole_calendar(made: Page, ada: Visitor, session: Session, cast: Cast) -> None:
    task = factories.task(session, cast.ada, repeat_rule=None, remind_minutes_before=60)
    drink = factories.task(
        session, cast.ada, at_time=None, repeat_rule=None, starts_on=MONDAY + timedelta(days=1)
    )
    session.commit()
    text = ada.get(address(made)).response.text
    lines = text.replace("\r\n ", "").split("\r\n")
    assert text.isascii()
    for line in (
        "VERSION:2.0",
        "NAME:My pace",
        "X-WR-CALNAME:My pace",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "TZID:America/Toronto",
        f"UID:task-{task.id}-2026-11-23@localhost",
        "DTSTART;TZID=America/Toronto:20261123T090000",
        "DURATION:PT30M",
        "DTSTAMP:20261123T130000Z",
        "LAST-MODIFIED:20261123T130000Z",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20261124",
        "TRANSP:TRANSPARENT",
        "TRIGGER:PT7H50M",
    ):
        assert line in lines, line
    assert lines.count("BEGIN:VALARM") == 1, "the one before the first task has gone by"
    assert [(each.uid, each.minutes) for each in calendar_reader.read(text, "UTC")] == [
        (f"task-{task.id}-2026-11-23@localhost", 30),
        (f"task-{drink.id}-2026-11-24@localhost", 24 * 60),
    ]


def at(day: date, clock: str, zone: str) -> datetime:
    """Return an instant, in UTC."""
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(UTC)


NIGHTS = [
    ("America/Toronto", date(2027, 3, 14)),
    ("America/Toronto", date(2027, 11, 7)),
    ("Europe/Paris", date(2027, 3, 28)),
    ("Europe/Paris", date(2027, 10, 31)),
    ("America/St_Johns", date(2027, 3, 14)),
    ("Africa/Casablanca", date(2027, 2, 7)),
    ("Asia/Kathmandu", date(2028, 2, 29)),
    ("UTC", date(2028, 2, 29)),
]


@pytest.mark.parametrize(("zone", "night"), NIGHTS)
def test_every_task_stands_and_rings_when_its_clock_says(
    ada: Visitor, made: Page, session: Session, cast: Cast, clock: Clock, zone: str, night: date
) -> None:
    session.get_one(Person, cast.ada.id).time_zone = zone
    before = night - timedelta(days=1)
    clock.now = at(before, "00:00", zone)
    works = factories.task(session, cast.ada, starts_on=before, remind_minutes_before=30)
    late = factories.task(
        session, cast.ada, starts_on=before, remind_on=RemindOn.EVENING_BEFORE, at_time=time(23)
    )
    free = factories.task(
        session, cast.ada, starts_on=before, remind_minutes_before=0, at_time=None
    )
    session.commit()
    found = {each.uid.partition("@")[0]: each for each in phone(ada, made, zone)}
    for day in (night, night + timedelta(days=1)):
        eve = day - timedelta(days=1)
        shown = found[f"task-{works.id}-{day}"]
        assert (shown.starts_at, shown.rings_at) == (at(day, "09:00", zone), at(day, "08:30", zone))
        shown = found[f"task-{late.id}-{day}"]
        assert (shown.starts_at, shown.rings_at) == (at(day, "23:00", zone), at(eve, "18:00", zone))
        shown = found[f"task-{free.id}-{day}"]
        assert (shown.on, shown.rings_at) == (day, at(day, "08:00", zone))
        assert shown.starts_at is None


@pytest.mark.parametrize("clock_time", ["02:30", "01:30"])
@pytest.mark.parametrize(("zone", "night"), NIGHTS[:4])
def test_a_time_that_is_skipped_or_comes_twice(
    ada: Visitor,
    made: Page,
    session: Session,
    cast: Cast,
    clock: Clock,
    zone: str,
    night: date,
    clock_time: str,
) -> None:
    session.get_one(Person, cast.ada.id).time_zone = zone
    clock.now = at(night - timedelta(days=1), "12:00", zone)
    factories.task(
        session,
        cast.ada,
        starts_on=night,
        repeat_rule=None,
        at_time=time.fromisoformat(clock_time),
        duration_minutes=90,
    )
    session.commit()
    [shown] = phone(ada, made, zone)
    expected = at(night, clock_time, zone)
    assert (shown.starts_at, shown.minutes) == (expected, 90)
    assert shown.rings_at == expected - timedelta(minutes=10)


def test_only_the_person_has_these_pages(visit: Visit, cast: Cast) -> None:
    for path in (PAGE, f"{PAGE}/titles", f"{PAGE}/stop"):
        assert visit().get(path).location == "/sign-in"
        assert visit(cast.cora).get(path).status == 404
        assert visit(cast.olga).get(path).status == 404
        assert visit(cast.cora).post(path).status == 404


def test_nobody_makes_or_stops_the_address_of_another(
    visit: Visit, cast: Cast, made: Page, database: Database
) -> None:
    [before] = rows(database, CalendarFeed)
    ben = visit(cast.ben)
    ben.post(PAGE)
    ben.post(f"{PAGE}/stop")
    [after] = rows(database, CalendarFeed)
    assert (after.person_id, after.token_hash) == (before.person_id, before.token_hash)
