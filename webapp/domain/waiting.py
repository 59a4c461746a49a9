"""How much waits for the person, and for whose answer a coach waits: never how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.effects import Effect
from webapp.domain.paces import pace_on
from webapp.domain.pacing import RULES
from webapp.domain.proposals import waits
from webapp.domain.risks import TRYING
from webapp.models.change import Change, HistoryEntry, Outcome, Proposal
from webapp.models.help import HelpAnswer, HelpRequest
from webapp.models.person import Person
from webapp.models.plan import Goal, GoalState, NextStep
from webapp.models.risk import Decision, RiskPlan


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the person: proposals, as many as the pace lets them see at once, and news."""

    proposals: int
    told: int
    help_answered: int
    look_backs: int

    @property
    def is_empty(self) -> bool:
        """Say whether nothing waits but, maybe, a look back."""
        return not (self.proposals or self.told or self.help_answered)


def find_waiting(session: Session, participant: Person, today: date) -> Waiting:
    """Return how much waits for the person on this day, with one statement."""
    counts = select(
        _proposals(participant, today),
        _told(participant),
        _help(participant),
        _look_backs(participant, today),
    )
    proposals, *others = session.execute(counts).one()
    return Waiting(min(proposals, at_once(participant, today)), *others)


def at_once(participant: Person, today: date) -> int:
    """Return how many proposals the person's pace shows at once on this day; 0 in a pause."""
    return RULES[pace_on(participant, today)].proposals_at_once


def waiting_by_person(
    session: Session, participants: Iterable[Person], today: date
) -> dict[int, int]:
    """Return how many proposals wait for an answer, by participant, with one statement.

    Only of those for whom something waits.
    """
    rows = session.execute(
        select(Change.participant_id, func.count(Change.proposal_id.distinct()))
        .join(Change.proposal)
        .where(Change.participant_id.in_([each.id for each in participants]), waits(today))
        .group_by(Change.participant_id)
    )
    return {number: count for number, count in rows}


@dataclass(frozen=True, slots=True)
class Told:
    """A change that was made without the person, who has not looked at it yet."""

    change: Change
    effect: Effect


def told_to(session: Session, participant: Person) -> list[Told]:
    """Return what others changed and the person was not shown yet, oldest first."""
    rows = session.execute(
        select(Change, HistoryEntry.before, HistoryEntry.after)
        .join(
            HistoryEntry,
            (HistoryEntry.change_id == Change.id) & (HistoryEntry.event == Outcome.APPLIED),
        )
        .where(_is_told(participant))
        .order_by(Change.id)
        .options(joinedload(Change.actor))
    )
    return [Told(change, Effect(before, after)) for change, before, after in rows]


def _is_told(participant: Person) -> ColumnElement[bool]:
    return (
        (Change.participant_id == participant.id)
        & (Change.actor_id != participant.id)
        & Change.person_is_told
        & (Change.outcome == Outcome.APPLIED)
        & Change.noticed_at.is_(None)
    )


def _proposals(participant: Person, today: date) -> ScalarSelect[int]:
    return (
        select(func.count(Change.proposal_id.distinct()))
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(Change.participant_id == participant.id, waits(today))
        .scalar_subquery()
    )


def _told(participant: Person) -> ScalarSelect[int]:
    return select(func.count(Change.id)).where(_is_told(participant)).scalar_subquery()


def _help(participant: Person) -> ScalarSelect[int]:
    """Count the calls for help that were answered and are still open."""
    answered = select(HelpAnswer.id).where(HelpAnswer.request_id == HelpRequest.id).exists()
    return (
        select(func.count(HelpRequest.id))
        .where(
            HelpRequest.participant_id == participant.id,
            HelpRequest.closed_at.is_(None),
            answered,
        )
        .scalar_subquery()
    )


def _look_backs(participant: Person, today: date) -> ScalarSelect[int]:
    """Count the tries whose day to look back at them has come, as `risks.look_backs_due`."""
    return (
        select(func.count(RiskPlan.next_step_id))
        .join(NextStep, NextStep.id == RiskPlan.next_step_id)
        .join(Goal, Goal.id == NextStep.goal_id)
        .where(
            Goal.participant_id == participant.id,
            Goal.removed_at.is_(None),
            Goal.state != GoalState.LET_GO,
            NextStep.removed_at.is_(None),
            NextStep.could_go_wrong,
            NextStep.state.in_(TRYING),
            RiskPlan.decision == Decision.TRY,
            RiskPlan.look_again_on <= today,
            RiskPlan.look_back.is_(None),
        )
        .scalar_subquery()
    )
