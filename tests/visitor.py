"""Somebody who visits the app with a browser, and a look at what the visit left behind."""

import secrets
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.page import Page
from webapp.domain import sessions
from webapp.models import tables
from webapp.models.base import Base
from webapp.models.person import Person
from webapp.models.sign_in import DeviceKind
from webapp.web import login
from webapp.web.database import Database

Row = TypeVar("Row", bound=Base)


class Visitor:
    """One browser, signed in as somebody or as nobody."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-CA,en;q=0.9,fr;q=0.5"
        if person:
            self._sign_in(person)

    def _sign_in(self, person: Person) -> None:
        database: Database = self.app.extensions["database"]
        now: datetime = self.app.extensions["clock"]()
        with database.transaction() as session:
            row, token = sessions.begin(session, person, DeviceKind.ANDROID, now)
        self.device_id = row.device_id
        with self.client.session_transaction() as cookie:
            cookie.permanent = True
            cookie.update(login.remembered(token, row.device_id, now))

    def get(self, path: str, **headers: str) -> Page:
        """Open an address."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return Page(self.client.get(path, headers=named))

    def post(self, path: str, **fields: Any) -> Page:
        """Send a form; it carries a new change id unless one is given, and none for None."""
        sent = {"change_id": secrets.token_urlsafe(16), **fields}
        return Page(
            self.client.post(path, data={name: v for name, v in sent.items() if v is not None})
        )

    def follow(self, page: Page) -> Page:
        """Go where an answer leads."""
        assert page.status == 303, page.words
        return self.get(page.location)


def rows(database: Database, kind: type[Row]) -> list[Row]:
    """Return all stored rows of a kind, in the order in which they came."""
    keys = kind.__mapper__.primary_key
    with database.session(reading=True) as session:
        found = list(session.scalars(select(kind).order_by(*keys)))
        session.expunge_all()
    return found


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in tables.sorted_tables
        }
