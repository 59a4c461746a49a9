"""The reminders process: how long it waits, what it says, and that a failure does not end it."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.conftest import NOW, Clock
from tests.jobs.conftest import Send, State
from tests.jobs.outbox import PushServices, notice, phone
from webapp.config import Settings
from webapp.jobs import batches, caretaker, flow, ledger, runner
from webapp.jobs.office import Office
from webapp.jobs.opening import mail_from, open_office
from webapp.jobs.runner import Runner
from webapp.jobs.waits import after, backoff, next_try
from webapp.models.notice import Heartbeat
from webapp.models.person import Person
from webapp.web.database import Database
from webapp.webpush import Result


def said(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, object]]:
    """Return what was logged of an event, and forget everything."""
    lines = [json.loads(each.message) for each in caplog.records if each.name == "webapp.jobs"]
    caplog.clear()
    return [line for line in lines if line["event"] == event]


def test_it_sends_what_is_due_and_says_so_in_numbers(
    session: Session,
    ada: Person,
    office: Office,
    post: PushServices,
    state: State,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "webapp.jobs")
    phone(session, ada, "one")
    phone(session, ada, "two", host="updates.push.services.mozilla.com")
    post.answers["mozilla"] = Result.GONE
    row = notice(session, ada)
    session.commit()
    process = Runner(office)
    process.step()
    assert state(row)[0] == "accepted"
    process.step()
    [line] = said(caplog, "sent")
    assert line.pop("seconds") is not None
    assert line == {
        "time": NOW.isoformat(),
        "event": "sent",
        "taken": 1,
        "states": {"accepted": 1},
        "hosts": {
            "fcm.googleapis.com": {"accepted": 1},
            "updates.push.services.mozilla.com": {"gone": 1},
        },
    }


@pytest.mark.parametrize(
    ("ahead", "wait"), [(None, 2.0), (0.01, 0.05), (0.5, 0.5), (60, 2.0), (86_400, 2.0)]
)
def test_it_waits_for_the_next_one_but_never_long(
    session: Session, ada: Person, office: Office, ahead: float | None, wait: float
) -> None:
    if ahead is not None:
        notice(session, ada, next_try_at=NOW + timedelta(seconds=ahead))
        session.commit()
    assert Runner(office).step() == wait


def test_it_is_in_no_hurry_where_others_are_at_work(
    session: Session, ada: Person, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice(session, ada)
    session.commit()
    monkeypatch.setattr(batches, "claim", lambda *_values: [])
    assert Runner(office).step() == 0.5


def test_a_failure_ends_neither_the_process_nor_a_notice(
    session: Session,
    ada: Person,
    office: Office,
    post: PushServices,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_values: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("somebody's secret"))

    phone(session, ada)
    row = notice(session, ada)
    session.commit()
    process = Runner(office)
    with monkeypatch.context() as broken:
        broken.setattr(ledger, "settle", fail)
        assert process._attempt(process.step) == 2.0
    [line] = said(caplog, "failed")
    assert (line["at"], line["error"]) == ("step", "OperationalError")
    assert "secret" not in caplog.text
    assert state(row)[0] == "planned"
    process.step()
    assert state(row) == ("accepted", ["accepted"])
    assert len(post.sent) == 1


def test_a_process_whose_work_fails_falls_silent(
    session: Session, office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beat_at() -> datetime | None:
        newest = session.scalar(select(func.max(Heartbeat.beat_at)))
        session.commit()
        return newest

    monkeypatch.setattr(caretaker, "BEAT_EVERY_SECONDS", 0)
    monkeypatch.setattr(caretaker, "BEAT_AGAIN_SECONDS", 0, raising=False)
    process = Runner(office)
    process._attempt(process.step)
    assert beat_at() == NOW
    with monkeypatch.context() as broken:
        broken.setattr(runner, "next_due", lambda _session: 1 / 0)
        for _minute in range(2):
            process._attempt(process.step)
            clock.move(seconds=60)
    assert beat_at() == NOW
    for _turn in range(2):
        process._attempt(process.step)
    assert beat_at() == clock.now


def test_a_database_that_is_busy_for_a_moment_is_asked_again(
    session: Session, ada: Person, send: Send, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone(session, ada)
    row = notice(session, ada)
    settle, failures = ledger.settle, iter([True, True, False])

    def sometimes(*values: object) -> object:
        if next(failures):
            raise OperationalError("UPDATE", {}, Exception("deadlock"))
        return settle(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "settle", sometimes)
    send()
    assert state(row) == ("accepted", ["accepted"])


def test_what_falls_due_meanwhile_goes_too(
    session: Session, ada: Person, office: Office, post: PushServices, database: Database
) -> None:
    phone(session, ada)
    for number in range(flow.MOST_AT_ONCE + 1):
        notice(session, ada, key=f"{number}")
    session.commit()
    Runner(office).step()
    assert len(post.sent) == flow.MOST_AT_ONCE + 1


def test_what_is_on_its_way_for_long_is_held(
    session: Session,
    ada: Person,
    office: Office,
    state: State,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phone(session, ada)
    row = notice(session, ada)
    session.commit()
    slow = flow.Flow(office)
    slow.take()
    monkeypatch.setattr(flow, "HOLD_EVERY_SECONDS", 0)
    clock.move(seconds=50)
    slow.tend()
    assert state(row)[0] == "planned"
    assert row.next_try_at == clock.now + timedelta(seconds=60)


def test_waits_grow_and_differ() -> None:
    for tries, longest in ((1, 5), (2, 10), (5, 80), (9, 600), (10_000, 600)):
        waits = {backoff(tries).total_seconds() for _each in range(50)}
        assert len(waits) > 10
        assert 1 <= min(waits) <= max(waits) <= longest


def test_the_last_try_comes_before_it_is_pointless() -> None:
    until = NOW + timedelta(seconds=30)
    for _each in range(50):
        at = next_try(NOW, until, 10)
        assert at is not None
        assert NOW < at <= until - timedelta(seconds=5)
        assert next_try(until - timedelta(seconds=4), until, 1) is None
        late = after(until - timedelta(seconds=1), until)
        assert late == until - timedelta(seconds=1)
        assert after(until, until) is None


def test_where_emails_come_from(settings: Settings, database: Database) -> None:
    assert mail_from(settings) == "no-reply@localhost"
    office = open_office(settings, database)
    assert office.server_key
    assert office.postman is not None
