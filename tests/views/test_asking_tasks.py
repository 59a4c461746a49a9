"""A participant adds a task, moves it, stops it and changes what explains it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from tests import factories
from tests.answering import say
from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, everything, rows
from webapp.models.change import Change, Outcome
from webapp.models.draft import Draft
from webapp.models.plan import Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]


TASK = (
    ("picture", {"answer": "plant"}),
    ("title", {"answer": "I water the plants."}),
    ("when", {"answer": "again", "MO": "y", "TH": "y"}),
    ("at", {"answer": "10:00"}),
    ("minutes", {"answer": "15"}),
)


def test_a_task_is_added(ada: Visitor, database: Database) -> None:
    say(ada, "/tasks/new", *TASK)
    page = ada.get("/tasks/new?question=check")
    for words in ("Plant", "Every Monday and Thursday", "10 in the morning", "15 minutes"):
        assert words in page.words
    answer = ada.post("/tasks/new?question=check")
    assert answer.location == "/today"
    assert "I water the plants." in ada.follow(answer).words
    [task] = rows(database, Task)
    assert (task.repeat_rule, str(task.starts_on)) == ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23")
    assert (str(task.at_time), task.duration_minutes) == ("10:00:00", 15)
    assert not task.is_fixed_by_workplace


def test_a_task_moves_from_a_day_on(
    ada: Visitor, session: Session, cast: Cast, database: Database
) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    address = f"/tasks/{task.id}/change/move"
    assert "Every day" in ada.get(address).words
    say(
        ada,
        address,
        ("repeat", {"answer": "same"}),
        ("at", {"answer": "time", "time": "14:15"}),
        ("minutes", {"answer": "30"}),
        ("from", {"answer": "2026-11-24"}),
    )
    answer = ada.post(f"{address}?question=check")
    assert answer.location == "/today"
    [moved] = rows(database, Task)
    assert (str(moved.at_time), moved.repeat_rule) == ("14:15:00", "FREQ=DAILY")
    assert "9 in the morning" in ada.follow(answer).words
    assert "2:15 in the afternoon" in ada.get(f"/tasks/{task.id}/2026-11-24").words


def test_moving_a_fixed_time_asks_the_team(
    ada: Visitor, session: Session, cast: Cast, database: Database
) -> None:
    task = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    session.commit()
    address = f"/tasks/{task.id}/change/move"
    assert "We ask Cora for you." in ada.get(address).words
    say(ada, address, ("at", {"answer": "14:00"}), ("from", {"answer": "2026-11-24"}))
    answer = ada.post(f"{address}?question=check")
    assert answer.location == "/help"
    [change] = rows(database, Change)
    assert change.outcome is Outcome.ASKED
    assert str(rows(database, Task)[0].at_time) == "09:00:00"


def test_a_task_stops(ada: Visitor, session: Session, cast: Cast, database: Database) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    address = f"/tasks/{task.id}/change/stop"
    assert ada.get(address).title == "From which day does it stop?"
    say(ada, address, ("on", {"answer": "2026-11-24"}))
    ada.post(f"{address}?question=check")
    assert str(rows(database, Task)[0].stopped_on) == "2026-11-24"


def test_what_the_domain_refuses_keeps_the_answers(
    ada: Visitor, session: Session, cast: Cast, database: Database, clock: Clock
) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    address = f"/tasks/{task.id}/change/stop"
    say(ada, address, ("on", {"answer": "2026-11-23"}))
    clock.move(days=1)
    page = ada.post(f"{address}?question=check")
    assert page.status == 409
    assert "This time has passed. Choose another time." in page.words
    assert len(rows(database, Draft)) == 1
    assert rows(database, Change) == []


def test_the_steps_of_a_task_are_changed_one_by_one(
    ada: Visitor, session: Session, cast: Cast, database: Database
) -> None:
    task = factories.task(session, cast.ada)
    steps = factories.steps(session, task, "I take the broom.", "I sweep.", "I rest.")
    session.commit()
    address = f"/tasks/{task.id}/change/explain?question=steps"
    assert "I sweep." in ada.get(address).words
    assert ada.get(f"{address}&step=4").status == 404
    assert "I sweep." in ada.get(f"{address}&step=2").text
    ada.post(f"{address}&step=2", answer="I sweep slowly.", picture="broom")
    assert ada.post(f"{address}&step=new", answer="", picture="bin").status == 422
    ada.post(f"{address}&step=new", answer="I empty the bin.", picture="bin")
    ada.post(address, do="up:4")
    ada.post(address, do="away:1")
    texts = [
        each.all("p")[0].words for each in ada.get(address).main.all(class_="step-editor-text")
    ]
    assert texts == ["I sweep slowly.", "I empty the bin.", "I rest."]
    answer = ada.post(f"/tasks/{task.id}/change/explain?question=check")
    assert answer.location == "/today"
    session.expire_all()
    kept = [(step.id, step.text.en) for step in session.get_one(Task, task.id).steps]
    assert kept[0] == (steps[1].id, "I sweep slowly.")
    assert kept[2] == (steps[2].id, "I rest.")
    assert rows(database, Change)[0].wanted.keys() == {"task", "steps"}


def test_half_a_step_is_kept(ada: Visitor, session: Session, cast: Cast) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    address = f"/tasks/{task.id}/change/explain?question=steps&step=new"
    assert ada.post(address, answer="I ta", keep="1").status == 204
    assert ada.get(address).main.one("input", id="answer")["value"] == "I ta"


def test_looking_writes_nothing(
    ada: Visitor, session: Session, cast: Cast, database: Database
) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    ada.get("/me")
    before = everything(database)
    for what in ("move", "stop", "explain"):
        assert ada.get(f"/tasks/{task.id}/change/{what}").status == 200
    assert ada.get(f"/tasks/{task.id}/change/dance").status == 404
    assert everything(database) == before


def test_the_task_page_leads_to_its_changes(ada: Visitor, session: Session, cast: Cast) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    links = ada.get(f"/tasks/{task.id}/2026-11-23").links
    assert {f"/tasks/{task.id}/change/{what}" for what in ("move", "stop", "explain")} <= links
