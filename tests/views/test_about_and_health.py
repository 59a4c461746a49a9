"""About, the bare address, and health for a machine that watches."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Clock
from tests.statements import counted
from tests.visitor import Visitor
from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import heartbeats
from webapp.web.database import Database

Visit = Callable[..., Visitor]


def test_about_names_the_licences(visit: Visit, cast: Cast) -> None:
    for browser in (visit(), visit(cast.ada), visit(cast.cora)):
        page = browser.get("/about")
        assert page.status == 200
        for words in ("OpenMoji", "CC BY-SA 4.0", "Tabler", "MIT"):
            assert words in page.words


def test_the_bare_address_leads_in(visit: Visit) -> None:
    page = visit().get("/")
    assert (page.status, page.location) == (303, "/sign-in")


def test_a_healthy_app_says_so(visit: Visit, session: Session, now: datetime) -> None:
    heartbeats.beat(session, "one", now)
    session.commit()
    answer = visit().get("/health").response
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json == {"status": "ok", "database": "ok", "reminders": "ok"}
    assert "Set-Cookie" not in answer.headers


def test_silent_reminders_are_a_warning_and_no_failure(
    visit: Visit, session: Session, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visit().get("/health")
    assert answer.response.json == {"status": "warning", "database": "ok", "reminders": "never"}
    heartbeats.beat(session, "one", clock())
    session.commit()
    for seconds, said in ((60, "ok"), (1, "silent")):
        clock.move(seconds=seconds)
        answer = visit().get("/health")
        assert (answer.status, answer.response.json["reminders"]) == (200, said)
    assert answer.response.json["status"] == "warning"
    assert caplog.records == []


def test_health_is_cheap(visit: Visit, database: Database) -> None:
    browser = visit()
    browser.get("/health")
    with counted(database.engine) as said:
        browser.get("/health")
    assert len([each for each in said if "PRAGMA" not in each and "pg_catalog" not in each]) <= 2


@pytest.fixture
def behind(database: Database) -> Iterator[None]:
    """Let the database be one form behind."""
    with database.engine.begin() as connection:
        [now] = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        connection.execute(text("DELETE FROM alembic_version"))
    yield
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO alembic_version VALUES (:now)"), {"now": now})


@pytest.mark.usefixtures("behind")
def test_a_database_that_is_behind(visit: Visit) -> None:
    answer = visit().get("/health").response
    assert answer.status_code == 503
    assert answer.json == {"status": "failing", "database": "needs migration"}


@pytest.mark.parametrize(
    "gone", ["sqlite:////nowhere/at/all.sqlite3", "postgresql://nobody@127.0.0.1:1/gone"]
)
def test_a_database_that_is_gone(settings: Settings, gone: str) -> None:
    app: Flask = create_app(settings, db=Database(gone))
    answer = app.test_client().get("/health")
    assert answer.status_code == 503
    assert answer.json == {"status": "failing", "database": "unreachable"}
