"""An installation of its own for each test of the commands."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.commands import Run, printed
from tests.conftest import SECRET_KEY
from tests.visitor import rows
from webapp.cli import main
from webapp.web.database import Database


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the settings of an installation of its own."""
    return {
        "MON_RYTHME_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "PUBLIC_URL": "http://localhost",
        "SECRET_KEY": SECRET_KEY,
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Give a function that runs a command, with other settings where they are given."""

    def run(*words: object, **settings: str) -> Result:
        result = CliRunner().invoke(
            main, [str(word) for word in words], env={**environment, **settings}
        )
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.stderr
        return result

    return run


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[type], list[object]]:
    """Give a function that looks into the database of the installation."""

    def stored(kind: type) -> list[object]:
        database = Database(f"sqlite:///{tmp_path / 'mon-rythme.sqlite3'}")
        found = rows(database, kind)
        database.engine.dispose()
        return found

    return stored


@pytest.fixture
def from_tomorrow(run: Run, tmp_path: Path) -> None:
    """Let the database be of a version that is still to come."""
    printed(run("person", "list"))
    with closing(sqlite3.connect(tmp_path / "mon-rythme.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()


@pytest.fixture
def port() -> int:
    """Give a port that nobody listens at."""
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        found: int = trial.getsockname()[1]
    return found
