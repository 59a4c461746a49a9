"""Stopping the accompaniment and taking it up again: the person's own, at any time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.domain import notices
from webapp.domain.effects import Effect
from webapp.domain.errors import RuleBroken
from webapp.models.change import Change, HistoryEntry, Outcome
from webapp.models.person import Person, Support

STOP = "accompaniment.stop"
TAKE_UP = "accompaniment.take_up"


def stop(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """End every support at once: from now on nobody sees the plan but the person.

    What waits to be told to the team is not told any more. Stopping twice changes nothing.
    """
    ended = _active(session, participant, now)
    for support in ended:
        support.ended_at = now
    notices.withdraw_from_the_team(session, participant, now)
    numbers = [support.id for support in ended]
    return Effect({"supports": numbers}, {"ended": numbers})


def take_up(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Put those beside the person again who stood there when they stopped.

    Raises RuleBroken ("not_stopped") where the person did not stop, or has taken it up since.
    """
    numbers = _stopped(session, participant)
    if not numbers:
        raise RuleBroken("not_stopped")
    present = {support.supporter_id for support in _active(session, participant, now)}
    before = session.scalars(select(Support).where(Support.id.in_(numbers)).order_by(Support.id))
    back = [each.supporter_id for each in before if each.supporter_id not in present]
    made = [
        Support(participant_id=participant.id, supporter_id=number, began_at=now, ended_at=None)
        for number in dict.fromkeys(back)
    ]
    session.add_all(made)
    session.flush()
    return Effect({"supports": []}, {"supports": [support.id for support in made]})


def is_stopped(session: Session, participant: Person) -> bool:
    """Say whether the person has stopped the accompaniment and not taken it up again."""
    return bool(_stopped(session, participant))


def _active(session: Session, participant: Person, now: datetime) -> Sequence[Support]:
    return session.scalars(
        select(Support).where(
            Support.participant_id == participant.id,
            Support.began_at <= now,
            or_(Support.ended_at.is_(None), Support.ended_at > now),
        )
    ).all()


def _stopped(session: Session, participant: Person) -> list[int]:
    """Return the supports that the person's last word on this has ended."""
    last = session.scalars(
        select(HistoryEntry)
        .join(HistoryEntry.change)
        .where(
            HistoryEntry.participant_id == participant.id,
            HistoryEntry.event == Outcome.APPLIED,
            Change.verb.in_((STOP, TAKE_UP)),
        )
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    ).one_or_none()
    ended: list[int] = (last.after or {}).get("ended", []) if last else []
    return ended
