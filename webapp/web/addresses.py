"""Numbers of rows and days, as they stand in addresses, and addresses that pages ask for often."""

from datetime import date
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from webapp.domain.days import Occurrence

LARGEST_ID = 2**31 - 1
"""What a database can number; a larger number is no such address."""


class IdConverter(IntegerConverter):
    """Turns a part of an address into the number of a row."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


def row_number(written: str) -> int:
    """Return the number of a row that a form or a query names.

    Raises ValueError for what no database can number; Werkzeug then takes the default.
    """
    if not (written.isascii() and written.isdecimal() and len(written) <= len(str(LARGEST_ID))):
        raise ValueError(written)
    number = int(written)
    if number > LARGEST_ID:
        raise ValueError(written)
    return number


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


class MonthConverter(BaseConverter):
    """Turns a part such as 2026-11 into the first day of that month."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(f"{value}-01")
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date) -> str:
        return value.isoformat()[:7]


def task_url(occurrence: Occurrence) -> str:
    """Return the address of a task on its day; what can be done with it lies below.

    A page shows many of them, and `url_for` takes twenty times as long.
    """
    return f"/tasks/{occurrence.task_id}/{occurrence.day}"


def telephone_url(number: str, scheme: str = "tel") -> str:
    """Return the address that calls a number, or writes to it ("sms").

    RFC 3966 wants no spaces; people write many kinds of them.
    """
    return f"{scheme}:{''.join(number.split())}"


def came_from(otherwise: str) -> str:
    """Return the page of ours on which a form was sent, or `otherwise` where it is not known."""
    parts = urlsplit(request.referrer or "")
    return own_page(parts.path, otherwise) if parts.netloc == request.host else otherwise


def own_page(path: str, otherwise: str) -> str:
    """Return a path of ours that can be looked at; anything else becomes `otherwise`.

    Never an address elsewhere, whatever it is dressed as, nor one that only takes forms.
    """
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    if own and not urlsplit(path).netloc and _may_be_looked_at(path):
        return path
    return otherwise


def _may_be_looked_at(path: str) -> bool:
    """Say no of an address that only takes forms: a mistake that it answered has no page."""
    adapter = current_app.create_url_adapter(request)
    methods = list(adapter.allowed_methods(urlsplit(path).path)) if adapter else []
    return "GET" in methods or not methods


def init_app(app: Flask) -> None:
    """Let addresses hold days and numbers of rows, and let templates ask for tasks and calls."""
    app.url_map.converters["int"] = IdConverter
    app.url_map.converters["day"] = DayConverter
    app.url_map.converters["month"] = MonthConverter
    app.jinja_env.filters.update(task_url=task_url, telephone_url=telephone_url)
