"""Next steps: added, chosen, put off, left out, put back and done; by the person, or proposed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.test_goal_changes import NEW_GOAL, Plan
from webapp.domain import changes
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.goals import find_my_next_steps
from webapp.domain.rights import Right
from webapp.models.change import Change, Outcome
from webapp.models.plan import Goal, NextStep, NextStepState
from webapp.models.text import BilingualText

CHOICES = ("choose", "later", "not_this", "put_back", "done")


@pytest.fixture
def plan(session: Session, cast: Cast, now: datetime) -> Plan:
    """Give Ada's plan."""
    return Plan(session, cast, now)


@pytest.fixture
def goal(plan: Plan) -> Goal:
    """Give Ada a goal with two next steps."""
    made = factories.goal(plan.session, plan.cast.ada)
    call = NextStep(
        position=1, title=factories.text("I call."), description=BilingualText(), picture=None
    )
    made.next_steps.append(call)
    plan.session.flush()
    return made


def states(goal: Goal) -> list[NextStepState]:
    return [each.state for each in goal.next_steps]


def added(plan: Plan, **wanted: Any) -> NextStep:
    plan.ask("next_step.add", **wanted)
    return plan.goals[-1].next_steps[-1]


def test_a_step_is_added_after_the_others(plan: Plan, goal: Goal) -> None:
    step = added(
        plan,
        goal=goal.id,
        title={"en": "I ask a friend."},
        description={"fr": "Je demande."},
        picture="speak",
        could_go_wrong=True,
    )
    assert (step.goal_id, step.position, step.state) == (goal.id, 2, NextStepState.OPEN)
    assert (step.title.en, step.description.fr, step.picture) == (
        "I ask a friend.",
        "Je demande.",
        "speak",
    )
    assert step.could_go_wrong
    plan.undo()
    assert len(plan.goals[0].next_steps) == 2


def test_a_title_is_all_that_a_step_needs(plan: Plan, goal: Goal) -> None:
    step = added(plan, goal=goal.id, title={"fr": "J'appelle."})
    assert (step.description.as_json(), step.picture, step.could_go_wrong) == ({}, None, False)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"title": {}}, "title_missing"),
    ],
)
def test_what_a_new_step_must_hold(
    plan: Plan, goal: Goal, wanted: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        plan.ask("next_step.add", goal=goal.id, **wanted)


def test_the_goal_may_be_named_by_the_change_that_added_it(plan: Plan) -> None:
    plan.ask("goal.add", **NEW_GOAL)
    number = plan.goals[0].change_id
    step = added(plan, goal_of_change=number, title={"en": "I read."})
    assert (step.goal_id, step.position) == (plan.goals[0].id, 2)
    with pytest.raises(NotFound):
        plan.ask("next_step.add", goal_of_change=(number or 0) + 999, title={"en": "I read."})


def test_the_coach_adds_a_step_and_the_person_is_told(plan: Plan, goal: Goal) -> None:
    outcome = plan.ask(
        "next_step.add", plan.cast.cora, goal=goal.id, title={"en": "I visit the shop."}
    )
    assert outcome is Outcome.APPLIED
    assert plan.session.query(Change).one().person_is_told


def test_one_step_of_a_goal_is_chosen(plan: Plan, goal: Goal) -> None:
    first, second = goal.next_steps
    plan.ask("next_step.choose", next_step=first.id)
    assert states(goal) == [NextStepState.CHOSEN, NextStepState.OPEN]
    assert first.state_since == plan.now
    plan.ask("next_step.choose", next_step=second.id)
    assert states(goal) == [NextStepState.OPEN, NextStepState.CHOSEN]
    plan.undo()
    assert states(goal) == [NextStepState.CHOSEN, NextStepState.OPEN]


def test_each_goal_has_a_step_of_its_own(plan: Plan, goal: Goal) -> None:
    other = factories.goal(plan.session, plan.cast.ada, "I swim.")
    other.position = 1
    for each in (other, goal):
        plan.ask("next_step.choose", next_step=each.next_steps[0].id)
    found = find_my_next_steps(plan.session, plan.cast.ada)
    assert [each.goal_id for each in found] == [goal.id, other.id]
    plan.ask("goal.let_go", goal=goal.id)
    [left] = find_my_next_steps(plan.session, plan.cast.ada)
    assert left.goal_id == other.id


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("choose", NextStepState.CHOSEN),
        ("later", NextStepState.LATER),
        ("not_this", NextStepState.NOT_THIS),
        ("done", NextStepState.DONE),
    ],
)
def test_what_is_said_of_a_step_is_taken_back_or_put_back(
    plan: Plan, goal: Goal, verb: str, state: NextStepState
) -> None:
    step = goal.next_steps[0]
    plan.ask(f"next_step.{verb}", next_step=step.id)
    assert (step.state, step.state_since) == (state, plan.now)
    plan.undo()
    assert step.state is NextStepState.OPEN
    plan.ask(f"next_step.{verb}", next_step=step.id)
    plan.ask("next_step.put_back", next_step=step.id)
    assert step.state is NextStepState.OPEN


def test_saying_it_again_keeps_since_when(plan: Plan, goal: Goal) -> None:
    step, since = goal.next_steps[0], plan.now
    plan.ask("next_step.done", next_step=step.id)
    plan.now += timedelta(days=1)
    plan.ask("next_step.done", next_step=step.id)
    assert step.state_since == since


@pytest.mark.parametrize("verb", ["choose", "later", "not_this"])
def test_a_step_that_is_done_is_put_back_first(plan: Plan, goal: Goal, verb: str) -> None:
    step = goal.next_steps[0]
    plan.ask("next_step.done", next_step=step.id)
    with pytest.raises(RuleBroken, match="is_done"):
        plan.ask(f"next_step.{verb}", next_step=step.id)


def test_nothing_is_said_of_the_steps_of_a_goal_that_is_not_open(plan: Plan, goal: Goal) -> None:
    plan.ask("goal.reach", goal=goal.id)
    for verb in CHOICES:
        with pytest.raises(RuleBroken, match="goal_not_open"):
            plan.ask(f"next_step.{verb}", next_step=goal.next_steps[0].id)
    with pytest.raises(RuleBroken, match="goal_not_open"):
        plan.ask("next_step.add", goal=goal.id, title={"en": "I go."})


@pytest.mark.parametrize("verb", CHOICES)
@pytest.mark.parametrize("could_go_wrong", [True, False])
def test_the_coach_proposes_a_choice(
    plan: Plan, goal: Goal, verb: str, could_go_wrong: bool
) -> None:
    step = goal.next_steps[0]
    step.could_go_wrong = could_go_wrong
    outcome = plan.ask(f"next_step.{verb}", plan.cast.cora, next_step=step.id)
    assert (outcome, step.state) == (Outcome.PROPOSED, NextStepState.OPEN)


def test_the_helper_at_work_has_no_say_in_the_choice(plan: Plan, goal: Goal) -> None:
    wanted = {"next_step": goal.next_steps[0].id}
    for verb in CHOICES:
        given = changes.right(
            plan.session, plan.cast.mia, plan.cast.ada, f"next_step.{verb}", wanted
        )
        assert given.right is Right.NEVER


def test_steps_of_others_and_steps_that_were_taken_back_are_not_found(
    plan: Plan, goal: Goal
) -> None:
    taken_back, hers = goal.next_steps
    taken_back.removed_at = plan.now
    theirs = factories.goal(plan.session, plan.cast.ben).next_steps[0]
    gone = factories.goal(plan.session, plan.cast.ada, "I swim.")
    gone.removed_at = plan.now
    for step in (taken_back, theirs, gone.next_steps[0]):
        for verb in CHOICES:
            with pytest.raises(NotFound):
                plan.ask(f"next_step.{verb}", next_step=step.id)
    assert plan.ask("next_step.done", next_step=hers.id) is Outcome.APPLIED
