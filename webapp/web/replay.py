"""Sends what a form asks for through the one door, under the id that the form carries."""

import re
from typing import Any

from flask import abort, request

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.change import Outcome
from webapp.models.person import Person
from webapp.web import database
from webapp.web.who import actor, now

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def make(verb: str, participant: Person, **wanted: Any) -> Outcome:
    """Ask for a change in the name of the actor. The same form sent twice is applied once."""
    client_id = request.form.get("change_id", "")
    if not CLIENT_ID.fullmatch(client_id):
        abort(400)
    asked = Asked(client_id, verb, wanted)
    return changes.make(database.session(), actor(), participant, asked, now())
