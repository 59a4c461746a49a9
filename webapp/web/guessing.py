"""Slows down who guesses at a door, by the address that this request comes from."""

from flask import current_app, request

from webapp.domain import attempts
from webapp.models.sign_in import Door
from webapp.web import database
from webapp.web.who import now


def seconds_to_wait(door: Door, subject: str | None = None) -> int:
    """Return how many seconds must pass before a try is taken; 0 where it is taken now.

    `subject` is the e-mail address at the password door. Whoever is told 0 must `record` the try.
    """
    wait = attempts.wait_needed(
        database.session(), door, address=_address(), subject=subject, key=key(), now=now()
    )
    return int(wait.total_seconds()) + 1 if wait else 0


def record(door: Door, subject: str | None = None, *, succeeded: bool) -> None:
    """Remember a try, whatever is answered."""
    attempts.record(
        database.session(),
        door,
        address=_address(),
        subject=subject,
        succeeded=succeeded,
        key=key(),
        now=now(),
    )
    database.keep()


def key() -> str:
    """Return the secret under which cards, addresses and e-mail addresses are kept."""
    found: str = current_app.config["SECRET_KEY"]
    return found


def _address() -> str:
    return request.remote_addr or ""
