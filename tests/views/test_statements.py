"""How many SQL statements a page costs: a few, however long the plan is."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.statements import counted
from tests.visitor import Visitor
from webapp.web.database import Database

Visit = Callable[..., Visitor]

AT_MOST = 6
TASK = "/tasks/{task}/2026-11-23"
PAGES = [
    ("ada", "/today"),
    ("ada", "/days"),
    ("ada", "/goals"),
    ("ada", "/help"),
    ("ada", "/help/ask?task={task}"),
    ("ada", "/help/ask/3?task={task}"),
    ("ada", "/help-requests/{call}"),
    ("ada", "/me"),
    ("ada", TASK),
    ("ada", f"{TASK}/later"),
    ("ada", "/goals/new"),
    ("ada", "/tasks/new"),
    ("ada", "/tasks/{task}/change/move"),
    ("ada", "/tasks/{task}/change/explain?question=steps"),
    ("ada", "/tasks/{task}/change/explain?question=check"),
    ("cora", "/people/{ada}/propose/task.move?task={task}"),
    ("cora", "/people/{ada}/propose/task.explain?task={task}&question=check"),
    ("cora", "/people"),
    ("cora", "/people/{ada}/today"),
    ("cora", "/people/{ada}/days"),
    ("cora", "/people/{ada}/goals"),
    ("cora", "/people/{ada}/help"),
    ("cora", "/help-requests/{call}"),
    ("cora", "/me/hours"),
    ("cora", TASK),
    ("olga", "/organisation/messages"),
]


def costs(database: Database, browser: Visitor, path: str) -> int:
    browser.get("/me")
    with counted(database.engine) as said:
        assert browser.get(path).status == 200
    return len(said)


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_a_page_costs_the_same_with_2_tasks_and_with_60(
    visit: Visit, session: Session, cast: Cast, database: Database, name: str, path: str
) -> None:
    browser = visit(getattr(cast, name))
    task = factories.task(session, cast.ada)
    add_tasks(session, cast, 1)
    call = factories.help_request(session, cast.ada, cast.ada.created_at, task_id=task.id)
    session.commit()
    path = path.format(task=task.id, ada=cast.ada.id, call=call.id)
    few = costs(database, browser, path)
    add_tasks(session, cast, 58)
    assert costs(database, browser, path) == few
    assert few <= AT_MOST


def add_tasks(session: Session, cast: Cast, count: int) -> None:
    """Give Ada tasks with steps and goals, and Cora as many people."""
    for number in range(count):
        task = factories.task(session, cast.ada, f"Task {number}", at_time=time(number % 24, 0))
        factories.steps(session, task, "One.", "Two.")
        factories.goal(session, cast.ada, f"Goal {number}")
        other = factories.person(session, f"P{number}", cast.ada.role, cast.ada.created_at)
        factories.support(session, cast.cora, other, cast.ada.created_at)
        factories.help_request(session, cast.ada, cast.ada.created_at, to_id=cast.cora.id)
        factories.help_request(session, other, cast.ada.created_at)
    session.commit()


def test_an_empty_day_costs_no_more_than_a_full_one(
    visit: Visit, session: Session, cast: Cast, database: Database
) -> None:
    friday = factories.MONDAY + timedelta(days=4)
    factories.task(session, cast.ada, starts_on=friday)
    session.commit()
    assert costs(database, visit(cast.ada), "/today") <= AT_MOST
