"""Goals: added, changed, reached, let go and taken up again; by the person, or proposed."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.goals import goals_for
from webapp.models.change import Change, Outcome
from webapp.models.person import Person
from webapp.models.plan import Goal, GoalState

NEW_GOAL = {
    "title": {"en": "I work in a garden."},
    "why": {"fr": "J'aime les plantes."},
    "wanted_by": "2027-03-01",
    "next_steps": [
        {"title": {"en": "I visit a garden."}, "description": {}, "picture": "garden"},
        {"title": {"en": "I call."}, "description": {"en": "I ask."}, "picture": None},
    ],
}


class Plan:
    """Ada's plan, and what is asked of it."""

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        self.session, self.cast, self.now = session, cast, now
        self.asked = 0

    def ask(self, verb: str, actor: Person | None = None, **wanted: Any) -> Outcome:
        self.asked += 1
        ada = self.cast.ada
        request = Asked(f"change-{self.asked}", verb, wanted)
        outcome = changes.make(self.session, actor or ada, ada, request, self.now)
        self.session.expire_all()
        return outcome

    def undo(self) -> None:
        last = max(each.id for each in self.session.query(Change))
        self.ask("change.undo", change=last)

    @property
    def goals(self) -> list[Goal]:
        return list(goals_for(self.session, self.cast.ada))


@pytest.fixture
def plan(session: Session, cast: Cast, now: datetime) -> Plan:
    """Give Ada's plan."""
    return Plan(session, cast, now)


@pytest.fixture
def goal(plan: Plan) -> Goal:
    """Give Ada a goal with one next step."""
    return factories.goal(plan.session, plan.cast.ada)


def test_a_goal_is_added_after_the_others_as_a_plan_file_writes_it(plan: Plan, goal: Goal) -> None:
    assert plan.ask("goal.add", **NEW_GOAL) is Outcome.APPLIED
    first, added = plan.goals
    assert first.id == goal.id
    assert (added.title.en, added.why.fr) == ("I work in a garden.", "J'aime les plantes.")
    assert (added.wanted_by, added.state) == (date(2027, 3, 1), GoalState.OPEN)
    steps = [(each.position, each.title.en, each.picture) for each in added.next_steps]
    assert steps == [(0, "I visit a garden.", "garden"), (1, "I call.", None)]
    assert {added.change_id} == {each.change_id for each in added.next_steps} != {None}


def test_a_title_is_all_that_a_goal_needs(plan: Plan) -> None:
    plan.ask("goal.add", title={"en": "I swim."})
    [added] = plan.goals
    assert (added.why.as_json(), added.wanted_by, added.next_steps) == ({}, None, [])


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"title": {}}, "title_missing"),
        ({**NEW_GOAL, "next_steps": [{"title": {}}]}, "title_missing"),
    ],
)
def test_what_a_new_goal_must_hold(plan: Plan, wanted: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        plan.ask("goal.add", **wanted)


def test_adding_is_taken_back_with_its_steps_and_done_again(plan: Plan) -> None:
    plan.ask("goal.add", **NEW_GOAL)
    plan.undo()
    assert plan.goals == []
    plan.undo()
    [again] = plan.goals
    assert len(again.next_steps) == 2


def test_a_new_goal_comes_after_one_that_was_taken_back(plan: Plan, goal: Goal) -> None:
    plan.ask("goal.add", **NEW_GOAL)
    plan.undo()
    plan.ask("goal.add", title={"en": "I swim."})
    assert [each.position for each in plan.goals] == [0, 2]


def test_only_what_is_named_changes(plan: Plan, goal: Goal) -> None:
    plan.ask("goal.change", goal=goal.id, title={"en": "I keep it."}, wanted_by="2027-01-31")
    assert (goal.title.en, goal.why.en, goal.wanted_by) == (
        "I keep it.",
        "I like it.",
        date(2027, 1, 31),
    )
    plan.ask("goal.change", goal=goal.id, why={}, wanted_by=None)
    assert (goal.title.en, goal.why.en, goal.wanted_by) == ("I keep it.", None, None)
    plan.undo()
    assert (goal.why.en, goal.wanted_by) == ("I like it.", date(2027, 1, 31))


def test_a_goal_never_loses_its_title(plan: Plan, goal: Goal) -> None:
    with pytest.raises(RuleBroken, match="title_missing"):
        plan.ask("goal.change", goal=goal.id, title={})


@pytest.mark.parametrize(
    ("verb", "state"), [("goal.reach", GoalState.REACHED), ("goal.let_go", GoalState.LET_GO)]
)
def test_reached_and_let_go_can_be_taken_back_and_taken_up_again(
    plan: Plan, goal: Goal, verb: str, state: GoalState
) -> None:
    plan.ask(verb, goal=goal.id)
    assert goal.state is state
    plan.undo()
    assert goal.state is GoalState.OPEN
    plan.ask(verb, goal=goal.id)
    plan.ask(verb, goal=goal.id)
    assert goal.state is state
    plan.ask("goal.open_again", goal=goal.id)
    assert goal.state is GoalState.OPEN


def test_a_goal_that_is_not_open_is_opened_first(plan: Plan, goal: Goal) -> None:
    plan.ask("goal.let_go", goal=goal.id)
    for verb, wanted in (("goal.reach", {}), ("goal.change", {"why": {}})):
        with pytest.raises(RuleBroken, match="goal_not_open"):
            plan.ask(verb, goal=goal.id, **wanted)


@pytest.mark.parametrize("verb", ["goal.change", "goal.reach", "goal.let_go", "goal.open_again"])
def test_the_coach_proposes_and_the_goal_stays(plan: Plan, goal: Goal, verb: str) -> None:
    assert plan.ask(verb, plan.cast.cora, goal=goal.id) is Outcome.PROPOSED
    assert goal.state is GoalState.OPEN


def test_a_goal_that_the_coach_proposes_is_not_there_yet(plan: Plan) -> None:
    assert plan.ask("goal.add", plan.cast.cora, **NEW_GOAL) is Outcome.PROPOSED
    assert plan.goals == []


def test_another_persons_goal_is_not_found(plan: Plan, goal: Goal) -> None:
    goal.participant_id = plan.cast.ben.id
    for verb in ("goal.change", "goal.reach", "goal.let_go", "goal.open_again"):
        with pytest.raises(NotFound):
            plan.ask(verb, goal=goal.id)


def test_a_goal_that_was_taken_back_is_not_found(plan: Plan) -> None:
    plan.ask("goal.add", **NEW_GOAL)
    [added] = plan.goals
    plan.undo()
    with pytest.raises(NotFound):
        plan.ask("goal.reach", goal=added.id)
