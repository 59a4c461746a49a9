"""Proposals in every state, for the browser tests: one, several, moved on, gone, told, and new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.change import Change, Outcome
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.models.text import BilingualText

WHY = BilingualText(fr="Le bus est plus calme à midi.", en="The bus is calmer at noon.")
GOAL = {"title": {"fr": "Je cuisine chez moi.", "en": "I cook at home."}}
WORDS = {"title": {"fr": "Je range tout.", "en": "I put all away."}}
AT_NOON = {
    "on": "2026-11-24",
    "at": "12:00",
    "minutes": 45,
    "repeat": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
}


@dataclass(frozen=True)
class Choices:
    """The proposals of the person `asked`: their numbers, and one change of the list."""

    single: int
    several: int
    piece: int
    moved_on: int
    gone: int

    def path(self, name: str, *more: str) -> str:
        """Return the address of a proposal."""
        return "/".join(("/choices", str(getattr(self, name)), *more))


class _Table:
    def __init__(self, session: Session, coach: Person, person: Person, now: datetime) -> None:
        self.session, self.coach, self.person, self.now = session, coach, person, now
        self.made = 0

    def ask(self, actor: Person, verb: str, together: bool = False, **wanted: Any) -> Change:
        self.made += 1
        asked = Asked(f"choice-{self.person.id}-{self.made}", verb, wanted, WHY, together)
        changes.make(self.session, actor, self.person, asked, self.now)
        return self.session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()

    def propose(self, verb: str, together: bool = False, **wanted: Any) -> Change:
        return self.ask(self.coach, verb, together, **wanted)

    def movable(self) -> list[Task]:
        """Return tasks that come again and again and that no workplace has fixed."""
        mine = select(Task).where(Task.participant_id == self.person.id).order_by(Task.position)
        return [
            task
            for task in self.session.scalars(mine)
            if task.repeat_rule and not task.is_fixed_by_workplace
        ]


def choices_of(session: Session, coach: Person, person: Person, now: datetime) -> Choices:
    """Propose something in each state to a person."""
    table = _Table(session, coach, person, now)
    tasks = table.movable()
    single = table.propose("task.move", task=tasks[0].id, **{**AT_NOON, "from": "2026-11-24"})
    several = [
        table.propose("goal.add", True, **GOAL),
        table.propose("task.stop", True, task=tasks[1].id, on="2026-12-01"),
        table.propose("settings.change", True, setting="text_size", value="28"),
    ]
    table.propose("proposal.send", proposal=several[0].proposal_id)
    moved_on = table.propose("task.move", task=tasks[2].id, **AT_NOON)
    table.ask(person, "task.move", task=tasks[2].id, **{**AT_NOON, "at": "17:00"})
    gone = table.propose("task.move", task=tasks[3].id, **AT_NOON)
    table.ask(person, "task.stop", task=tasks[3].id, on="2026-11-23")
    for said in ("talk", "no"):
        answered = table.propose("goal.add", **GOAL)
        table.ask(person, "proposal.answer", changes=[answered.id], answer=said, until=None)
    table.propose("goal.add", True, **GOAL)
    numbers = [each.proposal_id or 0 for each in (single, several[0], moved_on, gone)]
    return Choices(numbers[0], numbers[1], several[1].id, *numbers[2:])


def tell(session: Session, coach: Person, person: Person, now: datetime) -> None:
    """Let a coach change the words of a task without the person."""
    table = _Table(session, coach, person, now)
    made = table.propose("task.explain", task=table.movable()[0].id, **WORDS)
    assert made.outcome is Outcome.APPLIED


Path = Callable[[Any], str]


def _fixed(path: str) -> Path:
    return lambda home: path


def _choice(name: str, *more: str) -> Path:
    return lambda home: home.choices.path(name, *more)


PAGES: tuple[tuple[str, str, Path], ...] = (
    ("today with choices", "asked", _fixed("/today")),
    ("choice", "asked", _fixed("/choices")),
    ("choice of several", "asked", _choice("several")),
    (
        "choice, one of several",
        "asked",
        lambda home: home.choices.path("several", str(home.choices.piece)),
    ),
    ("choice where the plan moved on", "asked", _choice("moved_on")),
    ("choice that is gone", "asked", _choice("gone")),
    ("choice not now", "asked", _choice("single", "not-now")),
    ("choices answered", "asked", _fixed("/choices/answered")),
    ("choices answered, none", "full", _fixed("/choices/answered")),
    ("choices, enough", "asked", _fixed("/choices?answered=9")),
    ("choices, none", "full", _fixed("/choices")),
    ("choice told", "told", _fixed("/choices")),
    ("welcome", "arriving", _fixed("/welcome")),
    *((f"welcome {name}", "arriving", _fixed(f"/welcome/{name}")) for name in ("team", "plan")),
    ("welcome pace", "arriving", _fixed("/welcome/pace")),
    ("person choices", "coach", lambda home: f"/people/{home.asked}/choices"),
    ("person choices, new", "coach", lambda home: f"/people/{home.arriving}/choices"),
    ("person choices, none", "coach", lambda home: f"/people/{home.full}/choices"),
)
"""The pages of choices, for `scenes`: a name, who looks, and where it is."""
