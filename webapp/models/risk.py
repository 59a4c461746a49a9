"""What could go wrong with a next step: everybody's own view, and what the person decides."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum
from webapp.models.person import Person
from webapp.models.plan import NextStep
from webapp.models.text import BilingualText


class Decision(StrEnum):
    """What the person decides of a step that can go wrong."""

    TRY = "try"
    SMALLER = "smaller"
    NOT_NOW = "not_now"


class LookBack(StrEnum):
    """How the person wants to go on after a try."""

    AGAIN = "again"
    DIFFERENTLY = "differently"


class RiskView(Base):
    """How one person sees a step that can go wrong. Nobody else may change it.

    `well`, `wrong` and `helps` are each a list of pictures and a sentence:
    `{"pictures": ["bus"], "sentence": "…"}`. `feeling` is a face, from 1 (bad) to 5 (good).
    """

    __tablename__ = "risk_view"
    __table_args__ = (UniqueConstraint("next_step_id", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    next_step_id: Mapped[int] = mapped_column(ForeignKey(NextStep.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    well: Mapped[dict[str, Any]] = mapped_column(JSON)
    wrong: Mapped[dict[str, Any]] = mapped_column(JSON)
    helps: Mapped[dict[str, Any]] = mapped_column(JSON)
    feeling: Mapped[int | None]
    given_at: Mapped[datetime]

    author: Mapped[Person] = relationship()


class RiskPlan(Base):
    """What was agreed about a step that can go wrong, and how it went.

    What helps, who does it, and the day on which it is looked at again.
    """

    __tablename__ = "risk_plan"

    next_step_id: Mapped[int] = mapped_column(ForeignKey(NextStep.id), primary_key=True)
    helps: Mapped[BilingualText]
    who_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    look_again_on: Mapped[date | None]
    decision: Mapped[Decision | None] = mapped_column(stored_enum(Decision))
    decided_at: Mapped[datetime | None]
    feeling_after: Mapped[int | None]
    look_back: Mapped[LookBack | None] = mapped_column(stored_enum(LookBack))
    looked_back_at: Mapped[datetime | None]

    who: Mapped[Person | None] = relationship()
