"""When a person is reminded of one task: their own choice, and what the coach proposes."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.views.phones import connect
from tests.visitor import Visitor, rows
from webapp.models.person import Person, RemindOn
from webapp.models.plan import Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]


@pytest.fixture
def task(session: Session, cast: Cast) -> Task:
    """Give Ada a task for which her plan file asks for 15 minutes before."""
    made = factories.task(session, cast.ada, remind_minutes_before=15)
    session.commit()
    return made


def page_of(task: Task) -> str:
    return f"/tasks/{task.id}/{factories.MONDAY}"


def test_the_task_says_when_its_reminder_comes(ada: Visitor, task: Task) -> None:
    assert "Remind me Not yet" in ada.get(page_of(task)).words
    connect(ada)
    page = ada.get(page_of(task))
    assert "Remind me 15 minutes before" in page.words
    assert f"/tasks/{task.id}/remind?day={factories.MONDAY}" in page.links


def test_a_moment_is_chosen_and_the_task_shows_it(
    ada: Visitor, task: Task, database: Database
) -> None:
    connect(ada)
    page = ada.get(f"/tasks/{task.id}/remind?day={factories.MONDAY}")
    assert "Now: 15 minutes before." in page.words
    assert [each["value"] for each in page.main.all("button", name="value")] == [
        "as_all",
        "0",
        "10",
        "30",
        "60",
        "evening_before",
        "never",
    ]
    [form] = page.actions
    page = ada.follow(ada.post(form, value="evening_before"))
    assert "Remind me The evening before" in page.words
    [found] = rows(database, Task)
    assert (found.remind_on, found.remind_minutes_before) == (RemindOn.EVENING_BEFORE, None)


def test_a_task_goes_back_to_what_counts_for_all(ada: Visitor, task: Task) -> None:
    connect(ada)
    ada.post("/me/reminders/when", value="60")
    assert "As for all my tasks: 1 hour before" in ada.get(f"/tasks/{task.id}/remind").words
    answer = ada.post(f"/tasks/{task.id}/remind", value="as_all")
    assert answer.location == "/today"
    assert "Remind me 1 hour before" in ada.get(page_of(task)).words


def test_who_has_no_reminders_is_asked_for_them_next(
    ada: Visitor, task: Task, database: Database
) -> None:
    page = ada.follow(ada.post(f"/tasks/{task.id}/remind", value="30"))
    assert page.title == "My reminders"
    assert "Your choice for this task is kept." in page.words
    assert connect(ada) == 204
    ada_now = rows(database, Person)[0]
    assert (ada_now.reminders_on, ada_now.remind_all) == (True, RemindOn.NEVER)
    assert "Remind me 30 minutes before" in ada.get(page_of(task)).words


def test_not_now_forgets_that_it_was_for_one_task(
    ada: Visitor, task: Task, database: Database
) -> None:
    ada.post(f"/tasks/{task.id}/remind", value="30")
    ada.post("/me/reminders/not-now")
    assert "Remind me" not in ada.get(page_of(task)).words
    connect(ada)
    assert rows(database, Person)[0].remind_all_minutes == 10


def test_a_moment_that_does_not_exist(ada: Visitor, task: Task, database: Database) -> None:
    for value in ("15", "soon", ""):
        assert ada.post(f"/tasks/{task.id}/remind", value=value).status == 409
    assert rows(database, Task)[0].remind_minutes_before == 15


def test_a_task_without_a_time_says_from_when_we_count(
    ada: Visitor, cast: Cast, session: Session
) -> None:
    made = factories.task(session, cast.ada, at_time=None)
    session.commit()
    assert "We count from 8 in the morning." in ada.get(f"/tasks/{made.id}/remind").words


def test_what_is_done_has_no_reminder_any_more(ada: Visitor, task: Task) -> None:
    connect(ada)
    ada.post(f"{page_of(task)}/done")
    assert "Remind me" not in ada.get(page_of(task)).words


def test_the_coach_sees_it_and_proposes_another(
    ada: Visitor, cora: Visitor, cast: Cast, task: Task, database: Database
) -> None:
    connect(ada)
    page = cora.get(page_of(task))
    assert "Reminder 15 minutes before" in page.words
    form = f"/people/{cast.ada.id}/propose/task.remind"
    assert f"{form}?task={task.id}" in page.links
    address = f"{form}?task={task.id}&question="
    cora.post(f"{address}moment", answer="60")
    cora.post(f"{address}check")
    assert rows(database, Task)[0].remind_minutes_before == 15
    words = ada.get("/choices").words
    assert "The reminder changes." in words
    assert "1 hour before" in words
    assert cora.get(f"/tasks/{task.id}/remind").status == 404
    assert cora.post(f"/tasks/{task.id}/remind", value="60").status == 404


def test_what_changed_tells_the_moment_before_and_after(ada: Visitor, task: Task) -> None:
    connect(ada)
    ada.post(f"/tasks/{task.id}/remind", value="0")
    words = ada.get("/changes").words
    assert "The reminder changes." in words
    assert "15 minutes before" in words
    assert "At the time of the task" in words


def test_nobody_else_reads_or_writes_it(visit: Visit, cast: Cast, task: Task) -> None:
    for person in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        browser = visit(person)
        assert browser.get(f"/tasks/{task.id}/remind").status == 404
        assert browser.post(f"/tasks/{task.id}/remind", value="10").status == 404
    assert visit().get(f"/tasks/{task.id}/remind").location == "/sign-in"
