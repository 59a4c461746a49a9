"""The one door: an actor asks for a change on a participant's plan, and this decides and keeps it.

Whatever comes through leaves a line in the history and a receipt under the id that the phone
gave it. The same id again changes nothing and answers the same, which makes it safe to send
again what may not have arrived.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.domain import marks, own_settings
from webapp.domain.effects import Effect, Verb
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.domain.rights import Kind, Right, cell
from webapp.models.change import Change, HistoryEntry, Outcome, Receipt
from webapp.models.person import Person

VERBS = {
    "task.done": Verb(Kind.MARK, marks.mark_done),
    "task.undo": Verb(Kind.MARK, marks.take_back),
    "task.later": Verb(Kind.MARK, marks.mark_later),
    "task.not_today": Verb(Kind.MARK, marks.mark_not_today),
    "step.tick": Verb(Kind.MARK, marks.tick_step),
    "settings.change": Verb(Kind.SETTINGS, own_settings.change_setting),
}

OUTCOMES = {
    Right.DOES: Outcome.APPLIED,
    Right.PROPOSES: Outcome.PROPOSED,
    Right.ASKS: Outcome.ASKED,
    Right.NEVER: Outcome.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a verb, its JSON values, and the id that the asking side gave it."""

    client_id: str
    verb: str
    wanted: dict[str, Any]


def make(
    session: Session, actor: Person, participant: Person, asked: Asked, now: datetime
) -> Outcome:
    """Apply, store as a proposal or request, or refuse what was asked for, and say which.

    Changes on one plan take turns, on any number of machines. Raises NotAllowed where the table
    says never: the refusal has left its line in the history, which the caller commits.
    Raises RuleBroken where the change makes no sense now: nothing is kept of it, and the same
    id may be tried again.
    """
    _take_turn(session, participant)
    earlier = _earlier(session, actor, participant, asked)
    outcome = earlier or _decide(session, actor, participant, asked, now)
    if outcome is Outcome.REFUSED:
        raise NotAllowed
    return outcome


def _take_turn(session: Session, participant: Person) -> None:
    """Wait until no other transaction changes this plan, then see what it left."""
    session.refresh(participant, with_for_update=True)


def _earlier(session: Session, actor: Person, participant: Person, asked: Asked) -> Outcome | None:
    """Return what became of this id before, or None when it is new.

    Raises RuleBroken ("id_used_twice") where the id was used for something else.
    """
    receipt = session.get(Receipt, (actor.id, asked.client_id))
    if receipt is None:
        return None
    change = receipt.change
    same = (change.participant_id, change.verb, change.wanted)
    if same != (participant.id, asked.verb, asked.wanted):
        raise RuleBroken("id_used_twice")
    return change.outcome


def _decide(
    session: Session, actor: Person, participant: Person, asked: Asked, now: datetime
) -> Outcome:
    verb = VERBS[asked.verb]
    change = Change(
        participant_id=participant.id,
        actor_id=actor.id,
        verb=asked.verb,
        wanted=asked.wanted,
        outcome=OUTCOMES[cell(verb.kind, actor, participant).right],
        made_at=now,
    )
    session.add(change)
    session.flush()
    session.add(Receipt(actor_id=actor.id, client_id=asked.client_id, change_id=change.id))
    applied = change.outcome is Outcome.APPLIED
    effect = verb.apply(session, change, participant, now) if applied else Effect(None, None)
    session.add(_line(change, effect, now))
    session.flush()
    return change.outcome


def _line(change: Change, effect: Effect, now: datetime) -> HistoryEntry:
    return HistoryEntry(
        participant_id=change.participant_id,
        actor_id=change.actor_id,
        change_id=change.id,
        event=change.outcome,
        before=effect.before,
        after=effect.after,
        happened_at=now,
    )
