"""Calls for a human, and what the humans answered."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum
from webapp.models.change import Change
from webapp.models.person import Person
from webapp.models.plan import Task


class HelpReason(StrEnum):
    """What the help is about. The last three come from a change, not from the help page."""

    NOT_UNDERSTOOD = "not_understood"
    NOT_FOUND = "not_found"
    LATE = "late"
    NOT_NICE = "not_nice"
    UNWELL = "unwell"
    SOMETHING_ELSE = "something_else"
    TALK = "talk"
    FIXED_TIME = "fixed_time"
    PROBLEM = "problem"


class HelpRequest(Base):
    """A participant asks for a human.

    `to_id` is who is asked, None for the whole team. `task_id` and `day` say on which task it
    was asked; `about_change_id` is the change that it speaks of ("Let's talk", "This is a
    problem for me"). Closing it is the participant's.
    """

    __tablename__ = "help_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)
    about: Mapped[HelpReason] = mapped_column(stored_enum(HelpReason))
    to_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    sentence: Mapped[str | None]
    task_id: Mapped[int | None] = mapped_column(ForeignKey(Task.id), index=True)
    day: Mapped[date | None]
    about_change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)
    asked_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    closed_at: Mapped[datetime | None]

    participant: Mapped[Person] = relationship(foreign_keys=participant_id)
    to: Mapped[Person | None] = relationship(foreign_keys=to_id)
    seen_by: Mapped[Person | None] = relationship(foreign_keys=seen_by_id)
    task: Mapped[Task | None] = relationship()
    about_change: Mapped[Change | None] = relationship(foreign_keys=about_change_id)
    answers: Mapped[list["HelpAnswer"]] = relationship(
        order_by="HelpAnswer.id", back_populates="request"
    )


class HelpAnswer(Base):
    """What somebody of the team answered: a sentence, or when they come."""

    __tablename__ = "help_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(HelpRequest.id), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    sentence: Mapped[str | None]
    comes_at: Mapped[datetime | None]
    answered_at: Mapped[datetime]

    request: Mapped[HelpRequest] = relationship(back_populates="answers")
    author: Mapped[Person] = relationship()
