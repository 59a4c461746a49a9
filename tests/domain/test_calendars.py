"""Weeks and months: where they begin, and how full their days are."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.ada import MONDAY, Ada, task
from webapp.domain import calendars, days
from webapp.domain.calendars import Density
from webapp.domain.days import Day
from webapp.domain.errors import NotFound
from webapp.models.person import Region

YEAR = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]


@pytest.fixture
def ada(session: Session, cast: Cast) -> Ada:
    """Give Ada at 8 on Monday, in Toronto."""
    return Ada(session, cast.ada)


@pytest.mark.parametrize("region", Region)
def test_a_week_holds_its_day_and_begins_where_people_expect_it(region: Region) -> None:
    begins_on = 6 if region is Region.CA else 0
    for day in YEAR:
        week = calendars.week_of(day, region)
        assert day in week
        assert week[0].weekday() == begins_on
        assert [(each - week[0]).days for each in week] == list(range(7))


def test_months_follow_each_other() -> None:
    for day in YEAR:
        after, before = calendars.month_after(day), calendars.month_before(day)
        assert (after.day, before.day) == (1, 1)
        assert calendars.last_of_month(day).month == day.month
        assert calendars.month_before(after) == day.replace(day=1) == calendars.month_after(before)


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_shows_each_day_once_under_its_weekday(region: Region, month: int) -> None:
    mine = [Day(day, (), ()) for day in YEAR if day.month == month]
    weeks = calendars.month(mine, region)
    assert [each.on for week in weeks for each in week if each] == [day.on for day in mine]
    names = calendars.week_of(MONDAY, region)
    for week in weeks:
        assert any(week)
        for name, place in zip(names, week, strict=True):
            assert place is None or place.on.weekday() == name.weekday()


def test_a_day_of_a_month_counts_what_stands_and_shows_few_pictures(ada: Ada) -> None:
    for number, picture in enumerate(("broom", "mop", "broom", "bus", "box")):
        task(ada, f"T{number}", 9 + number, picture=picture, position=number)
    aside = task(ada, "Aside", 8, picture="cart")
    ada.says("not_today", aside)
    found = days.days_for(ada.session, ada.person, MONDAY, MONDAY)
    [[_sunday, monday, *_rest]] = calendars.month(found, Region.CA)
    assert monday
    assert (monday.on, monday.tasks, monday.pictures) == (MONDAY, 5, ("broom", "mop", "bus"))


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_no_day_is_shown_that_is_centuries_away(year: int) -> None:
    with pytest.raises(NotFound):
        calendars.get_day(date(year, 6, 1))


def test_the_first_and_the_last_day_have_their_weeks() -> None:
    for day in (date(2000, 1, 1), date(2199, 12, 31)):
        assert calendars.get_day(day) == day
        assert len(calendars.week_of(day, Region.CA)) == 7
        assert calendars.month_after(day) > day > calendars.month_before(day)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0] * 7, Density.ROOMY),
        ([4] * 7, Density.ROOMY),
        ([5] + [4] * 6, Density.CLOSE),
        ([8] * 6 + [4], Density.CLOSE),
        ([9] + [8] * 5 + [4], Density.DENSE),
        ([8] * 7, Density.DENSE),
    ],
)
def test_how_close_the_tasks_stand_on_paper(ada: Ada, counts: list[int], expected: Density) -> None:
    one = task(ada, "Sweep", 9)
    [day] = days.days_for(ada.session, ada.person, factories.MONDAY, factories.MONDAY)
    assert one.id == day.timed[0].task_id
    week = [
        Day(MONDAY, day.timed * (count // 2), day.timed * (count - count // 2)) for count in counts
    ]
    assert calendars.density(week) is expected
