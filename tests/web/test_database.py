"""One transaction a request: a GET keeps nothing, a refusal may be kept, writers take turns."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier, Event

import pytest
from flask import Flask, abort
from sqlalchemy import select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import rows
from webapp.app import create_app
from webapp.config import Settings
from webapp.migrate import upgrade
from webapp.models.person import Person, Role
from webapp.web import database as web_database
from webapp.web.database import Database
from webapp.web.doors import public


@pytest.fixture
def app(settings: Settings, database: Database, now: datetime) -> Flask:
    """Give an app with pages that write where they may and where they may not."""
    app = create_app(settings, db=database)
    app.config["WTF_CSRF_ENABLED"] = False

    def add() -> None:
        factories.person(web_database.session(), "Nobody", Role.MENTOR, now)

    @app.route("/write/<int:status>", methods=["GET", "POST"])
    @public
    def write(status: int) -> tuple[str, int]:
        add()
        return "", status

    @app.post("/keep")
    @public
    def keep() -> None:
        add()
        web_database.keep()
        abort(403)

    @app.post("/break")
    @public
    def break_down() -> None:
        add()
        raise ValueError

    return app


@pytest.mark.parametrize(
    ("method", "path", "kept"),
    [
        ("GET", "/write/200", 0),
        ("HEAD", "/write/200", 0),
        ("GET", "/write/303", 0),
        ("POST", "/write/200", 1),
        ("POST", "/write/303", 1),
        ("POST", "/write/422", 0),
        ("POST", "/write/409", 0),
        ("POST", "/break", 0),
        ("POST", "/keep", 1),
    ],
)
def test_what_is_kept(app: Flask, database: Database, method: str, path: str, kept: int) -> None:
    app.test_client().open(path, method=method)
    assert len(rows(database, Person)) == kept


def test_a_session_that_reads_is_told_to_only_read(database: Database, now: datetime) -> None:
    with database.session(reading=True) as session:
        try:
            factories.person(session, "Nobody", Role.MENTOR, now)
        except SQLAlchemyError:
            assert database.engine.dialect.name == "postgresql"
    assert rows(database, Person) == []


def test_a_transaction_keeps_all_or_nothing(database: Database, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        factories.person(session, "Nobody", Role.MENTOR, now)
        _ = 1 // 0
    assert rows(database, Person) == []
    with database.transaction() as session:
        factories.person(session, "Somebody", Role.MENTOR, now)
    assert [person.name for person in rows(database, Person)] == ["Somebody"]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """Give an SQLite database of its own, whatever the tests run on."""
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    upgrade(url)
    database = Database(url)
    yield database
    database.engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 5000)],
)
def test_sqlite_is_set_up_for_many(sqlite: Database, pragma: str, value: object) -> None:
    with sqlite.engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_writers_that_read_first_take_turns(sqlite: Database, now: datetime) -> None:
    gate, count = Barrier(4), 10

    def write(writer: int) -> None:
        gate.wait()
        for number in range(count):
            with sqlite.transaction() as session:
                known = len(session.scalars(select(Person.id)).all())
                factories.person(session, f"{writer}-{number}-{known}", Role.MENTOR, now)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))
    seen = [int(person.name.split("-")[2]) for person in rows(sqlite, Person)]
    assert seen == list(range(4 * count))


def test_readers_do_not_wait_for_a_writer(sqlite: Database, now: datetime) -> None:
    written, read = Event(), Event()

    def write() -> None:
        with sqlite.transaction() as session:
            factories.person(session, "Slow", Role.MENTOR, now)
            written.set()
            assert read.wait(4)

    with ThreadPoolExecutor(1) as writer:
        done = writer.submit(write)
        assert written.wait(4)
        assert rows(sqlite, Person) == []
        read.set()
        done.result()
    assert len(rows(sqlite, Person)) == 1


def test_a_message_of_the_database_holds_no_values(database: Database, now: datetime) -> None:
    with database.session() as session, pytest.raises(SQLAlchemyError) as raised:
        for _time in range(2):
            factories.person(session, "Ann", Role.COACH, now, email="ann@example.org")
    assert "[SQL parameters hidden" in str(raised.value)


def test_the_form_is_received_before_the_lock_is_taken(app: Flask, database: Database) -> None:
    with app.test_request_context("/write/200", method="POST", data={"a": "b"}) as context:
        web_database.session()
        assert "form" in vars(context.request)


def test_who_reads_sees_one_state(database: Database, session: Session, cast: Cast) -> None:
    """A page says which clock its plan had: what it shows besides is not newer than that."""
    with database.session(reading=True) as reading:
        clock = select(Person.plan_clock).where(Person.id == cast.ada.id)
        session.commit()
        assert reading.scalar(clock) == 0
        session.execute(update(Person).values(plan_clock=7))
        session.commit()
        assert reading.scalar(clock) == 0
    with database.session(reading=True) as reading:
        assert reading.scalar(clock) == 7
