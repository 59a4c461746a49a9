"""The phones that get messages: which browser of whom, and since when a person has none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from webapp.domain.errors import NotFound
from webapp.domain.repeats import today_in
from webapp.models.notice import PushSubscription
from webapp.models.person import Person
from webapp.models.sign_in import Device


@dataclass(frozen=True, slots=True)
class Address:
    """Where a push service takes messages for a browser, and the keys to encrypt them.

    `server_key` is our public key for which the browser asked.
    """

    endpoint: str
    public_key: str
    auth_secret: str
    server_key: str


def save(session: Session, device: Device, address: Address, now: datetime) -> PushSubscription:
    """Let a device get messages at this address; it has one at a time.

    An address that another device had is of the same browser: somebody else signed in there.
    """
    is_same_browser = PushSubscription.endpoint == address.endpoint
    _drop(session, is_same_browser & (PushSubscription.device_id != device.id), now)
    found = of_device(session, device.id) or PushSubscription(device_id=device.id, added_at=now)
    found.person_id = device.person_id
    found.endpoint, found.server_key = address.endpoint, address.server_key
    found.public_key, found.auth_secret = address.public_key, address.auth_secret
    owner = session.get_one(Person, device.person_id)
    found.checked_on = today_in(owner.time_zone, now)
    owner.no_phone_since = None
    device.wants_messages = True
    session.add(found)
    session.flush()
    return found


def may_repair(device: Device, person: Person) -> bool:
    """Say whether a browser may get a new address by itself, where it lost the one it had."""
    return person.reminders_on and device.wants_messages


def of_device(session: Session, device_id: int) -> PushSubscription | None:
    """Return what a device has, or None."""
    return session.scalars(
        select(PushSubscription).where(PushSubscription.device_id == device_id)
    ).one_or_none()


def check(session: Session, device_id: int, today: date) -> None:
    """Keep that the browser of a device still has its address."""
    session.execute(
        update(PushSubscription)
        .where(PushSubscription.device_id == device_id)
        .values(checked_on=today)
    )


def find_for(session: Session, person: Person) -> Sequence[tuple[PushSubscription, Device]]:
    """Return the devices of a person that get messages, the newest first."""
    rows = session.execute(
        select(PushSubscription, Device)
        .join(Device, Device.id == PushSubscription.device_id)
        .where(PushSubscription.person_id == person.id)
        .order_by(PushSubscription.id.desc())
    )
    return [(subscription, device) for subscription, device in rows]


def remove(session: Session, actor: Person, subscription_id: int, now: datetime) -> None:
    """Let one of the actor's own devices get no messages. Raises NotFound for any other."""
    _subscription, device = get(session, actor, subscription_id)
    refuse(session, device.id, now)


def get(session: Session, actor: Person, subscription_id: int) -> tuple[PushSubscription, Device]:
    """Return one of the actor's own devices and what it has. Raises NotFound for any other."""
    found = session.get(PushSubscription, subscription_id)
    if found is None or found.person_id != actor.id:
        raise NotFound
    return found, session.get_one(Device, found.device_id)


def refuse(session: Session, device_id: int, now: datetime) -> None:
    """Let a device get no messages, until the person asks for them there again."""
    drop_devices(session, [device_id], now)


def drop(session: Session, numbers: Collection[int], now: datetime) -> None:
    """Remove subscriptions that are gone; whoever has none left has had no phone since now."""
    _drop(session, PushSubscription.id.in_(numbers), now)


def drop_devices(session: Session, device_ids: Collection[int], now: datetime) -> None:
    """Let these devices get no messages: they are signed out, or the person said so."""
    session.execute(update(Device).where(Device.id.in_(device_ids)).values(wants_messages=False))
    _drop(session, PushSubscription.device_id.in_(device_ids), now)


def _drop(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    owners = set(
        session.scalars(
            delete(PushSubscription)
            .where(which)
            .returning(PushSubscription.person_id)
            .execution_options(synchronize_session="fetch")
        )
    )
    for owner in session.scalars(select(Person).where(Person.id.in_(owners))) if owners else ():
        note_phones(session, owner, now)


def note_phones(session: Session, person: Person, now: datetime) -> None:
    """Keep since when no phone can get the messages that a person wants."""
    if not person.reminders_on or _has_phone(session, person):
        person.no_phone_since = None
    else:
        person.no_phone_since = person.no_phone_since or now


def _has_phone(session: Session, person: Person) -> bool:
    found = exists().where(PushSubscription.person_id == person.id)
    return bool(session.scalar(select(found)))
