"""Calls for help, for the browser tests: one that waits, one that is answered, one closed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.help import HelpRequest
from webapp.models.person import Person
from webapp.models.plan import Task

SENTENCE = {
    "fr": "Le chariot bleu n'est pas à sa place.",
    "en": "The blue cart is not in its place.",
}


@dataclass(frozen=True)
class Calls:
    """The ids of the calls of one person."""

    waiting: int
    answered: int
    closed: int


def calls_for_help(session: Session, person: Person, coach: Person, now: datetime) -> Calls:
    """Let a person call three times; the coach has not begun yet to answer today."""
    coach.answers_on, coach.answers_from, coach.answers_until = "MO,TU", time(10), time(17)
    session.flush()
    task = session.scalars(select(Task).where(Task.participant_id == person.id)).first()
    assert task
    sentence = SENTENCE[person.language]
    on_task = {"task": task.id, "day": task.starts_on.isoformat(), "sentence": sentence}
    reasons = ("late", "not_found", "unwell")
    said = ({"to": coach.id}, on_task, {})
    waiting, answered, closed = (
        _call(session, person, now, about=about, **more)  # type: ignore[arg-type]
        for about, more in zip(reasons, said, strict=True)
    )
    soon = (now + timedelta(minutes=20)).isoformat()
    _ask(session, coach, person, "help.answer", now, request=answered, comes_at=soon)
    _ask(session, coach, person, "help.answer", now, request=answered, sentence=sentence)
    _ask(session, person, person, "help.close", now, request=closed)
    return Calls(waiting, answered, closed)


def _call(session: Session, person: Person, now: datetime, **wanted: object) -> int:
    _ask(session, person, person, "help.ask", now, **wanted)
    return session.scalars(select(HelpRequest.id).order_by(HelpRequest.id.desc())).first() or 0


def _ask(
    session: Session, actor: Person, person: Person, verb: str, now: datetime, **wanted: object
) -> None:
    client_id = f"calling-{verb}-{'-'.join(map(str, wanted.values()))}"
    changes.make(session, actor, person, Asked(client_id, verb, wanted), now)
