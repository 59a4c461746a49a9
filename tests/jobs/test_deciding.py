"""What is not sent, or later: pauses, quiet hours on both clock changes, and what has passed."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import NOW, Clock
from tests.factories import MONDAY
from tests.jobs.outbox import PushServices, notice, phone
from webapp.jobs.flow import Counts
from webapp.models.mark import Mark, MarkState
from webapp.models.notice import Notice, NoticeKind, NoticeState
from webapp.models.person import Pace, Person

Send = Callable[[], Counts]
State = Callable[[Notice], tuple[str, list[str]]]


def reminder(session: Session, person: Person, **values: Any) -> Notice:
    task = factories.task(session, person)
    return notice(session, person, NoticeKind.REMINDER, task_id=task.id, day=MONDAY, **values)


@pytest.mark.parametrize("kind", [NoticeKind.REMINDER, NoticeKind.TOLD, NoticeKind.HELP_ANSWER])
@pytest.mark.parametrize("name", ["reminders_paused", "reminders_on"])
def test_who_wants_none_gets_none(
    session: Session,
    ada: Person,
    send: Send,
    post: PushServices,
    state: State,
    kind: NoticeKind,
    name: str,
) -> None:
    phone(session, ada)
    setattr(ada, name, not getattr(ada, name))
    row = notice(session, ada, kind)
    send()
    assert state(row) == ("silent", [])
    assert post.sent == []


def test_a_try_goes_in_any_case(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada)
    ada.reminders_paused, ada.quiet_from, ada.quiet_until = True, time(7), time(9)
    row = notice(session, ada, NoticeKind.TRY)
    send()
    assert state(row) == ("accepted", ["accepted"])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NoticeKind.REMINDER, "silent"),
        (NoticeKind.PROPOSAL, "silent"),
        (NoticeKind.TOLD, "silent"),
        (NoticeKind.HELP_ANSWER, "accepted"),
        (NoticeKind.TRY, "accepted"),
    ],
)
def test_in_a_pause_of_the_pace_help_still_answers(
    session: Session, ada: Person, send: Send, state: State, kind: NoticeKind, expected: str
) -> None:
    phone(session, ada)
    ada.paces = [["2026-11-20", Pace.PAUSE], ["2026-11-24", Pace.STEADY]]
    row = notice(session, ada, kind)
    send()
    assert state(row)[0] == expected


def test_a_pause_is_one_of_the_persons_own_day(
    session: Session, ada: Person, send: Send, state: State, clock: Clock
) -> None:
    """At 5 in the morning in Paris it is still the day before in Toronto."""
    phone(session, ada)
    ada.paces = [["2026-11-23", Pace.PAUSE]]
    clock.now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    row = notice(session, ada, due_at=clock.now)
    send()
    assert state(row)[0] == "accepted"


@pytest.mark.parametrize("said", [MarkState.DONE, MarkState.NOT_TODAY, MarkState.LATER])
def test_nobody_is_reminded_of_what_is_closed(
    session: Session, ada: Person, send: Send, state: State, said: MarkState
) -> None:
    phone(session, ada)
    row = reminder(session, ada)
    change = factories.help_request(session, ada, NOW).change_id
    session.add(Mark(task_id=row.task_id, day=MONDAY, state=said, change_id=change, marked_at=NOW))
    send()
    assert state(row)[0] == ("accepted" if said is MarkState.LATER else "silent")


def test_a_message_waits_for_the_end_of_quiet_hours(
    session: Session, ada: Person, send: Send, state: State, clock: Clock
) -> None:
    phone(session, ada)
    ada.quiet_from, ada.quiet_until = time(22), time(9)
    row = notice(session, ada, useful_until=NOW + timedelta(days=3))
    send()
    assert state(row) == ("planned", [])
    assert row.next_try_at == row.due_at == NOW + timedelta(hours=1)
    assert row.claim is None
    clock.now = row.next_try_at
    send()
    assert state(row) == ("accepted", ["accepted"])


@pytest.mark.parametrize(("hours", "expected"), [(2, "planned"), (1, "silent")])
def test_a_reminder_in_quiet_hours_comes_after_them_if_it_is_of_use_then(
    session: Session, ada: Person, send: Send, state: State, hours: int, expected: str
) -> None:
    phone(session, ada)
    ada.quiet_from, ada.quiet_until = time(22), time(9)
    row = reminder(session, ada, useful_until=NOW + timedelta(hours=hours))
    send()
    assert state(row)[0] == expected
    assert row.due_at == NOW


@pytest.mark.parametrize(
    ("moment", "heard_at"),
    [
        ("2026-11-24T02:59", "2026-11-24T02:59"),  # 21:59 in Toronto
        ("2026-11-24T03:00", "2026-11-24T12:00"),  # 22:00
        ("2026-11-24T06:00", "2026-11-24T12:00"),  # 1:00
        ("2026-11-24T12:00", "2026-11-24T12:00"),  # 7:00
        # The night in which the clocks go back: 7:00 is an hour later.
        ("2026-11-01T02:30", "2026-11-01T12:00"),
        ("2026-11-01T05:30", "2026-11-01T12:00"),
        ("2026-11-01T06:30", "2026-11-01T12:00"),
        # The night in which they go forward.
        ("2026-03-08T06:59", "2026-03-08T11:00"),
        ("2026-03-08T07:01", "2026-03-08T11:00"),
    ],
)
def test_quiet_hours_are_those_of_the_persons_clock(
    session: Session, ada: Person, send: Send, clock: Clock, moment: str, heard_at: str
) -> None:
    phone(session, ada)
    ada.quiet_from, ada.quiet_until = time(22), time(7)
    clock.now = datetime.fromisoformat(f"{moment}+00:00")
    row = notice(session, ada, due_at=clock.now, useful_until=clock.now + timedelta(days=2))
    send()
    heard = row.settled_at if row.state is NoticeState.ACCEPTED else row.next_try_at
    assert heard == datetime.fromisoformat(f"{heard_at}+00:00")


def test_what_has_passed_is_missed_and_one_quiet_summary_follows(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada)
    rows = [
        notice(session, ada, NoticeKind.REMINDER, due_at=NOW - timedelta(hours=hours))
        for hours in (2, 3, 4)
    ]
    assert send().states == {"missed": 3}
    assert [state(row) for row in rows] == [("missed", [])] * 3
    assert post.sent == []
    [summary] = session.scalars(select(Notice).where(Notice.kind == NoticeKind.SUMMARY))
    assert summary.key == f"summary:{ada.id}:2026-11-23"
    assert summary.useful_until == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert send().states == {"accepted": 1}
    [letter], [shown] = post.sent, post.shown()
    assert letter.urgency == "low"
    assert shown["silent"] is True
    assert shown["navigate"].endswith("/today")


def test_a_summary_comes_once_in_twelve_hours(
    session: Session, ada: Person, send: Send, post: PushServices, clock: Clock
) -> None:
    phone(session, ada)
    for hours, summaries in ((13, 1), (6, 0), (12, 1)):  # 9 in the evening, 3 at night, 3
        clock.move(hours=hours)
        notice(session, ada, NoticeKind.REMINDER, due_at=clock.now - timedelta(hours=2))
        send()
        send()
        assert len(post.again()) == summaries


@pytest.mark.parametrize("kind", [NoticeKind.TOLD, NoticeKind.HELP_ANSWER, NoticeKind.TRY])
def test_no_summary_speaks_of_other_messages(
    session: Session, ada: Person, send: Send, state: State, kind: NoticeKind
) -> None:
    phone(session, ada)
    row = notice(session, ada, kind, due_at=NOW - timedelta(hours=2))
    send()
    assert state(row) == ("missed", [])
    assert send().taken == 0


def test_no_summary_for_those_who_want_no_messages(
    session: Session, ada: Person, send: Send
) -> None:
    phone(session, ada)
    ada.reminders_paused = True
    notice(session, ada, NoticeKind.REMINDER, due_at=NOW - timedelta(hours=2))
    send()
    assert send().taken == 0


def test_what_is_of_short_use_still_goes_when_it_is_due(
    session: Session, ada: Person, send: Send, state: State, clock: Clock
) -> None:
    phone(session, ada)
    clock.move(seconds=20)
    row = notice(session, ada, NoticeKind.REMINDER, useful_until=NOW)
    send()
    assert state(row)[0] == "accepted"


def test_when_the_clock_jumps_nothing_is_lost_and_nothing_comes_in_a_burst(
    session: Session, cast: Cast, ada: Person, send: Send, state: State, clock: Clock
) -> None:
    phone(session, ada)
    hours = (1, 2, 3)
    rows = [
        notice(session, ada, NoticeKind.REMINDER, due_at=NOW + timedelta(hours=each))
        for each in hours
    ]
    clock.move(days=-400)
    assert send().taken == 0
    clock.move(days=400, hours=3)
    send()
    assert [state(row)[0] for row in rows] == ["missed", "missed", "accepted"]
