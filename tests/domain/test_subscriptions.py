"""The phones that get messages: with whom they go, and since when a person has none."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import sessions, subscriptions
from webapp.domain.subscriptions import Address
from webapp.models.person import Person
from webapp.models.sign_in import Device, DeviceKind


def device(session: Session, person: Person, now: datetime) -> Device:
    made = Device(person_id=person.id, kind=DeviceKind.ANDROID, added_at=now)
    session.add(made)
    session.flush()
    return made


def address(name: str) -> Address:
    return Address(f"https://push.example.org/{name}", "key", "auth", "ours")


def test_since_when_no_phone_gets_messages(session: Session, cast: Cast, now: datetime) -> None:
    assert cast.ada.no_phone_since is None
    cast.ada.reminders_on = True
    subscriptions.note_phones(session, cast.ada, now)
    assert cast.ada.no_phone_since == now
    first, second = (device(session, cast.ada, now) for _ in range(2))
    kept = subscriptions.save(session, first, address("a"), now)
    subscriptions.save(session, second, address("b"), now)
    assert cast.ada.no_phone_since is None
    later = now + timedelta(hours=1)
    subscriptions.drop(session, [kept.id], later)
    assert cast.ada.no_phone_since is None
    subscriptions.drop_devices(session, [second.id], later)
    assert cast.ada.no_phone_since == later
    cast.ada.reminders_on = False
    subscriptions.note_phones(session, cast.ada, later)
    assert cast.ada.no_phone_since is None


def test_a_device_has_one_address(session: Session, cast: Cast, now: datetime) -> None:
    phone = device(session, cast.ada, now)
    for name in "aab":
        subscriptions.save(session, phone, address(name), now)
    [(found, owner)] = subscriptions.find_for(session, cast.ada)
    assert (found.endpoint, owner.id) == ("https://push.example.org/b", phone.id)


def test_an_address_goes_with_who_signed_in_last(
    session: Session, cast: Cast, now: datetime
) -> None:
    cast.ada.reminders_on = True
    subscriptions.save(session, device(session, cast.ada, now), address("a"), now)
    subscriptions.save(session, device(session, cast.ben, now), address("a"), now)
    assert cast.ada.no_phone_since == now
    assert subscriptions.find_for(session, cast.ada) == []
    assert len(subscriptions.find_for(session, cast.ben)) == 1


def test_only_where_the_person_asked_a_browser_gets_a_new_address_by_itself(
    session: Session, cast: Cast, now: datetime
) -> None:
    cast.ada.reminders_on = True
    phone, shared = (device(session, cast.ada, now) for _ in range(2))
    kept = subscriptions.save(session, phone, address("a"), now)
    subscriptions.drop(session, [kept.id], now)
    assert subscriptions.may_repair(phone, cast.ada)
    assert not subscriptions.may_repair(shared, cast.ada)
    subscriptions.refuse(session, phone.id, now)
    session.refresh(phone)
    assert not subscriptions.may_repair(phone, cast.ada)


def test_who_signs_out_gets_no_messages_there(session: Session, cast: Cast, now: datetime) -> None:
    cast.ada.reminders_on = True
    row, token = sessions.begin(session, cast.ada, DeviceKind.ANDROID, now)
    subscriptions.save(session, row.device, address("a"), now)
    sessions.end(session, token, now)
    session.refresh(row.device)
    assert subscriptions.find_for(session, cast.ada) == []
    assert not subscriptions.may_repair(row.device, cast.ada)
    assert cast.ada.no_phone_since == now


def test_a_lost_phone_gets_no_messages(session: Session, cast: Cast, now: datetime) -> None:
    row, _token = sessions.begin(session, cast.ada, DeviceKind.ANDROID, now)
    subscriptions.save(session, row.device, address("a"), now)
    sessions.end_device(session, cast.cora, row.device_id, now)
    assert subscriptions.find_for(session, cast.ada) == []


def test_where_somebody_else_signs_in_the_messages_of_the_first_end(
    session: Session, cast: Cast, now: datetime
) -> None:
    row, _token = sessions.begin(session, cast.ada, DeviceKind.ANDROID, now)
    subscriptions.save(session, row.device, address("a"), now)
    sessions.begin(session, cast.ada, DeviceKind.ANDROID, now, device_id=row.device_id)
    assert len(subscriptions.find_for(session, cast.ada)) == 1
    sessions.begin(session, cast.ben, DeviceKind.ANDROID, now, device_id=row.device_id)
    assert subscriptions.find_for(session, cast.ada) == []
