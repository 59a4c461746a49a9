"""Measures what goes through the one door, without pages: an answer to a proposal, and the pace."""

import time as clock
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from benchmarks.plans import NOW, TODAY, Filled
from webapp.domain import changes, pacing, seen
from webapp.domain.changes import Asked
from webapp.domain.pacing import Movable
from webapp.domain.schedules import Schedule
from webapp.models.person import Pace, Person
from webapp.models.plan import Task
from webapp.web.database import Database

ROUNDS = 41
REPEATS = 5
"""How often a plan is reflowed in one round."""
REPEAT_RULES = ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=TU", None, None)

Costs = dict[str, list[int]]
"""Processor time of each thing in each round, in nanoseconds."""


class Door:
    """Sends changes on one plan through the door, each in a transaction of its own."""

    def __init__(self, filled: Filled) -> None:
        self._database = Database(filled.url)
        self._filled = filled
        self._numbers = count(1)

    def ask(self, by_coach: bool, verb: str, **wanted: Any) -> int:
        """Ask for a change, and return its processor time with the commit, in nanoseconds."""
        with self._database.session() as session:
            ada = session.get_one(Person, self._filled.participant_id)
            actor = session.get_one(Person, self._filled.coach_id) if by_coach else ada
            asked = Asked(f"measured-{next(self._numbers)}", verb, wanted)
            before = clock.process_time_ns()
            changes.make(session, actor, ada, asked, NOW)
            session.commit()
            return clock.process_time_ns() - before

    def read(self, question: Callable[[Session, Person], Any]) -> Any:
        """Return what a question about the plan finds."""
        with self._database.session(reading=True) as session:
            return question(session, session.get_one(Person, self._filled.participant_id))

    def close(self) -> None:
        """Let go of the database."""
        self._database.engine.dispose()


def answer_costs(filled: Filled) -> Costs:
    """Compare a yes to a proposal with saying that a task is done; they take turns."""
    door = Door(filled)
    task: int = door.read(_movable_task)
    found: Costs = {"answer": [], "done": []}
    for number in range(ROUNDS):
        at = f"{9 + number % 8:02}:30"
        values = {"on": TODAY.isoformat(), "at": at, "minutes": 30, "repeat": "FREQ=DAILY"}
        door.ask(True, "task.move", task=task, **values)
        [waiting] = door.read(_waiting)
        found["answer"].append(door.ask(False, "proposal.answer", changes=[waiting], answer="yes"))
        day = (TODAY + timedelta(days=number)).isoformat()
        found["done"].append(door.ask(False, "task.done", task=task, day=day))
    door.close()
    return found


def _movable_task(session: Session, participant: Person) -> int:
    movable = session.query(Task.id).where(
        Task.participant_id == participant.id, ~Task.is_fixed_by_workplace
    )
    return int(movable.order_by(Task.id.desc()).limit(1).scalar() or 0)


def _waiting(session: Session, participant: Person) -> list[int]:
    found = seen.sheets_waiting(session, participant, TODAY)
    return [piece.change.id for sheet in found for piece in sheet.pieces]


def reflow_costs(sizes: Sequence[int]) -> Costs:
    """Measure choosing "slower" for plans of these sizes, for each task of them."""
    turn = pacing.to_pace(Pace.SLOWER, Pace.STEADY, TODAY)
    plans: Mapping[int, list[Movable]] = {size: _things(size) for size in sizes}
    found: Costs = {str(size): [] for size in sizes}
    for _round in range(ROUNDS):
        for size, things in plans.items():
            before = clock.process_time_ns()
            for _repeat in range(REPEATS):
                pacing.reflow(things, (), turn)
            found[str(size)].append((clock.process_time_ns() - before) // size)
    return found


def _things(size: int) -> list[Movable]:
    """Return that many movable things, half of them repeating and half of them single."""
    begins = datetime.combine(TODAY, time(9)) + timedelta(days=1)
    schedules = [
        Schedule(
            (begins + timedelta(days=number % 60)).date(),
            time(8 + number % 10),
            30,
            REPEAT_RULES[number % len(REPEAT_RULES)],
        )
        for number in range(size)
    ]
    return [Movable(number, each, each) for number, each in enumerate(schedules)]
