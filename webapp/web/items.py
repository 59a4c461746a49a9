"""The item of a phone's outbox that a request brings, as its headers tell."""

import re
from dataclasses import dataclass

from flask import request

CHANGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
NUMBER = re.compile(r"[0-9]{1,15}")
ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Item:
    """What a phone kept and sends now: under which id, for whom, and where in their order.

    `age_seconds` is how long it was kept; None where the phone's clock makes no sense. `shows`
    says that the person waits for the next page, where they read what was done. `lasts` says
    whether the browser promised to keep what waits there; None where it does not say. `is_stuck`
    says whether something stands there that could not be done; None from an older release. `latest`
    is the last change that the phone knows to be taken.
    """

    change_id: str
    person: str
    clock: int | None
    age_seconds: int | None
    shows: bool
    lasts: bool | None
    is_stuck: bool | None
    latest: str | None

    @property
    def is_well_formed(self) -> bool:
        """Say whether the form carries the same id, and one that can be kept."""
        sent = request.form.get("change_id", "")
        return sent == self.change_id and CHANGE_ID.fullmatch(sent) is not None

    @property
    def has_waited(self) -> bool:
        """Say whether it was kept before it could be sent."""
        return self.age_seconds != 0


def find_item() -> Item | None:
    """Return the item that this request brings; None for a form that a page sends by itself."""
    named = request.headers.get("Outbox-Change")
    if named is None or request.method != "POST":
        return None
    return Item(
        named,
        request.headers.get("Outbox-Person", ""),
        _number("Outbox-Clock"),
        _number("Outbox-Age"),
        request.headers.get("Outbox-Shows") == "yes",
        ANSWERS.get(request.headers.get("Outbox-Lasts", "")),
        ANSWERS.get(request.headers.get("Outbox-Stuck", "")),
        request.headers.get("Outbox-Latest"),
    )


def _number(name: str) -> int | None:
    written = request.headers.get(name, "")
    return int(written) if NUMBER.fullmatch(written) else None
