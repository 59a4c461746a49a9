"""One engine and one transaction a request: committed below 400, never on a GET.

The commands use the same engine through `Database` alone, without a request.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.exceptions import HTTPException

READ_METHODS = {"GET", "HEAD", "OPTIONS"}
BUSY_SECONDS = 5
"""How long a writer waits for another one on SQLite."""


class Database:
    """The sessions of one database: to write, or only to read."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        reading = self.engine.execution_options(reading=True, **_read_only(self.engine))
        self._reading = sessionmaker(reading)

    def session(self, *, reading: bool = False) -> Session:
        """Return a new session; the caller commits or closes it."""
        return self._reading() if reading else self._writing()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or rolled back where something fails."""
        with self._writing.begin() as session:
            yield session


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _read_only(engine: Engine) -> dict[str, Any]:
    """Return what makes a transaction read only, and one state of the data, as on SQLite.

    Otherwise a page could show what is newer than the clock of the plan that it names: what is
    chosen on that page would count as said before what was seen there.
    """
    if engine.dialect.name != "postgresql":
        return {}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something will be written.

    A transaction that reads first and writes later fails when another writer came between,
    and no waiting helps it.
    """
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def init_app(app: Flask, database: Database) -> None:
    """Give every request of `app` its session of `database`."""
    app.extensions["database"] = database
    app.after_request(_settle)
    app.teardown_request(_close)


def session() -> Session:
    """Return the session of this request; it can only read where the request is a GET."""
    if "session" not in g:
        database: Database = current_app.extensions["database"]
        reading = request.method in READ_METHODS
        if not reading:
            _receive()
        g.session = database.session(reading=reading)
    found: Session = g.session
    return found


def _receive() -> None:
    """Wait for the whole form before the write lock is taken: a phone may be slow to send it.

    What is wrong with the form is said where it is read.
    """
    with suppress(HTTPException):
        request.form  # noqa: B018 - reading it is the point


def keep() -> None:
    """Commit this request whatever it answers.

    For what must be remembered although the answer is no: a refusal, a wrong code.
    """
    g.keep = True


def _settle(response: Response) -> Response:
    """Commit before the answer leaves, so that "done" is never said of what is not stored."""
    if "session" in g and request.method not in READ_METHODS:
        if response.status_code < 400 or g.get("keep", False):  # noqa: PLR2004 - HTTP's own line
            g.session.commit()
        else:
            g.session.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    if "session" in g:
        g.session.close()
