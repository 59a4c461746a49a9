"""What must be done, what changed and who stands beside somebody, for the browser tests."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.change import Change
from webapp.models.follow_up import FollowUp
from webapp.models.person import Person
from webapp.models.text import BilingualText

RULE = BilingualText(fr="Le règlement de la ville", en="The rule of the town")
STEPS = (
    {"fr": "Signer la feuille du contrat", "en": "Sign the sheet of the contract"},
    {"fr": "Rencontrer le service de l'emploi", "en": "Meet the employment office"},
)
SENTENCE = {"fr": "J'ai la feuille chez moi.", "en": "I have the sheet at home."}

Path = Callable[[Any], str]


def must_be_done(session: Session, coach: Person, person: Person, now: datetime) -> int:
    """Let a coach add two steps and check one, and the person say something of it.

    The person has looked at what they were told. Return the number of that step.
    """

    def ask(actor: Person, verb: str, **wanted: Any) -> Change:
        asked = Asked(f"follow-{verb}-{len(session.scalars(said).all())}", verb, wanted, RULE)
        changes.make(session, actor, person, asked, now)
        return session.scalars(said).all()[-1]

    said = select(Change).order_by(Change.id)
    told = [ask(coach, "follow_up.add", title=title) for title in STEPS]
    first = select(FollowUp.id).where(FollowUp.participant_id == person.id).limit(1)
    number = session.scalars(first).one()
    told.append(ask(coach, "follow_up.check", follow_up=number, checked=True))
    ask(person, "follow_up.comment", follow_up=number, sentence=SENTENCE[person.language])
    for each in told:
        ask(person, "change.noticed", change=each.id)
    return number


def stop_support(session: Session, coach: Person, person: Person, now: datetime) -> None:
    """Put a coach beside somebody who then stops the support."""
    factories.support(session, coach, person, now)
    changes.make(session, person, person, Asked("stage-stop", "accompaniment.stop", {}), now)


def _fixed(path: str) -> Path:
    return lambda home: path


def comment_path(home: Any) -> str:
    """Return where the person says something of a step."""
    return f"/follow-ups/{home.follow_up}/comment"


def hers_path(home: Any) -> str:
    """Return what must be done, as the coach sees it."""
    return f"/people/{home.asked}/me/follow-up"


PAGES: tuple[tuple[str, str, Path], ...] = (
    ("what must be done", "asked", _fixed("/me/follow-up")),
    ("what must be done, nothing", "full", _fixed("/me/follow-up")),
    ("what must be done, say something", "asked", comment_path),
    ("me with what must be done", "asked", _fixed("/me")),
    ("changes", "asked", _fixed("/changes")),
    ("changes, none", "empty", _fixed("/changes")),
    ("support", "full", _fixed("/me/support")),
    ("support, stop", "full", _fixed("/me/support/stop")),
    ("support that has stopped", "paused", _fixed("/me/support")),
    ("person must do", "coach", hers_path),
    ("person must do nothing", "coach", lambda home: f"/people/{home.full}/me/follow-up"),
    ("person changes", "coach", lambda home: f"/people/{home.asked}/changes"),
)
"""Pages for `scenes`: a name, who looks, and where it is."""
