"""What the outbox of a phone is answered: every answer of the contract, and nothing applied twice.

An item leaves the phone by an answer that names it. So no answer may name one that is not taken,
or not refused for good.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.views.outboxes import Outbox
from tests.visitor import Visitor, everything, rows
from webapp.models.change import Change, LongWait, Receipt
from webapp.models.mark import Mark, MarkState
from webapp.models.plan import Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]
DAY = factories.MONDAY.isoformat()
THAT_ONE = "the-change-0001"


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9, with two steps."""
    task = factories.task(session, cast.ada)
    factories.steps(session, task, "I take the broom.", "I sweep.")
    session.commit()
    return task


@pytest.fixture
def phone(ada: Visitor, cast: Cast) -> Outbox:
    """Give the outbox on Ada's phone."""
    return Outbox(ada, cast.ada)


@pytest.fixture
def done(sweep: Task) -> str:
    """Give the address of "It's done"."""
    return f"/tasks/{sweep.id}/{DAY}/done"


def states(database: Database) -> list[MarkState]:
    return [mark.state for mark in rows(database, Mark)]


def test_what_is_applied_is_taken(phone: Outbox, done: str, database: Database) -> None:
    answer = phone.send(done, THAT_ONE, headers={"Outbox-Clock": "7"})
    assert answer.status == 200
    assert answer.said == {
        "change": THAT_ONE,
        "state": "taken",
        "outcome": "applied",
        "clock": 7,
        "next": "/today",
        "said": "This is done.",
    }
    assert states(database) == [MarkState.DONE]
    [change] = rows(database, Change)
    assert (change.clock, change.device_id) == (7, phone.browser.device_id)


def test_what_was_taken_is_answered_again_without_its_view(
    phone: Outbox, done: str, database: Database, sweep: Task
) -> None:
    first = phone.send(done, THAT_ONE, headers={"Outbox-Clock": "7"})
    phone.send(done.replace("done", "undo"))
    before = everything(database)
    for address in (
        done,
        done.replace("done", "not-today"),
        "/tasks/999/2026-11-23/done",
        "/nowhere",
    ):
        again = phone.send(address, THAT_ONE, headers={"Outbox-Clock": "9"})
        assert again.status == 200
        assert again.said == {**first.said, "next": None, "said": None}
    assert everything(database) == before


def test_two_bodies_under_one_id_count_once(phone: Outbox, sweep: Task, database: Database) -> None:
    address = f"/tasks/{sweep.id}/{DAY}/later"
    first = phone.send(address, THAT_ONE, choice=f"{DAY}T15:00")
    assert first["outcome"] == "applied"
    again = phone.send(address, THAT_ONE, choice=f"{DAY}T16:00")
    assert again["state"] == "taken"
    [mark] = rows(database, Mark)
    assert f"{mark.moved_time:%H:%M}" == "15:00"


def test_a_change_without_a_clock_comes_after_all(
    phone: Outbox, done: str, database: Database
) -> None:
    phone.send(done, headers={"Outbox-Clock": "41"})
    assert phone.browser.post(done.replace("done", "undo")).status == 303
    assert [change.clock for change in rows(database, Change)] == [41, 42]
    for written in ("", "-3", "x", "1e9", "9" * 16):
        phone.send(done, headers={"Outbox-Clock": written})
    assert [change.clock for change in rows(database, Change)][2:] == [43, 44, 45, 46, 47]


def test_what_was_said_earlier_on_another_phone_is_overtaken(
    phone: Outbox, done: str, visit: Visit, cast: Cast, database: Database
) -> None:
    other = Outbox(visit(cast.ada), cast.ada)
    other.send(done.replace("done", "not-today"), headers={"Outbox-Clock": "9"})
    late = phone.send(done, headers={"Outbox-Clock": "8", "Outbox-Shows": "yes"})
    words = "You said this earlier on another phone. What you said later counts."
    assert (late.status, late["state"], late["outcome"], late["clock"]) == (
        200,
        "taken",
        "overtaken",
        10,
    )
    assert late["said"] == words
    assert states(database) == [MarkState.NOT_TODAY]
    assert phone.browser.get("/today").notices == [words]
    page = phone.browser.get("/changes")
    assert words in page.words
    assert page.words.count("Sweep") == 2


def test_a_part_of_a_form_leaves_a_receipt_too(
    phone: Outbox, session: Session, cast: Cast, database: Database
) -> None:
    step = factories.tried_step(session, cast.ada)
    session.commit()
    address = f"/next-steps/{step.id}/try/view/well"
    answer = phone.send(address, THAT_ONE, pictures="calm")
    assert (answer["outcome"], answer["clock"]) == ("kept", 0)
    assert answer["next"] == f"/next-steps/{step.id}/try/view/wrong"
    [receipt] = rows(database, Receipt)
    assert (receipt.client_id, receipt.change_id) == (THAT_ONE, None)
    before = everything(database)
    again = phone.send(address, THAT_ONE, pictures="money")
    assert again.said == {**answer.said, "next": None}
    assert everything(database) == before


def test_the_answer_of_a_proposal_that_was_withdrawn_is_refused(
    phone: Outbox, session: Session, cast: Cast, now: datetime, database: Database, cora: Visitor
) -> None:
    proposed = factories.proposed(session, cast.cora, cast.ada, now)
    session.commit()
    cora.post(f"/people/{cast.ada.id}/choices/withdraw", changes=proposed.id)
    before = everything(database)
    address = f"/choices/{proposed.proposal_id}/answer"
    answer = phone.send(address, THAT_ONE, changes=proposed.id, answer="yes")
    assert answer.status == 409
    assert answer.said == {
        "change": THAT_ONE,
        "state": "refused",
        "words": "This proposal was taken back.",
        "clock": 2,
    }
    assert everything(database) == before


WRONG = "Something in this answer is not right."
REFUSED = [
    ("/tasks/{task}/2026-11-23/steps/999/tick", {}, 404, "This is not there any more."),
    ("/tasks/999/2026-11-23/done", {}, 404, "This is not there any more."),
    ("/today", {}, 405, WRONG),
    ("/an-old-address", {}, 404, "This is not there any more."),
    ("/tasks//{task}/2026-11-23/done", {}, 404, "This is not there any more."),
    ("/tasks/{task}/2026-11-23/later", {"choice": "soon"}, 400, WRONG),
    ("/help/ask", {"sentence": "x" * 70_000}, 413, "This is too big."),
    ("/help/ask", {"sentence": "a\0b"}, 400, WRONG),
    ("/me/theme", {"value": "pink"}, 409, "This choice does not exist."),
    ("/me/reminders/quiet/hours", {}, 422, "Choose a time."),
    ("/me/reminders/phone", {}, 422, WRONG),
    ("/goals/new?question=title", {}, 422, "Write one short sentence."),
]


@pytest.mark.parametrize(("address", "form", "status", "words"), REFUSED)
def test_what_cannot_be_is_refused_in_words(
    phone: Outbox,
    sweep: Task,
    database: Database,
    address: str,
    form: dict[str, str],
    status: int,
    words: str,
) -> None:
    before = everything(database)
    answer = phone.send(address.format(task=sweep.id), THAT_ONE, **form)
    assert (answer.status, answer["change"], answer["state"]) == (status, THAT_ONE, "refused")
    assert answer["words"] == words
    assert everything(database) == before


def test_what_was_kept_for_long_is_counted_once_and_for_nobody(
    phone: Outbox, done: str, database: Database
) -> None:
    ages = {"change-01": "901", "change-02": "90000", "change-03": "900", "change-04": "-5"}
    for _time in range(2):
        for change, age in ages.items():
            assert phone.send(done, change, headers={"Outbox-Age": age})["state"] == "taken"
    phone.send("/tasks/999/2026-11-23/done", headers={"Outbox-Age": "5000"})
    assert [each.count for each in rows(database, LongWait)] == [2]
