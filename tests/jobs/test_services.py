"""Push services that want patience, or refuse our key: they wait alone, and nothing is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW, Clock
from tests.jobs.outbox import PushServices, notice, phone
from webapp.jobs import services
from webapp.jobs.flow import Counts, Flow
from webapp.jobs.office import Office
from webapp.models.notice import Notice, PushService, PushSubscription
from webapp.models.person import Person
from webapp.web.database import Database
from webapp.webpush import Reply, Result

Send = Callable[[], Counts]
State = Callable[[Notice], tuple[str, list[str]]]

GOOGLE = "fcm.googleapis.com"
MOZILLA = "updates.push.services.mozilla.com"
SPREAD = timedelta(seconds=5)


def busy(host: str, status: int = 429, seconds: float | None = 90) -> Reply:
    return Reply(Result.WAIT, host, status, seconds)


@pytest.mark.parametrize("status", [429, 503, 406])
def test_a_busy_service_is_left_alone_as_long_as_it_says(
    session: Session,
    ada: Person,
    send: Send,
    post: PushServices,
    state: State,
    clock: Clock,
    status: int,
) -> None:
    phone(session, ada)
    row = notice(session, ada)
    post.answers[GOOGLE] = busy(GOOGLE, status)
    send()
    until = NOW + timedelta(seconds=90)
    assert state(row) == ("planned", [])
    assert until <= row.next_try_at <= until + SPREAD
    assert session.get_one(PushService, GOOGLE).waits_until == until
    post.answers.clear()
    clock.now = row.next_try_at
    send()
    assert state(row) == ("accepted", ["accepted"])


def test_nothing_else_goes_to_a_busy_service_and_the_others_go_on(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada, "one")
    phone(session, ada, "two", host=MOZILLA)
    post.answers[GOOGLE] = busy(GOOGLE)
    first = notice(session, ada)
    send()
    post.again()
    second = notice(session, ada)
    send()
    [letter] = post.sent
    assert MOZILLA in letter.target.endpoint
    for row in (first, second):
        assert state(row) == ("planned", ["accepted"])
        assert row.next_try_at >= NOW + timedelta(seconds=90)


def test_what_would_be_pointless_when_a_service_is_back_ends(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = busy(GOOGLE, seconds=3600)
    row = notice(session, ada)
    send()
    assert state(row) == ("failed", ["unreachable"])


def test_a_busy_service_that_says_no_time_is_left_alone_for_a_while(
    session: Session, ada: Person, send: Send, post: PushServices
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = busy(GOOGLE, seconds=None)
    notice(session, ada)
    send()
    until = session.get_one(PushService, GOOGLE).waits_until
    assert until is not None
    assert NOW + timedelta(seconds=1) <= until <= NOW + timedelta(seconds=5)


def test_a_service_that_refuses_our_key_is_stopped_and_no_phone_removed(
    session: Session,
    ada: Person,
    send: Send,
    post: PushServices,
    state: State,
    caplog: pytest.LogCaptureFixture,
) -> None:
    phone(session, ada)
    phone(session, ada, "two", host=MOZILLA)
    post.answers[GOOGLE] = Reply(Result.OUR_FAULT, GOOGLE, 401)
    row = notice(session, ada)
    send()
    assert state(row) == ("planned", ["accepted"])
    quarter = NOW + timedelta(minutes=15)
    assert quarter <= row.next_try_at <= quarter + SPREAD
    stopped = session.get_one(PushService, GOOGLE)
    assert (stopped.refused_at, stopped.status, stopped.waits_until) == (NOW, 401, quarter)
    assert '"refuses_our_key", "host": "fcm.googleapis.com", "status": 401' in caplog.text
    assert len(session.scalars(select(PushSubscription)).all()) == 2
    post.again()
    notice(session, ada)
    send()
    assert [MOZILLA in letter.target.endpoint for letter in post.sent] == [True]


def test_it_goes_on_when_the_service_knows_our_key_again(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, clock: Clock
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = Reply(Result.OUR_FAULT, GOOGLE, 403)
    row = notice(session, ada)
    send()
    clock.now = row.next_try_at
    send()
    stopped = session.get_one(PushService, GOOGLE)
    assert stopped.refused_at == NOW
    assert stopped.waits_until == clock.now + timedelta(minutes=15)
    post.answers.clear()
    clock.now = row.next_try_at
    send()
    assert state(row) == ("accepted", ["accepted"])
    session.refresh(stopped)
    assert (stopped.refused_at, stopped.status, stopped.waits_until) == (None, None, None)


def test_a_new_start_tries_a_stopped_service_at_once(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, database: Database
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = Reply(Result.OUR_FAULT, GOOGLE, 403)
    notice(session, ada)
    send()
    post.answers.clear()
    with database.transaction() as other:
        services.try_refusing_again(other)
    row = notice(session, ada)
    send()
    assert state(row) == ("accepted", ["accepted"])


def test_what_is_pointless_before_our_key_is_mended_ends_as_our_fault(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = Reply(Result.OUR_FAULT, GOOGLE, 401)
    rows = [notice(session, ada, useful_until=NOW + timedelta(minutes=9)) for _each in "ab"]
    send()
    assert [state(row) for row in rows] == [("failed", ["our_fault"])] * 2
    assert len(post.sent) == 1


def test_one_odd_phone_does_not_stop_a_service_that_takes_the_others(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada, "well")
    phone(session, ada, "odd")
    post.answers["-odd"] = Reply(Result.OUR_FAULT, GOOGLE, 401)
    row = notice(session, ada)
    send()
    assert state(row) == ("planned", ["accepted"])
    assert session.get(PushService, GOOGLE) is None


def test_a_phone_that_asked_with_another_key_stays_and_gets_nothing(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    other = phone(session, ada)
    other.server_key = "an older key"
    row = notice(session, ada)
    send()
    assert post.sent == []
    assert state(row) == ("failed", ["our_fault"])
    assert len(session.scalars(select(PushSubscription)).all()) == 1


def test_what_is_not_begun_at_the_end_is_given_back(
    session: Session, ada: Person, office: Office, post: PushServices, state: State
) -> None:
    phone(session, ada)
    rows = [notice(session, ada) for _each in range(5)]
    session.commit()
    flow = Flow(office)
    feed = flow.feed()
    letters = [next(feed), next(feed)]
    flow.is_ending = True
    assert next(feed) is None
    for letter in letters:
        assert letter is not None
        flow.answered(letter, Reply(Result.ACCEPTED, GOOGLE, 201))
    flow.end()
    states = [state(row)[0] for row in rows]
    assert sorted(states) == ["accepted"] * 2 + ["planned"] * 3
    assert all(row.claim is None for row in rows)
    assert all(row.next_try_at == NOW for row in rows if row.settled_at is None)


def test_a_service_that_says_nothing_rests_so_that_the_others_go_on(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, clock: Clock
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = Result.RETRY
    rows = [notice(session, ada) for _ in range(services.SILENT_IN_A_ROW + 5)]
    send()
    assert len(post.again()) == services.SILENT_IN_A_ROW
    assert {state(row)[0] for row in rows} == {"planned"}
    rested = NOW + services.REST
    assert session.get_one(PushService, GOOGLE).waits_until == rested
    assert all(row.next_try_at >= rested for row in rows[-5:])
    post.answers.clear()
    clock.now = max(row.next_try_at for row in rows)
    send()
    assert {state(row)[0] for row in rows} == {"accepted"}


def test_a_service_that_fails_now_and_then_is_not_left_alone(
    session: Session, ada: Person, send: Send, post: PushServices
) -> None:
    phone(session, ada)
    post.answers[GOOGLE] = Reply(Result.RETRY, GOOGLE, 500)
    for _ in range(services.SILENT_IN_A_ROW + 5):
        notice(session, ada)
    send()
    assert len(post.sent) == services.SILENT_IN_A_ROW + 5
    assert session.get(PushService, GOOGLE) is None


@pytest.mark.parametrize(
    ("refused_at", "longest"),
    [(None, timedelta(days=1)), (NOW - timedelta(days=2), timedelta(minutes=15))],
)
def test_a_stop_from_before_the_clock_was_put_back_counts_no_more(
    session: Session,
    ada: Person,
    send: Send,
    post: PushServices,
    refused_at: datetime | None,
    longest: timedelta,
) -> None:
    phone(session, ada)
    stop = PushService(host=GOOGLE, waits_until=NOW + longest, refused_at=refused_at)
    session.add(stop)
    notice(session, ada, useful_until=NOW + timedelta(days=3))
    send()
    assert post.sent == []
    stop.waits_until = NOW + longest + timedelta(minutes=2)
    row = notice(session, ada)
    post.answers[GOOGLE] = busy(GOOGLE)
    send()
    assert len(post.sent) == 1
    session.refresh(stop)
    assert stop.waits_until == NOW + timedelta(seconds=90)
    assert row.next_try_at >= stop.waits_until
