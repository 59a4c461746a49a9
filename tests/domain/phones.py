"""A phone of somebody: says things at a place in the order, under an id of its own each."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.change import Outcome
from webapp.models.person import Person


class Phone:
    """One phone, which sends what its owner says of the plan of a participant."""

    count = 0

    def __init__(
        self, session: Session, owner: Person, participant: Person, now: datetime, device: int
    ) -> None:
        self.session, self.owner, self.participant = session, owner, participant
        self.now, self.device = now, device

    def says(
        self,
        verb: str,
        clock: int | None = None,
        *,
        id: str = "",
        waited: bool = False,
        **wanted: Any,
    ) -> Outcome:
        """Send something, with the clock that the phone gave it."""
        Phone.count += 1
        asked = Asked(
            id or f"phone-{Phone.count:06}",
            verb,
            wanted,
            clock=clock,
            device_id=self.device,
            waited=waited,
        )
        return changes.make(self.session, self.owner, self.participant, asked, self.now)
