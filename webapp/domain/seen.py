"""Proposals as the person sees them: what each change would do to the plan as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, contains_eager

from webapp.domain import answers, differences
from webapp.domain.differences import IS_THERE, Things
from webapp.domain.effects import Effect
from webapp.domain.errors import NotFound
from webapp.domain.proposals import waits
from webapp.models.change import Answer, Change, HistoryEntry, Outcome, Proposal
from webapp.models.person import Person


class Standing(StrEnum):
    """How a proposed change stands to the plan of now."""

    AS_PROPOSED = "as_proposed"
    ALREADY = "already"
    MOVED_ON = "moved_on"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """One proposed change: what it was to do when it was proposed, and what it would do now.

    `meanwhile` is what has changed since in the same place.
    """

    change: Change
    proposed: Effect
    effect: Effect
    standing: Standing = Standing.AS_PROPOSED
    meanwhile: Effect = Effect(None, None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A proposal with its changes, and what they would touch as it is now, by change."""

    proposal: Proposal
    pieces: tuple[Piece, ...]
    looks: dict[int, Things] = field(default_factory=dict)

    def to_ask(self, today: date) -> list[Piece]:
        """Return the changes that one answer speaks of: those that wait, or else all of them.

        What is not in the plan any more is left out, as long as there is something else.
        """
        waiting = [each for each in self.pieces if waits_on(each.change, today)]
        asked = waiting or list(self.pieces)
        return [each for each in asked if each.standing is not Standing.GONE] or asked

    def seen(self, asked: Sequence[Piece]) -> str:
        """Return what stands for the plan that the person sees with these changes."""
        open_ones = [each for each in asked if each.change.answer is not Answer.YES]
        effects = {each.change.id: each.proposed for each in open_ones}
        return answers.fingerprint_of(effects, {number: self.looks[number] for number in effects})


def waits_on(change: Change, today: date) -> bool:
    """Say whether a proposed change waits for an answer on a day, as `proposals.waits`."""
    if change.answer is Answer.NOT_NOW:
        return change.comes_back_on is not None and change.comes_back_on <= today
    return change.answer is None


def sheets_waiting(session: Session, participant: Person, today: date) -> list[Sheet]:
    """Return the proposals that wait for the person's answer, oldest first, as proposed.

    Each holds only those of its changes that wait.
    """
    return _sheets(session, _asked(participant, waits(today)))


def sheets_answered(session: Session, participant: Person) -> list[Sheet]:
    """Return the proposals that the person has answered, the last answer first, as proposed.

    Each holds only those of its changes that have an answer.
    """
    answered = Change.answer.is_not(None) & Change.withdrawn_at.is_(None)
    found = _sheets(session, _asked(participant, answered))
    return sorted(found, key=_last_answer, reverse=True)


def _last_answer(sheet: Sheet) -> Any:
    return max(piece.change.answered_at for piece in sheet.pieces if piece.change.answered_at)


def sheets_made(session: Session, participant: Person) -> list[Sheet]:
    """Return everything that was proposed, sent or not and not withdrawn, the oldest first."""
    made = Change.withdrawn_at.is_(None)
    return _sheets(session, _asked(participant, made, also_unsent=True))


def get_sheet(
    session: Session, participant: Person, proposal_id: int, change_id: int | None = None
) -> Sheet:
    """Return a proposal that was sent, or one change of it, as it stands to the plan of now.

    What was withdrawn is left out. Raises NotFound where there is no such proposal or change.
    """
    which = Change.proposal_id == proposal_id
    if change_id is not None:
        which &= Change.id == change_id
    found = _sheets(session, _asked(participant, which))
    if not found:
        raise NotFound
    [sheet] = found
    kept = tuple(each for each in sheet.pieces if each.change.withdrawn_at is None)
    return compare(session, participant, replace(sheet, pieces=kept))


def find_first_plan(session: Session, participant: Person) -> Sheet | None:
    """Return what was proposed before the person's first day, laid over the plan of now."""
    made = Proposal.is_first_plan & Change.withdrawn_at.is_(None)
    found = _sheets(session, _asked(participant, made))
    return compare(session, participant, found[0]) if found else None


def compare(session: Session, participant: Person, sheet: Sheet) -> Sheet:
    """Lay a proposal over the plan of now. What the person has said yes to stays as it was."""
    to_ask = [each for each in sheet.pieces if each.change.answer is not Answer.YES]
    effects = {each.change.id: each.proposed for each in to_ask}
    looks = answers.look(session, participant, effects)
    pieces = tuple(
        _laid_over(each, looks[each.change.id]) if each in to_ask else each for each in sheet.pieces
    )
    return replace(sheet, pieces=pieces, looks=looks)


def _asked(
    participant: Person, which: ColumnElement[bool], *, also_unsent: bool = False
) -> Select[Any]:
    """Return the statement for proposed changes, with what they were to do."""
    asked = (
        select(Change, Proposal, HistoryEntry.before, HistoryEntry.after)
        .join(Change.proposal)
        .join(Change.actor)
        .join(
            HistoryEntry,
            (HistoryEntry.change_id == Change.id) & (HistoryEntry.event == Outcome.PROPOSED),
        )
        .where(Change.participant_id == participant.id, which)
        .order_by(Proposal.sent_at, Proposal.id, Change.id)
        .options(contains_eager(Change.actor))
    )
    return asked if also_unsent else asked.where(Proposal.sent_at.is_not(None))


def _sheets(session: Session, asked: Select[Any]) -> list[Sheet]:
    rows = session.execute(asked).all()
    return [
        Sheet(proposal, tuple(_piece(change, Effect(*both)) for change, _proposal, *both in group))
        for proposal, group in groupby(rows, key=lambda row: row[1])
    ]


def _piece(change: Change, proposed: Effect) -> Piece:
    return Piece(change, proposed, proposed)


def _laid_over(piece: Piece, present: Things) -> Piece:
    """Return the change as it would be on the things of now."""
    before, after = piece.proposed.before or {}, piece.proposed.after or {}
    fields = differences.touched(piece.proposed)
    known = {name: before[name] for name in present}
    wanted = {name: after[name] for name in present}
    if any(_is_gone(before[name], present[name], fields[name]) for name in present):
        return replace(piece, standing=Standing.GONE)
    effect = Effect(
        {**before, **present},
        {name: _over(present.get(name), after[name], fields[name]) for name in after},
    )
    if differences.same(present, known, fields):
        return replace(piece, effect=effect)
    is_done = differences.same(present, wanted, fields) and len(present) == len(before)
    since = {name: _over(known[name], present[name], fields[name]) for name in present}
    return replace(
        piece,
        effect=effect,
        standing=Standing.ALREADY if is_done else Standing.MOVED_ON,
        meanwhile=Effect(known, since),
    )


def _is_gone(before: Any, present: Any, fields: Sequence[str]) -> bool:
    """Say whether a thing is not in the plan any more: taken away, or stopped since."""
    if present is None:
        return True
    stopped = present.get("stopped_on")
    return bool(stopped) and "stopped_on" not in fields and before.get("stopped_on") != stopped


def _over(below: Any, above: Any, fields: Sequence[str]) -> Any:
    """Return the values of a thing with these fields from another look at it."""
    if below is None or above is None or IS_THERE in fields:
        return above
    return {**below, **{field: above[field] for field in fields}}
