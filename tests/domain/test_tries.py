"""A try: a message to one's own phone, and phones that leave the list and come back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import sessions, subscriptions, tries
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.notice import NoticeKind, NoticeState
from webapp.models.sign_in import Device, DeviceKind


@pytest.fixture
def phone(session: Session, cast: Cast, now: datetime) -> Device:
    """Give Ada a phone that gets messages."""
    row, _token = sessions.begin(session, cast.ada, DeviceKind.ANDROID, now)
    factories.subscription(session, row.device, now)
    return row.device


def test_a_try_is_due_now_for_this_phone_alone_and_soon_of_no_use(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    made = tries.begin(session, cast.ada, phone.id, now)
    assert (made.kind, made.device_id, made.due_at) == (NoticeKind.TRY, phone.id, now)
    assert made.useful_until == now + timedelta(minutes=10)
    other = tries.begin(session, cast.ada, phone.id, now)
    assert made.key != other.key
    assert tries.get(session, cast.ada, made.id) == tries.Tried(NoticeState.PLANNED, None)


def test_a_phone_without_messages_cannot_be_tried(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    subscriptions.refuse(session, phone.id, now)
    with pytest.raises(RuleBroken, match="no_phone_here"):
        tries.begin(session, cast.ada, phone.id, now)


def test_three_may_wait_and_old_ones_do_not_count(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    for _time in range(3):
        tries.begin(session, cast.ada, phone.id, now)
    with pytest.raises(RuleBroken, match="too_many_tries"):
        tries.begin(session, cast.ada, phone.id, now)
    tries.begin(session, cast.ada, phone.id, now + timedelta(minutes=10))


def test_nobody_sends_themselves_one_after_the_other(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    for _time in range(20):
        tries.begin(session, cast.ada, phone.id, now).state = NoticeState.ACCEPTED
    with pytest.raises(RuleBroken, match="too_many_tries"):
        tries.begin(session, cast.ada, phone.id, now)
    tries.begin(session, cast.ada, phone.id, now + timedelta(minutes=10))


def test_nobody_else_is_told_what_became_of_it(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    made = tries.begin(session, cast.ada, phone.id, now)
    for stranger in (cast.ben, cast.cora, cast.dan):
        with pytest.raises(NotFound):
            tries.get(session, stranger, made.id)
    made.kind = NoticeKind.REMINDER
    session.flush()
    with pytest.raises(NotFound):
        tries.get(session, cast.ada, made.id)


def test_a_phone_repairs_itself_until_the_person_says_no(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    cast.ada.reminders_on = True
    [found] = subscriptions.find_for(session, cast.ada)
    subscriptions.drop(session, [found[0].id], now)
    session.refresh(phone)
    assert subscriptions.may_repair(phone, cast.ada)
    found_again = factories.subscription(session, phone, now)
    subscriptions.remove(session, cast.ada, found_again.id, now)
    session.refresh(phone)
    assert not subscriptions.may_repair(phone, cast.ada)
    factories.subscription(session, phone, now)
    session.refresh(phone)
    assert subscriptions.may_repair(phone, cast.ada)
    cast.ada.reminders_on = False
    assert not subscriptions.may_repair(phone, cast.ada)


def test_only_ones_own_phone_is_found_and_removed(
    session: Session, cast: Cast, phone: Device, now: datetime
) -> None:
    [(found, _device)] = subscriptions.find_for(session, cast.ada)
    assert subscriptions.get(session, cast.ada, found.id) == (found, phone)
    for stranger in (cast.ben, cast.cora, cast.dan):
        with pytest.raises(NotFound):
            subscriptions.remove(session, stranger, found.id, now)
    assert subscriptions.of_device(session, phone.id)
