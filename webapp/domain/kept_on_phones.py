"""How a participant's phones keep what waits: told to the person, and to those who can help.

It is about the phone, not about the person: whether the browser promised to keep; whether something
stands there that could not be done; and that something waited for more than a day, which is
forgotten after 7 days. Never how much, never what.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.repeats import today_in
from webapp.domain.sessions import SignedInDevice, is_live
from webapp.models.person import Person
from webapp.models.sign_in import Device
from webapp.models.sign_in import Session as SessionRow

LATE_SECONDS = 24 * 60 * 60
TURNED_SECONDS = 90 * LATE_SECONDS
"""Nothing waits for longer than somebody stays signed in: then the phone's clock was turned."""

TOLD_FOR = timedelta(days=7)


class Trouble(StrEnum):
    """What those who stand beside a person may help with."""

    STUCK = "stuck"
    CAME_LATE = "came_late"
    MAY_LOSE = "may_lose"


def news(
    device: Device,
    promises_to_keep: bool | None,
    is_stuck: bool | None,
    *,
    age_seconds: int | None,
    today: date,
) -> dict[str, bool | date]:
    """Return what a phone tells with something that it sends, and that is not known of it yet.

    Nothing is noted of staff: their phones keep drafts, which they send themselves.
    """
    said = {"promises_to_keep": promises_to_keep, "is_stuck": is_stuck}
    told: dict[str, bool | date] = {name: it for name, it in said.items() if it is not None}
    if age_seconds is not None and LATE_SECONDS < age_seconds <= TURNED_SECONDS:
        told["late_on"] = today
    is_theirs = device.person.is_participant
    return {name: it for name, it in told.items() if is_theirs and getattr(device, name) != it}


def note(session: Session, device_id: int, told: dict[str, bool | date]) -> None:
    """Note what is new of a phone; most often that is nothing, and nothing is written."""
    if told:
        noting = update(Device).where(Device.id == device_id).values(**told)
        session.execute(noting.execution_options(synchronize_session=False))


def may_lose(device: SignedInDevice) -> bool:
    """Say whether the browser may clear what waits there. One that said nothing is left alone."""
    return device.promises_to_keep is False


def came_late(devices: Iterable[SignedInDevice], today: date) -> bool:
    """Say whether something came lately that had waited for more than a day."""
    return any(_is_told(each.late_on, today) for each in devices)


def find_trouble(devices: Iterable[SignedInDevice], today: date) -> Trouble | None:
    """Return the one thing about these devices that somebody may help with now, or None."""
    listed = list(devices)
    if any(each.is_stuck for each in listed):
        return Trouble.STUCK
    if came_late(listed, today):
        return Trouble.CAME_LATE
    return Trouble.MAY_LOSE if any(map(may_lose, listed)) else None


def troubles_among(session: Session, people: Iterable[Person], now: datetime) -> dict[int, Trouble]:
    """Return what is worth a look in a list of people, by their ids, with one statement."""
    today = {person.id: today_in(person.time_zone, now) for person in people}
    found = session.execute(
        select(Device.person_id, Device.is_stuck, Device.late_on)
        .join(SessionRow, SessionRow.device_id == Device.id)
        .where(Device.person_id.in_(today), is_live(now))
        .where(or_(Device.is_stuck.is_(True), Device.late_on.is_not(None)))
    )
    troubles: dict[int, Trouble] = {}
    for number, is_stuck, late_on in found:
        if is_stuck:
            troubles[number] = Trouble.STUCK
        elif _is_told(late_on, today[number]):
            troubles.setdefault(number, Trouble.CAME_LATE)
    return troubles


def forget(session: Session, today: date) -> None:
    """Forget what is told no more, wherever in the world its day was."""
    told_no_more = Device.late_on < today - TOLD_FOR
    session.execute(update(Device).where(told_no_more).values(late_on=None))


def _is_told(late_on: date | None, today: date) -> bool:
    return late_on is not None and late_on > today - TOLD_FOR
