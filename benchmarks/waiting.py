"""Measures what reminders cost while they wait: to plan them anew, and to find those due."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from benchmarks.doors import Costs, Door
from benchmarks.plans import NOW, TODAY, Filled, settle
from webapp.domain import reminders
from webapp.jobs import claiming
from webapp.models.notice import Notice, NoticeKind
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.web.database import Database

ROUNDS = 41
LEADS = (10, 30)
"""Minutes before a task. A plan that goes from one to the other moves all its reminders."""

DUE = 400
"""Notices that are due, among however many that wait."""

ROWS = 500
"""Notices that are written one by one. The others are copies of them."""


def replan_costs(filled: Filled) -> Costs:
    """Compare planning the reminders of a changed plan with saying that a task is done.

    The first person has no reminders and says "done". The other one has the same plan.
    """
    door, found = Door(filled), Costs(replan=[], done=[])
    task, other = door.read(_task_and_other)
    database = Database(filled.url)
    for number in range(-1, ROUNDS):
        lead, day = LEADS[number % 2], (TODAY + timedelta(days=number)).isoformat()
        found["replan"].append(_replan(database, other, lead))
        found["done"].append(door.ask(False, "task.done", task=task, day=day))
    door.close()
    database.engine.dispose()
    return {name: costs[1:] for name, costs in found.items()}


def _task_and_other(session: Session, participant: Person) -> tuple[int, int]:
    others = Person.role == participant.role, Person.id != participant.id
    own = select(func.max(Task.id)).where(Task.participant_id == participant.id)
    return session.scalars(own).one(), session.scalars(select(Person.id).where(*others)).one()


def _replan(database: Database, person_id: int, lead: int) -> int:
    """Plan a person's reminders for another choice; return the processor time, in nanoseconds."""
    with database.transaction() as session:
        person = session.get_one(Person, person_id)
        person.reminders_on, person.remind_all_minutes = True, lead
        session.flush()
        before = time.process_time_ns()
        reminders.plan_for(session, person, NOW)
        session.commit()
        return time.process_time_ns() - before


def claim_costs(databases: Mapping[str, Filled]) -> Costs:
    """Measure how long it takes to find and take what is due, in databases where more waits.

    By the clock: on PostgreSQL it is another process that works.
    """
    opened = {name: Database(filled.url) for name, filled in databases.items()}
    found: Costs = {name: [] for name in databases}
    for _round in range(ROUNDS):
        for name, database in opened.items():
            found[name].append(_claim(database))
    for database in opened.values():
        database.engine.dispose()
    return found


def _claim(database: Database) -> int:
    """Take what is due, put it back, and return the time it took, in nanoseconds."""
    with database.session() as session:
        session.connection()
        before = time.perf_counter_ns()
        taken = claiming.claim(session, NOW, DUE)
        cost = time.perf_counter_ns() - before
        session.rollback()
    if len(taken) != DUE:
        raise RuntimeError(f"{len(taken)} notices were taken")
    return cost


def let_wait(filled: Filled, number: int) -> Filled:
    """Write `number` notices; so many are due now, the others on the next two days."""
    database = Database(filled.url)
    with database.transaction() as session:
        task = session.scalars(select(Task).limit(1)).one()
        later = [_notice(task, each, NOW + timedelta(minutes=5 * each + 1)) for each in range(ROWS)]
        session.add_all(later)
        session.flush()
        _multiply(session, number - DUE)
        session.add_all(_notice(task, ROWS + each, NOW) for each in range(DUE))
    settle(database.engine)
    return filled


def _notice(task: Task, number: int, due_at: datetime) -> Notice:
    return Notice(
        person_id=task.participant_id,
        participant_id=task.participant_id,
        kind=NoticeKind.REMINDER,
        key=f"reminder:{number}",
        task_id=task.id,
        day=TODAY,
        due_at=due_at,
        useful_until=due_at + timedelta(hours=1),
        next_try_at=due_at,
    )


def _multiply(session: Session, number: int) -> None:
    """Copy the rows that there are, all of them again and again, until there are so many."""
    columns = [column for column in Notice.__table__.c if column.name != "id"]
    there = ROWS
    while there < number:
        copied = min(there, number - there)
        key = Notice.key + f":{there}"
        rows = select(*(key if column.name == "key" else column for column in columns))
        session.execute(insert(Notice).from_select(columns, rows.limit(copied)))
        there += copied
