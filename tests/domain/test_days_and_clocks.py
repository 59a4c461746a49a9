"""A person's day goes by their own clock, also when the clocks change; and so does "later"."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY, Ada, shown, task
from webapp.domain import days
from webapp.domain.later import later_choices
from webapp.models.plan import Task


@pytest.fixture
def ada(session: Session, cast: Cast) -> Ada:
    """Give Ada at 8 on Monday, in Toronto."""
    return Ada(session, cast.ada)


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("America/Toronto", date(2026, 11, 23)),
        ("Europe/Paris", date(2026, 11, 24)),
        ("Pacific/Kiritimati", date(2026, 11, 24)),
        ("Pacific/Pago_Pago", date(2026, 11, 23)),
    ],
)
def test_today_is_the_day_of_the_persons_own_zone(ada: Ada, zone: str, on: date) -> None:
    ada.person.time_zone = zone
    ada.now = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert ada.today.on == on


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("America/Toronto", date(2027, 3, 14)),
        ("America/Toronto", date(2027, 11, 7)),
        ("America/Moncton", date(2027, 3, 14)),
        ("Europe/Paris", date(2027, 3, 28)),
        ("Europe/Paris", date(2027, 10, 31)),
    ],
)
def test_nine_o_clock_is_nine_o_clock_when_the_clocks_change(
    ada: Ada, zone: str, night: date
) -> None:
    ada.person.time_zone = zone
    task(ada, "Sweep", 9)
    task(ada, "Night", 2)
    for day in (night - timedelta(days=1), night, night + timedelta(days=1)):
        ada.clock(9, 29, day)
        found = ada.today
        assert (found.on, shown(found)) == (day, ("Sweep", ["Night"], []))
        assert found.now is not None
        assert found.now.at == time(9)
        ada.clock(9, 30, day)
        assert shown(ada.today)[0] == "Night"


def choices(ada: Ada, of: Task, day: date = MONDAY) -> list[tuple[date, time | None]]:
    return later_choices(days.get_occurrence(ada.session, of, day), ada.person, ada.now)


def test_every_moment_that_is_offered_is_taken(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9)
    for hour in (0, 8, 18, 19, 20, 23):
        for minute in (0, 1, 15, 59):
            ada.clock(hour, minute)
            for day, at in choices(ada, sweep):
                ada.later(sweep, day, at and f"{at:%H:%M}")
                ada.says("undo", sweep)


def test_choices_for_later(ada: Ada) -> None:
    sweep, drink = task(ada, "Sweep", 9), task(ada, "Drink", None)
    ada.clock(13, 7)
    assert choices(ada, sweep) == [
        (MONDAY, time(13, 45)),
        (MONDAY, time(14, 15)),
        (MONDAY, time(15, 15)),
        (TUESDAY, time(9)),
        (TUESDAY, None),
    ]
    ada.clock(20, 20)
    assert choices(ada, drink) == [(MONDAY, time(21)), (TUESDAY, None)]
    ada.clock(23, 59)
    assert choices(ada, sweep) == [(TUESDAY, time(9)), (TUESDAY, None)]


def test_no_time_is_offered_that_the_clock_jumps_over(ada: Ada) -> None:
    ada.person.time_zone = "Europe/Paris"
    sunday = date(2027, 3, 28)
    sweep = task(ada, "Sweep", 9, starts_on=sunday)
    ada.clock(1, 20, day=sunday)
    offered = [at for day, at in choices(ada, sweep, sunday) if day == sunday]
    assert offered == [time(9, 30), time(10), time(11)]
    sweep.at_time = time(1)
    offered = [at for day, at in choices(ada, sweep, sunday) if day == sunday]
    assert offered == [time(3, 30)]
