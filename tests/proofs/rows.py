"""What the server has in the end: each change that it took from a phone, as the form that asked."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from webapp.models.change import Change, Outcome, Receipt
from webapp.models.mark import Mark, MarkState, StepTick
from webapp.models.plan import Step, Task
from webapp.web.database import Database

FORMS = {
    "task.done": "/tasks/{task}/{day}/done",
    "task.not_today": "/tasks/{task}/{day}/not-today",
    "task.undo": "/tasks/{task}/{day}/undo",
    "task.later": "/tasks/{task}/{day}/later",
    "step.tick": "/tasks/{task}/{day}/steps/{step}/tick",
}
STATES = {
    "task.done": MarkState.DONE,
    "task.not_today": MarkState.NOT_TODAY,
    "task.later": MarkState.LATER,
}

Asked = tuple[str, str]
"""A form as a tap knows it: its address, and what it said beside that ("1" of a tick)."""

Place = tuple[int, str]
"""An occurrence: a task, and its day."""


@dataclass(frozen=True)
class Taken:
    """One receipt, with the change that it proves."""

    id: str
    number: int
    verb: str
    wanted: dict[str, Any]
    outcome: Outcome
    order: tuple[int, int]

    @property
    def asked(self) -> Asked:
        """Return the form that asked for it."""
        address = FORMS[self.verb].format(**self.wanted)
        return address, _said(self.verb, self.wanted)

    @property
    def place(self) -> Place:
        """Return the occurrence that it speaks of."""
        return self.wanted["task"], self.wanted["day"]


def _said(verb: str, wanted: dict[str, Any]) -> str:
    if verb == "step.tick":
        return "1" if wanted["ticked"] else "0"
    at = wanted.get("to_time")
    return f"{wanted['to_day']}{f'T{at}' if at else ''}" if verb == "task.later" else ""


def taken_of(database: Database, person: int) -> list[Taken]:
    """Return what was taken of a person, in the order in which it was chosen."""
    wanted = select(Receipt.client_id, Change).join(Change).where(Receipt.actor_id == person)
    with database.session(reading=True) as session:
        found = [
            Taken(
                client_id,
                change.id,
                change.verb,
                change.wanted,
                change.outcome,
                (change.clock, change.device_id or 0),
            )
            for client_id, change in session.execute(wanted)
        ]
    return sorted(found, key=lambda each: each.order)


def changes_of(database: Database, person: int) -> int:
    """Return how many changes a person has ever made, taken from a phone or not."""
    with database.session(reading=True) as session:
        return len(session.scalars(select(Change.id).where(Change.actor_id == person)).all())


def marks_of(database: Database, person: int) -> dict[Place, MarkState]:
    """Return how each occurrence of a person's plan stands."""
    wanted = select(Mark).join(Task).where(Task.participant_id == person)
    with database.session(reading=True) as session:
        return {(each.task_id, f"{each.day}"): each.state for each in session.scalars(wanted)}


def marks_shown_of(database: Database, person: int) -> dict[Place, MarkState]:
    """Return the marks that stand on their own day: what was put on another day stays there."""
    here = or_(Mark.moved_on.is_(None), Mark.moved_on == Mark.day)
    wanted = select(Mark).join(Task).where(Task.participant_id == person, here)
    with database.session(reading=True) as session:
        return {(each.task_id, f"{each.day}"): each.state for each in session.scalars(wanted)}


def ticks_of(database: Database, person: int) -> set[int]:
    """Return the steps of a person's plan that are ticked."""
    wanted = select(StepTick.step_id).join(Step, Step.id == StepTick.step_id)
    wanted = wanted.join(Task).where(Task.participant_id == person)
    with database.session(reading=True) as session:
        return set(session.scalars(wanted))


def marks_after(taken: list[Taken]) -> dict[Place, MarkState]:
    """Return how each occurrence must stand after what was said of it, in that order."""
    said: dict[Place, list[MarkState]] = {}
    for each in taken:
        states = said.setdefault(each.place, [])
        if each.verb == "task.undo":
            del states[-1:]
        elif each.verb in STATES and states[-1:] != [STATES[each.verb]]:
            states.append(STATES[each.verb])
    return {place: states[-1] for place, states in said.items() if states}


def ticks_after(taken: list[Taken]) -> set[int]:
    """Return the steps that must be ticked after what was said of them, in that order."""
    last = {
        each.wanted["step"]: each.wanted["ticked"] for each in taken if each.verb == "step.tick"
    }
    return {step for step, ticked in last.items() if ticked}
