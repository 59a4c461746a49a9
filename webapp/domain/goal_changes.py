"""Changes of a goal: adding one, its words, and where it stands. Reached and let go are normal."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain import next_step_changes
from webapp.domain.effects import Effect
from webapp.domain.errors import RuleBroken
from webapp.domain.goals import get_goal
from webapp.domain.things import Watching
from webapp.models.change import Change
from webapp.models.person import Person
from webapp.models.plan import Goal, GoalState, Task
from webapp.models.text import BilingualText


def add(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Add a goal after the others, with its next steps, as a plan file writes it.

    Raises RuleBroken ("title_missing") where the goal or one of its steps has no title.
    """
    wanted = change.wanted
    goal = Goal(
        participant_id=participant.id,
        position=_last(session, participant) + 1,
        title=_title(wanted),
        why=BilingualText.from_json(wanted.get("why") or {}),
        wanted_by=_day(wanted.get("wanted_by")),
        change_id=change.id,
        next_steps=[
            next_step_changes.make(row, change, position)
            for position, row in enumerate(wanted.get("next_steps") or [])
        ],
    )
    session.add(goal)
    session.flush()
    watching = Watching(*_tasks_for(session, change))
    for task in _tasks_for(session, change):
        task.goal_id = goal.id
    watching.added(goal)
    for step in goal.next_steps:
        watching.added(step)
    return watching.effect()


def _tasks_for(session: Session, change: Change) -> list[Task]:
    """Return the tasks that were proposed for this goal, and have had their yes before it."""
    if change.proposal_id is None:
        return []
    waiting = session.scalars(
        select(Task)
        .join(Change, Change.id == Task.change_id)
        .where(Change.proposal_id == change.proposal_id, Task.removed_at.is_(None))
    )
    asked = session.scalars(select(Change).where(Change.proposal_id == change.proposal_id))
    named = {each.id for each in asked if each.wanted.get("goal_of_change") == change.id}
    return [task for task in waiting if task.change_id in named]


def reword(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Change the words of an open goal, or its day; what is not named stays.

    Raises RuleBroken ("title_missing"), and ("goal_not_open") for a goal reached or let go.
    """
    wanted = change.wanted
    goal = get_open(session, participant, wanted["goal"])
    watching = Watching(goal)
    if "title" in wanted:
        goal.title = _title(wanted)
    if "why" in wanted:
        goal.why = BilingualText.from_json(wanted["why"] or {})
    if "wanted_by" in wanted:
        goal.wanted_by = _day(wanted["wanted_by"])
    return watching.effect()


def reach(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say that the goal is reached. Raises RuleBroken ("goal_not_open") where it was let go."""
    return _end(session, change, participant, GoalState.REACHED)


def let_go(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say that the goal is let go. Raises RuleBroken ("goal_not_open") where it was reached."""
    return _end(session, change, participant, GoalState.LET_GO)


def open_again(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Take a goal up again that was reached or let go, with its next steps as they were."""
    goal = get_goal(session, participant, change.wanted["goal"])
    watching = Watching(goal)
    goal.state = GoalState.OPEN
    return watching.effect()


def get_open(session: Session, participant: Person, goal_id: Any) -> Goal:
    """Return an open goal of this plan. Raises RuleBroken ("goal_not_open"), or NotFound."""
    goal = get_goal(session, participant, goal_id)
    if goal.state is not GoalState.OPEN:
        raise RuleBroken("goal_not_open")
    return goal


def _end(session: Session, change: Change, participant: Person, state: GoalState) -> Effect:
    """Let an open goal stand there. Saying it twice changes nothing."""
    goal = get_goal(session, participant, change.wanted["goal"])
    if goal.state not in (GoalState.OPEN, state):
        raise RuleBroken("goal_not_open")
    watching = Watching(goal)
    goal.state = state
    return watching.effect()


def _title(wanted: dict[str, Any]) -> BilingualText:
    title = BilingualText.from_json(wanted.get("title") or {})
    if not title:
        raise RuleBroken("title_missing")
    return title


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _last(session: Session, participant: Person) -> int:
    """Return the place of the last goal, also of one that was taken back; -1 without one."""
    last = session.scalar(
        select(func.max(Goal.position)).where(Goal.participant_id == participant.id)
    )
    return -1 if last is None else last
