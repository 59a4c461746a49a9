"""Cora proposes and Ada answers, for tests of proposals."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import changes, seen
from webapp.domain.changes import Asked
from webapp.domain.repeats import today_in
from webapp.domain.seen import Sheet
from webapp.models.change import Change, Outcome
from webapp.models.person import Person
from webapp.models.text import BilingualText

ON_TUESDAY = {"on": "2026-11-24", "at": "14:00", "minutes": 30, "repeat": "FREQ=DAILY"}
"""Every day at 2 in the afternoon, from Tuesday on."""


class Table:
    """Where Cora and Ada sit together: what each asks for, under a new id each time."""

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        self.session, self.cast, self.now, self.asked = session, cast, now, 0

    def ask(self, actor: Person, verb: str, client_id: str | None = None, **wanted: Any) -> Outcome:
        """Ask for a change on Ada's plan."""
        return self._make(actor, Asked(self._id(client_id), verb, wanted))

    def propose(
        self, verb: str, *, why: str | None = None, together: bool = False, **wanted: Any
    ) -> Change:
        """Let Cora propose something, and return it."""
        asked = Asked(self._id(None), verb, wanted, BilingualText(en=why), together)
        assert self._make(self.cast.cora, asked) is Outcome.PROPOSED
        return self.changes()[-1]

    def answer(
        self, *asked: Change, said: str, client_id: str | None = None, **more: Any
    ) -> Outcome:
        """Let Ada answer as one who sees the page now."""
        wanted = {"until": None, "seen": self.seen(*asked), **more}
        numbers = [each.id for each in asked]
        return self.ask(
            self.cast.ada, "proposal.answer", client_id, changes=numbers, answer=said, **wanted
        )

    def seen(self, *asked: Change) -> str:
        """Return what stands for the page that Ada sees."""
        [proposal] = {each.proposal_id for each in asked}
        sheet = seen.get_sheet(self.session, self.cast.ada, proposal or 0)
        numbers = {each.id for each in asked}
        return sheet.seen([each for each in sheet.pieces if each.change.id in numbers])

    def waiting(self) -> list[Sheet]:
        """Return the proposals that wait for Ada."""
        today = today_in(self.cast.ada.time_zone, self.now)
        return seen.sheets_waiting(self.session, self.cast.ada, today)

    def changes(self) -> list[Change]:
        """Return all that was proposed."""
        proposed = select(Change).where(Change.outcome == Outcome.PROPOSED).order_by(Change.id)
        return list(self.session.scalars(proposed))

    def _id(self, client_id: str | None) -> str:
        self.asked += 1
        return client_id or f"asked-{self.asked}"

    def _make(self, actor: Person, asked: Asked) -> Outcome:
        outcome = changes.make(self.session, actor, self.cast.ada, asked, self.now)
        self.session.flush()
        return outcome
