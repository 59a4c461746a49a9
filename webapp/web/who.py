"""Who asks, whose plan it is about, and when: the facts of one request."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app, g, has_request_context, request

from webapp.domain.repeats import today_in
from webapp.models.person import Person

KEEPING = "webapp.keeping"
"""Where a request of our own says that a phone keeps its page. What clients send is never there:
WSGI gives their headers names that begin with HTTP_."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a page will be looked at that a phone keeps.

    `on` is the day of which it speaks; where `is_of_the_day`, it is looked at on that day alone,
    and may say "today". `at` is when that day begins, None for the day on which it is made.
    """

    on: date
    at: datetime | None
    is_of_the_day: bool


def find_keeping() -> Keeping | None:
    """Return how this page will be looked at where a phone keeps it, or None."""
    found: Keeping | None = request.environ.get(KEEPING) if has_request_context() else None
    return found


def is_kept() -> bool:
    """Say whether this page is made for a phone that keeps it."""
    return find_keeping() is not None


def now() -> datetime:
    """Return the instant of this request; it stays the same until the answer is made."""
    if "now" not in g:
        keeping = find_keeping()
        g.now = keeping and keeping.at or current_app.extensions["clock"]()
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
