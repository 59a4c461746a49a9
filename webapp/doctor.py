"""Looks an installation over, and says in plain words what is not right."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.config import LOCAL_HOSTS, Settings
from webapp.domain import deliveries, heartbeats, people
from webapp.domain.deliveries import Standing
from webapp.domain.heartbeats import Pulse
from webapp.mail import MailDelayed, Postman
from webapp.migrate import is_newer, is_up_to_date
from webapp.models.person import Role
from webapp.web.database import Database
from webapp.webpush import public_key

RUN_REMINDERS = "Run mon-rythme start or mon-rythme reminders."
DOCTOR = "doctor@localhost"
"""Who greets the mail server; nothing is sent."""
MAIL_SECONDS = 10
"""How long a mail server may take to greet."""
LATE = timedelta(minutes=1)
"""A message that waits for longer than this, though its turn has come, is worth a word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and one sentence about it."""

    is_right: bool
    sentence: str


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at the address, the keys, the mail, the database and what it says of the reminders."""
    yield _address(settings)
    yield _key(settings, "secret_key", "Keys: the secret key")
    yield _key(settings, "vapid_private_key", "Push keys: the key")
    yield _subject(settings)
    yield _mail(settings)
    yield from _database(settings, now)


def _address(settings: Settings) -> Finding:
    if settings.is_https:
        return Finding(True, f"HTTPS: people reach the app at {settings.public_url}.")
    if _is_local(settings):
        return Finding(True, "HTTPS: not needed, the app is reached from this machine alone.")
    return Finding(
        False, f"HTTPS: {settings.public_url} is not safe. Set PUBLIC_URL to an https address."
    )


def _is_local(settings: Settings) -> bool:
    return urlsplit(settings.public_url).hostname in LOCAL_HOSTS


def _key(settings: Settings, name: str, what: str) -> Finding:
    path = settings.folder / name
    if not path.exists():
        return Finding(True, f"{what} comes from {name.upper()}.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(False, f"{what} can be read by others. Run chmod 600 on its file.")
    return Finding(True, f"{what} is there, and only its owner can read it.")


def _subject(settings: Settings) -> Finding:
    """Look at where the push services reach us: Apple's refuses an address that is not real."""
    subject = settings.vapid_subject
    if subject.startswith("mailto:") or not _is_local_or_open(subject):
        return Finding(True, f"Push address: the push services reach us at {subject}.")
    if _is_local(settings):
        return Finding(
            True, "Push address: not needed, the app is reached from this machine alone."
        )
    return Finding(
        False,
        f"Push address: {subject} is not real. Set VAPID_SUBJECT to mailto: and your e-mail.",
    )


def _is_local_or_open(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme != "https" or parts.hostname in LOCAL_HOSTS


def _mail(settings: Settings) -> Finding:
    if not settings.mail_url:
        return Finding(True, "Mail: MAIL_URL is not set, so reminders go to phones alone.")
    host = urlsplit(settings.mail_url).hostname
    try:
        Postman(settings.mail_url, DOCTOR, seconds=MAIL_SECONDS).check()
    except MailDelayed:
        return Finding(False, f"Mail: the server at {host} does not let us in. Look at MAIL_URL.")
    return Finding(True, f"Mail: the server at {host} lets us in.")


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    if _is_missing(settings):
        yield Finding(False, "Database: SQLite is not there yet. Start the app to make it.")
        return
    database = Database(settings.database_url)
    try:
        with database.session(reading=True) as session:
            current = is_up_to_date(session.connection())
            newer = is_newer(session.connection())
    except SQLAlchemyError:
        yield Finding(False, f"Database: {kind} does not answer. Look at DATABASE_URL.")
        return
    if newer:
        yield Finding(False, f"Database: {kind} is of a newer form. Install the newer version.")
        return
    if not current:
        yield Finding(False, f"Database: {kind} is of an older form. Start the app to renew it.")
        return
    yield Finding(True, f"Database: {kind} answers and has the newest form.")
    with database.session(reading=True) as session:
        yield _somebody(session)
        yield from _messages(session, now, by_mail=bool(settings.mail_url))
        yield from _lost_phones(session, settings)


def _is_missing(settings: Settings) -> bool:
    """Say whether the file of an SQLite database is not there: to look would make it."""
    path = make_url(settings.database_url).database
    folder_is_there = path is not None and Path(path).parent.is_dir()
    return settings.is_sqlite and folder_is_there and not Path(path or "").exists()


def _somebody(session: Session) -> Finding:
    coaches = [each for each in people.everybody(session) if each.role is Role.COACH]
    if coaches:
        return Finding(True, f"People: coaches: {len(coaches)}.")
    return Finding(False, "People: there is no coach yet. Run mon-rythme person add.")


def _messages(session: Session, now: datetime, *, by_mail: bool) -> Iterator[Finding]:
    """Look at who sends, who refuses to take it, and whom it does not reach."""
    standing = deliveries.standing(session, now, by_mail=by_mail)
    yield _reminders(standing, now)
    yield from _services(session)
    if standing.unreached:
        yield Finding(
            False,
            "Phones: people who want reminders and have no phone for 48 hours: "
            f"{standing.unreached}. Their coaches see who it is.",
        )
    else:
        yield Finding(True, "Phones: everybody who wants reminders has a phone for them.")


def _lost_phones(session: Session, settings: Settings) -> Iterator[Finding]:
    """Say which phones nothing reaches because our key is not the one that they asked with."""
    ours = public_key(settings.vapid_private_key)
    lost = deliveries.phones_of_another_key(session, ours)
    if lost:
        yield Finding(
            False,
            f"Phones: phones that asked with another push key: {lost}. Bring back the old "
            "VAPID_PRIVATE_KEY, or ask people to open the app.",
        )


def _reminders(standing: Standing, now: datetime) -> Finding:
    beat_at = standing.beat_at
    pulse = heartbeats.pulse(beat_at, now)
    if pulse is Pulse.OK and standing.waits_since_seconds(now) > LATE.total_seconds():
        return Finding(
            False,
            f"Reminders: messages that wait though their turn has come: {standing.late}. "
            "Look at what mon-rythme reminders says.",
        )
    if pulse is Pulse.OK:
        return Finding(True, "Reminders: the process that sends them is alive.")
    if beat_at is None:
        return Finding(False, f"Reminders: nothing has sent them yet. {RUN_REMINDERS}")
    return Finding(
        False, f"Reminders: nothing sends them since {beat_at:%Y-%m-%d %H:%M} UTC. {RUN_REMINDERS}"
    )


def _services(session: Session) -> Iterator[Finding]:
    refusing = deliveries.services_refusing(session)
    if not refusing:
        yield Finding(True, "Push services: none refuses our key.")
    for service in refusing:
        yield Finding(
            False,
            f"Push services: {service.host} refuses our key. Look at VAPID_SUBJECT, at "
            "VAPID_PRIVATE_KEY and at the clock.",
        )
