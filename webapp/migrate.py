"""Brings a database to the newest form, and says whether it has it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

HERE = Path(__file__).parent


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
    """Bring the database at `url` up to `revision`; nothing happens where it is there already."""
    command.upgrade(configuration(url), revision)


def is_up_to_date(connection: Connection) -> bool:
    """Say whether the database has the newest form."""
    url = connection.engine.url.render_as_string(hide_password=False)
    heads = ScriptDirectory.from_config(configuration(url)).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)
