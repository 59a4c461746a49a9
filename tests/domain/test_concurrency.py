"""Many phones and machines at once: what is sent twice is applied once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest

from tests import factories
from tests.cast import Cast
from tests.visitor import rows
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.errors import RuleBroken
from webapp.models.change import Change, HistoryEntry, Outcome, Receipt
from webapp.models.mark import Mark, MarkState
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.web.database import Database

AT_ONCE = 8

Send = Callable[[str, str], list[object]]


@pytest.fixture
def send(database: Database, cast: Cast, sweep: Task, now: datetime) -> Send:
    """Give a function that sends changes from as many phones at once, and their answers."""
    wanted = {"task": sweep.id, "day": factories.MONDAY.isoformat()}

    def one(gate: Barrier, verb: str, client_id: str) -> object:
        with database.session() as session:
            gate.wait()
            ada = session.get_one(Person, cast.ada.id)
            try:
                outcome = changes.make(session, ada, ada, Asked(client_id, verb, wanted), now)
            except RuleBroken as broken:
                return broken.code
            session.commit()
            return outcome

    def send(verb: str, client_id: str) -> list[object]:
        gate = Barrier(AT_ONCE)
        verbs = verb.split(" ")
        with ThreadPoolExecutor(AT_ONCE) as phones:
            sent = [
                phones.submit(one, gate, verbs[n % len(verbs)], client_id.format(n))
                for n in range(AT_ONCE)
            ]
            return [each.result() for each in sent]

    return send


def test_one_change_sent_by_many_at_once_is_applied_once(send: Send, database: Database) -> None:
    assert send("task.done", "the-same-id") == [Outcome.APPLIED] * AT_ONCE
    assert [mark.state for mark in rows(database, Mark)] == [MarkState.DONE]
    assert [len(rows(database, kind)) for kind in (Change, Receipt, HistoryEntry)] == [1, 1, 1]


def test_different_changes_at_once_take_turns(send: Send, database: Database) -> None:
    assert send("task.done", "id-number-{}") == [Outcome.APPLIED] * AT_ONCE
    assert len(rows(database, Mark)) == 1
    lines = rows(database, HistoryEntry)
    assert len(lines) == AT_ONCE
    assert [line.before is None for line in lines].count(True) == 1


def test_one_id_for_two_changes_at_once_is_one_of_them(send: Send, database: Database) -> None:
    answers = send("task.done task.not_today", "the-same-id")
    assert sorted(map(str, answers)) == ["applied"] * 4 + ["id_used_twice"] * 4
    assert len(rows(database, HistoryEntry)) == 1
