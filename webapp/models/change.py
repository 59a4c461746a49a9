"""What was asked for, what it changed, and the proof that it was done once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum
from webapp.models.person import Person


class Outcome(StrEnum):
    """What became of a change when it was asked for."""

    APPLIED = "applied"
    PROPOSED = "proposed"
    ASKED = "asked"
    REFUSED = "refused"


class Change(Base):
    """A verb and its values, asked for by an actor on the plan of a participant.

    A proposal is a change that has not been applied: the same verb and values, kept until the
    person answers.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    verb: Mapped[str]
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    made_at: Mapped[datetime]


class HistoryEntry(Base):
    """One line of "What changed": who, what, when, before and after. Never deleted."""

    __tablename__ = "history_entry"
    __table_args__ = (Index(None, "participant_id", "happened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    actor_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)
    event: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    happened_at: Mapped[datetime]

    change: Mapped[Change] = relationship()


class Receipt(Base):
    """Proof that a change was taken once: the id that the phone gave it, kept for ever."""

    __tablename__ = "receipt"

    actor_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    client_id: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)

    change: Mapped[Change] = relationship()
