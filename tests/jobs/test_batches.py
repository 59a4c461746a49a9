"""What cannot be read ends alone: neither a notice nor what it speaks of holds up the others."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import NOW
from tests.factories import MONDAY
from tests.jobs.conftest import Send, State
from tests.jobs.outbox import PushServices, notice, phone
from webapp.jobs import batches
from webapp.models.notice import Notice, NoticeKind
from webapp.models.person import LockScreen, Person


def stands(session: Session, number: int) -> str:
    """Return where a notice stands that cannot be read as a whole."""
    found = session.execute(text("SELECT state FROM notice WHERE id = :id"), {"id": number})
    said: str = found.scalar_one()
    session.commit()
    return said


def test_a_notice_that_cannot_be_read_ends_and_the_others_go(
    session: Session,
    ada: Person,
    send: Send,
    state: State,
    caplog: pytest.LogCaptureFixture,
) -> None:
    phone(session, ada)
    rows = [notice(session, ada) for _each in range(5)]
    number = rows.pop(2).id
    of_tomorrow = text("UPDATE notice SET kind = 'of tomorrow' WHERE id = :id")
    session.execute(of_tomorrow, {"id": number})
    assert send().states == {"accepted": 4}
    assert {state(row)[0] for row in rows} == {"accepted"}
    assert stands(session, number) == "failed"
    assert f'"not_readable", "notice": {number}, "error": "LookupError"' in caplog.text
    assert "tomorrow" not in caplog.text


def test_a_reader_who_cannot_be_read_keeps_back_no_other(
    session: Session,
    ada: Person,
    cast: Cast,
    send: Send,
    state: State,
    caplog: pytest.LogCaptureFixture,
) -> None:
    phone(session, ada)
    rows = [notice(session, ada) for _each in range(4)]
    lost = notice(session, cast.ben)
    rows += [notice(session, ada) for _each in range(4)]
    session.flush()
    elvish = text("UPDATE person SET language = 'elvish' WHERE id = :id")
    session.execute(elvish, {"id": cast.ben.id})
    assert send().taken == 9
    assert {state(row)[0] for row in rows} == {"accepted"}
    assert stands(session, lost.id) == "failed"
    assert caplog.text.count("not_readable") == 1
    assert "elvish" not in caplog.text


def test_a_task_that_cannot_be_read_keeps_back_no_other(
    session: Session, ada: Person, send: Send, state: State, post: PushServices
) -> None:
    ada.lock_screen = LockScreen.FULL
    phone(session, ada)
    tasks = [factories.task(session, ada) for _each in range(3)]
    kind = NoticeKind.REMINDER
    rows = [notice(session, ada, kind, task_id=task.id, day=MONDAY) for task in tasks]
    bad = text("UPDATE task SET title = '[1]' WHERE id = :id")
    session.execute(bad, {"id": tasks[1].id})
    send()
    assert [state(row)[0] for row in rows] == ["accepted", "failed", "accepted"]
    assert len(post.sent) == 2


def test_what_is_wrong_with_the_database_ends_no_notice(
    session: Session, ada: Person, send: Send, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_values: object) -> None:
        raise OperationalError("SELECT", {}, Exception("away"))

    row = notice(session, ada)
    for name in ("load", "claim"):
        with monkeypatch.context() as broken:
            broken.setattr(batches, name, fail)
            with pytest.raises(OperationalError):
                send()
        assert state(row)[0] == "planned"
        row.next_try_at = NOW


def test_where_nothing_is_unreadable_nothing_ends(
    session: Session, ada: Person, send: Send, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "claim", lambda *_values: 1 / 0)
    row: Notice = notice(session, ada)
    with pytest.raises(ZeroDivisionError):
        send()
    assert state(row)[0] == "planned"
