"""Takes what is due and loads what it needs; a row that cannot be read holds up no other."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from webapp.jobs.claiming import claim, give_up, unreadable
from webapp.jobs.loading import Facts, load
from webapp.jobs.rows import Taken
from webapp.jobs.saying import say
from webapp.jobs.services import stored
from webapp.web.database import Database

Part = tuple[Sequence[Taken], Facts]


def take_due(database: Database, now: datetime, most: int) -> list[Taken]:
    """Take what is due, at most so many; what stands in no readable row ends as failed.

    Raises DBAPIError for what is wrong with the database, and not with a row.
    """
    try:
        with database.transaction() as session:
            return claim(session, now, most)
    except DBAPIError:
        raise
    except Exception:
        with database.transaction() as session:
            give_up(session, list(_unreadable(session, now, most)), now)
        with database.transaction() as session:
            return claim(session, now, most)


def _unreadable(session: Session, now: datetime, most: int) -> Iterator[int]:
    for number, error in unreadable(session, now, most):
        _complain(number, error, now)
        yield number


def read(database: Database, batch: Sequence[Taken], now: datetime) -> tuple[list[Any], list[Part]]:
    """Return the push services that wait, and a batch with what it needs, in one part if it can be.

    What cannot be read ends as failed. Raises DBAPIError as `take_due` does.
    """
    unread: list[int] = []
    with database.session(reading=True) as session:
        services = stored(session, now)
        parts = list(_readable(session, batch, now, unread))
    if unread:
        with database.transaction() as session:
            give_up(session, unread, now)
    return services, parts


def _readable(
    session: Session, batch: Sequence[Taken], now: datetime, unread: list[int]
) -> Iterator[Part]:
    """Yield the parts that can be loaded: where it fails the halves, down to a single notice."""
    try:
        yield batch, load(session, batch, now)
    except DBAPIError:
        raise
    except Exception as error:
        if len(batch) == 1:
            unread.append(batch[0].id)
            _complain(batch[0].id, error, now)
            return
        half = len(batch) // 2
        yield from _readable(session, batch[:half], now, unread)
        yield from _readable(session, batch[half:], now, unread)


def _complain(number: int, error: Exception, now: datetime) -> None:
    reason = type(error).__name__
    say("not_readable", now, level=logging.ERROR, notice=number, error=reason)
