"""A plan goes into the database and comes out as the same file."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.forms.plans import GROCERY, SAMPLES, changed
from tests.statements import counted
from webapp.domain import changes, plans, seen
from webapp.domain.changes import Asked
from webapp.domain.errors import NotFound
from webapp.forms import plan_file
from webapp.forms.plan_file import PlanFileMistakes
from webapp.models.person import Person, Role
from webapp.models.plan import Goal, NextStep, Step, Task
from webapp.web.database import Database


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_out_as_it_went_in(session: Session, now: datetime, sample: Path) -> None:
    made = plans.add_plan(session, plans.read(sample.read_bytes()).plan, now)
    session.commit()
    session.expunge_all()
    owner = session.get_one(Person, made.id)
    found = json.loads(plan_file.write(plans.get_plan(session, owner, now)))
    assert found == json.loads(sample.read_text("utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_proposed_plan_comes_out_the_same_before_and_after_the_yes(
    session: Session, now: datetime, sample: Path
) -> None:
    owner = plans.propose_plan(session, plans.read(sample.read_bytes()).plan, now)
    expected = json.loads(sample.read_text("utf-8"))
    assert session.scalars(select(Task)).all() == []
    assert json.loads(plan_file.write(plans.get_plan(session, owner, now))) == expected
    [sheet] = seen.sheets_waiting(session, owner, now.date())
    yes = {"changes": [each.change.id for each in sheet.pieces], "answer": "yes"}
    changes.make(session, owner, owner, Asked("the-first-yes", "proposal.answer", yes), now)
    assert len(session.scalars(select(Task)).all()) == len(expected["tasks"])
    assert json.loads(plan_file.write(plans.get_plan(session, owner, now))) == expected


def test_every_sample_is_there() -> None:
    assert len(SAMPLES) == 3


def test_a_plan_makes_a_participant_and_all_its_rows(session: Session, now: datetime) -> None:
    person = plans.add_plan(session, plans.read(json.dumps(GROCERY).encode()).plan, now)
    assert (person.role, person.name) == (Role.PARTICIPANT, GROCERY["participant"]["name"])
    counts = {
        kind: session.scalar(select(func.count()).select_from(kind))
        for kind in (Goal, NextStep, Task, Step)
    }
    assert counts == {
        Goal: len(GROCERY["goals"]),
        NextStep: sum(len(goal["next_steps"]) for goal in GROCERY["goals"]),
        Task: len(GROCERY["tasks"]),
        Step: sum(len(task["steps"]) for task in GROCERY["tasks"]),
    }


def test_the_same_file_twice_makes_two_people(session: Session, now: datetime) -> None:
    plan = plans.read(json.dumps(GROCERY).encode()).plan
    first, second = (plans.add_plan(session, plan, now) for _time in range(2))
    assert first.id != second.id
    assert plans.get_plan(session, first, now) == plans.get_plan(session, second, now) == plan


def test_goals_of_tasks_are_found_again_in_whatever_order_they_are_stored(
    session: Session, now: datetime
) -> None:
    goals = [{"title": {"en": f"Goal {n}"}} for n in range(12)]
    tasks = [{"title": {"en": f"Task {n}"}, "on": "2026-11-23", "goal": 11 - n} for n in range(12)]
    content = changed(("goals", goals), ("tasks", tasks))
    plan = plans.read(content).plan
    found = plans.get_plan(session, plans.add_plan(session, plan, now), now)
    assert [task.goal for task in found.tasks] == list(range(11, -1, -1))


def test_a_rule_that_never_comes_is_refused() -> None:
    with pytest.raises(PlanFileMistakes, match=r"tasks\[0\]\.repeat"):
        plans.read(changed(("tasks.0.repeat", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")))


def test_staff_have_no_plan(session: Session, cast: Cast, now: datetime) -> None:
    with pytest.raises(NotFound):
        plans.get_plan(session, cast.cora, now)


def test_a_long_plan_costs_no_more_statements(
    session: Session, now: datetime, database: Database
) -> None:
    costs = []
    for count in (2, 60):
        tasks = [{"title": {"en": "T"}, "on": "2026-11-23", "steps": [{"text": {"en": "S"}}]}]
        plan = plans.read(changed(("goals", []), ("tasks", tasks * count))).plan
        person = plans.add_plan(session, plan, now)
        session.commit()
        session.expunge_all()
        owner = session.get_one(Person, person.id)
        with counted(database.engine) as said:
            assert len(plans.get_plan(session, owner, now).tasks) == count
        costs.append(len(said))
    assert costs[0] == costs[1]
