"""Whom reminders do not reach: participants who want them, 48 hours without a phone or e-mails."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement

from webapp.domain.notices import wants_messages
from webapp.models.person import Person, Role

TOLD_AFTER = timedelta(hours=48)
"""So long a phone may be away before somebody is told."""


def is_unreached(person: Person, now: datetime, *, by_mail: bool) -> bool:
    """Say whether somebody should know that reminders do not reach this person.

    Where `by_mail`, e-mails go out, and who gets them is reached.
    """
    wanted = person.is_participant and wants_messages(person)
    since = person.no_phone_since
    if by_mail and person.mail_to is not None:
        return False
    return wanted and since is not None and since <= now - TOLD_AFTER


def unreached(now: datetime, *, by_mail: bool) -> ColumnElement[bool]:
    """Ask the same of stored people, as `is_unreached`."""
    wanted = (Person.role == Role.PARTICIPANT) & Person.reminders_on & ~Person.reminders_paused
    lost = wanted & (Person.no_phone_since <= now - TOLD_AFTER)
    return lost & Person.mail_to.is_(None) if by_mail else lost
