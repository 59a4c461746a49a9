"""What was asked for, what it changed, and the proof that it was done once."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum
from webapp.models.person import Person
from webapp.models.text import BilingualText


class Outcome(StrEnum):
    """What became of a change when it was asked for."""

    APPLIED = "applied"
    PROPOSED = "proposed"
    ASKED = "asked"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"
    """The person has said something else of the same thing since: nothing changes."""


class Answer(StrEnum):
    """What the person says to a proposal."""

    YES = "yes"
    NOT_NOW = "not_now"
    NO = "no"
    TALK = "talk"


class Proposal(Base):
    """One or more changes that wait for the person's answer.

    A proposal without `sent_at` is still being prepared; the person does not see it. One
    without a proposer came with a plan file.
    """

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    is_first_plan: Mapped[bool]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    proposer: Mapped[Person | None] = relationship(foreign_keys=proposer_id)
    changes: Mapped[list["Change"]] = relationship(order_by="Change.id", back_populates="proposal")


class Change(Base):
    """A verb and its values, asked for by an actor on the plan of a participant.

    What is proposed is a change that has not been applied: the same verb and values, kept until
    the person answers. `why` is the actor's reason, in a sentence. Where `person_is_told`, the
    person sees what was done without them, until `noticed_at`; nobody else sees that instant.

    `clock` says where the change stands in the order of the plan, whenever it arrives; of two
    with the same number, `device_id` decides. It names a device that may be gone.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    verb: Mapped[str]
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    outcome: Mapped[Outcome] = mapped_column(stored_enum(Outcome))
    made_at: Mapped[datetime]
    why: Mapped[BilingualText]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)
    answer: Mapped[Answer | None] = mapped_column(stored_enum(Answer))
    answered_at: Mapped[datetime | None]
    comes_back_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    person_is_told: Mapped[bool] = mapped_column(default=False)
    noticed_at: Mapped[datetime | None]
    clock: Mapped[int] = mapped_column(default=0)
    device_id: Mapped[int | None]

    actor: Mapped[Person] = relationship(foreign_keys=actor_id)
    proposal: Mapped[Proposal | None] = relationship(back_populates="changes")


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
    actor: Mapped[Person] = relationship(foreign_keys=actor_id)


class LastWord(Base):
    """The change by which the person said last how one thing of their plan shall stand.

    `about` names the thing, such as "task 12 2026-11-23". What was said before that change, and
    arrives after it, changes the thing no more.
    """

    __tablename__ = "last_word"

    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)

    change: Mapped[Change] = relationship()


class Receipt(Base):
    """Proof that a form was taken once: the id that the phone gave it, kept for ever.

    A part of a form that asks for no change yet leaves one without a change.
    """

    __tablename__ = "receipt"

    actor_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    client_id: Mapped[str] = mapped_column(primary_key=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)

    change: Mapped[Change | None] = relationship()


class LongWait(Base):
    """How many forms came on a day (UTC) that a phone had kept for long. Nobody's, and no more."""

    __tablename__ = "long_wait"

    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
