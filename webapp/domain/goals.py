"""What a participant wants, the steps that could lead there, and where each goal stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager

from webapp.domain import paces
from webapp.domain.access import WITH_NEXT_STEPS
from webapp.domain.errors import NotFound
from webapp.domain.pacing import RULES
from webapp.domain.repeats import today_in
from webapp.models.person import Person
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState


@dataclass(frozen=True, slots=True)
class Way:
    """Where a goal stands: its next steps by what the person said of them.

    `next_choice_on` is the later day from which the next step is offered: None where it is
    offered now, and in a pause without an end. The person may always choose earlier.
    """

    goal: Goal
    chosen: NextStep | None
    possible: Sequence[NextStep]
    put_aside: Sequence[NextStep]
    done: Sequence[NextStep]
    next_choice_on: date | None
    is_paused: bool

    @property
    def is_open(self) -> bool:
        """Say whether the goal is neither reached nor let go."""
        return self.goal.state is GoalState.OPEN

    @property
    def is_due(self) -> bool:
        """Say whether the next choice is offered now."""
        offered = self.next_choice_on is None and not self.is_paused
        return offered and self.chosen is None and bool(self.possible)

    @property
    def waits_for_me(self) -> bool:
        """Say whether there is something to do or to choose now."""
        return self.chosen is not None or self.is_due


def way_of(goal: Goal, participant: Person, today: date) -> Way:
    """Return where a goal stands on a day, at the pace of its participant."""

    def said(*states: NextStepState) -> list[NextStep]:
        return [step for step in goal.next_steps if step.state in states]

    done = said(NextStepState.DONE)
    return Way(
        goal=goal,
        chosen=next(iter(said(NextStepState.CHOSEN)), None),
        possible=said(NextStepState.OPEN),
        put_aside=said(NextStepState.LATER, NextStepState.NOT_THIS),
        done=done,
        next_choice_on=_next_choice_on(done, participant, today),
        is_paused=paces.is_paused(participant, today),
    )


def _next_choice_on(done: Sequence[NextStep], participant: Person, today: date) -> date | None:
    """Return the later day from which the next choice is offered, or None.

    The pace puts days between a step that is done and the next; a pause lasts until its end.
    """
    pace = paces.find_now(participant, today)
    day = pace.until or today
    ends = [step.state_since for step in done if step.state_since]
    if ends:
        space = timedelta(days=RULES[pace.going_by].days_between_next_steps)
        day = max(day, today_in(participant.time_zone, max(ends)) + space)
    return day if day > today else None


def goals_for(session: Session, participant: Person) -> Sequence[Goal]:
    """Return the participant's goals with their next steps, in the person's own order."""
    return session.scalars(
        select(Goal).where(_is_there(participant)).order_by(Goal.position).options(WITH_NEXT_STEPS)
    ).all()


def find_my_next_steps(session: Session, participant: Person) -> Sequence[NextStep]:
    """Return the steps that the person has chosen, one for each open goal at most, by goal."""
    return session.scalars(
        select(NextStep)
        .join(NextStep.goal)
        .where(
            _is_there(participant),
            Goal.state == GoalState.OPEN,
            NextStep.state == NextStepState.CHOSEN,
            NextStep.removed_at.is_(None),
        )
        .order_by(Goal.position)
        .options(contains_eager(NextStep.goal))
    ).all()


def get_goal(session: Session, participant: Person, goal_id: Any) -> Goal:
    """Return a goal of this plan with its next steps. Raises NotFound where there is none."""
    wanted = select(Goal).where(Goal.id == goal_id, _is_there(participant)).options(WITH_NEXT_STEPS)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_next_step(session: Session, participant: Person, next_step_id: Any) -> NextStep:
    """Return a next step of this plan with its goal. Raises NotFound where there is none."""
    found = session.scalars(
        select(NextStep)
        .join(NextStep.goal)
        .where(NextStep.id == next_step_id, NextStep.removed_at.is_(None), _is_there(participant))
        .options(contains_eager(NextStep.goal))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _is_there(participant: Person) -> ColumnElement[bool]:
    """Return the condition that a goal is the participant's and was not taken back."""
    return (Goal.participant_id == participant.id) & Goal.removed_at.is_(None)
