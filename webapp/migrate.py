"""Brings a database to the newest form, and says whether it has it."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

HERE = Path(__file__).parent


class NewerDatabaseError(Exception):
    """The database has a form that only a newer version of the app knows."""


def configuration(url: str) -> Config:
    """Return Alembic's configuration for the database at `url`."""
    inside = HERE / "migrations"
    config = Config()
    config.set_main_option("script_location", str(inside if inside.is_dir() else _beside()))
    config.attributes["url"] = url
    return config


def _beside() -> Path:
    return HERE.parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to `revision`; nothing happens where it is there already.

    Raises NewerDatabaseError where it is ahead of this version.
    """
    try:
        command.upgrade(configuration(url), revision)
    except CommandError as error:
        raise NewerDatabaseError from error


def is_up_to_date(connection: Connection) -> bool:
    """Say whether the database has the newest form."""
    return _revisions(connection) == set(_scripts().get_heads())


def is_newer(connection: Connection) -> bool:
    """Say whether the database has a form that only a newer version of the app knows."""
    known = {script.revision for script in _scripts().walk_revisions()}
    return not _revisions(connection) <= known


def _revisions(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


@cache
def _scripts() -> ScriptDirectory:
    """Return the migrations of this version: they are read once, health is asked often."""
    return ScriptDirectory.from_config(configuration(""))
