"""The outbox of one phone: sends what it kept, and reads what becomes of it."""

import secrets
from dataclasses import dataclass
from typing import Any

from tests.visitor import Visitor
from webapp.models.person import Person


@dataclass(frozen=True)
class Answer:
    """What the server says of an item: a status, and JSON."""

    status: int
    said: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.said[name]


class Outbox:
    """The outbox of `person` in a browser in which anybody may be signed in."""

    def __init__(self, browser: Visitor, person: Person) -> None:
        self.browser, self.person = browser, person

    def send(
        self, address: str, change: str = "", *, headers: dict[str, str] | None = None, **form: Any
    ) -> Answer:
        """Send an item under a new id, or under this one."""
        change = change or secrets.token_urlsafe(16)
        named = {"Outbox-Change": change, "Outbox-Person": str(self.person.id), "Outbox-Age": "0"}
        page = self.browser.client.post(
            address, data={"change_id": change} | form, headers={**named, **(headers or {})}
        )
        assert page.headers["Cache-Control"] == "no-store"
        assert page.mimetype == "application/json", page.text
        return Answer(page.status_code, page.get_json())

    def ask(self, latest: str | None = None) -> Answer:
        """Ask what the server knows, before anything is sent."""
        named = {"Outbox-Latest": latest} if latest else {}
        page = self.browser.client.get("/outbox", headers=named)
        assert page.headers["Cache-Control"] == "no-store"
        return Answer(page.status_code, page.get_json())
