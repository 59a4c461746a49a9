"""The judge sees every way in which the promise can be broken: else its silence means nothing."""

import time
from dataclasses import replace
from typing import Any

import pytest

from tests.proofs.ledger import KEPT, SENT, Evidence, Ledger, Tap, faults_of
from tests.proofs.proxy import Fate, Passage
from tests.proofs.rows import Taken, marks_after
from webapp.models.change import Outcome

NOW = time.time()
DAY = "2026-11-23"
ASKED = (f"/tasks/1/{DAY}/done", "")
SUBJECT = f"task-1-{DAY}"
ID = "the-id-of-the-tap"


def taken(number: int = 1, verb: str = "task.done", client_id: str = ID) -> Taken:
    wanted = {"task": 1, "day": DAY}
    return Taken(client_id, number, verb, wanted, Outcome.APPLIED, (number, 1))


def passage(status: int | None = 200, at: float = NOW) -> Passage:
    return Passage("POST", ASKED[0], ID, Fate.PASSED, status, at)


@pytest.fixture
def seen() -> Evidence:
    """Give what is known of one tap that was kept, sent and taken."""
    tap = Tap(ASKED, SUBJECT, ID, {KEPT: NOW - 1, SENT: NOW + 1})
    return Evidence([tap], [taken()], 1, [passage()])


def test_it_is_silent_where_all_is_well(seen: Evidence) -> None:
    assert faults_of(seen) == []
    assert faults_of(replace(seen, taken=[], changes=0, refused={ID})) == []


def test_it_allows_what_was_lost_before_the_screen_said_anything(seen: Evidence) -> None:
    unseen = Tap(ASKED, SUBJECT)
    assert faults_of(replace(seen, taps=[*seen.taps, unseen])) == []
    both = [taken(), taken(2, client_id="another")]
    assert faults_of(replace(seen, taps=[*seen.taps, unseen], taken=both, changes=2)) == []


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("lost", {"taken": [], "changes": 0}),
        ("has 2 receipts", {"taken": [taken(), taken(client_id="another")], "taps": []}),
        ("2 changes stand there", {"changes": 2}),
        ("nobody tapped", {"taken": [taken(), taken(2, client_id="another")], "changes": 2}),
        ("nobody tapped", {"taken": [taken(), taken(2, "task.undo", "another")], "changes": 2}),
        ("untrue", {"passages": []}),
        ("untrue", {"passages": [passage(status=None)]}),
        ("untrue", {"passages": [passage(status=502)]}),
        ("untrue", {"passages": [passage(at=NOW + 2)]}),
    ],
)
def test_it_sees_each_fault(seen: Evidence, said: str, broken: dict[str, Any]) -> None:
    assert any(said in fault for fault in faults_of(replace(seen, **broken)))


def row(transaction: str = "strict") -> dict[str, Any]:
    about = {"id": ID, "address": ASKED[0], "fields": [], "subject": SUBJECT}
    return {"kind": "row", "transaction": transaction, **about}


def words(**other: Any) -> dict[str, Any]:
    about = {"kind": KEPT, "id": ID, "subject": SUBJECT, "at": NOW, "isEarly": False}
    return {**about, "words": "Done Kept on this phone", "says": ["Kept on this phone"], **other}


def test_it_hears_what_the_screen_says() -> None:
    ledger = Ledger([Tap(ASKED, SUBJECT)])
    ledger.hear([row(), words()])
    assert ledger.taps == [Tap(ASKED, SUBJECT, ID, {KEPT: NOW})]
    assert ledger.faults == []


@pytest.mark.parametrize(
    "notes",
    [
        [row("relaxed")],
        [row(), words(isEarly=True)],
        [row(), words(words="Done Sent")],
        [words(subject="task-2")],
        [row(), row()],
    ],
    ids=["not strict", "too early", "other words", "untouched", "twice"],
)
def test_it_sees_what_a_page_does_wrong(notes: list[dict[str, Any]]) -> None:
    ledger = Ledger([Tap(ASKED, SUBJECT)])
    ledger.hear(notes)
    assert ledger.faults


def test_what_was_taken_back_stands_no_more() -> None:
    place = (1, DAY)
    done, undone = taken(), taken(2, "task.undo", "another")
    assert marks_after([done]) == {place: "done"}
    assert marks_after([done, undone]) == {}
    assert marks_after([done, taken(2, "task.not_today", "b"), taken(3, "task.undo", "c")]) == {
        place: "done"
    }
