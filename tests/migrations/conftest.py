"""What the tests of migrations ask for: an empty database of its own for each."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from webapp.web.database import Database

NUMBERS = count(1)


@pytest.fixture
def url(server_url: str | None, tmp_path: Path) -> Iterator[str]:
    """Give an empty database of its own."""
    if server_url is None:
        yield f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
        return
    name = f"migrated_{next(NUMBERS)}"
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Give that database."""
    opened = Database(url)
    yield opened
    opened.engine.dispose()
