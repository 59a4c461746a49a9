"""Migrations: up from nothing, down and up again with rows in every table, and never behind."""

import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Time,
    inspect,
    text,
)

from tests.visitor import everything
from webapp import migrate
from webapp.models import tables
from webapp.models.base import UtcDateTime
from webapp.models.text import BilingualText, BilingualTextColumn
from webapp.web.database import Database

VALUES: dict[type, Any] = {
    UtcDateTime: datetime.fromisoformat("2026-11-23T13:00:00+00:00"),
    BilingualTextColumn: BilingualText(fr="Bonjour « à tous » !", en="Hello 👋"),
    JSON: {"a": [1, None, "é"]},
    Boolean: True,
    Date: date(2026, 11, 23),
    Time: time(9, 30),
    Integer: 1,
    LargeBinary: b"a picture",
    String: "words",
}


def value_for(column: Column[Any]) -> Any:
    """Return a value for a column; all rows are number 1, so that what points finds its row."""
    if isinstance(column.type, Enum):
        return column.type.python_type(column.type.enums[0])
    return next(VALUES[kind] for kind in VALUES if isinstance(column.type, kind))


def fill(database: Database) -> None:
    """Put one row into every table, with a value in every column."""
    with database.engine.begin() as connection:
        for table in tables.sorted_tables:
            row = {column.name: value_for(column) for column in table.columns}
            connection.execute(table.insert().values(row))


def names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_up_from_nothing_makes_every_table(url: str, database: Database) -> None:
    with database.engine.connect() as connection:
        assert not migrate.is_up_to_date(connection)
    migrate.upgrade(url)
    with database.engine.connect() as connection:
        assert migrate.is_up_to_date(connection)
        assert names(connection) == set(tables.tables)


def test_processes_that_start_together_take_turns(url: str, database: Database) -> None:
    words = "import sys; from webapp.migrate import upgrade; print(); input(); upgrade(sys.argv[1])"
    processes = [
        subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-c", words, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _process in range(4)
    ]
    for each in processes:
        assert each.stdout is not None
        each.stdout.readline()
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.communicate()[1] for each in processes]
    assert [each.returncode for each in processes] == [0] * len(processes), said
    with database.engine.connect() as connection:
        assert migrate.is_up_to_date(connection)


def test_a_newer_database_is_left_alone(url: str, database: Database) -> None:
    migrate.upgrade(url)
    with database.engine.begin() as connection:
        assert not migrate.is_newer(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with database.engine.connect() as connection:
        assert migrate.is_newer(connection)
        assert not migrate.is_up_to_date(connection)
    with pytest.raises(migrate.NewerDatabaseError):
        migrate.upgrade(url)


def test_up_again_changes_nothing(url: str, database: Database) -> None:
    migrate.upgrade(url)
    fill(database)
    before = everything(database)
    migrate.upgrade(url)
    assert everything(database) == before
    assert all(len(found) == 1 for found in before.values())


def test_models_and_migrations_say_the_same(url: str) -> None:
    migrate.upgrade(url)
    command.check(migrate.configuration(url))


def test_what_is_stored_has_the_constraints_of_the_models(url: str, database: Database) -> None:
    migrate.upgrade(url)
    found = MetaData()
    found.reflect(database.engine)
    for name, table in tables.tables.items():
        made = found.tables[name]
        assert {column.name: column.nullable for column in made.columns} == {
            column.name: column.nullable for column in table.columns
        }
        assert {str(key.target_fullname) for key in made.foreign_keys} == {
            str(key.target_fullname) for key in table.foreign_keys
        }
        assert {index.name for index in made.indexes} == {index.name for index in table.indexes}


REVISIONS = [
    script.revision
    for script in ScriptDirectory.from_config(migrate.configuration("sqlite://")).walk_revisions()
]


@pytest.mark.parametrize("revision", REVISIONS)
def test_down_and_up_again_with_rows(url: str, database: Database, revision: str) -> None:
    migrate.upgrade(url)
    fill(database)
    command.downgrade(migrate.configuration(url), revision)
    with database.engine.connect() as connection:
        older = names(connection)
    migrate.upgrade(url)
    kept = everything(database)
    assert {name: len(found) for name, found in kept.items()} == {
        name: int(name in older) for name in kept
    }
    assert broken_links(database) == []


def test_down_to_nothing_and_up(url: str, database: Database) -> None:
    migrate.upgrade(url)
    fill(database)
    command.downgrade(migrate.configuration(url), "base")
    with database.engine.connect() as connection:
        assert names(connection) == set()
    migrate.upgrade(url)
    fill(database)
    assert broken_links(database) == []


def broken_links(database: Database) -> list[Any]:
    """Return the rows that point at nothing; PostgreSQL has none, it never lets them in."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            return []
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def test_one_line_of_migrations() -> None:
    scripts = ScriptDirectory.from_config(migrate.configuration("sqlite://"))
    assert len(scripts.get_heads()) == 1
    assert [int(revision) for revision in reversed(REVISIONS)] == list(range(1, len(REVISIONS) + 1))


def test_migrations_never_import_the_app() -> None:
    for path in sorted(Path(migrate.__file__).parent.parent.glob("migrations/versions/*.py")):
        assert "webapp" not in path.read_text("utf-8")
