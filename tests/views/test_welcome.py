"""The welcome: somebody new sees what this is, who helps and what is proposed, and then begins."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.proposing import Table
from tests.statements import counted
from tests.visitor import Visitor, rows
from webapp.models.change import Answer, Change, Proposal
from webapp.models.person import Person
from webapp.models.plan import Goal, Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]
SWEEP = {
    "title": {"en": "Sweep"},
    "picture": "broom",
    "on": "2026-11-23",
    "at": "09:00",
    "minutes": 30,
    "repeat": "FREQ=DAILY",
}


@pytest.fixture
def table(session: Session, cast: Cast, now: datetime) -> Table:
    """Let Ada be new."""
    cast.ada.welcomed_at = None
    session.commit()
    return Table(session, cast, now)


@pytest.fixture
def plan(table: Table) -> list[Change]:
    """Let Cora propose a first plan: a goal and a task."""
    made = [
        table.propose("goal.add", title={"en": "I cook alone."}),
        table.propose("task.add", **SWEEP),
    ]
    table.session.commit()
    return made


@pytest.fixture
def ada(visit: Visit, table: Table) -> Visitor:
    """Give Ada's new phone."""
    return visit(table.cast.ada)


@pytest.mark.parametrize("path", ["/", "/today", "/days", "/goals", "/choices"])
def test_somebody_new_is_led_to_the_welcome_first(ada: Visitor, path: str) -> None:
    assert ada.get(path).location == "/welcome"


@pytest.mark.parametrize("path", ["/help", "/me"])
def test_help_and_me_are_always_open(ada: Visitor, path: str) -> None:
    assert ada.get(path).status == 200


def test_four_screens_lead_from_one_to_the_next(ada: Visitor, plan: list[Change]) -> None:
    titles, path = [], "/welcome"
    for number in range(1, 5):
        page = ada.get(path)
        assert f"{number} of 4" in page.words
        titles.append(page.title)
        [path] = [each["href"] for each in page.main.all("a", data_kind="main")] or [""]
    assert titles == ["Welcome, Ada", "Who helps me", "This is proposed", "My pace"]


def test_without_a_first_plan_there_are_three(ada: Visitor) -> None:
    assert "1 of 3" in ada.get("/welcome").words
    page = ada.get("/welcome/team")
    assert "Cora" in page.words
    assert "tel:+15065550101" in page.links
    assert "/welcome/pace" in page.links
    assert ada.get("/welcome/plan").status == 404
    assert ada.get("/welcome/nowhere").status == 404


def test_who_answers_nothing_can_start_and_nothing_counts(
    ada: Visitor, plan: list[Change], database: Database
) -> None:
    answer = ada.post("/welcome")
    assert (answer.status, answer.location) == (303, "/today")
    assert "Today is free." in ada.follow(answer).words
    assert "1 proposal waits for you." in ada.get("/today").words
    assert rows(database, Task) == []
    assert rows(database, Goal) == []


def test_yes_to_all_lets_the_plan_begin(
    ada: Visitor, plan: list[Change], database: Database
) -> None:
    page = ada.get("/welcome/plan")
    assert "Nothing counts before you say yes." in page.words
    assert "Every day" in page.words
    form = page.main.one("form", class_="welcome-answers")
    fields = {each["name"]: each["value"] for each in form.all("input", type="hidden")}
    answer = ada.post(form["action"], **fields, answer="yes")
    assert answer.location == "/welcome/pace"
    assert [task.title.en for task in rows(database, Task)] == ["Sweep"]
    assert "You said: Yes." in ada.get("/welcome/plan").words
    ada.post("/welcome")
    assert "Sweep" in ada.get("/today").words
    assert "waits for you" not in ada.get("/today").words


def test_each_part_is_answered_alone_and_then_comes_the_pace(
    ada: Visitor, plan: list[Change], database: Database
) -> None:
    [proposal] = rows(database, Proposal)
    place = f"/choices/{proposal.id}"
    assert f"{place}/{plan[0].id}" in ada.get("/welcome/plan").links
    answer = ada.post(
        f"{place}/answer", changes=str(plan[0].id), change=str(plan[0].id), answer="no"
    )
    assert answer.location == f"{place}/{plan[1].id}"
    answer = ada.post(
        f"{place}/answer", changes=str(plan[1].id), change=str(plan[1].id), answer="yes"
    )
    assert answer.location == "/welcome/pace"
    answers = [each.answer for each in rows(database, Change) if each.proposal_id]
    assert answers == [Answer.NO, Answer.YES]
    assert rows(database, Goal) == []


def test_the_welcome_is_over_once(
    ada: Visitor, table: Table, database: Database, now: datetime
) -> None:
    ada.post("/welcome")
    ada.post("/welcome")
    person = next(each for each in rows(database, Person) if each.id == table.cast.ada.id)
    assert person.welcomed_at == now
    assert ada.get("/").location == "/today"


def test_nobody_else_begins_for_the_person(visit: Visit, table: Table, database: Database) -> None:
    assert visit(table.cast.cora).post("/welcome").status == 404
    assert visit(table.cast.cora).get("/welcome").location == "/people"
    assert visit().get("/welcome").location == "/sign-in"
    person = next(each for each in rows(database, Person) if each.id == table.cast.ada.id)
    assert person.welcomed_at is None


def test_the_screens_ask_little_of_the_database(
    ada: Visitor, plan: list[Change], database: Database
) -> None:
    ada.get("/me")
    for screen in ("app", "team", "plan", "pace"):
        with counted(database.engine) as sent:
            assert ada.get(f"/welcome/{screen}").status == 200
        assert len(sent) <= 6, screen
