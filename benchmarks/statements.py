"""Counts the SQL statements of a page, which may not grow with the plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from sqlalchemy import Engine, event

from benchmarks.plans import Filled
from benchmarks.served import create_page_app
from benchmarks.visits import cookie
from webapp.web.database import Database


def statements_of(filled: Filled, token: str, path: str) -> int:
    """Return how many statements it takes to answer a page, beside BEGIN."""
    database = Database(filled.url)
    client = create_page_app(filled, database).test_client()
    client.set_cookie("session", cookie(filled, token))
    with _noted(database.engine) as sent:
        answer = client.get(path)
    database.engine.dispose()
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len([statement for statement in sent if not statement.startswith("BEGIN")])


@contextmanager
def _noted(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
