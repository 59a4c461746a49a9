"""When the person is asked how a try was, and when not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.risk_door import Door
from webapp.domain import risks
from webapp.domain.errors import RuleBroken
from webapp.models.plan import GoalState, NextStep, NextStepState
from webapp.models.risk import Decision, LookBack

MONDAY = factories.MONDAY
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def step(session: Session, cast: Cast) -> NextStep:
    """Give Ada a goal with a step that can go wrong."""
    [made] = factories.goal(session, cast.ada).next_steps
    made.could_go_wrong = True
    session.commit()
    return made


@pytest.fixture
def door(session: Session, cast: Cast, step: NextStep, now: datetime) -> Door:
    """Give what asks for changes of that step."""
    return Door(session, cast.ada, step, now)


def due(door: Door, on: date) -> list[NextStep]:
    return list(risks.look_backs_due(door.session, door.ada, on))


def test_a_look_back_is_offered_from_the_agreed_day_until_it_is_given(
    door: Door, cast: Cast
) -> None:
    door.agree(cast.ada, look_again_on=NEXT_MONDAY.isoformat())
    assert due(door, NEXT_MONDAY) == []
    door.decide("try")
    assert due(door, NEXT_MONDAY - timedelta(days=1)) == []
    assert due(door, NEXT_MONDAY) == due(door, NEXT_MONDAY + timedelta(days=9)) == [door.step]
    assert risks.is_look_back_due(door.plan, NEXT_MONDAY)
    door.look_back()
    assert (door.plan.feeling_after, door.plan.look_back) == (4, LookBack.AGAIN)
    assert due(door, NEXT_MONDAY) == []
    assert not risks.is_look_back_due(door.plan, NEXT_MONDAY)
    door.undo()
    assert due(door, NEXT_MONDAY) == [door.step]


def test_another_day_asks_again(door: Door, cast: Cast) -> None:
    door.agree(cast.ada, look_again_on=MONDAY.isoformat())
    door.decide("try")
    door.look_back()
    door.agree(cast.ada, look_again_on=MONDAY.isoformat())
    assert due(door, NEXT_MONDAY) == []
    door.agree(cast.ada, look_again_on=NEXT_MONDAY.isoformat())
    assert due(door, NEXT_MONDAY) == [door.step]
    assert door.plan.feeling_after == 4


Leave = Callable[[Door, datetime], None]


def _put_off(door: Door, now: datetime) -> None:
    door.step.state = NextStepState.LATER


def _let_go(door: Door, now: datetime) -> None:
    door.step.goal.state = GoalState.LET_GO


def _unmark(door: Door, now: datetime) -> None:
    door.step.could_go_wrong = False


def _take_away(door: Door, now: datetime) -> None:
    door.step.removed_at = now


def _take_goal_away(door: Door, now: datetime) -> None:
    door.step.goal.removed_at = now


def _decide_otherwise(door: Door, now: datetime) -> None:
    door.plan.decision = Decision.SMALLER


@pytest.mark.parametrize(
    "leave", [_put_off, _let_go, _unmark, _take_away, _take_goal_away, _decide_otherwise]
)
def test_no_look_back_on_what_is_left(door: Door, cast: Cast, now: datetime, leave: Leave) -> None:
    door.agree(cast.ada, look_again_on=MONDAY.isoformat())
    door.decide("try")
    assert due(door, MONDAY) == [door.step]
    leave(door, now)
    door.session.flush()
    assert due(door, MONDAY) == []


def test_a_look_back_belongs_to_its_plan(door: Door, cast: Cast) -> None:
    door.agree(cast.ada, look_again_on=MONDAY.isoformat())
    door.decide("try")
    assert list(risks.look_backs_due(door.session, cast.ben, MONDAY)) == []


def test_nothing_to_look_back_at_without_a_try(door: Door) -> None:
    with pytest.raises(RuleBroken, match="not_tried"):
        door.look_back()
    assert not risks.is_look_back_due(None, MONDAY)
