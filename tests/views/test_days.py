"""My days: lines of time, as the person and as their coach find them."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.page import Element
from tests.visitor import Visitor
from webapp.domain.repeats import instant
from webapp.models.mark import MarkState
from webapp.models.person import Region, TimeStyle

Visit = Callable[..., Visitor]
MONDAY = factories.MONDAY
WEEK = f"days/week/{MONDAY}"
MONTH = "days/month/2026-11"


def titles(part: Element, kind: str = "timeline-task-title") -> list[str]:
    return [title.words for title in part.all(class_=kind)]


def test_seven_days_and_what_stands_on_each(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    factories.task(session, cast.ada, repeat_rule="FREQ=WEEKLY;BYDAY=MO,WE")
    factories.task(session, cast.ada, "Mop", at_time=time(8, 30), repeat_rule="FREQ=DAILY;COUNT=1")
    session.commit()
    days = visitor.get(f"{start}days").main.all(class_="timeline")
    assert [day.one("h2").words for day in days][:3] == [
        "Today, Monday 23 November",
        "Tomorrow, Tuesday 24 November",
        "Wednesday 25 November",
    ]
    assert [titles(day) for day in days] == [["Mop", "Sweep"], [], ["Sweep"], [], [], [], []]
    assert "This day is free." in days[1].words


def test_a_line_from_morning_to_evening(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    for title, at, minutes in (("Sweep", time(9), 90), ("Mop", time(11), 60), ("Bus", time(18), 5)):
        factories.task(session, cast.ada, title, at_time=at, duration_minutes=minutes)
    factories.task(session, cast.ada, "Drink", at_time=None)
    session.commit()
    today = visitor.get(f"{start}days").main.all(class_="timeline")[0]
    assert [each.words for each in today.all("h3")] == ["Morning", "Evening", "Any time"]
    assert [each.words for each in today.all(class_="timeline-sum")] == [
        "2 tasks. In all 2 hours 30 minutes. Ends at noon.",
        "1 task. In all 5 minutes. Ends at 6:05 in the evening.",
    ]
    assert [each.words for each in today.all(class_="timeline-free")] == [
        "Free 1 hour",
        "Free 30 minutes",
        "Free 6 hours",
    ]
    assert titles(today) == ["Sweep", "Mop", "Bus", "Drink"]
    assert "9 in the morning Sweep 1 hour 30 minutes" in today.words
    bars = today.all(class_="timeline-task-bar")
    assert {bar["viewbox"] for bar in bars} == {"0 0 90 1"}
    assert [bar.one("rect")["width"] for bar in bars] == ["90", "60", "5", "30"]


def pieces(today: Element) -> list[str]:
    return [
        each.all(class_="timeline-task-title")[0].words
        if each["class"] == "timeline-task"
        else each.words
        for each in today.all("li")
    ]


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (8, 40, ["Now 8:40 in the morning", "Free 20 minutes", "Sweep", "Free 30 minutes", "Mop"]),
        (9, 10, ["Now 9:10 in the morning", "Sweep", "Free 30 minutes", "Mop"]),
        (9, 40, ["Sweep", "Free 10 minutes", "Now 9:40 in the morning", "Free 20 minutes", "Mop"]),
        (13, 0, ["Sweep", "Free 30 minutes", "Mop", "Now 1 in the afternoon"]),
    ],
)
def test_now_stands_between_the_right_tasks(
    visit: Visit,
    session: Session,
    cast: Cast,
    clock: Clock,
    hour: int,
    minute: int,
    expected: list[str],
) -> None:
    factories.task(session, cast.ada)
    factories.task(session, cast.ada, "Mop", at_time=time(10))
    session.commit()
    clock.now = instant(MONDAY, time(hour, minute), cast.ada.time_zone)
    today, tomorrow, *_rest = visit(cast.ada).get("/days").main.all(class_="timeline")
    assert pieces(today) == expected
    assert "Now" not in tomorrow.words


def test_now_is_the_persons_own_time(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    cast.cora.time_zone = "Europe/Paris"
    session.merge(cast.cora)
    factories.task(session, cast.ada)
    session.commit()
    clock.now = instant(MONDAY, time(23, 30), cast.ada.time_zone)
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/days")
    today = page.main.all(class_="timeline")[0]
    assert today.one("h2").words == "Today, Monday 23 November"
    assert pieces(today) == ["Sweep", "Now 11:30 at night"]


def test_what_was_said_stands_there_and_can_be_taken_back(
    visit: Visit, session: Session, cast: Cast
) -> None:
    sweep, mop = (factories.task(session, cast.ada, title) for title in ("Sweep", "Mop"))
    session.commit()
    ada = visit(cast.ada)
    ada.post(f"/tasks/{sweep.id}/{MONDAY}/done")
    ada.post(f"/tasks/{mop.id}/{MONDAY}/not-today")
    page = ada.get(f"/days/{MONDAY}")
    rows = page.main.all(class_="timeline-task")[:2]
    assert [row["data-state"] for row in rows] == [MarkState.DONE, MarkState.NOT_TODAY]
    assert "Done" in rows[0].words
    assert "Not today" in rows[1].words
    assert not rows[1].all(class_="timeline-task-bar")
    assert page.actions == {f"/tasks/{each.id}/{MONDAY}/undo" for each in (sweep, mop)}
    assert "1 task." in page.main.all(class_="timeline-sum")[0].words
    coach = visit(cast.cora).get(f"/people/{cast.ada.id}/days")
    assert "Done" in coach.words
    assert coach.actions == set()


def test_a_past_day_is_shown_without_blame(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    factories.task(session, cast.ada, starts_on=MONDAY - timedelta(days=7))
    session.commit()
    page = visitor.get(f"{start}days/{MONDAY - timedelta(days=7)}")
    first, *_between, last = page.main.all(class_="timeline")
    assert first.one("h2").words == "Monday 16 November"
    assert last.one("h2").words == "Yesterday, Sunday 22 November"
    for words in ("missed", "late", "overdue", "not done", "Now"):
        assert words not in page.words
    assert titles(first) == ["Sweep"]
    row = first.one(class_="timeline-task")
    assert "data-state" not in row.attributes


@pytest.mark.parametrize(("region", "first"), [(Region.CA, 22), (Region.FR, 23), (Region.GB, 23)])
def test_a_strip_of_days_leads_to_each_and_to_today(
    reader: tuple[Visitor, str], session: Session, cast: Cast, region: Region, first: int
) -> None:
    visitor, start = reader
    cast.ada.region = region
    session.merge(cast.ada)
    session.commit()
    strip = visitor.get(f"{start}days/2026-11-25").main.one(class_="day-strip")
    days = [link["href"] for link in strip.all("a", class_="day-strip-day")]
    assert days == [f"{start}days/2026-11-{number}" for number in range(first, first + 7)]
    [current] = strip.all(aria_current="date")
    assert current.words == "Wed 25 Wednesday 25 November"
    others = [link["href"] for link in strip.all("a", class_="button")]
    assert others == [f"{start}days/2026-11-18", f"{start}days", f"{start}days/2026-12-02"]


def test_today_needs_no_way_back_to_itself(visit: Visit, cast: Cast) -> None:
    strip = visit(cast.ada).get("/days").main.one(class_="day-strip")
    assert "/days" not in [link["href"] for link in strip.all("a")]


def test_days_lead_to_the_tasks_the_week_and_the_month(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    sweep = factories.task(session, cast.ada)
    session.commit()
    links = visitor.get(f"{start}days").links
    assert {f"/tasks/{sweep.id}/{MONDAY}", f"{start}{WEEK}", f"{start}{MONTH}"} <= links


def test_a_task_says_how_long_in_all_and_when_it_ends(
    visit: Visit, session: Session, cast: Cast
) -> None:
    sweep = factories.task(session, cast.ada)
    drink = factories.task(session, cast.ada, "Drink", at_time=None)
    session.commit()
    ada = visit(cast.ada)
    words = ada.get(f"/tasks/{sweep.id}/{MONDAY}").words
    assert "It takes 30 minutes in all It ends at 9:30 in the morning" in words
    words = ada.get(f"/tasks/{drink.id}/{MONDAY}").words
    assert "It takes 30 minutes" in words
    assert "ends" not in words


def test_times_are_said_as_the_person_wishes(visit: Visit, session: Session, cast: Cast) -> None:
    cast.ada.time_style = TimeStyle.DIGITS
    session.merge(cast.ada)
    factories.task(session, cast.ada, at_time=time(14))
    session.commit()
    words = visit(cast.ada).get("/days").words
    assert "14:00" in words
    assert "Ends at 14:30." in words
