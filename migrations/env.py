"""Runs the migrations, for `mon-rythme start`, for the tests and for `alembic` itself."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine, text

from webapp.config import from_environment
from webapp.models import tables
from webapp.models.base import UtcDateTime
from webapp.models.text import BilingualTextColumn

BUSY_SECONDS = 60
"""How long one that starts waits for another one that migrates."""


def render_item(kind: str, item: Any, _autogenerate_context: Any) -> str | bool:
    """Write our own column types as the plain ones below them: migrations never import the app."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, BilingualTextColumn):
        return "sa.JSON()"
    return False


def run() -> None:
    """Run what is asked for, in one transaction."""
    url = context.config.attributes.get("url") or from_environment().database_url
    with create_engine(url, poolclass=NullPool).connect() as connection:
        if connection.dialect.name == "sqlite":
            # A batch migration copies a table and drops the old one: with foreign keys on,
            # the rows that point at it would go with it. The pragma counts only outside a
            # transaction.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
            take_turns(connection)
        migrate(connection)


def take_turns(connection: Connection) -> None:
    """Take the write lock of SQLite before anything is read: two that start together would both
    find an empty database. The driver by itself waits until something is written.
    """
    connection.connection.driver_connection.isolation_level = None
    connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    connection.rollback()
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def migrate(connection: Connection) -> None:
    """Run the migrations, then make sure that no row points at nothing."""
    context.configure(
        connection=connection,
        target_metadata=tables,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            # Two machines that start together take turns.
            connection.execute(text("SELECT pg_advisory_xact_lock(20261121)"))
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if lost:
                raise RuntimeError(f"{len(lost)} rows point at nothing after this migration")
    connection.commit()


run()
