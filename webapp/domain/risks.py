"""A next step that can go wrong: everybody's own view, what helps, and what the person decides."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from webapp.domain import next_step_changes
from webapp.domain.access import team_of
from webapp.domain.effects import Effect, Snapshot
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.goals import get_next_step
from webapp.domain.rights import Kind
from webapp.domain.things import Watching
from webapp.models.change import Answer, Change, Outcome
from webapp.models.person import Person, Role
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState
from webapp.models.risk import Decision, LookBack, RiskPlan, RiskView
from webapp.models.text import BilingualText

IDEAS: dict[str, tuple[str, ...]] = {
    "well": ("learn", "people", "money", "work", "calm", "alone"),
    "wrong": ("lost", "tired", "crowd", "unkind", "hurry", "mistake", "feel_bad"),
    "helps": ("coach", "mentor", "look", "breaks", "list", "phone", "headphones"),
}
"""The parts of a view, and the ideas that are offered with a picture for each."""

FEELINGS = range(1, 6)
"""The faces, from very bad to very good."""

TRYING = (NextStepState.CHOSEN, NextStepState.DONE)


def warn(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Mark that something could go wrong with a step, or take the mark away."""
    step = get_next_step(session, participant, change.wanted["next_step"])
    watching = Watching(step)
    step.could_go_wrong = bool(change.wanted["could_go_wrong"])
    return watching.effect()


def kind_of_warning(_session: Session, _participant: Person, wanted: dict[str, Any]) -> Kind:
    """Say that something could go wrong is an offer; to take that away belongs to the person."""
    return Kind.NEXT_STEP_OPTION if wanted["could_go_wrong"] else Kind.RISKY_STEP


def give_view(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Give or change the actor's own view of a step; nobody can write that of another.

    How it feels is asked of the participant alone.
    """
    step = _marked_step(session, change, participant)
    said = {part: _said(part, change.wanted[part]) for part in IDEAS}
    feels = change.actor_id == participant.id
    view = find_view(session, step, change.actor_id)
    before = _snapshot(view) if view else None
    view = view or RiskView(next_step_id=step.id, author_id=change.actor_id)
    view.well, view.wrong, view.helps = said["well"], said["wrong"], said["helps"]
    view.feeling = _feeling(change.wanted["feeling"]) if feels else None
    view.given_at = now
    session.add(view)
    about = {"title": step.title.as_json(), "picture": step.picture}
    return Effect(before, {**_snapshot(view), **about})


def agree(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Set what helps, who does it, and the day on which it is looked at again.

    Another day asks for another look back. Raises NotFound where `who` is neither the
    participant nor somebody of the team.
    """
    plan = prepare(session, _marked_step(session, change, participant))
    watching = Watching(plan)
    wanted = change.wanted
    plan.helps = BilingualText.from_json(wanted["helps"])
    plan.who_id = _who(session, participant, wanted["who"], now)
    day = date.fromisoformat(wanted["look_again_on"]) if wanted["look_again_on"] else None
    if day != plan.look_again_on:
        plan.look_again_on, plan.look_back = day, None
    return watching.effect()


def decide(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Keep what the person decides, and with it everybody's view as it is at this instant.

    What is tried becomes the next step of its goal; anything else comes later. Raises RuleBroken
    ("goal_not_open", "is_done") where there is nothing to try any more.
    """
    step = next_step_changes.to_do(session, change, participant)
    _check_marked(step)
    decision = _choice(Decision, change.wanted["decision"])
    plan = prepare(session, step)
    watching = Watching(step, plan)
    views = [_signed(view) for view in views_of(session, step)]
    change.wanted = {**change.wanted, "_views": views}
    plan.decision, plan.decided_at, plan.look_back = decision, now, None
    if decision is Decision.TRY:
        next_step_changes.make_chosen(session, step, watching, now)
    else:
        next_step_changes.say(step, NextStepState.LATER, now)
    return watching.effect()


def look_back(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Keep how the try was, and how the person wants to go on.

    Raises RuleBroken ("not_tried") where the person has not decided to try.
    """
    plan = prepare(session, _marked_step(session, change, participant))
    if plan.decision is not Decision.TRY:
        raise RuleBroken("not_tried")
    watching = Watching(plan)
    plan.feeling_after = _feeling(change.wanted["feeling"])
    plan.look_back = _choice(LookBack, change.wanted["look_back"])
    plan.looked_back_at = now
    return watching.effect()


def prepare(session: Session, step: NextStep) -> RiskPlan:
    """Return what was agreed about a step. Where nothing was, there is an empty row afterwards.

    A proposal needs something that it would change.
    """
    plan = session.get(RiskPlan, step.id)
    if plan is None:
        plan = RiskPlan(next_step_id=step.id, helps=BilingualText())
        session.add(plan)
        session.flush()
    return plan


def find_plan(session: Session, step: NextStep) -> RiskPlan | None:
    """Return what was agreed about a step, with who does it, or None."""
    return session.get(RiskPlan, step.id, options=[joinedload(RiskPlan.who)])


def find_view(session: Session, step: NextStep, author_id: int) -> RiskView | None:
    """Return somebody's own view of a step, or None."""
    return session.scalars(
        select(RiskView).where(RiskView.next_step_id == step.id, RiskView.author_id == author_id)
    ).one_or_none()


def views_of(session: Session, step: NextStep) -> Sequence[RiskView]:
    """Return everybody's view of a step: the participant's, the coaches', the others'."""
    views = session.scalars(
        select(RiskView)
        .join(RiskView.author)
        .where(RiskView.next_step_id == step.id)
        .options(contains_eager(RiskView.author))
    ).all()
    order = list(Role)
    return sorted(
        views, key=lambda view: (order.index(view.author.role), view.author.name, view.author_id)
    )


def decisions_of(session: Session, participant: Person, step: NextStep) -> Sequence[Change]:
    """Return what the person decided of a step, the last first.

    Each holds everybody's view as it was then, in its value "_views".
    """
    return session.scalars(
        select(Change)
        .where(
            Change.participant_id == participant.id,
            Change.verb == "risk.decide",
            Change.wanted["next_step"].as_integer() == step.id,
            or_(Change.outcome == Outcome.APPLIED, Change.answer == Answer.YES),
        )
        .order_by(func.coalesce(Change.answered_at, Change.made_at).desc(), Change.id.desc())
    ).all()


def look_backs_due(session: Session, participant: Person, today: date) -> Sequence[NextStep]:
    """Return the steps that are tried and whose day to look at them again has come, oldest first.

    Nothing is asked about a goal that was let go.
    """
    return session.scalars(
        select(NextStep)
        .join(Goal, Goal.id == NextStep.goal_id)
        .join(RiskPlan, RiskPlan.next_step_id == NextStep.id)
        .where(look_back_is_due(participant.id, today))
        .order_by(RiskPlan.look_again_on, NextStep.id)
    ).all()


def look_back_is_due(
    participant_id: int | BindParameter[int], today: date | BindParameter[date]
) -> ColumnElement[bool]:
    """Return the condition that the day has come, on a step, its goal and its plan together."""
    return and_(
        Goal.participant_id == participant_id,
        Goal.removed_at.is_(None),
        Goal.state != GoalState.LET_GO,
        NextStep.removed_at.is_(None),
        NextStep.could_go_wrong,
        NextStep.state.in_(TRYING),
        RiskPlan.decision == Decision.TRY,
        RiskPlan.look_again_on <= today,
        RiskPlan.look_back.is_(None),
    )


def is_look_back_due(plan: RiskPlan | None, today: date) -> bool:
    """Say whether the day has come to ask how the try was."""
    if plan is None or plan.decision is not Decision.TRY or plan.look_back is not None:
        return False
    return plan.look_again_on is not None and plan.look_again_on <= today


def _marked_step(session: Session, change: Change, participant: Person) -> NextStep:
    """Return the step, where it is marked. Raises RuleBroken ("not_marked")."""
    step = get_next_step(session, participant, change.wanted["next_step"])
    _check_marked(step)
    return step


def _check_marked(step: NextStep) -> None:
    if not step.could_go_wrong:
        raise RuleBroken("not_marked")


def _said(part: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the pictures in their own order, and the sentence."""
    if not set(wanted["pictures"]) <= set(IDEAS[part]):
        raise RuleBroken("unknown_choice")
    pictures = [idea for idea in IDEAS[part] if idea in wanted["pictures"]]
    return {"pictures": pictures, "sentence": BilingualText.from_json(wanted["sentence"]).as_json()}


def _snapshot(view: RiskView) -> Snapshot:
    said = {part: getattr(view, part) for part in (*IDEAS, "feeling")}
    return {"next_step": view.next_step_id, "author": view.author_id, **said}


def _signed(view: RiskView) -> Snapshot:
    """Return a view with its author as they are now, to keep beside a decision."""
    return {"name": view.author.name, "role": view.author.role.value, **_snapshot(view)}


def _feeling(face: int | None) -> int | None:
    if face is not None and face not in FEELINGS:
        raise RuleBroken("unknown_choice")
    return face


Said = TypeVar("Said", Decision, LookBack)


def _choice(kind: type[Said], value: str) -> Said:
    try:
        return kind(value)
    except ValueError as error:
        raise RuleBroken("unknown_choice") from error


def _who(session: Session, participant: Person, who: int | None, now: datetime) -> int | None:
    if who is None or who == participant.id:
        return who
    if who not in {person.id for person in team_of(session, participant, now)}:
        raise NotFound
    return who
