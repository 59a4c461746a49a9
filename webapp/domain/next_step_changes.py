"""Changes of next steps: adding one to a goal, and what the person says of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.effects import Effect
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.goals import get_goal, get_next_step
from webapp.domain.rights import Kind
from webapp.domain.things import Watching
from webapp.models.change import Change
from webapp.models.person import Person
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState
from webapp.models.text import BilingualText


def kind_of_choice(session: Session, participant: Person, wanted: dict[str, Any]) -> Kind:
    """Say which row of the table a choice is in: something could go wrong with the step or not."""
    step = get_next_step(session, participant, wanted["next_step"])
    return Kind.RISKY_STEP if step.could_go_wrong else Kind.NEXT_STEP_CHOICE


def add(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Add a possible next step to an open goal, after the others.

    The goal is named by its number, or by the change of the same proposal that adds it.
    Raises RuleBroken ("title_missing", "goal_not_open").
    """
    goal = _goal(session, participant, change.wanted)
    if goal.state is not GoalState.OPEN:
        raise RuleBroken("goal_not_open")
    step = make(change.wanted, change, _last(session, goal) + 1)
    step.goal_id = goal.id
    session.add(step)
    session.flush()
    session.expire(goal, ["next_steps"])
    watching = Watching()
    watching.added(step)
    return watching.effect()


def make(wanted: dict[str, Any], change: Change, position: int) -> NextStep:
    """Return a new possible next step with these values, which belongs to no goal yet."""
    title = BilingualText.from_json(wanted.get("title") or {})
    picture = wanted.get("picture")
    if not title:
        raise RuleBroken("title_missing")
    return NextStep(
        position=position,
        title=title,
        description=BilingualText.from_json(wanted.get("description") or {}),
        picture=picture,
        could_go_wrong=bool(wanted.get("could_go_wrong")),
        change_id=change.id,
    )


def choose(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Make it "My next step". Another chosen one of the same goal is a possible step again.

    Raises RuleBroken ("goal_not_open", "is_done").
    """
    step = to_do(session, change, participant)
    watching = Watching(step)
    make_chosen(session, step, watching, now)
    return watching.effect()


def make_chosen(session: Session, step: NextStep, watching: Watching, now: datetime) -> None:
    """Make a step the chosen one of its goal; what was chosen before is watched and put back."""
    chosen = session.scalars(
        select(NextStep).where(
            NextStep.goal_id == step.goal_id,
            NextStep.state == NextStepState.CHOSEN,
            NextStep.id != step.id,
            NextStep.removed_at.is_(None),
        )
    )
    for other in chosen:
        watching.also(other)
        say(other, NextStepState.OPEN, now)
    say(step, NextStepState.CHOSEN, now)


def put_off(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say "later". Raises RuleBroken ("goal_not_open", "is_done")."""
    return _set(to_do(session, change, participant), NextStepState.LATER, now)


def leave_out(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say "not this one". Raises RuleBroken ("goal_not_open", "is_done")."""
    return _set(to_do(session, change, participant), NextStepState.NOT_THIS, now)


def put_back(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Make it a possible step again, whatever was said of it. Raises RuleBroken as `mark_done`."""
    return _set(_of_open_goal(session, change, participant), NextStepState.OPEN, now)


def mark_done(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say that the step is done. Raises RuleBroken ("goal_not_open")."""
    return _set(_of_open_goal(session, change, participant), NextStepState.DONE, now)


def _set(step: NextStep, state: NextStepState, now: datetime) -> Effect:
    watching = Watching(step)
    say(step, state, now)
    return watching.effect()


def say(step: NextStep, state: NextStepState, now: datetime) -> None:
    """Keep what is said of a step, and since when. Saying it twice changes nothing."""
    if step.state is not state:
        step.state, step.state_since = state, now


def to_do(session: Session, change: Change, participant: Person) -> NextStep:
    """Return the step that a change speaks of. Raises RuleBroken ("goal_not_open", "is_done")."""
    step = _of_open_goal(session, change, participant)
    if step.state is NextStepState.DONE:
        raise RuleBroken("is_done")
    return step


def _of_open_goal(session: Session, change: Change, participant: Person) -> NextStep:
    step = get_next_step(session, participant, change.wanted["next_step"])
    if step.goal.state is not GoalState.OPEN:
        raise RuleBroken("goal_not_open")
    return step


def _goal(session: Session, participant: Person, wanted: dict[str, Any]) -> Goal:
    if wanted.get("goal_of_change") is None:
        return get_goal(session, participant, wanted["goal"])
    found = session.scalars(
        select(Goal).where(
            Goal.participant_id == participant.id,
            Goal.change_id == wanted["goal_of_change"],
            Goal.removed_at.is_(None),
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def _last(session: Session, goal: Goal) -> int:
    """Return the place of the last step, also of one that was taken back; -1 without one."""
    last = session.scalar(select(func.max(NextStep.position)).where(NextStep.goal_id == goal.id))
    return -1 if last is None else last
