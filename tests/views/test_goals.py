"""My goals: as the person sees and says, as the coach reads and proposes, and nobody else."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.page import Page
from tests.statements import counted
from tests.visitor import Visitor, rows
from webapp.models.change import Change
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState
from webapp.models.text import BilingualText
from webapp.web.database import Database

Visit = Callable[..., Visitor]
CHOICES = ("choose", "later", "not-this", "put-back", "done")


@pytest.fixture(params=["the person", "the coach"])
def reader(request: pytest.FixtureRequest, visit: Visit, cast: Cast) -> tuple[Visitor, str]:
    """Give Ada's phone, then Cora's, and where Ada's plan begins there."""
    if request.param == "the person":
        return visit(cast.ada), ""
    return visit(cast.cora), f"/people/{cast.ada.id}"


def step_url(goal: Goal, number: int, *more: str) -> str:
    return "/".join((f"/next-steps/{goal.next_steps[number].id}", *more))


def states(database: Database) -> list[NextStepState]:
    return [step.state for step in sorted(rows(database, NextStep), key=lambda step: step.id)]


def state(database: Database) -> GoalState:
    [goal] = rows(database, Goal)
    return goal.state


def undo(visitor: Visitor, page: Page) -> Page:
    """Take back what the notice of a page tells."""
    told = page.root.one(class_="notice-region")
    return visitor.follow(visitor.post(told.one("form")["action"]))


def test_a_goal_says_why_and_by_when(
    reader: tuple[Visitor, str], session: Session, goal: Goal
) -> None:
    visitor, start = reader
    goal.wanted_by = date(2027, 3, 1)
    goal.title = BilingualText(fr="Je garde mon travail.")
    session.commit()
    page = visitor.get(f"{start}/goals")
    for words in ("Je garde mon travail.", "I like it.", "For Monday 1 March 2027"):
        assert words in page.words
    assert page.main.all("h2")[0].one(lang="fr").words == "Je garde mon travail."


def test_no_goals_yet(reader: tuple[Visitor, str]) -> None:
    visitor, start = reader
    assert "goals come here." in visitor.get(f"{start}/goals").words


def test_goals_keep_the_persons_order_and_those_that_ended_stand_below(
    ada: Visitor, session: Session, cast: Cast, goal: Goal
) -> None:
    for position, (title, ended) in enumerate(
        (("I swim.", GoalState.REACHED), ("I sing.", GoalState.OPEN), ("I run.", GoalState.LET_GO))
    ):
        made = factories.goal(session, cast.ada, title)
        made.position, made.state = position + 1, ended
    session.commit()
    page = ada.get("/goals")
    assert [card.one("h2").words for card in page.main.all("article")] == [
        "I keep my job.",
        "I sing.",
    ]
    below = [row.words for row in page.main.all(class_="goal-ended")]
    assert [("I swim." in below[0], "Reached" in below[0])] == [(True, True)]
    assert [("I run." in below[1], "Let go" in below[1])] == [(True, True)]


def test_more_goals_ask_no_more_of_the_database(
    ada: Visitor, session: Session, cast: Cast, database: Database, goal: Goal
) -> None:
    for position in range(1, 4):
        factories.goal(session, cast.ada).position = position
    session.commit()
    ada.get("/goals")
    for path in ("/goals", f"/goals/{goal.id}", step_url(goal, 0), f"/goals/{goal.id}/choose"):
        with counted(database.engine) as sent:
            ada.get(path)
        assert len(sent) <= 6, (path, sent)


def test_what_was_said_is_taken_back_from_the_notice(
    ada: Visitor, database: Database, goal: Goal
) -> None:
    page = ada.follow(ada.post(step_url(goal, 0, "choose")))
    undo(ada, page)
    assert states(database) == [NextStepState.OPEN, NextStepState.OPEN]
    page = ada.follow(ada.post(f"/goals/{goal.id}/reach"))
    undo(ada, page)
    assert state(database) is GoalState.OPEN


def test_reached_let_go_and_taken_up_again(ada: Visitor, database: Database, goal: Goal) -> None:
    for last, said in (("reach", GoalState.REACHED), ("let-go", GoalState.LET_GO)):
        page = ada.follow(ada.post(f"/goals/{goal.id}/{last}"))
        assert state(database) is said
        form = page.main.one(class_="goal-ended").one("form")
        assert "Take it up again" in ada.get(f"/goals/{goal.id}").words
        ada.post(form["action"])
        assert state(database) is GoalState.OPEN


def test_nothing_is_chosen_for_a_goal_that_ended(ada: Visitor, goal: Goal) -> None:
    ada.post(f"/goals/{goal.id}/let-go")
    for page in (ada.get(f"/goals/{goal.id}/choose"), ada.post(step_url(goal, 0, "choose"))):
        assert page.status == 409
        assert "This goal is not open." in page.words
    assert not ada.get(step_url(goal, 0)).main.all("form")


def test_what_the_person_adds_and_changes_is_one_tap_away(ada: Visitor, goal: Goal) -> None:
    assert "/goals/new" in ada.get("/goals").links
    links = set(ada.get(f"/goals/{goal.id}").links)
    assert {f"/goals/{goal.id}/change", f"/goals/{goal.id}/next-steps/new"} <= links


def test_the_coach_reads_the_same_and_proposes(cora: Visitor, cast: Cast, goal: Goal) -> None:
    propose = f"/people/{cast.ada.id}/propose/"
    page = cora.get(f"/people/{cast.ada.id}/goals")
    assert page.root.one(class_="plan-frame-name").words == "The plan of Ada"
    assert f"{propose}goal.add" in page.links
    assert not page.main.all("form")
    page = cora.get(f"/goals/{goal.id}")
    for verb in ("goal.change", "goal.reach", "goal.let_go"):
        assert f"{propose}{verb}?goal={goal.id}" in page.links
    assert "Propose a change" in page.words
    assert not page.main.all("form")


def test_what_the_coach_may_add_alone_says_that_the_person_is_told(
    cora: Visitor, session: Session, cast: Cast, goal: Goal
) -> None:
    page = cora.get(f"/goals/{goal.id}")
    assert f"/goals/{goal.id}/next-steps/new" in page.links
    assert "Ada is told." in page.words
    cast.ada.welcomed_at = None
    session.commit()
    page = cora.get(f"/goals/{goal.id}")
    assert f"/people/{cast.ada.id}/propose/next_step.add?goal={goal.id}" in page.links
    assert "Ada is told." not in page.words


@pytest.mark.parametrize("name", ["ben", "dan", "mia", "emil", "olga"])
def test_strangers_find_nothing_and_say_nothing(
    visit: Visit, database: Database, cast: Cast, goal: Goal, name: str
) -> None:
    stranger = visit(getattr(cast, name))
    for path in (f"/goals/{goal.id}", f"/goals/{goal.id}/choose", step_url(goal, 0)):
        assert stranger.get(path).status == 404
    for last in CHOICES:
        assert stranger.post(step_url(goal, 0, last)).status == 404
    for last in ("reach", "let-go", "open-again"):
        assert stranger.post(f"/goals/{goal.id}/{last}").status == 404
    assert (rows(database, Change), state(database)) == ([], GoalState.OPEN)


def test_nobody_is_asked_to_sign_in(visit: Visit, goal: Goal) -> None:
    nobody = visit()
    for path in ("/goals", f"/goals/{goal.id}", step_url(goal, 0)):
        assert nobody.get(path).location == "/sign-in"
    assert nobody.post(step_url(goal, 0, "choose")).location == "/sign-in"


def test_what_was_taken_back_is_not_found(
    ada: Visitor, session: Session, now: datetime, goal: Goal
) -> None:
    goal.next_steps[0].removed_at = now
    session.commit()
    assert ada.get(step_url(goal, 0)).status == 404
    assert "I try one day." not in ada.get(f"/goals/{goal.id}").words
    goal.removed_at = now
    session.commit()
    for path in (f"/goals/{goal.id}", step_url(goal, 1)):
        assert ada.get(path).status == 404
    assert "Your goals come here." in ada.get("/goals").words
