"""Loads what a batch of notices needs, in a few statements whatever its size."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from webapp.jobs.many import among
from webapp.jobs.rows import Ended, MarkMade, Phone, Reader, RemindedTask, Taken, columns, table
from webapp.jobs.services import stored
from webapp.models.change import Change
from webapp.models.mark import Mark
from webapp.models.notice import Delivery, PushSubscription
from webapp.models.person import LockScreen, Person
from webapp.models.plan import Task

Grouped = TypeVar("Grouped", Phone, Ended)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notices of a batch speak of: rows, each found by its number.

    `people` are the readers and those who are named to them, `fixed` the tasks that nobody may
    put off. `marks` are found by task and day, `changes` hold who made them, `settled` the ways
    on which a notice has ended before, `services` the push services that want to be left alone or
    refuse our key.
    """

    people: dict[int, Reader]
    phones: dict[int, list[Phone]]
    tasks: dict[int, RemindedTask]
    fixed: set[int]
    marks: dict[tuple[int | None, date | None], MarkMade]
    changes: dict[int, Any]
    settled: dict[int, list[Ended]]
    services: list[Any]


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
        tasks=_tasks(connection, [each for each in full if each.task_id is not None]),
        fixed=_fixed(connection, of_tasks),
        marks=_marks(connection, of_tasks),
        changes=_changes(session, full),
        settled=_settled(connection, batch),
        services=stored(session, now),
    )


def _people(connection: Connection, numbers: Iterable[int | None]) -> dict[int, Reader]:
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    known = select(*columns(Person, Reader._fields)).where(
        among(connection, table(Person).c.id, wanted)
    )
    return {row.id: row for row in map(Reader._make, connection.execute(known).all())}


def _phones(connection: Connection, readers: Iterable[int]) -> dict[int, list[Phone]]:
    subscription = table(PushSubscription)
    rows = connection.execute(
        select(*columns(PushSubscription, Phone._fields))
        .where(among(connection, subscription.c.person_id, readers))
        .order_by(subscription.c.id)
    )
    return _grouped(map(Phone._make, rows.all()), lambda row: row.person_id)


def _tasks(connection: Connection, of_tasks: Sequence[Taken]) -> dict[int, RemindedTask]:
    if not of_tasks:
        return {}
    wanted = {each.task_id for each in of_tasks}
    known = select(*columns(Task, RemindedTask._fields)).where(
        among(connection, table(Task).c.id, wanted)
    )
    return {row.id: row for row in map(RemindedTask._make, connection.execute(known).all())}


def _fixed(connection: Connection, of_tasks: Sequence[Taken]) -> set[int]:
    if not of_tasks:
        return set()
    task, wanted = table(Task), {each.task_id for each in of_tasks}
    found = select(task.c.id).where(among(connection, task.c.id, wanted))
    return set(connection.scalars(found.where(task.c.is_fixed_by_workplace)).all())


def _marks(
    connection: Connection, of_tasks: Sequence[Taken]
) -> dict[tuple[int | None, date | None], MarkMade]:
    if not of_tasks:
        return {}
    tasks, days = {each.task_id for each in of_tasks}, {each.day for each in of_tasks}
    mark = table(Mark)
    rows = connection.execute(
        select(*columns(Mark, MarkMade._fields)).where(
            among(connection, mark.c.task_id, tasks), mark.c.day.in_(days)
        )
    )
    return {(row.task_id, row.day): row for row in map(MarkMade._make, rows.all())}


def _changes(session: Session, full: Sequence[Taken]) -> dict[int, Any]:
    wanted = {each.change_id for each in full if each.change_id is not None}
    if not wanted:
        return {}
    named = select(Change.id, Change.verb, Person.name).join(Person, Person.id == Change.actor_id)
    return {row.id: row for row in session.execute(named.where(Change.id.in_(wanted)))}


def _settled(connection: Connection, batch: Sequence[Taken]) -> dict[int, list[Ended]]:
    """Return on which ways the notices have ended that are not tried for the first time."""
    again = [each.id for each in batch if each.tries > 1]
    if not again:
        return {}
    known = select(*columns(Delivery, Ended._fields))
    rows = connection.execute(known.where(among(connection, table(Delivery).c.notice_id, again)))
    return _grouped(map(Ended._make, rows.all()), lambda row: row.notice_id)


def _grouped(rows: Iterable[Grouped], number: Callable[[Grouped], int]) -> dict[int, list[Grouped]]:
    groups: dict[int, list[Grouped]] = {}
    for row in rows:
        groups.setdefault(number(row), []).append(row)
    return groups
