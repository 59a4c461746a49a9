"""Reminders as rows: planned further and further, on clocks that jump, while others send them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY, task
from tests.domain.reminded import Reminded
from tests.visitor import rows
from webapp.domain import changes, reminders
from webapp.domain.changes import Asked
from webapp.domain.days import Day, days_for
from webapp.models.notice import Delivery, Notice, NoticeState, Sent, Way
from webapp.models.person import Person
from webapp.web.database import Database

LATER = timedelta(seconds=30)


@pytest.fixture
def ada(session: Session, cast: Cast) -> Reminded:
    """Give Ada at 8 on Monday, in Toronto, who wants reminders 10 minutes before."""
    ada = Reminded(session, cast.ada)
    ada.sets("reminders_on", "yes")
    return ada


def plan_on(ada: Reminded, most: int = 10) -> list[Person]:
    """Do what the process does that plans ahead, and return for whom."""
    people = list(reminders.to_plan(ada.session, ada.now, most))
    for person in people:
        reminders.plan_for(ada.session, person, ada.now)
    return people


# The horizon


def test_48_hours_are_planned_and_no_minute_more(ada: Reminded) -> None:
    ada.clock(8, 50)
    task(ada, "Sweep", 9)
    ada.sets("remind_all", "10")
    assert ada.due == ["24 08:50", "25 08:50"]
    ada.clock(8, 49)
    ada.sets("remind_all", "10")
    assert ada.due == ["23 08:50", "24 08:50"]


def test_the_horizon_rolls_on_day_after_day_and_each_goes_once(ada: Reminded) -> None:
    task(ada, "Sweep", 9)
    ada.sets("remind_all", "10")
    went = []
    for _hour in range(8 * 24):
        ada.now += timedelta(hours=1)
        went += ada.sent()
        plan_on(ada)
        assert ada.person.planned_until
        assert ada.person.planned_until - ada.now > timedelta(hours=23)
    assert went == [f"{23 + number} 08:50" for number in range(8)]


def test_who_is_planned_far_enough_is_left_alone(ada: Reminded, cast: Cast) -> None:
    ben = Reminded(ada.session, cast.ben)
    ben.sets("reminders_on", "yes")
    assert plan_on(ada) == []
    ada.now += timedelta(hours=24, minutes=1)
    assert len(plan_on(ada, most=1)) == 1
    assert len(plan_on(ada)) == 1
    assert plan_on(ada) == []
    for each in (ada, ben):
        each.sets("reminders_on", "no")
    ada.now += timedelta(days=9)
    assert plan_on(ada) == []


# The clock of the server


def test_a_clock_that_jumps_ahead_and_back_loses_nothing(ada: Reminded) -> None:
    task(ada, "Sweep", 9)
    ada.sets("remind_all", "10")
    right = ada.now
    ada.now += timedelta(days=3)
    for row in ada.rows():
        row.state = NoticeState.MISSED
    plan_on(ada)
    assert ada.due == ["26 08:50", "27 08:50"]
    ada.now = right
    assert plan_on(ada) == [ada.person]
    assert ada.due == ["23 08:50", "24 08:50"]


def test_a_clock_that_jumps_back_sends_nothing_again(ada: Reminded) -> None:
    task(ada, "Sweep", 9)
    ada.sets("remind_all", "10")
    ada.clock(9)
    assert ada.sent() == ["23 08:50"]
    for hours in (3, 24, 72):
        ada.clock(9)
        ada.now -= timedelta(hours=hours)
        ada.sets("theme", "dark" if hours == 3 else "light")
        assert "23 08:50" not in ada.due
    ada.clock(8, day=TUESDAY)
    plan_on(ada)
    assert ada.due == ["24 08:50", "25 08:50"]


# While somebody sends


def first(ada: Reminded, **values: object) -> Notice:
    """Give Ada a reminder at 8:50 that is in some state of being sent, at 8:50 and a second."""
    task(ada, "Sweep", 9, repeat_rule=None)
    ada.sets("remind_all", "10")
    [row] = ada.rows()
    ada.clock(8, 50)
    ada.now += timedelta(seconds=1)
    for name, value in values.items():
        setattr(row, name, value)
    ada.session.flush()
    return row


def done(ada: Reminded, row: Notice) -> list[NoticeState]:
    """Let Ada say that it is done, and return what became of its reminder."""
    ada.asks("task.done", task=row.task_id, day=MONDAY.isoformat())
    return [each.state for each in ada.rows(*NoticeState)]


def test_what_is_due_and_waits_stays_until_it_is_done(ada: Reminded) -> None:
    row = first(ada)
    ada.sets("theme", "dark")
    assert ada.due == ["23 08:50"]
    assert done(ada, row) == []


def test_what_is_on_its_way_is_left_to_who_sends_it(ada: Reminded) -> None:
    row = first(ada, claim="a process", tries=1)
    row.next_try_at = ada.now + LATER
    ada.session.flush()
    for setting, value in (("time_zone", "America/Vancouver"), ("remind_all", "0")):
        ada.sets(setting, value)
        found = next(each for each in ada.rows() if each.id == row.id)
        assert (found.claim, found.due_at < ada.now) == ("a process", True)
    assert NoticeState.PLANNED in done(ada, row)


def test_what_is_taken_in_this_very_moment_is_left_too(
    ada: Reminded, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = first(ada)

    def days_while_somebody_takes_it(session: Session, *asked: Any) -> list[Day]:
        taken = {"claim": "a process", "next_try_at": ada.now + LATER}
        session.connection().execute(update(Notice.__table__).values(taken))
        return days_for(session, *asked)

    monkeypatch.setattr(reminders, "days_for", days_while_somebody_takes_it)
    assert done(ada, row) == [NoticeState.PLANNED]


def test_who_died_while_sending_holds_nothing_back(ada: Reminded) -> None:
    row = first(ada, claim="a dead process", tries=1)
    row.next_try_at = ada.now - LATER
    assert done(ada, row) == [NoticeState.SILENT]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Sent.ACCEPTED, NoticeState.ACCEPTED), (Sent.GONE, NoticeState.SILENT)],
)
def test_what_ended_on_one_phone_is_settled_when_it_is_done(
    ada: Reminded, outcome: Sent, state: NoticeState
) -> None:
    row = first(ada, tries=1)
    row.next_try_at = ada.now + LATER
    made = Delivery(
        notice_id=row.id, way=Way.PUSH, subscription_id=1, outcome=outcome, settled_at=ada.now
    )
    ada.session.add(made)
    assert done(ada, row) == [state]
    ada.asks("task.undo", task=row.task_id, day=MONDAY.isoformat())
    assert [each.state for each in ada.rows(*NoticeState)] == [state]


def test_what_was_due_yesterday_and_waits_is_left_to_who_sends_and_counts(ada: Reminded) -> None:
    row = first(ada)
    ada.clock(8, day=TUESDAY)
    ada.sets("theme", "dark")
    assert [each.id for each in ada.rows()] == [row.id]


def test_what_was_due_days_ago_is_left_to_who_sends_and_counts(ada: Reminded) -> None:
    row = first(ada)
    ada.now += timedelta(days=1, minutes=5)
    plan_on(ada)
    ada.sets("reminders_paused", "yes")
    assert [each.id for each in ada.rows()] == [row.id]


def test_planning_costs_few_statements(ada: Reminded, statements: list[str]) -> None:
    for number in range(20):
        task(ada, f"Task {number}", 9)
    ada.session.flush()
    statements.clear()
    reminders.plan_for(ada.session, ada.person, ada.now)
    assert len(statements) <= 4, statements
    statements.clear()
    reminders.plan_for(ada.session, ada.person, ada.now)
    assert len(statements) <= 3, statements


# Many at once

AT_ONCE = 8
ON_MONDAY = {"day": MONDAY.isoformat()}
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("task.done", ON_MONDAY),
    ("task.undo", ON_MONDAY),
    ("task.later", {**ON_MONDAY, "to_day": "2026-11-23", "to_time": "11:00"}),
    ("settings.change", {"setting": "remind_all", "value": "30"}),
)


@pytest.fixture
def machine(ada: Reminded, database: Database) -> Callable[[int, Barrier], None]:
    """Give what one of many machines does: it asks for a change, or plans ahead."""
    sweep = task(ada, "Sweep", 9)
    ada.session.commit()

    def work(number: int, gate: Barrier) -> None:
        with database.session() as session:
            gate.wait()
            if number >= len(ASKED):
                for person in reminders.to_plan(session, ada.now + timedelta(hours=25), 10):
                    reminders.plan_for(session, person, ada.now)
            else:
                verb, values = ASKED[number]
                wanted = values if verb.startswith("settings") else {"task": sweep.id, **values}
                person = session.get_one(Person, ada.person.id)
                asked = Asked(f"machine-{number}", verb, wanted)
                changes.make(session, person, person, asked, ada.now)
            session.commit()

    return work


def test_many_machines_that_plan_at_once_make_each_reminder_once(
    ada: Reminded, database: Database, machine: Callable[[int, Barrier], None]
) -> None:
    gate = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as machines:
        for each in [machines.submit(machine, number, gate) for number in range(AT_ONCE)]:
            each.result()
    before = standing(database)
    with database.transaction() as session:
        person = session.get_one(Person, ada.person.id)
        assert person.remind_all_minutes == 30
        reminders.plan_for(session, person, ada.now)
    assert standing(database) == before


def standing(database: Database) -> list[tuple[str, datetime]]:
    """Return the reminders that stand, after making sure that none stands twice."""
    found = rows(database, Notice)
    assert len({row.key for row in found}) == len(found)
    return sorted((row.key, row.due_at) for row in found if row.state is NoticeState.PLANNED)
