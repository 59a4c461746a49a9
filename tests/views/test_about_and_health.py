"""About, the bare address, and health for a machine that watches."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from tests.cast import Cast
from tests.visitor import Visitor
from webapp.app import create_app
from webapp.config import Settings
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


def test_a_healthy_app_says_so(visit: Visit) -> None:
    answer = visit().get("/health").response
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json == {"status": "ok", "database": "ok"}
    assert "Set-Cookie" not in answer.headers


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
