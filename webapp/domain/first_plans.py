"""The first plan: what is proposed to somebody before they have said their first yes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.domain import proposals
from webapp.domain.verbs import PLAN_VERBS
from webapp.models.change import Answer, Change, Outcome, Proposal
from webapp.models.person import Person
from webapp.models.text import BilingualText


class Draft:
    """Puts changes into the first plan of somebody new; without a coach nobody proposes it."""

    def __init__(
        self, session: Session, participant: Person, coach: Person | None, now: datetime
    ) -> None:
        self.session, self.participant, self.now = session, participant, now
        self.actor = coach or participant
        self.proposal = Proposal(
            participant_id=participant.id,
            proposer_id=coach.id if coach else None,
            is_first_plan=True,
            made_at=now,
            sent_at=now,
        )
        session.add(self.proposal)
        session.flush()

    def add(self, verb: str, wanted: dict[str, Any]) -> Change:
        """Propose one more change, as the coach would."""
        change = Change(
            participant_id=self.participant.id,
            actor_id=self.actor.id,
            verb=verb,
            wanted=wanted,
            why=BilingualText(),
            outcome=Outcome.PROPOSED,
            proposal_id=self.proposal.id,
            made_at=self.now,
        )
        self.session.add(change)
        self.session.flush()
        effect = proposals.rehearse(
            self.session, PLAN_VERBS[verb], change, self.participant, self.now
        )
        self.session.add(proposals.line(change, effect, self.now))
        self.session.flush()
        return change


def waiting_parts(
    session: Session, participant: Person
) -> tuple[Sequence[Change], Sequence[Change]]:
    """Return the goals and the tasks of the first plan that the person has not yet answered."""
    waiting = session.scalars(
        select(Change)
        .join(Change.proposal)
        .where(
            Change.participant_id == participant.id,
            Proposal.is_first_plan,
            Change.withdrawn_at.is_(None),
            or_(Change.answer.is_(None), Change.answer == Answer.NOT_NOW),
        )
        .order_by(Change.id)
    ).all()
    return (
        [each for each in waiting if each.verb == "goal.add"],
        [each for each in waiting if each.verb == "task.add"],
    )
