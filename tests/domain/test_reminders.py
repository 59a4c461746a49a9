"""When reminders come: each rule by itself, asked for through the one door."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY, task
from tests.domain.reminded import Reminded


@pytest.fixture
def ada(session: Session, cast: Cast) -> Reminded:
    """Give Ada at 8 on Monday, in Toronto, who wants reminders 10 minutes before."""
    ada = Reminded(session, cast.ada)
    ada.sets("reminders_on", "yes")
    return ada


LEADS = {
    "0": ["23 09:00", "24 09:00"],
    "10": ["23 08:50", "24 08:50"],
    "30": ["23 08:30", "24 08:30"],
    "60": ["24 08:00", "25 08:00"],
    "evening_before": ["23 18:00", "24 18:00"],
    "never": [],
}
ANY_TIME = {
    "0": ["24 08:00", "25 08:00"],
    "10": ["24 07:50", "25 07:50"],
    "30": ["24 07:30", "25 07:30"],
    "60": ["24 07:00", "25 07:00"],
    "evening_before": ["23 18:00", "24 18:00"],
    "never": [],
}


@pytest.mark.parametrize("lead", LEADS)
def test_so_long_before_all_tasks(ada: Reminded, lead: str) -> None:
    task(ada, "Sweep", 9)
    ada.sets("remind_all", lead)
    assert ada.due == LEADS[lead]


@pytest.mark.parametrize("lead", ANY_TIME)
def test_so_long_before_8_where_a_task_has_no_time(ada: Reminded, lead: str) -> None:
    task(ada, "Drink", None)
    ada.sets("remind_all", lead)
    assert ada.due == ANY_TIME[lead]


@pytest.mark.parametrize("lead", LEADS)
def test_a_task_has_its_own_choice_or_that_of_all(ada: Reminded, lead: str) -> None:
    sweep = task(ada, "Sweep", 9)
    for_all = "30" if lead == "0" else "0"
    ada.sets("remind_all", for_all)
    ada.asks("task.remind", task=sweep.id, when=lead)
    assert ada.due == LEADS[lead]
    ada.asks("task.remind", task=sweep.id, when="as_all")
    assert ada.due == LEADS[for_all]


def test_nothing_comes_for_who_does_not_want_it(ada: Reminded, cast: Cast) -> None:
    task(ada, "Sweep", 9)
    ada.sets("reminders_on", "no")
    assert ada.due == []
    assert ada.person.planned_until is None
    factories.task(ada.session, cast.ben, at_time=time(9))
    other = Reminded(ada.session, cast.ben)
    other.sets("theme", "dark")
    assert other.rows() == []


# Calendars

RULES = {
    None: ["23 08:50"],
    "FREQ=DAILY;COUNT=1": ["23 08:50"],
    "FREQ=DAILY;UNTIL=20261123": ["23 08:50"],
    "FREQ=DAILY;UNTIL=20261124": ["23 08:50", "24 08:50"],
    "FREQ=WEEKLY;BYDAY=TU": ["24 08:50"],
    "FREQ=DAILY;INTERVAL=3": ["23 08:50"],
    "FREQ=MONTHLY;BYMONTHDAY=24": ["24 08:50"],
}


@pytest.mark.parametrize("rule", RULES)
def test_only_on_the_days_of_the_rule(ada: Reminded, rule: str | None) -> None:
    task(ada, "Sweep", 9, repeat_rule=rule)
    ada.sets("remind_all", "10")
    assert ada.due == RULES[rule]


NIGHTS = [
    # zone, day, time of the task, minutes before, the reminder in UTC
    ("Europe/Paris", "2027-03-28", "09:00", "10", "06:50"),
    ("Europe/Paris", "2027-03-28", "01:50", "0", "00:50"),
    ("Europe/Paris", "2027-03-28", "02:30", "0", "01:30"),  # skipped: comes at 3:30
    ("Europe/Paris", "2027-03-28", "02:30", "60", "00:30"),
    ("Europe/Paris", "2027-03-28", "03:00", "10", "00:50"),  # at 1:50, 10 minutes earlier
    ("Europe/Paris", "2027-10-31", "02:30", "0", "00:30"),  # comes twice: the first counts
    ("Europe/Paris", "2027-10-31", "03:00", "60", "01:00"),  # at 2:00, the second one
    ("Europe/Paris", "2027-10-31", "09:00", "30", "07:30"),
    ("America/Toronto", "2027-03-14", "09:00", "10", "12:50"),
    ("America/Toronto", "2027-03-14", "02:30", "10", "07:20"),
    ("America/Toronto", "2027-11-07", "01:30", "0", "05:30"),
    ("America/Toronto", "2027-11-07", "02:00", "30", "06:30"),
    ("America/Toronto", "2027-11-07", "09:00", "60", "13:00"),
    ("Europe/Paris", "2028-02-29", "09:00", "10", "07:50"),
    ("Europe/Paris", "2028-02-29", None, "0", "07:00"),
    ("Europe/Paris", "2027-03-28", None, "0", "06:00"),
    ("Europe/Paris", "2027-10-31", None, "0", "07:00"),
]


@pytest.mark.parametrize(("zone", "day", "at", "lead", "utc"), NIGHTS)
def test_the_clock_of_the_place_counts(
    ada: Reminded, zone: str, day: str, at: str | None, lead: str, utc: str
) -> None:
    on = date.fromisoformat(day)
    ada.person.time_zone = zone
    ada.clock(20, day=on - timedelta(days=1))
    at_time = at and time.fromisoformat(at)
    factories.task(ada.session, ada.person, starts_on=on, at_time=at_time, repeat_rule=None)
    ada.sets("remind_all", lead)
    assert [row.due_at for row in ada.rows()] == [datetime.fromisoformat(f"{day}T{utc}Z")]


def test_the_evening_before_is_6_whatever_the_night(ada: Reminded) -> None:
    ada.person.time_zone = "Europe/Paris"
    for day, utc in ((date(2027, 3, 28), 17), (date(2027, 10, 31), 16), (date(2028, 2, 29), 17)):
        ada.clock(8, day=day - timedelta(days=1))
        made = factories.task(ada.session, ada.person, starts_on=day, repeat_rule=None)
        ada.sets("remind_all", "0")
        ada.sets("remind_all", "evening_before")
        eve = day - timedelta(days=1)
        expected = [datetime(eve.year, eve.month, eve.day, utc, tzinfo=UTC)]
        assert [row.due_at for row in ada.rows() if row.task_id == made.id] == expected


@pytest.mark.parametrize(
    ("minutes", "utc"),
    [(1440, "27T08:00"), (1450, "27T07:50"), (10080, "21T08:00"), (90, "28T05:30")],
)
def test_whole_days_before_are_days_of_the_calendar(ada: Reminded, minutes: int, utc: str) -> None:
    ada.person.time_zone = "Europe/Paris"
    spring = date(2027, 3, 28)
    ada.clock(8, day=date.fromisoformat(f"2027-03-{utc[:2]}") - timedelta(days=1))
    factories.task(
        ada.session,
        ada.person,
        starts_on=spring,
        repeat_rule=None,
        remind_minutes_before=minutes,
    )
    ada.sets("theme", "dark")
    assert [row.due_at for row in ada.rows()] == [datetime.fromisoformat(f"2027-03-{utc}Z")]


# What the person says of a task


def test_done_before_the_reminder_and_taken_back(ada: Reminded) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.sets("remind_all", "10")
    for verb in ("done", "not_today"):
        ada.says(verb, sweep)
        assert ada.due == []
        ada.says("undo", sweep)
        assert ada.due == ["23 08:50"]
    ada.says("done", sweep)
    ada.clock(8, 51)
    ada.says("undo", sweep)
    assert ada.due == [], "its moment has passed meanwhile"


def test_moved_a_minute_before_the_reminder(ada: Reminded) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.sets("remind_all", "10")
    ada.clock(8, 49)
    ada.later(sweep, MONDAY, "10:00")
    assert ada.due == ["23 09:50"]
    ada.clock(9, 49)
    assert ada.sent() == []
    ada.later(sweep, MONDAY, "09:55")
    assert ada.due == [], "the moment to be reminded of it has passed"
    ada.later(sweep, TUESDAY, None)
    assert ada.due == ["24 07:50"]


def test_moved_after_the_reminder_it_is_another_moment(ada: Reminded) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.sets("remind_all", "10")
    ada.clock(8, 50)
    assert ada.sent() == ["23 08:50"]
    ada.later(sweep, MONDAY, "11:00")
    assert ada.due == ["23 10:50"]
    ada.says("undo", sweep)
    assert ada.due == [], "what went is not planned again"
    ada.later(sweep, MONDAY, "11:00")
    assert ada.due == ["23 10:50"]


def test_a_task_that_stops_reminds_no_more(ada: Reminded) -> None:
    sweep = task(ada, "Sweep", 9)
    ada.asks("task.stop", task=sweep.id, on=TUESDAY.isoformat())
    assert ada.due == ["23 08:50"]
    ada.asks("task.stop", task=sweep.id, on=MONDAY.isoformat())
    assert ada.due == []


def test_once_more_10_minutes_after_the_task_began(ada: Reminded) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=None)
    ada.sets("reminds_again", "yes")
    assert ada.due == ["23 08:50", "23 09:10+"]
    ada.clock(9)
    assert ada.sent() == ["23 08:50"]
    ada.says("done", sweep)
    assert ada.due == []
    ada.says("undo", sweep)
    assert ada.due == ["23 09:10+"]
    ada.sets("reminds_again", "no")
    assert ada.due == []


def test_once_more_in_the_afternoon_where_there_is_no_time(ada: Reminded) -> None:
    task(ada, "Drink", None, repeat_rule=None, starts_on=TUESDAY)
    ada.sets("reminds_again", "yes")
    assert ada.due == ["24 07:50", "24 14:10+"]
