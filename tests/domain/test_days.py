"""What stands on which day, and what comes now."""

from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY, Ada, shown, task
from tests.statements import counted
from webapp.domain import days
from webapp.domain.days import Day
from webapp.domain.errors import NotFound
from webapp.models.text import BilingualText
from webapp.web.database import Database


@pytest.fixture
def ada(session: Session, cast: Cast) -> Ada:
    """Give Ada at 8 on Monday, in Toronto."""
    return Ada(session, cast.ada)


def names(week: list[Day]) -> list[list[str]]:
    return [[each.title.en or "" for each in (*day.timed, *day.any_time)] for day in week]


@pytest.mark.parametrize(
    ("hour", "minute", "card"),
    [
        (0, 0, "Sweep"),
        (9, 29, "Sweep"),  # it still goes on
        (9, 30, "Mop"),
        (11, 29, "Mop"),
        (11, 30, "Polish"),
        (15, 29, "Polish"),
        (15, 30, "Drink"),  # nothing has a time any more: what can be done at any time
        (23, 59, "Drink"),
    ],
)
def test_what_comes_now(ada: Ada, hour: int, minute: int, card: str) -> None:
    for title, at in (("Polish", 15), ("Sweep", 9), ("Mop", 11), ("Drink", None)):
        task(ada, title, at)
    ada.clock(hour, minute)
    now, rest, any_time = shown(ada.today)
    assert now == card
    assert rest == [title for title in ("Sweep", "Mop", "Polish") if title != card]
    assert any_time == ([] if card == "Drink" else ["Drink"])


def test_what_was_not_done_comes_back_and_is_not_lost(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    mop = task(ada, "Mop", 11)
    ada.says("done", mop)
    ada.clock(20)
    assert shown(ada.today) == ("Sweep", ["Mop"], [])


def test_done_and_put_aside_are_never_the_card(ada: Ada) -> None:
    sweep, mop, drink = (task(ada, *each) for each in (("Sweep", 9), ("Mop", 11), ("Drink", None)))
    ada.says("done", sweep)
    assert shown(ada.today) == ("Mop", ["Sweep"], ["Drink"])
    ada.says("not_today", mop)
    assert shown(ada.today) == ("Drink", ["Sweep", "Mop"], [])
    assert not ada.today.everything_done
    ada.says("done", drink)
    assert shown(ada.today) == (None, ["Sweep", "Mop"], ["Drink"])
    assert ada.today.everything_done
    ada.says("undo", sweep)
    assert shown(ada.today)[0] == "Sweep"


def test_an_empty_day_is_not_a_day_where_all_is_done(ada: Ada) -> None:
    assert shown(ada.today) == (None, [], [])
    assert not ada.today.everything_done
    assert ada.today.next is None


def test_the_next_thing_comes_from_a_later_day(ada: Ada) -> None:
    friday = MONDAY + timedelta(days=4)
    task(ada, "Mop", None, starts_on=friday, repeat_rule=None)
    sweep = task(ada, "Sweep", 9, starts_on=friday, repeat_rule=None)
    found = ada.today.next
    assert found is not None
    assert (found.title.en, found.on) == ("Sweep", friday)
    ada.clock(8, day=friday - timedelta(days=1))
    ada.later(sweep, friday, None, day=friday)
    assert ada.today.next is not None
    task(ada, "Far", 9, starts_on=MONDAY + timedelta(days=80), repeat_rule=None)
    ada.clock(8, day=friday + timedelta(days=1))
    assert ada.today.next is None  # nothing within 60 days
    ada.clock(8, day=friday + timedelta(days=20))
    assert ada.today.next is not None


def test_while_something_waits_no_next_thing_is_looked_for(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    assert ada.today.next is None


def test_later_today_moves_it_down_the_day(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9)
    task(ada, "Mop", 11)
    ada.later(sweep, MONDAY, "14:30")
    assert shown(ada.today) == ("Mop", ["Sweep"], [])
    [moved] = ada.today.rest
    assert (moved.day, moved.on, moved.at) == (MONDAY, MONDAY, time(14, 30))
    assert moved.is_open
    assert moved.may_move


def test_later_tomorrow_stands_beside_tomorrows_own(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9)
    ada.later(sweep, TUESDAY, "08:15")
    assert shown(ada.today) == (None, [], [])
    tuesday = ada.week()[1]
    assert [(each.day, each.at) for each in tuesday.timed] == [
        (MONDAY, time(8, 15)),
        (TUESDAY, time(9)),
    ]
    ada.clock(8, day=TUESDAY)
    ada.says("done", sweep, MONDAY)
    tuesday = ada.week()[1]
    assert [(each.day, each.is_done) for each in tuesday.timed] == [
        (MONDAY, True),
        (TUESDAY, False),
    ]
    assert names(ada.week())[0] == []


def test_later_tomorrow_at_any_time(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.later(sweep, TUESDAY, None)
    ada.clock(8, day=TUESDAY)
    assert shown(ada.today) == ("Sweep", [], [])
    assert ada.today.now is not None
    assert ada.today.now.at is None
    ada.later(sweep, TUESDAY + timedelta(days=1), "10:00")
    assert names(ada.week())[:3] == [[], [], ["Sweep"]]


def test_what_was_moved_and_then_put_aside_stays_where_it_was_moved(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.later(sweep, TUESDAY, "10:00")
    ada.clock(8, day=TUESDAY)
    ada.says("not_today", sweep)
    assert shown(ada.today) == (None, ["Sweep"], [])
    assert names(ada.week())[0] == []
    ada.says("undo", sweep)
    assert shown(ada.today) == ("Sweep", [], [])


def test_a_moved_one_shows_only_where_it_stands(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.later(sweep, TUESDAY, "09:00")
    [monday] = days.days_for(ada.session, ada.person, MONDAY, MONDAY)
    [tuesday] = days.days_for(ada.session, ada.person, TUESDAY, TUESDAY)
    assert (names([monday]), names([tuesday])) == ([[]], [["Sweep"]])


def test_tasks_of_once_long_ago_are_left_out(ada: Ada) -> None:
    task(ada, "Sweep", 9, starts_on=MONDAY - timedelta(days=1), repeat_rule=None)
    task(ada, "Mop", 9, starts_on=MONDAY - timedelta(days=7), repeat_rule="FREQ=DAILY;COUNT=7")
    task(ada, "Soon", 9, starts_on=TUESDAY)
    assert shown(ada.today) == (None, [], [])


def test_a_week_in_order(ada: Ada) -> None:
    task(ada, "Mop", 11, repeat_rule="FREQ=WEEKLY;BYDAY=MO,WE")
    task(ada, "Drink", None)
    task(ada, "Sweep", 9, repeat_rule="FREQ=WEEKLY;BYDAY=WE")
    week = ada.week()
    assert [day.on for day in week] == [MONDAY + timedelta(days=number) for number in range(7)]
    assert names(week)[:3] == [["Mop", "Drink"], ["Drink"], ["Sweep", "Mop", "Drink"]]


def test_nobody_elses_tasks_stand_there(ada: Ada, cast: Cast) -> None:
    factories.task(ada.session, cast.ben)
    assert names(ada.week()) == [[]] * 7


def test_one_occurrence_by_its_task_and_day(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule="FREQ=WEEKLY", place=BilingualText(fr="Le hall"))
    factories.steps(ada.session, sweep, "One.", "Two.")
    found = days.get_occurrence(ada.session, sweep, MONDAY)
    assert (found.steps, found.place, found.picture) == (2, BilingualText(fr="Le hall"), "broom")
    for day in (TUESDAY, MONDAY - timedelta(days=7)):
        with pytest.raises(NotFound):
            days.get_occurrence(ada.session, sweep, day)


def test_an_unknown_picture_is_the_general_one(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9, picture="from-tomorrow")
    assert days.get_occurrence(ada.session, sweep, MONDAY).picture == "task"


def test_what_may_move(ada: Ada) -> None:
    free, fixed = task(ada, "Free", 9), task(ada, "Fixed", 9, is_fixed_by_workplace=True)
    assert days.get_occurrence(ada.session, free, MONDAY).may_move
    assert not days.get_occurrence(ada.session, fixed, MONDAY).may_move
    ada.says("done", free)
    assert not days.get_occurrence(ada.session, free, MONDAY).may_move


def test_the_number_of_statements_does_not_grow(ada: Ada, database: Database) -> None:
    costs = []
    for count in (10, 90, 300):
        for number in range(count):
            made = task(ada, f"T{number}", number % 24, position=number)
            if number % 10 == 0:
                ada.later(made, TUESDAY, "23:00")
        ada.session.flush()
        with counted(database.engine) as said:
            assert ada.today.now is not None
            ada.week()
        costs.append(len(said))
    assert costs == [costs[0]] * 3
    assert costs[0] <= 4


def test_what_comes_once_on_a_later_day_can_stand_on_today(ada: Ada) -> None:
    thursday = MONDAY + timedelta(days=3)
    paint = task(ada, "Paint", 9, starts_on=thursday, repeat_rule=None)
    ada.later(paint, MONDAY, "18:00", day=thursday)
    assert shown(ada.today)[0] == "Paint"


def test_a_card_from_earlier_says_so(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    assert not ada.today.is_from_earlier
    ada.clock(9, 30)
    assert ada.today.is_from_earlier
