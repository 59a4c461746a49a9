"""Fills a database with participants who all have the same plan, by a few large statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, insert, select, text
from sqlalchemy.orm import Session, aliased

from webapp.domain import people, sessions
from webapp.domain.people import NewPerson
from webapp.migrate import upgrade
from webapp.models.change import Change, Outcome
from webapp.models.mark import Mark, MarkState
from webapp.models.person import Language, Person, Region, Role
from webapp.models.plan import Step, Task
from webapp.models.sign_in import DeviceKind
from webapp.models.text import BilingualText
from webapp.web.database import Database

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
"""Monday 23 November 2026, 8 in the morning in Toronto. The benchmarks always play then."""
TODAY = NOW.date()

TASKS = 20
STEPS = 3
MARKED = (MarkState.DONE, MarkState.DONE, MarkState.LATER, MarkState.NOT_TODAY)
PICTURES = ("broom", "box", "shelf", "cart", "meal")


@dataclass(frozen=True, slots=True)
class Filled:
    """A database with people in it, and the tokens with which two of them are signed in."""

    url: str
    participant_id: int
    coach_id: int
    participant_token: str
    coach_token: str


def fill(url: str, *, participants: int = 1, tasks: int = TASKS, single_days: int = 0) -> Filled:
    """Make the tables at `url`, and participants who have `tasks` tasks each, all on this day.

    The first one has a coach, and both are signed in. With `single_days` the tasks come once,
    and as many more on each of that many days.
    """
    upgrade(url)
    database = Database(url)
    with database.transaction() as session:
        ada = _person(session, "Ada", Role.PARTICIPANT)
        cora = _person(session, "Cora", Role.COACH)
        people.stand_beside(session, cora, ada, NOW - timedelta(days=1))
        _plan(session, ada, tasks)
        _single(session, ada, tasks, single_days)
        tokens = [_signed_in(session, person) for person in (ada, cora)]
        _others(session.connection(), ada, participants - 1)
    settle(database.engine)
    return Filled(url, ada.id, cora.id, *tokens)


def settle(engine: Engine) -> None:
    """Let PostgreSQL count its rows now, as it does by itself a minute later."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    engine.dispose()


def _person(session: Session, name: str, role: Role) -> Person:
    new = NewPerson(name, Language.EN, Region.CA, "America/Toronto")
    person = people.add(session, role, new, NOW)
    person.welcomed_at = NOW
    return person


def _signed_in(session: Session, person: Person) -> str:
    return sessions.begin(session, person, DeviceKind.ANDROID, NOW)[1]


def _plan(session: Session, participant: Person, tasks: int) -> None:
    """Give a participant tasks with steps; some are marked, one in four has no time."""
    made = [_task(participant, number) for number in range(tasks)]
    change = Change(
        participant_id=participant.id,
        actor_id=participant.id,
        verb="task.done",
        wanted={},
        outcome=Outcome.APPLIED,
        made_at=NOW,
    )
    session.add_all([change, *made])
    session.flush()
    session.add_all(
        Mark(task_id=task.id, day=TODAY, state=state, change_id=change.id, marked_at=NOW)
        for task, state in zip(made, MARKED, strict=False)
    )
    session.flush()


def _single(session: Session, participant: Person, tasks: int, days: int) -> None:
    """Give a participant tasks that come once, on each of these days before and after today."""
    for place in range(days):
        for number in range(tasks):
            task = _task(participant, number)
            task.repeat_rule, task.starts_on = None, TODAY + timedelta(days=place - days // 2)
            session.add(task)
    session.flush()


def add_tasks(session: Session, participant: Person, number: int, today: date) -> None:
    """Give a participant so many tasks, all of them on every day."""
    session.add_all(_task(participant, each, today) for each in range(number))
    session.flush()


def _task(participant: Person, number: int, today: date = TODAY) -> Task:
    return Task(
        participant_id=participant.id,
        position=number,
        title=BilingualText(en=f"Put the boxes on shelf {number}", fr=f"Ranger l'étagère {number}"),
        description=BilingualText(en="Take the boxes from the cart. Put the old ones in front."),
        picture=PICTURES[number % len(PICTURES)],
        place=BilingualText(en="Store room", fr="Réserve"),
        starts_on=today - timedelta(days=14),
        at_time=None if number % 4 == 0 else time(8 + number % 12, 15 * (number % 4)),
        duration_minutes=30,
        repeat_rule="FREQ=DAILY",
        is_fixed_by_workplace=number % 5 == 0,
        steps=[
            Step(position=each, text=BilingualText(en="Take one box."), picture="box")
            for each in range(STEPS)
        ],
    )


def _others(connection: Connection, first: Person, number: int) -> None:
    """Make more participants, and copy the rows of the first one for each of them."""
    if not number:
        return
    likeness: dict[str, Any] = {
        "role": first.role,
        "language": first.language,
        "region": first.region,
        "time_zone": first.time_zone,
        "created_at": NOW,
        "welcomed_at": NOW,
    }
    rows = [{"name": f"Person {each}", **likeness} for each in range(number)]
    connection.execute(insert(Person), rows)
    other, copy = aliased(Person), aliased(Task)
    is_other = (other.role == Role.PARTICIPANT) & (other.id != Task.participant_id)
    _copy(connection, Task.__table__, {"participant_id": other.id}, is_other & _of(first))
    is_copy = (copy.position == Task.position) & (copy.participant_id != Task.participant_id)
    same = _of(first) & is_copy
    for table in (Step.__table__, Mark.__table__):
        _copy(connection, table, {"task_id": copy.id}, same & (table.c.task_id == Task.id))


def _of(person: Person) -> ColumnElement[bool]:
    return Task.participant_id == person.id


def _copy(
    connection: Connection,
    table: Any,
    replaced: Mapping[str, Any],
    where: ColumnElement[bool],
) -> None:
    """Copy rows of `table` inside the database, with other values in the columns `replaced`."""
    columns = [column for column in table.c if column.name != "id"]
    rows = select(*(replaced.get(column.name, column) for column in columns)).where(where)
    connection.execute(insert(table).from_select(columns, rows))
