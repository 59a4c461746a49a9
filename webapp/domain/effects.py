"""What a verb does to a plan: the values that the door hands it, and what it hands back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.domain.rights import Kind
from webapp.models.change import Change
from webapp.models.person import Person

Snapshot = dict[str, Any]
"""A part of the plan as JSON values, enough to put it back exactly."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What stood there before and what stands there after; None where there was nothing."""

    before: Snapshot | None
    after: Snapshot | None


Apply = Callable[[Session, Change, Person, datetime], Effect]
"""Applies a change to the plan of a person at an instant."""

KindOf = Callable[[Session, Person, dict[str, Any]], Kind]
"""Says what a change with these values on the plan of a person is about."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be asked for: its row in the rights table, and the code that does it.

    `kind` is a function where the row depends on the thing: a time may be fixed by the workplace
    or not. `can_undo` says that the effect is made of things (`domain/things.py`), so that it
    can be put back from the history.
    """

    kind: Kind | KindOf
    apply: Apply
    can_undo: bool = False

    def kind_of(self, session: Session, participant: Person, wanted: dict[str, Any]) -> Kind:
        """Return the row of the rights table for these values."""
        if isinstance(self.kind, Kind):
            return self.kind
        return self.kind(session, participant, wanted)
