"""What changed on a plan: the lines of the history, newest first, and which can be taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from webapp.domain import differences
from webapp.domain.changes import VERBS
from webapp.domain.effects import Effect
from webapp.domain.rights import Kind, Right, cell
from webapp.domain.things import is_made_of_things
from webapp.models.change import Change, HistoryEntry, Outcome, Proposal
from webapp.models.person import Person
from webapp.models.plan import Task

LINES_SHOWN = 30
"""How many lines of the history stand on one page."""

PRIVATE = ("change.noticed", "step.tick", "plan.welcome")
"""What leaves a line that nobody reads: it would say when somebody looked, and nothing else."""

MARKS = tuple(name for name, verb in VERBS.items() if verb.kind is Kind.MARK)
"""What the person says of their tasks. It stands on the days; nobody else gets a list of it."""


@dataclass(slots=True)
class Line:
    """One line of "What changed": who did what, to which changes, and whether it can be undone.

    `subjects` are the changes that it speaks of, each with its effect.
    """

    entry: HistoryEntry
    subjects: list[tuple[Change, Effect]] = field(default_factory=list)
    may_undo: bool = False

    @property
    def proposal_id(self) -> int | None:
        """Return the proposal that this line speaks of, or None."""
        return self.subjects[0][0].proposal_id if self.subjects else None


def lines_for(
    session: Session, reader: Person, participant: Person, *, before: int | None = None
) -> tuple[list[Line], int | None]:
    """Return the newest lines, or those before a line, and the number to go on from, or None.

    Marks are shown to the person alone. What somebody prepares and has not sent is shown to
    nobody but them.
    """
    older = [] if before is None else [HistoryEntry.id < before]
    found = session.scalars(
        select(HistoryEntry)
        .join(HistoryEntry.change)
        .outerjoin(Change.proposal)
        .where(HistoryEntry.participant_id == participant.id, _is_readable(reader, participant))
        .where(*older)
        .order_by(HistoryEntry.id.desc())
        .limit(LINES_SHOWN + 1)
        .options(
            joinedload(HistoryEntry.actor),
            contains_eager(HistoryEntry.change).contains_eager(Change.proposal),
        )
    ).all()
    shown = found[:LINES_SHOWN]
    lines = _together(_with_subjects(session, participant, shown))
    _mark_undoable(lines, reader, participant)
    return lines, shown[-1].id if len(found) > LINES_SHOWN else None


def _is_readable(reader: Person, participant: Person) -> ColumnElement[bool]:
    hidden = PRIVATE if reader.id == participant.id else (*PRIVATE, *MARKS)
    # What a yes applied has a line of its own, for taking back; the answer tells of it.
    by_answer = (HistoryEntry.event == Outcome.APPLIED) & (Change.outcome == Outcome.PROPOSED)
    sent = or_(
        Change.proposal_id.is_(None),
        Proposal.sent_at.is_not(None),
        Proposal.proposer_id == reader.id,
    )
    return Change.verb.not_in(hidden) & ~by_answer & sent


def _with_subjects(
    session: Session, participant: Person, entries: Sequence[HistoryEntry]
) -> list[Line]:
    """Give each line the changes that it speaks of, with what they did or would do."""
    numbers = {number for entry in entries for number in _named(entry.change)}
    changes = session.scalars(
        select(Change).where(Change.id.in_(numbers), Change.participant_id == participant.id)
    ).all()
    targets = {each.id: each for each in changes} if numbers else {}
    effects = first_effects(session, list(targets)) if targets else {}
    return [_line(entry, targets, effects) for entry in entries]


def first_effects(session: Session, numbers: list[int]) -> dict[int, Effect]:
    """Return what each of these changes did, or would have done when it was asked for."""
    found = session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.change_id.in_(numbers))
        .order_by(HistoryEntry.id.desc())
    )
    return {each.change_id: Effect(each.before, each.after) for each in found}


def _named(change: Change) -> list[int]:
    """Return the numbers of other changes that a change speaks of."""
    return [*change.wanted.get("changes", ()), *filter(None, [change.wanted.get("change")])]


def _line(entry: HistoryEntry, targets: dict[int, Change], effects: dict[int, Effect]) -> Line:
    change, own = entry.change, Effect(entry.before, entry.after)
    named = [targets[number] for number in _named(change) if number in targets]
    if VERBS[change.verb].can_undo or is_made_of_things(own):
        return Line(entry, [(change, own)])
    return Line(entry, [(each, effects[each.id]) for each in named if each.id in effects])


def _together(lines: Iterable[Line]) -> list[Line]:
    """Make one line of what was proposed together."""
    kept: list[Line] = []
    for line in lines:
        if kept and _is_one_proposal(kept[-1], line):
            kept[-1].subjects[:0] = line.subjects
        else:
            kept.append(line)
    return kept


def _is_one_proposal(line: Line, other: Line) -> bool:
    proposed = all(each.entry.event is Outcome.PROPOSED for each in (line, other))
    return proposed and line.proposal_id is not None and line.proposal_id == other.proposal_id


def _mark_undoable(lines: list[Line], reader: Person, participant: Person) -> None:
    """Offer to take back what nothing on a newer line has touched since."""
    touched: set[tuple[str, str]] = set()
    for line in lines:
        if line.entry.event is not Outcome.APPLIED:
            continue
        for _change, effect in line.subjects:
            fields = {
                (name, each)
                for name, found in differences.touched(effect).items()
                for each in found
            }
            is_newest = bool(fields) and not fields & touched
            line.may_undo = is_newest and _may_undo(line.entry, reader, participant)
            touched |= fields


def _may_undo(entry: HistoryEntry, reader: Person, participant: Person) -> bool:
    """Say whether the reader does this by themselves, without asking or proposing."""
    verb = VERBS[entry.change.verb]
    if not verb.can_undo or entry.change.proposal_id is not None:
        return False
    if reader.id == participant.id:
        return verb.kind is Kind.EXPLANATION or not _is_of_the_workplace(entry)
    return isinstance(verb.kind, Kind) and cell(verb.kind, reader, participant).right is Right.DOES


def _is_of_the_workplace(entry: HistoryEntry) -> bool:
    """Say whether this is a time that the workplace fixed: that is asked for, not undone."""
    things = [*(entry.before or {}).values(), *(entry.after or {}).values()]
    return any(values and values.get("is_fixed_by_workplace") for values in things)


def tasks_of(session: Session, participant: Person, lines: Sequence[Line]) -> dict[int, Task]:
    """Return the tasks that the marks among these lines speak of, by their numbers."""
    numbers = {
        line.entry.change.wanted["task"] for line in lines if line.entry.change.verb in MARKS
    }
    if not numbers:
        return {}
    found = session.scalars(
        select(Task).where(Task.id.in_(numbers), Task.participant_id == participant.id)
    )
    return {task.id: task for task in found}
