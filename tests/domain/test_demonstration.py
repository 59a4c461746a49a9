"""The demonstration people: whatever day and hour it is, each has something to do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.house import easy_read
from webapp.domain import access, days, demonstration, people, plans
from webapp.domain.goals import goals_for
from webapp.domain.repeats import instant
from webapp.forms.plan_file import PlanFile
from webapp.models.person import Person, Region, Role
from webapp.models.text import BilingualText
from webapp.web.database import Database

FILES = sorted(demonstration.PLANS.glob("*.json"))
NAMES = ["Maya", "Yanis", "Alex"]
LEAP_YEAR = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]
CLOCKS_CHANGE = [date(2028, 3, 12), date(2028, 3, 26), date(2028, 10, 29), date(2028, 11, 5)]
SAMPLED_DAYS = [*LEAP_YEAR[::45], date(2028, 2, 29), *CLOCKS_CHANGE]
SAMPLED_HOURS = (0, 2, 9, 18, 23)
NOON, LATE_AFTERNOON, EVENING = time(12), time(18), time(19, 30)
MOST_WORDS = 12
"""Rule A1's aim, which these texts keep without an exception."""

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture
def everybody(session: Session, now: datetime) -> list[Person]:
    """Make the demonstration people, the coach first."""
    return demonstration.add_everybody(session, now)


def plan_in(path: Path) -> PlanFile:
    return plans.read(path.read_bytes()).plan


def texts_of(plan: PlanFile) -> Iterator[BilingualText]:
    for goal in plan.goals:
        yield from (goal.title, goal.why)
        for next_step in goal.next_steps:
            yield from (next_step.title, next_step.description)
    for task in plan.tasks:
        yield from (task.title, task.description, task.place)
        yield from (step.text for step in task.steps)


def written_in(plan: PlanFile) -> Iterator[tuple[str, str]]:
    """Give each text with the locale in which this person reads it."""
    canadian = plan.participant.region is Region.CA
    for text in texts_of(plan):
        yield text.fr or "", "fr_CA" if canadian else "fr_FR"
        yield text.en or "", "en_CA" if canadian else "en_GB"


@each_file
def test_a_plan_reads_without_a_warning(path: Path) -> None:
    reading = plans.read(path.read_bytes())
    assert reading.warnings == ()
    assert len(reading.plan.goals) == 2
    assert all(2 <= len(goal.next_steps) <= 3 for goal in reading.plan.goals)
    assert 7 <= len(reading.plan.tasks) <= 9


@each_file
def test_every_text_is_in_both_languages(path: Path) -> None:
    assert [text for text in texts_of(plan_in(path)) if not (text.fr and text.en)] == []


@each_file
def test_every_text_is_easy_to_read(path: Path) -> None:
    written = list(written_in(plan_in(path)))
    faults = [(text, fault) for text, locale in written for fault in easy_read.faults(text, locale)]
    sentences = [sentence for text, _locale in written for sentence in easy_read.sentences(text)]
    assert faults == []
    assert [one for one in sentences if len(easy_read.words(one)) > MOST_WORDS] == []


@each_file
def test_every_task_is_explained_in_steps_with_pictures(path: Path) -> None:
    tasks = plan_in(path).tasks
    assert [task.title.en for task in tasks if not 2 <= len(task.steps) <= 8] == []
    assert all(task.picture and all(step.picture for step in task.steps) for task in tasks)


@each_file
def test_a_plan_shows_what_plans_can_hold(path: Path) -> None:
    tasks = plan_in(path).tasks
    assert {task.fixed_by_workplace for task in tasks} == {True, False}
    assert {task.remind_minutes_before is None for task in tasks} == {True, False}
    assert {task.goal for task in tasks} == {None, 0, 1}


def test_one_coach_three_participants_and_their_helpers(
    session: Session, now: datetime, everybody: list[Person]
) -> None:
    assert [person.name for person in everybody] == ["Camille", *NAMES]
    teams = [access.team_of(session, person, now) for person in everybody[1:]]
    names = [[person.name for person in team] for team in teams]
    assert names == [["Camille", "Luc"], ["Camille", "Sarah"], ["Camille", "Robin"]]
    assert {team[1].role for team in teams} == {Role.MENTOR}


def test_the_coach_sees_all_three_with_their_goals(
    session: Session, now: datetime, everybody: list[Person]
) -> None:
    seen = access.participants_for(session, everybody[0], now)
    assert [person.name for person in seen] == sorted(NAMES)
    assert all(len(goals_for(session, person)) == 2 for person in seen)


def test_a_second_time_adds_nobody(
    session: Session, now: datetime, everybody: list[Person]
) -> None:
    assert demonstration.add_everybody(session, now) == []
    assert len(people.everybody(session)) == len(everybody) + len(demonstration.HELPERS)


def test_added_twice_at_once_they_are_there_once(database: Database, now: datetime) -> None:
    gate = Barrier(4)

    def add(_turn: int) -> int:
        gate.wait()
        with database.transaction() as session:
            return len(demonstration.add_everybody(session, now))

    with ThreadPoolExecutor(4) as machines:
        assert sorted(machines.map(add, range(4))) == [0, 0, 0, 4]


def test_only_its_own_people_are_known_again(
    session: Session, now: datetime, everybody: list[Person]
) -> None:
    factories.cast(session, now)
    assert demonstration.with_pages(session, now) == everybody


def test_among_others_nobody_is_known(session: Session, cast: Cast, now: datetime) -> None:
    assert demonstration.with_pages(session, now) == []


def test_at_any_hour_of_the_year_something_comes_now(
    session: Session, everybody: list[Person]
) -> None:
    empty = [
        (person.name, day, hour)
        for person in everybody[1:]
        for day in SAMPLED_DAYS
        for hour in SAMPLED_HOURS
        if days.today_for(session, person, instant(day, time(hour, 30), person.time_zone)).now
        is None
    ]
    assert empty == []


def test_every_day_of_the_year_goes_from_morning_to_evening(
    session: Session, everybody: list[Person]
) -> None:
    for person in everybody[1:]:
        for day in days.days_for(session, person, LEAP_YEAR[0], LEAP_YEAR[-1]):
            starts = [each.at for each in day.timed if each.at]
            assert sum(at < NOON for at in starts) >= 2, (person.name, day.on)
            assert sum(NOON <= at < LATE_AFTERNOON for at in starts) >= 2, (person.name, day.on)
            assert max(starts) >= EVENING, (person.name, day.on)
            assert day.any_time, (person.name, day.on)


def test_every_week_has_one_talk_with_the_coach_and_nothing_at_the_same_time(
    session: Session, everybody: list[Person]
) -> None:
    for person in everybody[1:]:
        week = days.days_for(session, person, LEAP_YEAR[0], LEAP_YEAR[6])
        assert [each.picture for day in week for each in day.timed].count("coach") == 1
        for earlier, later in (pair for day in week for pair in pairwise(day.timed)):
            assert later.at is not None
            starts_at_minute = later.at.hour * 60 + later.at.minute
            assert earlier.ends_at_minute <= starts_at_minute, (person.name, later.title.en)
