"""Who asks, whose plan it is about, and when: the facts of one request."""

from datetime import datetime

from flask import current_app, g

from webapp.domain.repeats import today_in
from webapp.models.person import Person


def now() -> datetime:
    """Return the instant of this request; it stays the same until the answer is made."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    found: datetime = g.now
    return found


def find_actor() -> Person | None:
    """Return the person who is asking, or None where nobody is signed in."""
    found: Person | None = g.get("actor")
    return found


def actor() -> Person:
    """Return the person who is asking. Only for pages that are not public."""
    found = find_actor()
    if found is None:
        raise LookupError("nobody is signed in")
    return found


def find_participant() -> Person | None:
    """Return the person whose plan this page is about, or None."""
    found: Person | None = g.get("participant")
    return found


def participant() -> Person:
    """Return the person whose plan this page is about. Only for pages of a plan."""
    found = find_participant()
    if found is None:
        raise LookupError("this page is about no plan")
    return found


def turn_to(person: Person) -> None:
    """Make this page one about the plan of `person`, on their own wall clock's day."""
    g.participant = person
    g.today = today_in(person.time_zone, now())


def is_own() -> bool:
    """Say whether the plan belongs to the person who is asking."""
    return find_participant() is not None and find_participant() is find_actor()
