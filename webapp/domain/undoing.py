"""Taking back a change that was made: a new change, which puts back what the first one touched."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import differences, things
from webapp.domain.effects import Effect
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.change import Answer, Change, HistoryEntry, Outcome
from webapp.models.person import Person


def undo(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Put back what `change.wanted["change"]` made different.

    Taking back twice changes nothing. Raises RuleBroken ("moved_on") where something else has
    been changed since in the same place, and ("nothing_to_undo") where it was never applied.
    """
    target = get_change(session, participant, change.wanted["change"])
    if change.actor_id == participant.id:
        _say_no(target, now)
    else:
        _check_untouched(session, target, participant)
    return take_back(session, target, participant, now)


def _say_no(target: Change, now: datetime) -> None:
    """The person's own taking back is an answer too, and they have seen what they take back."""
    if target.answer is Answer.YES:
        target.answer, target.answered_at = Answer.NO, now
    target.noticed_at = target.noticed_at or now


def _check_untouched(session: Session, target: Change, participant: Person) -> None:
    """Raise RuleBroken where the person has made something of what others would take away."""
    made = _last_effect(session, target) or Effect({}, {})
    added = [name for name, was in (made.before or {}).items() if was is None]
    present = things.look_at(session, participant, added)
    if any(values and values != (made.after or {})[name] for name, values in present.items()):
        raise RuleBroken("moved_on")


def get_change(session: Session, participant: Person, change_id: Any) -> Change:
    """Return a change on this plan. Raises NotFound where there is none."""
    found = session.scalars(
        select(Change).where(Change.id == change_id, Change.participant_id == participant.id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def take_back(session: Session, target: Change, participant: Person, now: datetime) -> Effect:
    """Put back what the target changed. Raises RuleBroken as `undo` does."""
    made = _last_effect(session, target)
    if made is None:
        raise RuleBroken("nothing_to_undo")
    return _turn(session, participant, Effect(made.after, made.before), now)


def do_again(session: Session, target: Change, participant: Person, now: datetime) -> Effect | None:
    """Do again what was done and taken back, with the same things; None where that cannot be."""
    made = _last_effect(session, target)
    if made is None:
        return None
    try:
        return _turn(session, participant, made, now)
    except RuleBroken:
        return None


def _turn(session: Session, participant: Person, effect: Effect, now: datetime) -> Effect:
    """Put things from what they were to what they become, where they still are so."""
    was, becomes = effect.before or {}, effect.after or {}
    fields = differences.touched(effect)
    present = things.look_at(session, participant, list(was))
    if differences.same(present, becomes, fields):
        return Effect({}, {})
    if not differences.same(present, was, fields):
        raise RuleBroken("moved_on")
    for name, values in becomes.items():
        wanted = values and differences.put_back(present[name], values, fields[name])
        things.put(session, participant, name, wanted, now)
    session.flush()
    return Effect(present, things.look_at(session, participant, list(was)))


def _last_effect(session: Session, target: Change) -> Effect | None:
    """Return what the target did when it was applied last; None where it never was."""
    line = session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.change_id == target.id, HistoryEntry.event == Outcome.APPLIED)
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    ).one_or_none()
    return Effect(line.before, line.after) if line else None
