"""Numbers of rows and days, as they stand in addresses, and the address that stands most often."""

from datetime import date

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from webapp.domain.days import Occurrence

LARGEST_ID = 2**31 - 1
"""What a database can number; a larger number is no such address."""


class IdConverter(IntegerConverter):
    """Turns a part of an address into the number of a row."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


class DayConverter(BaseConverter):
    """Turns a part such as 2026-11-23 into a day; another part is no such address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()


def task_url(occurrence: Occurrence) -> str:
    """Return the address of a task on its day; what can be done with it lies below.

    A page shows many of them, and `url_for` takes twenty times as long.
    """
    return f"/tasks/{occurrence.task_id}/{occurrence.day}"


def init_app(app: Flask) -> None:
    """Let addresses hold days and numbers of rows, and let templates ask for those of tasks."""
    app.url_map.converters["int"] = IdConverter
    app.url_map.converters["day"] = DayConverter
    app.jinja_env.filters["task_url"] = task_url
