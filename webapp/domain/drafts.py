"""What somebody has begun to write in a form about a plan: kept until it is sent or thrown away."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models.change import Receipt
from webapp.models.draft import Draft
from webapp.models.person import Person


def find(session: Session, owner: Person, participant: Person, form: str) -> dict[str, Any] | None:
    """Return the answers that `owner` has begun to give in this form, or None."""
    draft = session.get(Draft, (owner.id, participant.id, form))
    return dict(draft.answers) if draft else None


def begun(session: Session, owner: Person, participant: Person) -> set[str]:
    """Return the names of the forms about this plan that `owner` has begun."""
    return set(
        session.scalars(
            select(Draft.form).where(
                Draft.owner_id == owner.id, Draft.participant_id == participant.id
            )
        )
    )


def take_turn(session: Session, owner: Person) -> None:
    """Wait until no other request of `owner` changes a draft, then see what it left.

    What is kept quietly and what is sent may come at the same instant.
    """
    session.refresh(owner, with_for_update=True)


def keep(
    session: Session,
    owner: Person,
    participant: Person,
    form: str,
    *,
    answers: dict[str, Any],
    now: datetime,
) -> None:
    """Keep these answers, in the place of those that were kept before."""
    key = {"owner_id": owner.id, "participant_id": participant.id, "form": form}
    session.merge(Draft(**key, answers=answers, changed_at=now))


def throw_away(session: Session, owner: Person, participant: Person, form: str) -> None:
    """Forget what was begun in this form. Where nothing was, nothing happens."""
    draft = session.get(Draft, (owner.id, participant.id, form))
    if draft is not None:
        session.delete(draft)


def was_sent(session: Session, owner: Person, client_id: str) -> bool:
    """Say whether a change with the id that this form carries was taken already."""
    return session.get(Receipt, (owner.id, client_id)) is not None
