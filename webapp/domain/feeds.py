"""The calendar of a person under a secret address, for the calendar of their own phone.

The address is worked out from a random nonce and the secret key. The database keeps the nonce
and a keyed hash alone: whoever reads the database without the key can open no calendar.
"""

import secrets
from base64 import b32encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.domain import days, reminder_times
from webapp.domain.days import Occurrence
from webapp.domain.errors import NotFound
from webapp.domain.reminder_settings import FIRST_MINUTES
from webapp.domain.repeats import today_in
from webapp.domain.sign_in_cards import LINK_BYTES, NONCE_BYTES, keyed_hash
from webapp.models.change import Change
from webapp.models.mark import MarkState
from webapp.models.notice import CalendarFeed, NoticeKind
from webapp.models.person import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the calendar: an occurrence, and the instant at which the phone reminds."""

    occurrence: Occurrence
    remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class Revision:
    """How often a calendar may have changed, and when it last did."""

    number: int
    at: datetime


def make(session: Session, person: Person, *, key: str, now: datetime) -> CalendarFeed:
    """Give the person a new address; the one before opens nothing any more.

    What the calendar shows stays as they chose. Raises NotFound where the person has no plan.
    """
    if not person.is_participant:
        raise NotFound
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    feed = find(session, person) or CalendarFeed(person_id=person.id)
    feed.nonce = secrets.token_hex(NONCE_BYTES)
    feed.token_hash = _token_hash(token(feed, key), key)
    feed.made_at = now
    session.add(feed)
    session.flush()
    return feed


def find(session: Session, person: Person) -> CalendarFeed | None:
    """Return the person's calendar, or None where they have no address."""
    return session.scalars(
        select(CalendarFeed).where(CalendarFeed.person_id == person.id)
    ).one_or_none()


def token(feed: CalendarFeed, key: str) -> str:
    """Return what stands in the address: 160 bits, 32 letters and digits."""
    return b32encode(keyed_hash(key, "calendar feed", feed.nonce)[:LINK_BYTES]).decode().lower()


def get_by_token(session: Session, token: str, *, key: str) -> tuple[CalendarFeed, Person]:
    """Return the calendar with this address, and whose it is. Raises NotFound where none has it."""
    found = session.execute(
        select(CalendarFeed, Person)
        .join(Person, Person.id == CalendarFeed.person_id)
        .where(CalendarFeed.token_hash == _token_hash(token, key))
    ).one_or_none()
    if found is None:
        raise NotFound
    feed, person = found
    return feed, person


def revoke(session: Session, person: Person) -> None:
    """Let the person's address open nothing any more. Without an address it changes nothing."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))


def show_titles(session: Session, person: Person, shows: bool, now: datetime) -> None:
    """Let the calendar show the names of tasks, or only that there is a reminder.

    Calendars that compare instants read all of it anew: so this counts as making it.
    Raises NotFound where the person has no address.
    """
    feed = find(session, person)
    if feed is None:
        raise NotFound
    if feed.shows_titles != shows:
        feed.shows_titles, feed.made_at = shows, now


def entries_for(session: Session, person: Person, now: datetime) -> list[Entry]:
    """Return what stands in the calendar, from today on their own clock and for 60 days.

    What the person said is not for today is left out; what rests in a pause too.
    """
    today = today_in(person.time_zone, now)
    found = days.days_for(session, person, today, today + timedelta(days=days.DAYS_AHEAD))
    return [
        Entry(each, _remind_at(person, each, now))
        for day in found
        for each in (*day.any_time, *day.timed)
        if each.mark is not MarkState.NOT_TODAY
    ]


def _remind_at(person: Person, occurrence: Occurrence, now: datetime) -> datetime | None:
    """Return when the phone reminds of it, where that is still to come.

    It does so whether or not this app sends messages too: whoever has a calendar asked for it.
    """
    if person.reminders_paused or not occurrence.is_open:
        return None
    if not _has_chosen(person, occurrence):
        occurrence = replace(occurrence, remind_minutes_before=FIRST_MINUTES)
    made = reminder_times.of_occurrence(occurrence, person)
    due = [each.due_at for each in made if each.kind is NoticeKind.REMINDER]
    return due[0] if due and due[0] > now else None


def _has_chosen(person: Person, occurrence: Occurrence) -> bool:
    """Say whether the person has ever said when they want to be reminded of it, or of all."""
    choices = (
        occurrence.remind_on,
        occurrence.remind_minutes_before,
        person.remind_all,
        person.remind_all_minutes,
    )
    return any(choice is not None for choice in choices)


def revision(session: Session, feed: CalendarFeed) -> Revision:
    """Return how often this person's plan or settings may have changed, and when they last did."""
    number, last = session.execute(
        select(func.count(Change.id), func.max(Change.made_at)).where(
            Change.participant_id == feed.person_id
        )
    ).one()
    return Revision(number, max(feed.made_at, last or feed.made_at))


def _token_hash(token: str, key: str) -> str:
    return keyed_hash(key, "hash of a calendar feed", token).hex()
