"""The people whose phones are measured: a usual plan, a full day, and a very long day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.plans import add_tasks
from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import demonstration, people, sessions
from webapp.domain.people import NewPerson
from webapp.domain.repeats import today_in
from webapp.migrate import upgrade
from webapp.models.person import Language, Person, Region, Role
from webapp.models.plan import Task
from webapp.models.sign_in import DeviceKind
from webapp.web import login
from webapp.web.database import Database

FULL_DAY = 20
LONG_DAY = 200
"""Tasks of one day: more than anybody has, and more than any screen was made for."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody with a phone: who it is, the cookie of their browser, and their tasks."""

    person_id: int
    cookie: str
    day: str
    task_ids: tuple[int, ...]


def settle_in(settings: Settings, now: datetime) -> dict[str, Resident]:
    """Make the tables and the people, and return them by name. It is their real today."""
    upgrade(settings.database_url)
    database = Database(settings.database_url)
    sign = _signer(settings)
    with database.transaction() as session:
        _coach, *participants = demonstration.add_everybody(session, now)
        found = {"usual": participants[0]}
        for name, tasks in (("full", FULL_DAY), ("long", LONG_DAY)):
            found[name] = _with_tasks(session, name, tasks, now)
        residents = {name: _resident(session, person, sign, now) for name, person in found.items()}
    database.engine.dispose()
    return residents


def file_settings(folder: Path, url: str, secret: str) -> Settings:
    """Return the settings of an installation on one file, which answers at `url`."""
    return Settings(folder, f"sqlite:///{folder / 'phones.sqlite3'}", url, secret)


def _signer(settings: Settings) -> Callable[[dict[str, object]], str]:
    app = create_app(settings)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("the app has no secret key")
    return lambda values: str(serializer.dumps(values))


def _with_tasks(session: Session, name: str, tasks: int, now: datetime) -> Person:
    new = NewPerson(name.capitalize(), Language.EN, Region.CA, "America/Toronto")
    person = people.add(session, Role.PARTICIPANT, new, now)
    person.welcomed_at = now
    add_tasks(session, person, tasks, today_in(person.time_zone, now))
    return person


def _resident(
    session: Session,
    person: Person,
    sign: Callable[[dict[str, object]], str],
    now: datetime,
) -> Resident:
    person.language = Language.EN
    row, token = sessions.begin(session, person, DeviceKind.ANDROID, now)
    cookie = sign({**login.remembered(token, row.device_id, now), "_permanent": True})
    ids = session.scalars(select(Task.id).where(Task.participant_id == person.id))
    return Resident(person.id, cookie, today_in(person.time_zone, now).isoformat(), tuple(ids))
