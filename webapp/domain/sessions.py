"""Signed-in devices: a session begins, says who is there, and ends at once when it should.

How long (ASVS 5.0, 7.1.1 and 7.3; standards H4, X3):

- A participant stays signed in on a device for 12 months at most, and 90 days without use. Asking
  again sooner would shut out the people for whom the card exists; the device is theirs, is listed
  under "Me", and can be ended there or by the coach.
- Staff stay signed in for 12 hours at most: one working day.

The end after 12 months or 12 hours is kept here, in the row. The 90 days without use are kept by
the signed cookie, which is renewed once a day, so that reading a page writes nothing.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from webapp.domain import subscriptions
from webapp.domain.access import is_visible
from webapp.domain.errors import NotFound
from webapp.models.person import Person
from webapp.models.sign_in import Device, DeviceKind
from webapp.models.sign_in import Session as SessionRow

IDLE = timedelta(days=90)
"""Without use for this long, the cookie is no longer believed."""
PARTICIPANT_LASTS = timedelta(days=365)
STAFF_LASTS = timedelta(hours=12)
TOKEN_BYTES = 32

IPHONE_MARKS = ("iPhone", "iPod")
TABLET_MARKS = ("iPad", "Tablet", "Android")
COMPUTER_MARKS = ("Windows NT", "Macintosh", "CrOS", "X11")


@dataclass(frozen=True, slots=True)
class SignedInDevice:
    """A line of the list of a person's devices, and how it keeps what waits (see the model)."""

    id: int
    kind: DeviceKind
    added_at: datetime
    is_this_one: bool
    promises_to_keep: bool | None = None
    late_on: date | None = None
    is_stuck: bool | None = None


def begin(
    session: Session,
    person: Person,
    kind: DeviceKind,
    now: datetime,
    *,
    device_id: int | None = None,
) -> tuple[SessionRow, str]:
    """Sign a device in; return its session and the token for its cookie (256 bits).

    The token is always a new one, and only its hash is kept. `device_id` is what the browser
    said it was before: where that is a device of this same person it keeps its place in the
    list, and its earlier sessions end. Where it is somebody else's, their messages come there no
    more.
    """
    known = _known_device(session, person, device_id)
    if known is None and device_id is not None:
        subscriptions.drop_devices(session, [device_id], now)
    device = known or Device(person_id=person.id, added_at=now)
    device.kind = kind
    session.add(device)
    session.flush()
    _end_all(session, device, now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    lasts = PARTICIPANT_LASTS if person.is_participant else STAFF_LASTS
    row = SessionRow(
        device_id=device.id,
        token_hash=_token_hash(token),
        began_at=now,
        ends_at=now + lasts,
        ended_at=None,
    )
    session.add(row)
    session.flush()
    return row, token


def find_person(session: Session, token: str, now: datetime) -> tuple[Person, SessionRow] | None:
    """Return who is signed in with this token and by which session, in one statement.

    None where the token is unknown, or its session has ended or grown too old.
    """
    asked = {"token_hash": _token_hash(token), "now": now}
    found = session.execute(_LIVE_SESSION, asked).one_or_none()
    if found is None:
        return None
    person, row = found
    return person, row


def end(session: Session, token: str, now: datetime) -> None:
    """Sign out: the token opens nothing any more, and the device gets no more messages.

    An unknown token changes nothing.
    """
    ended = session.scalars(
        update(SessionRow)
        .where(SessionRow.token_hash == _token_hash(token), SessionRow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(SessionRow.device_id)
    ).all()
    subscriptions.drop_devices(session, ended, now)


def end_others(session: Session, row: SessionRow, now: datetime) -> None:
    """End the person's sessions on all devices but the one of `row`."""
    devices = session.scalars(
        select(Device.id).where(
            Device.person_id == row.device.person_id, Device.id != row.device_id
        )
    ).all()
    subscriptions.drop_devices(session, devices, now)
    session.execute(
        update(SessionRow)
        .where(SessionRow.device_id.in_(devices), SessionRow.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def devices_for(
    session: Session, person: Person, now: datetime, *, current: SessionRow | None = None
) -> Sequence[SignedInDevice]:
    """Return the person's signed-in devices, the newest first.

    `current` is the session that asks, so that its device can be named "this one".
    """
    live = exists().where(SessionRow.device_id == Device.id, is_live(now))
    devices = session.scalars(
        select(Device)
        .where(Device.person_id == person.id, live)
        .order_by(Device.added_at.desc(), Device.id.desc())
    )
    this_id = current.device_id if current else None
    return [_line(each, is_this_one=each.id == this_id) for each in devices]


def _line(device: Device, *, is_this_one: bool) -> SignedInDevice:
    keeps = (device.promises_to_keep, device.late_on, device.is_stuck)
    return SignedInDevice(device.id, device.kind, device.added_at, is_this_one, *keeps)


def with_a_device(session: Session, people: Iterable[Person], now: datetime) -> set[int]:
    """Return the ids of those who are signed in somewhere. Never since when, nor when last."""
    ids = [person.id for person in people]
    found = select(Device.person_id).join(SessionRow, SessionRow.device_id == Device.id)
    return set(session.scalars(found.where(Device.person_id.in_(ids), is_live(now)).distinct()))


def end_device(session: Session, actor: Person, device_id: int, now: datetime) -> Device:
    """End all sessions of a device at once, and return it. Ending it again changes nothing.

    For the person whose device it is, and for a coach beside them (a lost phone).
    Raises NotFound to everybody else.
    """
    device = session.scalars(
        select(Device)
        .join(Person, Person.id == Device.person_id)
        .where(Device.id == device_id, or_(Person.id == actor.id, is_visible(actor, now)))
    ).one_or_none()
    if device is None:
        raise NotFound
    _end_all(session, device, now)
    subscriptions.drop_devices(session, [device.id], now)
    return device


def device_kind(user_agent: str) -> DeviceKind:
    """Tell what a browser runs on from what it says of itself.

    Tablets with Android leave out the word "Mobile"; an iPad calls itself a Macintosh unless its
    owner asks for mobile pages, and counts as a computer then.
    """
    if any(mark in user_agent for mark in IPHONE_MARKS):
        return DeviceKind.IPHONE
    if "Android" in user_agent and "Mobile" in user_agent:
        return DeviceKind.ANDROID
    if any(mark in user_agent for mark in TABLET_MARKS):
        return DeviceKind.TABLET
    if any(mark in user_agent for mark in COMPUTER_MARKS):
        return DeviceKind.COMPUTER
    return DeviceKind.OTHER


def _known_device(session: Session, person: Person, device_id: int | None) -> Device | None:
    return session.scalars(
        select(Device).where(Device.id == device_id, Device.person_id == person.id)
    ).one_or_none()


def _end_all(session: Session, device: Device, now: datetime) -> None:
    session.execute(
        update(SessionRow)
        .where(SessionRow.device_id == device.id, SessionRow.ended_at.is_(None))
        .values(ended_at=now)
    )


def is_live(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that a session has neither ended nor grown too old."""
    return SessionRow.ended_at.is_(None) & (SessionRow.ends_at > now)


_LIVE_SESSION = (
    select(Person, SessionRow)
    .select_from(SessionRow)
    .join(Device, Device.id == SessionRow.device_id)
    .join(Person, Person.id == Device.person_id)
    .where(SessionRow.token_hash == bindparam("token_hash"), is_live(bindparam("now")))
    .options(contains_eager(SessionRow.device))
)
"""Who is signed in, and where: every page asks this first, so it is put together only once."""


def _token_hash(token: str) -> str:
    """Return the hash under which a token is kept; 256 random bits need no salt and no key."""
    return hashlib.sha256(token.encode()).hexdigest()
