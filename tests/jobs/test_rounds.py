"""One round: what is due is taken, sent and settled; what went wrong has its rule."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW, Clock
from tests.jobs.outbox import PushServices, notice, phone
from tests.statements import counted
from webapp.jobs.claiming import LEASE, claim, hold
from webapp.jobs.flow import Counts, Flow
from webapp.jobs.office import Office
from webapp.models.notice import (
    DeliveryCount,
    Notice,
    NoticeKind,
    NoticeState,
    PushService,
    PushSubscription,
)
from webapp.models.person import Person
from webapp.web.database import Database
from webapp.webpush import Reply, Result

Send = Callable[[], Counts]
State = Callable[[Notice], tuple[str, list[str]]]
SECOND = timedelta(seconds=1)


def test_what_is_due_goes_to_every_phone_once(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, clock: Clock
) -> None:
    phone(session, ada, "one")
    phone(session, ada, "two")
    due = notice(session, ada)
    ahead = notice(session, ada, next_try_at=NOW + timedelta(minutes=1))
    clock.move(seconds=3)
    assert send().states == {"accepted": 1}
    assert state(due) == ("accepted", ["accepted", "accepted"])
    assert (due.settled_at, due.claim) == (NOW + 3 * SECOND, None)
    assert state(ahead) == ("planned", [])
    assert send().taken == 0
    first, second = post.sent
    assert first.target.endpoint != second.target.endpoint
    assert first.topic == second.topic == post.shown()[0]["tag"]
    assert len(first.topic) == 32
    assert first.ttl_seconds == 3597


def test_who_has_no_phone_has_nowhere_to_get_it(
    session: Session, ada: Person, cora: Person, send: Send, state: State
) -> None:
    phone(session, cora)
    due = notice(session, ada)
    send()
    assert state(due) == ("nowhere", [])


def test_a_message_for_one_device_goes_there_alone(
    session: Session, ada: Person, send: Send, post: PushServices
) -> None:
    phone(session, ada, "one")
    two = phone(session, ada, "two")
    notice(session, ada, NoticeKind.TRY, device_id=two.device_id)
    send()
    assert [letter.target.endpoint for letter in post.sent] == [two.endpoint]


def test_nothing_is_taken_twice(session: Session, ada: Person, database: Database) -> None:
    for _each in range(5):
        notice(session, ada)
    session.commit()
    with database.transaction() as one:
        first = claim(one, NOW, 3)
    with database.transaction() as other:
        second = claim(other, NOW)
    assert (len(first), len(second)) == (3, 2)
    assert not {row.id for row in first} & {row.id for row in second}
    assert len({row.claim for row in first}) == 1
    assert first[0].claim != second[0].claim


def test_who_dies_loses_what_they_took(session: Session, ada: Person, database: Database) -> None:
    row = notice(session, ada)
    session.commit()
    with database.transaction() as one:
        [lost] = claim(one, NOW)
    with database.transaction() as other:
        assert claim(other, NOW + LEASE - SECOND) == []
        [taken] = claim(other, NOW + LEASE)
    assert (taken.id, taken.tries) == (row.id, 2)
    assert taken.claim != lost.claim


def test_who_lives_holds_it_longer(session: Session, ada: Person, database: Database) -> None:
    notice(session, ada)
    session.commit()
    with database.transaction() as one:
        [taken] = claim(one, NOW)
        hold(one, [taken.id], [taken.claim], NOW + 30 * SECOND)
    with database.transaction() as other:
        assert claim(other, NOW + LEASE) == []
        assert len(claim(other, NOW + LEASE + 30 * SECOND)) == 1


def test_who_dies_between_sending_and_settling_has_it_sent_again_as_the_same(
    session: Session,
    ada: Person,
    office: Office,
    send: Send,
    post: PushServices,
    state: State,
    clock: Clock,
) -> None:
    phone(session, ada)
    row = notice(session, ada)
    session.commit()
    dying = Flow(office)
    dying.take()
    list(post.send(dying.queued()))
    assert send().taken == 0
    clock.move(seconds=LEASE.total_seconds())
    send()
    first, second = post.sent
    assert (first.topic, first.target) == (second.topic, second.target)
    assert state(row) == ("accepted", ["accepted"])


def test_who_comes_too_late_keeps_nothing(
    session: Session,
    ada: Person,
    office: Office,
    send: Send,
    post: PushServices,
    state: State,
    clock: Clock,
) -> None:
    phone(session, ada)
    row = notice(session, ada)
    session.commit()
    slow = Flow(office)
    slow.take()
    clock.move(seconds=LEASE.total_seconds())
    send()
    for letter, _reply in list(post.send(slow.queued())):
        slow.answered(letter, Reply(Result.GONE, "fcm.googleapis.com", 410))
    slow.finish()
    assert state(row) == ("accepted", ["accepted"])
    assert len(session.scalars(select(PushSubscription)).all()) == 1


def test_a_phone_that_is_gone_is_removed(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada, "gone")
    kept = phone(session, ada, "kept").id
    post.answers["-gone"] = Result.GONE
    row = notice(session, ada)
    send()
    assert state(row) == ("accepted", ["gone", "accepted"])
    assert session.scalars(select(PushSubscription.id)).all() == [kept]
    assert ada.no_phone_since is None


def test_since_the_last_phone_is_gone_there_is_none(
    session: Session, ada: Person, send: Send, post: PushServices, state: State
) -> None:
    phone(session, ada)
    post.answers["fcm"] = Result.GONE
    row = notice(session, ada)
    send()
    assert state(row) == ("failed", ["gone"])
    assert ada.no_phone_since == NOW


def test_a_phone_that_has_a_new_address_meanwhile_stays(
    session: Session, ada: Person, send: Send, post: PushServices, database: Database
) -> None:
    number = phone(session, ada).id
    post.answers["fcm"] = Result.GONE

    def renew(_letter: object) -> None:
        with database.transaction() as other:
            other.get_one(PushSubscription, number).endpoint = "https://fcm.googleapis.com/new"

    post.when_sent = renew
    notice(session, ada)
    send()
    assert session.get_one(PushSubscription, number).endpoint.endswith("/new")


@pytest.mark.parametrize("result", [Result.TOO_LARGE, Result.REFUSED])
def test_what_a_service_refuses_is_not_sent_again_and_the_phone_stays(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, result: Result
) -> None:
    phone(session, ada)
    post.answers["fcm"] = result
    row = notice(session, ada)
    send()
    assert state(row) == ("failed", ["refused"])
    assert len(session.scalars(select(PushSubscription)).all()) == 1


def test_the_waiting_one_of_two_phones_is_tried_again_alone(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, clock: Clock
) -> None:
    phone(session, ada, "well")
    ill = phone(session, ada, "ill")
    post.answers["-ill"] = Result.RETRY
    row = notice(session, ada)
    send()
    assert state(row) == ("planned", ["accepted"])
    assert NOW + SECOND <= row.next_try_at <= NOW + 5 * SECOND
    assert row.claim is None
    post.answers.clear()
    post.again()
    clock.now = row.next_try_at
    send()
    assert [letter.target.endpoint for letter in post.sent] == [ill.endpoint]
    assert state(row) == ("accepted", ["accepted", "accepted"])


def test_what_is_not_reached_while_it_is_of_use_ends(
    session: Session, ada: Person, send: Send, post: PushServices, state: State, clock: Clock
) -> None:
    phone(session, ada)
    post.answers["fcm"] = Result.RETRY
    row = notice(session, ada, useful_until=NOW + timedelta(minutes=20))
    tried = []
    while row.state is NoticeState.PLANNED:
        assert send().taken == 1
        tried.append(clock.now)
        clock.now = max(row.next_try_at, clock.now)
    assert state(row) == ("failed", ["unreachable"])
    assert len(tried) > 4
    assert tried[-1] < row.useful_until
    assert max(b - a for a, b in zip(tried, tried[1:], strict=False)) <= timedelta(minutes=10)


def test_one_batch_costs_few_statements_whatever_its_size(
    session: Session, ada: Person, send: Send, database: Database
) -> None:
    costs = []
    phone(session, ada)
    for many in (1, 40):
        for _each in range(many):
            notice(session, ada)
        session.commit()
        with counted(database.engine) as said:
            send()
        costs.append(len(said))
    assert costs[0] == costs[1]
    assert costs[0] <= 14


def test_the_day_counts_how_it_ended_and_how_late(
    session: Session, ada: Person, send: Send, post: PushServices, clock: Clock
) -> None:
    phone(session, ada)
    for late in (0, 10, 11, 60, 61, 3601):
        due = NOW - timedelta(seconds=late)
        notice(session, ada, due_at=due, useful_until=NOW + timedelta(hours=1))
    send()
    notice(session, ada, NoticeKind.REMINDER, due_at=NOW - timedelta(hours=2))
    send()
    rows = session.scalars(select(DeliveryCount)).all()
    assert {(row.way, row.outcome, row.within_seconds): row.count for row in rows} == {
        ("push", "accepted", 10): 2,
        ("push", "accepted", 60): 2,
        ("push", "accepted", 3600): 1,
        ("push", "accepted", 0): 1,
        ("none", "missed", 0): 1,
    }
    assert {row.day for row in rows} == {NOW.date()}
    clock.move(hours=12)
    notice(session, ada, useful_until=NOW + timedelta(days=1))
    send()
    assert len({row.day for row in session.scalars(select(DeliveryCount))}) == 2


def test_no_service_is_noted_where_all_is_well(session: Session, ada: Person, send: Send) -> None:
    phone(session, ada)
    notice(session, ada)
    send()
    assert session.scalars(select(PushService)).all() == []
