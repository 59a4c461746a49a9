"""How often reminders come, and when they do not: quiet hours, limits, pauses, journeys."""

from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.ada import TUESDAY, task
from tests.domain.reminded import Reminded
from webapp.models.notice import NoticeState
from webapp.models.plan import Task

WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def ada(session: Session, cast: Cast) -> Reminded:
    """Give Ada at 8 on Monday, in Toronto, who wants reminders 10 minutes before."""
    ada = Reminded(session, cast.ada)
    ada.sets("reminders_on", "yes")
    return ada


# Quiet hours

QUIET = [
    # quiet hours, time of the task, its minutes, when the reminder is heard ("" = never)
    ("21:00-07:00", "21:09", 30, "24 20:59"),
    ("21:00-07:00", "21:10", 30, ""),
    ("21:00-07:00", "23:00", 600, "25 07:00"),
    ("21:00-07:00", "06:00", 90, "24 07:00"),
    ("21:00-07:00", "06:00", 60, ""),
    ("21:00-07:00", "07:05", 30, "24 07:00"),
    ("21:00-07:00", "07:10", 30, "24 07:00"),
    ("21:00-07:00", "07:11", 30, "24 07:01"),
    ("12:00-14:00", "12:09", 30, "24 11:59"),
    ("12:00-14:00", "12:10", 120, "24 14:00"),
    ("12:00-14:00", "14:05", 30, "24 14:00"),
    ("00:00-09:00", "00:05", 5, "23 23:55"),
    ("00:00-09:00", "00:10", 5, ""),
]


@pytest.mark.parametrize(("hours", "at", "minutes", "heard"), QUIET)
def test_quiet_hours(ada: Reminded, hours: str, at: str, minutes: int, heard: str) -> None:
    ada.clock(10)
    factories.task(
        ada.session,
        ada.person,
        starts_on=TUESDAY,
        at_time=time.fromisoformat(at),
        duration_minutes=minutes,
        repeat_rule=None,
    )
    ada.sets("quiet_hours", hours)
    assert ada.due == ([heard] if heard else [])
    ada.sets("quiet_hours", "none")
    assert len(ada.due) == 1


def test_quiet_hours_move_what_stands_and_make_no_second_one(ada: Reminded) -> None:
    task(ada, "Work", 6, duration_minutes=240, starts_on=TUESDAY, repeat_rule=None)
    ada.sets("remind_all", "10")
    [row] = ada.rows()
    for hours, heard in (("22:00-07:00", "24 07:00"), ("22:00-06:30", "24 06:30")):
        ada.sets("quiet_hours", hours)
        assert ada.due == [heard]
        assert [(each.id, each.next_try_at) for each in ada.rows()] == [(row.id, row.due_at)]
    ada.clock(6, 30, TUESDAY)
    assert ada.sent() == ["24 06:30"]
    ada.sets("quiet_hours", "22:00-08:00")
    assert ada.due == []


def test_once_more_keeps_its_distance_after_quiet_hours(ada: Reminded) -> None:
    task(ada, "Work", 6, duration_minutes=240, starts_on=TUESDAY, repeat_rule=None)
    ada.sets("quiet_hours", "22:00-07:00")
    ada.sets("reminds_again", "yes")
    assert ada.due == ["24 07:00", "24 07:10+"]


def test_the_evening_before_is_of_use_until_midnight(ada: Reminded) -> None:
    task(ada, "Sweep", 9, starts_on=TUESDAY, repeat_rule=None)
    ada.sets("remind_all", "evening_before")
    ada.sets("quiet_hours", "17:00-23:30")
    assert ada.due == ["23 23:30"]
    ada.sets("quiet_hours", "17:00-00:30")
    assert ada.due == []


# At most so many a day


def five(ada: Reminded) -> list[Task]:
    """Give Ada a task at each full hour from 9 to 13, on Monday alone."""
    return [task(ada, f"Task {hour}", hour, repeat_rule=None) for hour in range(9, 14)]


def test_at_most_3_a_day_are_the_first_ones(ada: Reminded) -> None:
    five(ada)
    task(ada, "Tomorrow", 9, starts_on=TUESDAY, repeat_rule=None)
    ada.sets("reminders_a_day", "3")
    assert ada.due == ["23 08:50", "23 09:50", "23 10:50", "24 08:50"]


def test_what_went_already_counts(ada: Reminded) -> None:
    tasks = five(ada)
    ada.sets("remind_all", "10")
    ada.clock(10)
    assert ada.sent() == ["23 08:50", "23 09:50"]
    ada.sets("reminders_a_day", "3")
    assert ada.due == ["23 10:50"]
    ada.says("done", tasks[0])
    assert ada.due == ["23 10:50"], "done or not, it was one of three"
    ada.says("done", tasks[2])
    assert ada.due == ["23 11:50"], "one that never went leaves its place"


def test_what_never_went_takes_no_place(ada: Reminded) -> None:
    five(ada)
    ada.sets("reminders_on", "no")
    ada.sets("reminders_a_day", "3")
    ada.clock(11)
    ada.sets("reminders_on", "yes")
    assert ada.due == ["23 11:50", "23 12:50"]


def test_who_is_asked_once_more_is_left_out_first(ada: Reminded) -> None:
    five(ada)
    ada.sets("reminds_again", "yes")
    ada.sets("reminders_a_day", "5")
    assert ada.due == ["23 08:50", "23 09:50", "23 10:50", "23 11:50", "23 12:50"]
    ada.sets("reminders_a_day", "10")
    assert len(ada.due) == 10


# Pauses


def test_in_a_pause_of_the_pace_nothing_comes(ada: Reminded) -> None:
    task(ada, "Sweep", 9)
    task(ada, "Work", 10, is_fixed_by_workplace=True)
    task(ada, "Once", 11, starts_on=TUESDAY, repeat_rule=None)
    ada.sets("remind_all", "60")
    assert ada.due == ["23 09:00", "24 08:00", "24 09:00", "24 10:00", "25 08:00"]
    ada.asks("pace.set", pace="pause", until=WEDNESDAY.isoformat())
    assert ada.due == ["25 08:00"]


@pytest.mark.parametrize(("hour", "lead"), [(9, "evening_before"), (0, "10")])
def test_on_the_last_day_of_a_pause_nothing_comes_for_the_next(
    ada: Reminded, hour: int, lead: str
) -> None:
    task(ada, "Sweep", hour, starts_on=TUESDAY, repeat_rule=None)
    task(ada, "Wash", hour, starts_on=WEDNESDAY, repeat_rule=None)
    ada.sets("remind_all", lead)
    assert len(ada.due) == 2
    ada.asks("pace.set", pace="pause", until=TUESDAY.isoformat())
    assert [each[:2] for each in ada.due] == ["24"]


def test_reminders_pause_and_are_taken_up_again(ada: Reminded) -> None:
    task(ada, "Sweep", 9)
    task(ada, "Wash", 10)
    ada.clock(8, 50)
    ada.sets("remind_all", "10")
    assert ada.due[0] == "23 09:50"
    ada.sets("reminders_paused", "yes")
    assert ada.due == []
    ada.clock(9, 55)
    ada.sets("reminders_paused", "no")
    assert ada.due == ["24 08:50", "24 09:50", "25 08:50", "25 09:50"], (
        "what the pause kept back does not come"
    )


def test_what_went_before_a_pause_does_not_come_again(ada: Reminded) -> None:
    task(ada, "Sweep", 9, repeat_rule=None)
    ada.sets("remind_all", "10")
    ada.clock(8, 50)
    ada.sent()
    for value in ("yes", "no"):
        ada.sets("reminders_paused", value)
    assert ada.due == []


# Travelling


def test_who_travels_and_lets_the_day_follow_is_reminded_there(ada: Reminded) -> None:
    task(ada, "Sweep", 9, repeat_rule=None, starts_on=TUESDAY)
    ada.sets("remind_all", "10")
    [row] = ada.rows()
    ada.sets("time_zone", "Europe/Paris")
    assert [(each.id, each.due_at.hour) for each in ada.rows()] == [(row.id, 7)]
    assert ada.due == ["24 08:50"]


def test_who_travels_after_the_reminder_is_not_reminded_again(ada: Reminded) -> None:
    ada.person.time_zone = "Europe/Paris"
    task(ada, "Sweep", 9, repeat_rule=None)
    ada.clock(8)
    ada.sets("remind_all", "10")
    ada.clock(8, 50)
    assert ada.sent() == ["23 08:50"]
    ada.sets("time_zone", "America/Toronto")
    assert ada.due == []
    ada.sets("time_zone", "Europe/Paris")
    assert ada.due == []


def test_what_was_missed_at_home_still_comes_where_it_is_earlier(ada: Reminded) -> None:
    ada.person.time_zone = "Europe/Paris"
    task(ada, "Sweep", 9, repeat_rule=None)
    ada.clock(8)
    ada.sets("remind_all", "10")
    [row] = ada.rows()
    row.state = NoticeState.MISSED
    ada.clock(11)
    ada.sets("time_zone", "America/Toronto")
    assert ada.due == ["23 08:50"]
