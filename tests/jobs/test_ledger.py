"""How it ended is kept, whatever goes wrong: with one notice, one reader, or the database."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import NOW, Clock
from tests.jobs.conftest import Send, State
from tests.jobs.outbox import PushServices, notice, phone
from webapp.jobs import many, settling, summaries
from webapp.jobs.flow import Flow
from webapp.jobs.office import Office
from webapp.jobs.parcels import Parcel
from webapp.jobs.runner import Runner
from webapp.models.notice import Notice, NoticeKind
from webapp.models.person import Person
from webapp.webpush import Letter, Reply, Result


def missed(session: Session, person: Person) -> Notice:
    return notice(session, person, NoticeKind.REMINDER, due_at=NOW - timedelta(hours=2))


def told(session: Session) -> list[int]:
    """Return who was told that reminders did not reach them."""
    found = select(Notice.person_id).where(Notice.kind == NoticeKind.SUMMARY)
    numbers = list(session.scalars(found))
    session.commit()
    return numbers


def test_one_reader_in_an_unknown_zone_keeps_nothing_back(
    session: Session,
    ada: Person,
    cast: Cast,
    send: Send,
    state: State,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cast.ben.reminders_on, cast.ben.time_zone = True, "Moon/Base"
    rows = [missed(session, ada), missed(session, cast.ben)]
    send()
    assert [state(row)[0] for row in rows] == ["missed", "missed"]
    assert told(session) == [ada.id]
    assert '"not_summed_up", "error": "ZoneInfoNotFoundError"' in caplog.text
    assert "Moon" not in caplog.text


def test_summaries_that_fail_leave_what_was_settled(
    session: Session, ada: Person, send: Send, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "_told_lately", lambda *_values: 1 / 0)
    row = missed(session, ada)
    send()
    assert state(row)[0] == "missed"


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Give a set: what becomes of the notices in it cannot be kept."""
    numbers: set[int] = set()
    deliver = settling._deliver

    def sometimes(connection: object, ours: Sequence[Parcel], now: object) -> None:
        if any(each.ends and each.notice.id in numbers for each in ours):
            raise ValueError("somebody's secret")
        deliver(connection, ours, now)  # type: ignore[arg-type]

    monkeypatch.setattr(settling, "_deliver", sometimes)
    return numbers


def test_one_notice_that_cannot_be_kept_holds_up_no_other(
    session: Session,
    ada: Person,
    send: Send,
    state: State,
    post: PushServices,
    clock: Clock,
    bad: set[int],
    caplog: pytest.LogCaptureFixture,
) -> None:
    phone(session, ada)
    rows = [notice(session, ada) for _each in range(3)]
    bad.add(rows[1].id)
    assert send().states == {"accepted": 3}
    assert [state(row)[1] for row in rows] == [["accepted"], [], ["accepted"]]
    assert '"not_settled", "error": "ValueError"' in caplog.text
    assert "secret" not in caplog.text
    clock.move(seconds=60)
    assert send().taken == 0
    assert len(post.sent) == 3


def test_services_that_cannot_be_kept_hold_up_no_notice(
    session: Session,
    ada: Person,
    send: Send,
    state: State,
    post: PushServices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webapp.jobs.services._store", lambda *_values: 1 / 0)
    phone(session, ada)
    post.answers["fcm"] = Reply(Result.WAIT, "fcm.googleapis.com", 429, 60)
    row = notice(session, ada)
    send()
    assert state(row)[0] == "planned"
    assert row.claim is None


@pytest.fixture
def away(office: Office, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Give a set: while anything is in it, nothing can be written."""
    reasons: set[str] = set()
    transaction = type(office.database).transaction

    def sometimes(database: object) -> object:
        if reasons:
            raise OperationalError("BEGIN", {}, Exception("away"))
        return transaction(database)  # type: ignore[arg-type]

    monkeypatch.setattr(type(office.database), "transaction", sometimes)
    return reasons


def test_while_the_database_is_away_nothing_that_was_sent_is_forgotten(
    session: Session,
    ada: Person,
    office: Office,
    state: State,
    post: PushServices,
    clock: Clock,
    away: set[str],
) -> None:
    phone(session, ada)
    rows = [notice(session, ada) for _each in range(3)]
    session.commit()
    post.when_sent = lambda _letter: away.add("gone")
    process = Runner(office)
    for _turn in range(3):
        assert process._attempt(process.step) == 2.0
    away.clear()
    process._attempt(process.step)
    assert [state(row) for row in rows] == [("accepted", ["accepted"])] * 3
    clock.move(seconds=60)
    process._attempt(process.step)
    assert len(post.sent) == 3


def test_what_is_on_its_way_is_waited_for_while_the_database_is_away(
    session: Session,
    ada: Person,
    office: Office,
    state: State,
    away: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LOOK_EVERY_SECONDS", "HOLD_EVERY_SECONDS"):
        monkeypatch.setattr(f"webapp.jobs.flow.{name}", 0)
    monkeypatch.setattr("webapp.jobs.ledger.SETTLE_EVERY_SECONDS", 0, raising=False)
    phone(session, ada)
    rows = [notice(session, ada) for _each in range(2)]
    session.commit()
    flow = Flow(office)
    letters = flow.feed()
    one, two = next(letters), next(letters)
    assert one is not None
    assert two is not None
    away.add("gone")
    answer(flow, [one])
    assert next(letters) is None
    answer(flow, [two])
    with pytest.raises(OperationalError):
        next(letters)
    away.clear()
    flow.settle()
    assert [state(row)[0] for row in rows] == ["accepted"] * 2


def answer(flow: Flow, letters: Iterable[Letter]) -> None:
    for letter in letters:
        flow.answered(letter, Reply(Result.ACCEPTED, "fcm.googleapis.com", 201))


def test_older_databases_know_what_is_asked_of_them() -> None:
    """SQLite has `format` only since 3.38."""
    _first, second = many.pairs("sqlite")
    assert "printf(" in str(second.compile(dialect=sqlite.dialect()))
