"""Looks an installation over, and says in plain words what is not right."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from webapp.config import Settings
from webapp.domain import people
from webapp.migrate import is_newer, is_up_to_date
from webapp.models.person import Role
from webapp.web.database import Database

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and one sentence about it."""

    is_right: bool
    sentence: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at the address, the keys and the database, in this order."""
    yield _address(settings)
    yield from _keys(settings)
    yield from _database(settings)


def _address(settings: Settings) -> Finding:
    if settings.is_https:
        return Finding(True, f"HTTPS: people reach the app at {settings.public_url}.")
    if urlsplit(settings.public_url).hostname in LOCAL_HOSTS:
        return Finding(True, "HTTPS: not needed, the app is reached from this machine alone.")
    return Finding(
        False, f"HTTPS: {settings.public_url} is not safe. Set PUBLIC_URL to an https address."
    )


def _keys(settings: Settings) -> Iterator[Finding]:
    path = settings.folder / "secret_key"
    if not path.exists():
        yield Finding(True, "Keys: the secret key comes from SECRET_KEY.")
        return
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(False, "Keys: others can read the secret key. Run chmod 600 on its file.")
    else:
        yield Finding(True, "Keys: the secret key is there, and only its owner can read it.")


def _database(settings: Settings) -> Iterator[Finding]:
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
    yield _somebody(database)


def _is_missing(settings: Settings) -> bool:
    """Say whether the file of an SQLite database is not there: to look would make it."""
    path = make_url(settings.database_url).database
    folder_is_there = path is not None and Path(path).parent.is_dir()
    return settings.is_sqlite and folder_is_there and not Path(path or "").exists()


def _somebody(database: Database) -> Finding:
    with database.session(reading=True) as session:
        coaches = [each for each in people.everybody(session) if each.role is Role.COACH]
    if coaches:
        return Finding(True, f"People: coaches: {len(coaches)}.")
    return Finding(False, "People: there is no coach yet. Run mon-rythme person add.")
