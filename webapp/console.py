"""What every command needs: the settings, the database, and a sentence when something is wrong."""

import sys
from typing import Any, NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from webapp import config
from webapp.config import SettingMistake, Settings
from webapp.migrate import NewerDatabaseError, is_up_to_date, upgrade
from webapp.web.database import Database

MISTAKE = 2
"""Exit status where what was asked for cannot be done as it was written."""


def refuse(*lines: str) -> NoReturn:
    """Say what is wrong on the error stream, one line each, and end with status 2."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(MISTAKE)


def read_settings() -> Settings:
    """Read the settings, or say which one is wrong and end."""
    try:
        return config.from_environment()
    except SettingMistake as mistake:
        refuse(str(mistake))


def open_database(settings: Settings) -> Database:
    """Return the database, brought to its newest form where it has another one."""
    database = Database(settings.database_url)
    try:
        with database.session(reading=True) as session:
            current = is_up_to_date(session.connection())
        if not current:
            upgrade(settings.database_url)
    except NewerDatabaseError:
        refuse("The database was made by a newer version. Install that one.")
    return database


class Commands(click.Group):
    """Commands that say in one sentence when the database does not answer."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(context)
        except SQLAlchemyError:
            refuse("The database does not answer. Run mon-rythme doctor to see why.")
