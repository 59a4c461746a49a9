"""Proposals: changes that wait for the person's answer, how they are made, sent and withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, or_, select
from sqlalchemy.orm import Session

from webapp.domain.effects import Effect, Verb
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.change import Answer, Change, HistoryEntry, Outcome, Proposal
from webapp.models.person import Person


def join(
    session: Session, change: Change, participant: Person, now: datetime, *, together: bool
) -> None:
    """Put a change into the proposal that it belongs to, or into a new one of its own.

    Before the person has answered their first plan, all that is proposed is a part of it.
    """
    proposal = _open_proposal(session, change, participant, together=together)
    if proposal is None:
        is_first_plan = participant.welcomed_at is None
        proposal = Proposal(
            participant_id=participant.id,
            proposer_id=change.actor_id,
            is_first_plan=is_first_plan,
            made_at=now,
            sent_at=None if together and not is_first_plan else now,
        )
        session.add(proposal)
        session.flush()
    change.proposal_id = proposal.id
    session.flush()


def _open_proposal(
    session: Session, change: Change, participant: Person, *, together: bool
) -> Proposal | None:
    mine = select(Proposal).where(Proposal.participant_id == participant.id)
    if participant.welcomed_at is None:
        return session.scalars(mine.where(Proposal.is_first_plan)).first()
    if not together:
        return None
    return find_list(session, participant, change.actor_id)


def find_list(session: Session, participant: Person, actor_id: int) -> Proposal | None:
    """Return the list of changes that somebody prepares for the person and has not sent."""
    return session.scalars(
        select(Proposal).where(
            Proposal.participant_id == participant.id,
            Proposal.proposer_id == actor_id,
            Proposal.sent_at.is_(None),
        )
    ).first()


def rehearse(
    session: Session, verb: Verb, change: Change, participant: Person, now: datetime
) -> Effect:
    """Return what a change would do, by the code that does it; nothing of it stays.

    Raises RuleBroken where it makes no sense now.
    """
    savepoint = session.begin_nested()
    try:
        return verb.apply(session, change, participant, now)
    finally:
        savepoint.rollback()


def line(
    change: Change, effect: Effect, now: datetime, yes_of: Person | None = None
) -> HistoryEntry:
    """Return the line of the history for a change that was asked for, or has now its yes."""
    return HistoryEntry(
        participant_id=change.participant_id,
        actor_id=yes_of.id if yes_of else change.actor_id,
        change_id=change.id,
        event=Outcome.APPLIED if yes_of else change.outcome,
        before=effect.before,
        after=effect.after,
        happened_at=now,
    )


def send(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Show the person a list of changes that the actor has prepared. Sending twice is harmless.

    Raises RuleBroken ("nothing_to_send") where all of them were taken away.
    """
    proposal = session.scalars(
        select(Proposal).where(
            Proposal.id == change.wanted["proposal"],
            Proposal.participant_id == participant.id,
            Proposal.proposer_id == change.actor_id,
        )
    ).one_or_none()
    if proposal is None:
        raise NotFound
    if all(each.withdrawn_at for each in proposal.changes):
        raise RuleBroken("nothing_to_send")
    was_sent = proposal.sent_at is not None
    proposal.sent_at = proposal.sent_at or now
    named = {"proposal": proposal.id}
    return Effect({**named, "sent": was_sent}, {**named, "sent": True})


def withdraw(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Take back proposed changes of the actor's own that the person has not said yes to.

    Raises RuleBroken ("already_yes") where one of them counts already.
    """
    asked = find_changes(session, participant, change.actor_id, change.wanted["changes"])
    for each in asked:
        if each.actor_id != change.actor_id:
            raise NotFound
        if each.answer is Answer.YES:
            raise RuleBroken("already_yes")
        each.withdrawn_at = each.withdrawn_at or now
    return Effect(None, {"withdrawn": [each.id for each in asked]})


def find_changes(
    session: Session, participant: Person, reader_id: int, numbers: Sequence[int]
) -> Sequence[Change]:
    """Return these proposed changes, in their order. Raises NotFound where one is missing.

    What is still being prepared is there for the one who prepares it alone.
    """
    found = session.scalars(
        select(Change)
        .join(Change.proposal)
        .where(
            Change.id.in_(numbers),
            Change.participant_id == participant.id,
            Change.outcome == Outcome.PROPOSED,
            or_(Proposal.sent_at.is_not(None), Proposal.proposer_id == reader_id),
        )
        .order_by(Change.id)
    ).all()
    if not found or len(found) != len(set(numbers)):
        raise NotFound
    return found


def waits(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that a change waits for the person's answer on this day.

    What the person put off waits again from the day that they chose.
    """
    return (
        (Change.outcome == Outcome.PROPOSED)
        & Change.withdrawn_at.is_(None)
        & Proposal.sent_at.is_not(None)
        & or_(
            Change.answer.is_(None),
            (Change.answer == Answer.NOT_NOW) & (Change.comes_back_on <= today),
        )
    )


def proposed_effects(session: Session, changes: Sequence[Change]) -> dict[int, Effect]:
    """Return what each change would have done when it was proposed, by its number."""
    lines = session.scalars(
        select(HistoryEntry).where(
            HistoryEntry.change_id.in_([each.id for each in changes]),
            HistoryEntry.event == Outcome.PROPOSED,
        )
    )
    return {each.change_id: Effect(each.before, each.after) for each in lines}
