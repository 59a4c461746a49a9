"""My next steps: as the person chooses them, and as the coach reads and proposes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, rows
from webapp import pictures
from webapp.models.change import Change, Outcome
from webapp.models.plan import Goal, NextStep, NextStepState
from webapp.web.database import Database

Visit = Callable[..., Visitor]
CHOICES = ("choose", "later", "not-this", "put-back", "done")


def step_url(goal: Goal, number: int, *more: str) -> str:
    return "/".join((f"/next-steps/{goal.next_steps[number].id}", *more))


def states(database: Database) -> list[NextStepState]:
    return [step.state for step in sorted(rows(database, NextStep), key=lambda step: step.id)]


def test_the_person_chooses_with_one_tap_and_says_that_it_is_done(
    ada: Visitor, database: Database, goal: Goal
) -> None:
    page = ada.get("/goals")
    assert f"/goals/{goal.id}/choose" in page.links
    page = ada.get(f"/goals/{goal.id}/choose")
    options = page.main.all("button", class_="next-step-option")
    assert ["I try one day." in options[0].words, "I call." in options[1].words] == [True, True]
    page = ada.follow(ada.post(step_url(goal, 0, "choose")))
    assert page.notices == ["This is your next step."]
    assert "My next step I try one day." in page.words
    assert "1 step now." in page.words
    page = ada.follow(ada.post(step_url(goal, 0, "done")))
    assert states(database) == [NextStepState.DONE, NextStepState.OPEN]
    assert "1 step done." in page.words
    assert "%" not in page.words


def test_the_same_form_sent_twice_counts_once(ada: Visitor, database: Database, goal: Goal) -> None:
    for _time in range(2):
        assert ada.post(step_url(goal, 0, "later"), change_id="one-and-the-same").status == 303
    assert [change.verb for change in rows(database, Change)] == ["next_step.later"]


def test_the_next_choice_comes_later_and_may_come_earlier(
    ada: Visitor, clock: Clock, goal: Goal
) -> None:
    ada.post(step_url(goal, 0, "done"))
    page = ada.get("/goals")
    assert "The next choice comes on Monday 30 November. You can choose earlier." in page.words
    assert f"/goals/{goal.id}/choose" in page.links
    assert not page.main.all(class_="main-action")
    clock.now += timedelta(days=7)
    page = ada.get("/goals")
    assert "The next choice comes" not in page.words
    assert "Choose my next step" in page.main.one(class_="main-action").words


def test_later_and_not_this_one_stay_within_reach_and_are_put_back(
    ada: Visitor, database: Database, goal: Goal
) -> None:
    ada.post(step_url(goal, 0, "later"))
    ada.post(step_url(goal, 1, "not-this"))
    assert states(database) == [NextStepState.LATER, NextStepState.NOT_THIS]
    page = ada.get(f"/goals/{goal.id}")
    assert "Other steps I try one day. Later I call. Not this one" in page.words
    assert {step_url(goal, 0), step_url(goal, 1)} <= set(page.links)
    assert "There is no other step yet." in ada.get(f"/goals/{goal.id}/choose").words
    for number in (0, 1):
        assert "Put it back" in ada.get(step_url(goal, number)).words
        ada.post(step_url(goal, number, "put-back"))
    assert states(database) == [NextStepState.OPEN, NextStepState.OPEN]


def test_a_step_says_what_was_said_of_it(ada: Visitor, session: Session, goal: Goal) -> None:
    step = goal.next_steps[0]
    step.description = factories.text("I go there. I look.")
    for said, words in (
        (NextStepState.OPEN, "This is my next step"),
        (NextStepState.CHOSEN, "It's done"),
        (NextStepState.LATER, "Put it back"),
        (NextStepState.DONE, "It is not done"),
    ):
        step.state = said
        session.commit()
        page = ada.get(step_url(goal, 0))
        assert page.title == "I try one day."
        assert "I go there. I look." in page.words
        assert words in page.words


def test_a_step_that_could_go_wrong_is_looked_at_first(
    ada: Visitor, session: Session, goal: Goal
) -> None:
    goal.next_steps[0].could_go_wrong = True
    session.commit()
    page = ada.get(f"/goals/{goal.id}/choose")
    [risky] = page.main.all("a", class_="next-step-option")
    assert risky["href"] == step_url(goal, 0, "try")
    assert "Something could go wrong" in risky.words
    assert step_url(goal, 0, "try") in ada.get(step_url(goal, 0)).links
    ada.post(step_url(goal, 0, "choose"))
    assert step_url(goal, 0, "try") in ada.get("/goals").links


@pytest.mark.parametrize("name", [None, "a-picture-of-tomorrow"])
def test_a_step_without_a_known_picture_has_the_general_one(
    ada: Visitor, session: Session, goal: Goal, name: str | None
) -> None:
    goal.next_steps[0].picture = name
    session.commit()
    use = ada.get(step_url(goal, 0)).main.all("use")[0]
    assert use["href"].endswith(f"#{pictures.GENERAL}")


def test_the_coach_proposes_a_choice(cora: Visitor, cast: Cast, goal: Goal) -> None:
    propose = f"/people/{cast.ada.id}/propose/next_step."
    step = f"?next_step={goal.next_steps[0].id}"
    page = cora.get(f"/goals/{goal.id}/choose")
    assert f"{propose}choose{step}" in page.links
    assert not page.main.all("form")
    page = cora.get(step_url(goal, 0))
    assert {f"{propose}{each}{step}" for each in ("choose", "later", "not_this")} <= set(page.links)
    assert not page.main.all("form")


@pytest.mark.parametrize("last", CHOICES)
def test_what_the_coach_says_of_a_step_waits_for_the_person(
    cora: Visitor, database: Database, cast: Cast, goal: Goal, last: str
) -> None:
    answer = cora.post(step_url(goal, 0, last))
    assert answer.location == f"/people/{cast.ada.id}/goals"
    assert states(database) == [NextStepState.OPEN, NextStepState.OPEN]
    assert [change.outcome for change in rows(database, Change)] == [Outcome.PROPOSED]
    assert cora.follow(answer).notices == ["Ada sees your proposal."]
