"""What a participant wants, and the steps that could lead there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.models.person import Person
from webapp.models.plan import Goal


def goals_for(session: Session, participant: Person) -> Sequence[Goal]:
    """Return the participant's goals with their next steps, in the person's own order."""
    return session.scalars(
        select(Goal)
        .where(Goal.participant_id == participant.id)
        .order_by(Goal.position)
        .options(selectinload(Goal.next_steps))
    ).all()
