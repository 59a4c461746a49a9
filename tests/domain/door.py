"""Somebody at the door: asks for changes, each under a new id."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.change import Change, Outcome
from webapp.models.person import Person
from webapp.models.text import BilingualText


class Door:
    """Lets people ask for changes on the plan of one participant."""

    def __init__(self, session: Session, participant: Person, now: datetime) -> None:
        self.session, self.participant, self.now = session, participant, now
        self.asked = 0

    def ask(
        self, actor: Person, verb: str, *, why: str = "", together: bool = False, **wanted: Any
    ) -> Outcome:
        """Ask for a change, and say what became of it."""
        self.asked += 1
        reason = BilingualText(en=why) if why else BilingualText()
        asked = Asked(f"door-{self.asked:06}", verb, wanted, reason, together)
        return changes.make(self.session, actor, self.participant, asked, self.now)

    def does(self, verb: str, **wanted: Any) -> Change:
        """Let the participant do something, and return the change."""
        assert self.ask(self.participant, verb, **wanted) is Outcome.APPLIED
        return self.last()

    def last(self) -> Change:
        """Return the change that was asked for last."""
        return self.session.scalars(select(Change).order_by(Change.id.desc())).first()  # type: ignore[return-value]
