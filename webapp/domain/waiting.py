"""How much waits for the person, and for whose answer a coach waits: never how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session, joinedload

from webapp.domain.effects import Effect
from webapp.domain.paces import pace_on
from webapp.domain.pacing import RULES
from webapp.domain.proposals import waits
from webapp.domain.risks import look_back_is_due
from webapp.models.base import UtcDateTime
from webapp.models.change import Change, HistoryEntry, Outcome, Proposal
from webapp.models.help import HelpAnswer, HelpRequest
from webapp.models.mark import Mark, MarkState
from webapp.models.notice import Notice, NoticeKind, NoticeState
from webapp.models.person import Person
from webapp.models.plan import Goal, NextStep
from webapp.models.risk import RiskPlan

Whose = int | BindParameter[int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the person: proposals, as many as the pace lets them see at once, and news.

    `missed` are the tasks still open today whose reminder could not reach the person's phone.
    """

    proposals: int
    told: int
    help_answered: int
    look_backs: int
    missed: int = 0

    @property
    def is_empty(self) -> bool:
        """Say whether nothing waits but, maybe, a look back."""
        return not (self.proposals or self.told or self.help_answered)


def find_waiting(session: Session, participant: Person, today: date) -> Waiting:
    """Return how much waits for the person on this day, with one statement."""
    lately = datetime.combine(today, time(), UTC) - timedelta(days=1)
    asked = {"participant_id": participant.id, "today": today, "lately": lately}
    proposals, *others = session.execute(_COUNTS, asked).one()
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
        .where(_is_told(participant.id))
        .order_by(Change.id)
        .options(joinedload(Change.actor))
    )
    return [Told(change, Effect(before, after)) for change, before, after in rows]


def _is_told(participant_id: Whose) -> ColumnElement[bool]:
    return (
        (Change.participant_id == participant_id)
        & (Change.actor_id != participant_id)
        & Change.person_is_told
        & (Change.outcome == Outcome.APPLIED)
        & Change.noticed_at.is_(None)
    )


_PARTICIPANT = bindparam("participant_id", type_=Integer)
_TODAY = bindparam("today", type_=Date)
_LATELY = bindparam("lately", type_=UtcDateTime)
"""An instant before the day, wherever the person is: it spares the messages of the past."""


def _proposals() -> ScalarSelect[int]:
    return (
        select(func.count(Change.proposal_id.distinct()))
        .join(Proposal, Proposal.id == Change.proposal_id)
        .where(Change.participant_id == _PARTICIPANT, waits(_TODAY))
        .scalar_subquery()
    )


def _told() -> ScalarSelect[int]:
    return select(func.count(Change.id)).where(_is_told(_PARTICIPANT)).scalar_subquery()


def _help() -> ScalarSelect[int]:
    """Count the calls for help that were answered and are still open."""
    answered = select(HelpAnswer.id).where(HelpAnswer.request_id == HelpRequest.id).exists()
    return (
        select(func.count(HelpRequest.id))
        .where(
            HelpRequest.participant_id == _PARTICIPANT,
            HelpRequest.closed_at.is_(None),
            answered,
        )
        .scalar_subquery()
    )


def _look_backs() -> ScalarSelect[int]:
    """Count the tries whose day to look back at them has come, as `risks.look_backs_due`."""
    return (
        select(func.count(RiskPlan.next_step_id))
        .join(NextStep, NextStep.id == RiskPlan.next_step_id)
        .join(Goal, Goal.id == NextStep.goal_id)
        .where(look_back_is_due(_PARTICIPANT, _TODAY))
        .scalar_subquery()
    )


def _missed() -> ScalarSelect[int]:
    said = select(Mark.id).where(
        Mark.task_id == Notice.task_id,
        Mark.day == Notice.day,
        Mark.state.in_((MarkState.DONE, MarkState.NOT_TODAY)),
    )
    return (
        select(func.count(Notice.task_id.distinct()))
        .where(
            Notice.person_id == _PARTICIPANT,
            Notice.due_at > _LATELY,
            Notice.day == _TODAY,
            Notice.state.in_((NoticeState.MISSED, NoticeState.FAILED)),
            Notice.kind.in_((NoticeKind.REMINDER, NoticeKind.REMINDER_AGAIN)),
            ~said.exists(),
        )
        .scalar_subquery()
    )


_COUNTS = select(_proposals(), _told(), _help(), _look_backs(), _missed())
"""Put together once: every Today asks it."""
