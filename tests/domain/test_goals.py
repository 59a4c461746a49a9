"""What a plan's goals look like to its readers, and when the next choice is offered."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import access, goals
from webapp.domain.errors import NotFound
from webapp.domain.pacing import RULES
from webapp.models.person import Pace
from webapp.models.plan import Goal, NextStepState

TODAY = factories.MONDAY


@pytest.fixture
def goal(session: Session, cast: Cast) -> Goal:
    """Give Ada a goal with one next step."""
    return factories.goal(session, cast.ada)


def test_what_was_taken_back_is_not_shown_and_one_more_goal_is_no_more_statement(
    session: Session, cast: Cast, goal: Goal, now: datetime, statements: list[str]
) -> None:
    gone = factories.goal(session, cast.ada, "I swim.")
    gone.removed_at = now
    last = factories.goal(session, cast.ada, "I sing.")
    last.position, last.next_steps[0].removed_at = 1, now
    session.commit()
    session.expire_all()
    statements.clear()
    found = goals.goals_for(session, cast.ada)
    assert [(each.title.en, len(each.next_steps)) for each in found] == [
        ("I keep my job.", 1),
        ("I sing.", 0),
    ]
    assert len(statements) == 3  # the participant again, the goals, the steps of all


def test_the_steps_stand_by_what_was_said_of_them(session: Session, cast: Cast, goal: Goal) -> None:
    for state in NextStepState:
        step = factories.goal(session, cast.ben).next_steps[0]
        step.goal, step.state = goal, state
    way = goals.way_of(goal, cast.ada, TODAY)
    assert way.chosen is not None
    assert [way.chosen.state] == [NextStepState.CHOSEN]
    assert {each.state for each in way.possible} == {NextStepState.OPEN}
    assert [each.state for each in way.put_aside] == [NextStepState.LATER, NextStepState.NOT_THIS]
    assert [each.state for each in way.done] == [NextStepState.DONE]


def done(session: Session, cast: Cast, goal: Goal, at: datetime) -> goals.Way:
    """Let a step of the goal be done at an instant, and return the way of that Monday."""
    step = factories.goal(session, cast.ben).next_steps[0]
    step.goal, step.state, step.state_since = goal, NextStepState.DONE, at
    return goals.way_of(goal, cast.ada, TODAY)


def test_the_first_choice_is_offered_at_once(cast: Cast, goal: Goal) -> None:
    way = goals.way_of(goal, cast.ada, TODAY)
    assert (way.next_choice_on, way.is_due) == (None, True)


def test_the_next_choice_comes_some_days_after_the_last_step(
    session: Session, cast: Cast, goal: Goal, now: datetime
) -> None:
    days = RULES[Pace.STEADY].days_between_next_steps
    done(session, cast, goal, now - timedelta(days=days + 1))
    way = done(session, cast, goal, now - timedelta(days=1))
    assert (way.next_choice_on, way.is_due) == (TODAY + timedelta(days=days - 1), False)
    later = goals.way_of(goal, cast.ada, TODAY + timedelta(days=days - 1))
    assert (later.next_choice_on, later.is_due) == (None, True)


def test_the_days_are_those_of_the_persons_own_clock(
    session: Session, cast: Cast, goal: Goal
) -> None:
    evening = datetime.fromisoformat("2026-11-23T04:30+00:00")  # Sunday, 23:30 in Toronto
    way = done(session, cast, goal, evening)
    days = timedelta(days=RULES[Pace.STEADY].days_between_next_steps)
    assert way.next_choice_on == date(2026, 11, 22) + days


def test_a_slower_pace_puts_more_days_between(
    session: Session, cast: Cast, goal: Goal, now: datetime
) -> None:
    found = []
    for pace in (Pace.FASTER, Pace.STEADY, Pace.SLOWER):
        cast.ada.agreed_pace = pace
        found.append(done(session, cast, goal, now).next_choice_on or TODAY)
    assert found == sorted(set(found))


def test_no_choice_is_offered_in_a_pause(cast: Cast, goal: Goal) -> None:
    cast.ada.paces = [(TODAY.isoformat(), Pace.PAUSE)]
    without_end = goals.way_of(goal, cast.ada, TODAY)
    assert (without_end.next_choice_on, without_end.is_due) == (None, False)
    end = TODAY + timedelta(days=10)
    cast.ada.paces = [(TODAY.isoformat(), Pace.PAUSE), (end.isoformat(), Pace.STEADY)]
    way = goals.way_of(goal, cast.ada, TODAY)
    assert (way.next_choice_on, way.is_due) == (end, False)


@pytest.mark.parametrize("state", [NextStepState.CHOSEN, NextStepState.LATER])
def test_nothing_is_offered_where_a_step_is_chosen_or_none_is_left(
    cast: Cast, goal: Goal, state: NextStepState
) -> None:
    goal.next_steps[0].state = state
    assert not goals.way_of(goal, cast.ada, TODAY).is_due


def test_only_those_who_see_the_plan_find_a_goal(
    session: Session, cast: Cast, goal: Goal, now: datetime
) -> None:
    for reader in (cast.ada, cast.cora):
        assert access.get_goal(session, reader, goal.id, now) == (goal, cast.ada)
    for stranger in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        with pytest.raises(NotFound):
            access.get_goal(session, stranger, goal.id, now)
    goal.removed_at = now
    with pytest.raises(NotFound):
        access.get_goal(session, cast.ada, goal.id, now)
