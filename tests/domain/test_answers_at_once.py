"""Answers on many machines at the same instant: one after the other, and none half applied."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.proposing import ON_TUESDAY, Table
from tests.visitor import rows
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.errors import RuleBroken
from webapp.models.change import Answer, Change, HistoryEntry, Outcome
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.web.database import Database


@pytest.fixture
def table(session: Session, cast: Cast, now: datetime) -> Table:
    """Let Cora and Ada sit down together."""
    return Table(session, cast, now)


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


@pytest.fixture
def move(table: Table, sweep: Task) -> Change:
    """Let Cora propose another time for it."""
    return table.propose("task.move", task=sweep.id, **ON_TUESDAY)


AT_ONCE = 6
Ask = tuple[int, str, dict[str, Any]]
"""Who asks, under which verb, for what."""


@pytest.fixture
def at_once(database: Database, cast: Cast, now: datetime) -> Callable[..., list[str]]:
    """Give a function that lets several connections ask at the same instant; it says what came."""

    def one(gate: Barrier, number: int, ask: Ask, client_id: str) -> str:
        actor_id, verb, wanted = ask
        with database.session() as session:
            gate.wait()
            actor = session.get_one(Person, actor_id)
            ada = session.get_one(Person, cast.ada.id)
            try:
                asked = Asked(client_id.format(number), verb, wanted)
                outcome = changes.make(session, actor, ada, asked, now)
            except RuleBroken as broken:
                return broken.code
            session.commit()
            return str(outcome)

    def ask_at_once(*asks: Ask, client_id: str = "number-{}") -> list[str]:
        gate = Barrier(len(asks))
        with ThreadPoolExecutor(len(asks)) as machines:
            sent = [
                machines.submit(one, gate, number, ask, client_id)
                for number, ask in enumerate(asks)
            ]
            return [each.result() for each in sent]

    return ask_at_once


def answering(cast: Cast, said: str, *asked: Change, seen: str | None = None) -> Ask:
    numbers = [each.id for each in asked]
    wanted = {"changes": numbers, "answer": said, "until": None, "seen": seen}
    return (cast.ada.id, "proposal.answer", wanted)


def applied(database: Database) -> list[int]:
    """Return the proposed changes that were applied, each as often as it was."""
    proposed = {change.id for change in rows(database, Change) if change.outcome == "proposed"}
    return [
        line.change_id
        for line in rows(database, HistoryEntry)
        if line.event is Outcome.APPLIED and line.change_id in proposed
    ]


def test_two_yes_at_once_apply_it_once(
    table: Table, move: Change, at_once: Callable[..., list[str]], database: Database
) -> None:
    yes = answering(table.cast, "yes", move, seen=table.seen(move))
    table.session.commit()
    assert at_once(*[yes] * AT_ONCE) == ["applied"] * AT_ONCE
    assert applied(database) == [move.id]
    [task] = rows(database, Task)
    assert (task.at_time, len(task.earlier)) == (time(14), 1)


def test_one_yes_sent_by_many_at_once_is_one_change(
    table: Table, move: Change, at_once: Callable[..., list[str]], database: Database
) -> None:
    yes = answering(table.cast, "yes", move, seen=table.seen(move))
    table.session.commit()
    assert at_once(*[yes] * AT_ONCE, client_id="one-and-the-same") == ["applied"] * AT_ONCE
    answers = [each for each in rows(database, Change) if each.verb == "proposal.answer"]
    assert len(answers) == 1
    assert applied(database) == [move.id]


@pytest.mark.parametrize("said", Answer)
def test_an_answer_and_a_withdrawal_at_once_are_one_of_the_two(
    table: Table,
    move: Change,
    at_once: Callable[..., list[str]],
    database: Database,
    said: Answer,
) -> None:
    cast = table.cast
    table.session.commit()
    withdraw = (cast.cora.id, "proposal.withdraw", {"changes": [move.id]})
    answered, withdrawn = at_once(answering(cast, said, move), withdraw)
    kept = next(each for each in rows(database, Change) if each.id == move.id)
    [task] = rows(database, Task)
    if answered == "withdrawn":
        assert (withdrawn, kept.answer, task.at_time) == ("applied", None, time(9))
        assert kept.withdrawn_at is not None
        return
    assert (answered, kept.answer) == ("applied", said)
    assert withdrawn == ("already_yes" if said is Answer.YES else "applied")
    assert (kept.withdrawn_at is None) is (said is Answer.YES)
    assert task.at_time == (time(14) if said is Answer.YES else time(9))


def test_yes_to_two_proposals_on_one_thing_at_once_asks_again_for_one(
    table: Table, sweep: Task, move: Change, at_once: Callable[..., list[str]], database: Database
) -> None:
    other = table.propose("task.move", task=sweep.id, **{**ON_TUESDAY, "at": "16:00"})
    asks = [answering(table.cast, "yes", each, seen=table.seen(each)) for each in (move, other)]
    table.session.commit()
    assert sorted(at_once(*asks)) == ["applied", "plan_moved_on"]
    [first] = applied(database)
    [task] = rows(database, Task)
    assert task.at_time == (time(14) if first == move.id else time(16))
    answers = {
        each.id: each.answer for each in rows(database, Change) if each.outcome == "proposed"
    }
    assert sorted(map(str, answers.values())) == ["None", "yes"]


def test_yes_and_no_at_once_leave_one_answer_and_a_plan_that_fits_it(
    table: Table, move: Change, at_once: Callable[..., list[str]], database: Database
) -> None:
    page = table.seen(move)
    table.session.commit()
    asks = [answering(table.cast, said, move, seen=page) for said in ("yes", "no")]
    assert at_once(*asks) == ["applied", "applied"]
    kept = next(each for each in rows(database, Change) if each.id == move.id)
    [task] = rows(database, Task)
    assert task.at_time == (time(14) if kept.answer is Answer.YES else time(9))


def test_a_yes_while_the_thing_is_stopped_is_either_before_or_asked_again(
    table: Table, sweep: Task, move: Change, at_once: Callable[..., list[str]], database: Database
) -> None:
    yes = answering(table.cast, "yes", move, seen=table.seen(move))
    table.session.commit()
    stop = (table.cast.ada.id, "task.stop", {"task": sweep.id, "on": "2026-11-23"})
    answered, stopped = at_once(yes, stop)
    assert stopped == "applied"
    assert answered in {"applied", "is_stopped", "plan_moved_on"}
    [task] = rows(database, Task)
    assert task.at_time == (time(14) if answered == "applied" else time(9))
    assert task.stopped_on is not None
