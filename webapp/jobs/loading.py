"""Loads what a batch of notices needs, in a few statements whatever its size."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from webapp.jobs.many import among
from webapp.jobs.outdating import outdated
from webapp.jobs.rows import Ended, MarkMade, Phone, Reader, RemindedTask, Taken, columns, table
from webapp.models.base import Base
from webapp.models.change import Change
from webapp.models.mark import Mark
from webapp.models.notice import Delivery, PushSubscription
from webapp.models.person import LockScreen, Person
from webapp.models.plan import Task

Row = TypeVar("Row", Reader, Phone, RemindedTask, Ended)
Grouped = TypeVar("Grouped", Phone, Ended)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notices of a batch speak of: rows, each found by its number.

    `people` are the readers and those who are named to them, `fixed` the tasks that nobody may
    put off. `marks` are found by task and day, `changes` hold who made them, `settled` the ways
    on which a notice has ended before, `outdated` the messages whose cause is gone by now.
    """

    people: dict[int, Reader]
    phones: dict[int, list[Phone]]
    tasks: dict[int, RemindedTask]
    fixed: set[int]
    marks: dict[tuple[int | None, date | None], MarkMade]
    changes: dict[int, Any]
    settled: dict[int, list[Ended]]
    outdated: set[int]


def load(session: Session, batch: Sequence[Taken], now: datetime) -> Facts:
    """Return what these notices need. Whom and what they name is loaded for full words alone."""
    connection = session.connection()
    readers = _people(connection, (each.person_id for each in batch))
    full = [each for each in batch if readers[each.person_id].lock_screen is LockScreen.FULL]
    named = _people(connection, (each.participant_id for each in full))
    of_tasks = [each for each in batch if each.task_id is not None]
    return Facts(
        people=named | readers,
        phones=_phones(connection, readers),
        tasks=_tasks(connection, (each.task_id for each in full)),
        fixed=_fixed(connection, of_tasks),
        marks=_marks(connection, of_tasks),
        changes=_changes(session, full),
        settled=_settled(connection, batch),
        outdated=outdated(session, batch, now),
    )


def _people(connection: Connection, wanted: Iterable[int | None]) -> dict[int, Reader]:
    return {row.id: row for row in _rows(connection, Person, Reader, "id", wanted)}


def _phones(connection: Connection, readers: Iterable[int]) -> dict[int, list[Phone]]:
    rows = _rows(connection, PushSubscription, Phone, "person_id", readers)
    return _grouped(rows, lambda row: row.person_id)


def _tasks(connection: Connection, wanted: Iterable[int | None]) -> dict[int, RemindedTask]:
    return {row.id: row for row in _rows(connection, Task, RemindedTask, "id", wanted)}


def _settled(connection: Connection, batch: Sequence[Taken]) -> dict[int, list[Ended]]:
    """Return on which ways the notices have ended that are not tried for the first time."""
    again = [each.id for each in batch if each.tries > 1]
    rows = _rows(connection, Delivery, Ended, "notice_id", again)
    return _grouped(rows, lambda row: row.notice_id)


def _rows(
    connection: Connection,
    model: type[Base],
    kind: type[Row],
    key: str,
    wanted: Iterable[int | None],
) -> list[Row]:
    """Return the rows whose `key` is one of these numbers. Without any, nothing is asked."""
    numbers = {number for number in wanted if number is not None}
    if not numbers:
        return []
    statement = _known(connection.dialect.name, model, kind._fields, key)
    return list(map(kind._make, connection.execute(statement, {"numbers": numbers}).all()))


@cache
def _known(dialect: str, model: type[Base], names: tuple[str, ...], key: str) -> Select[Any]:
    """Return the statement for some columns of the rows with some numbers; put together once."""
    found = table(model)
    known = select(*columns(model, names)).where(among(dialect, found.c[key]))
    return known.order_by(found.c.id)


def _fixed(connection: Connection, of_tasks: Sequence[Taken]) -> set[int]:
    if not of_tasks:
        return set()
    wanted = {"numbers": {each.task_id for each in of_tasks}}
    return set(connection.scalars(_fixed_ones(connection.dialect.name), wanted).all())


@cache
def _fixed_ones(dialect: str) -> Select[int]:
    task = table(Task)
    return select(task.c.id).where(among(dialect, task.c.id), task.c.is_fixed_by_workplace)


def _marks(
    connection: Connection, of_tasks: Sequence[Taken]
) -> dict[tuple[int | None, date | None], MarkMade]:
    days = sorted(each.day for each in of_tasks if each.day)
    if not days:
        return {}
    wanted = {
        "numbers": {each.task_id for each in of_tasks},
        "first": days[0],
        "last": days[-1],
    }
    rows = connection.execute(_marks_of_days(connection.dialect.name), wanted)
    return {(row.task_id, row.day): row for row in map(MarkMade._make, rows.all())}


@cache
def _marks_of_days(dialect: str) -> Select[Any]:
    mark = table(Mark)
    in_days = mark.c.day.between(bindparam("first"), bindparam("last"))
    return select(*columns(Mark, MarkMade._fields)).where(among(dialect, mark.c.task_id), in_days)


def _changes(session: Session, full: Sequence[Taken]) -> dict[int, Any]:
    wanted = {each.change_id for each in full if each.change_id is not None}
    if not wanted:
        return {}
    named = select(Change.id, Change.verb, Person.name).join(Person, Person.id == Change.actor_id)
    return {row.id: row for row in session.execute(named.where(Change.id.in_(wanted)))}


def _grouped(rows: Iterable[Grouped], number: Callable[[Grouped], int]) -> dict[int, list[Grouped]]:
    groups: dict[int, list[Grouped]] = {}
    for row in rows:
        groups.setdefault(number(row), []).append(row)
    return groups
