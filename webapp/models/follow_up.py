"""What a rule or a funder asks for: steps that the coach checks off, and what the person says."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.change import Change
from webapp.models.person import Person
from webapp.models.text import BilingualText


class FollowUp(Base):
    """A step of the follow-up. `rule` names who asks for it; `change_id` is what added it.

    One that was a part of the first plan, and is taken back from it, stays with `removed_at`.
    """

    __tablename__ = "follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    title: Mapped[BilingualText]
    rule: Mapped[BilingualText]
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    removed_at: Mapped[datetime | None]

    checked_by: Mapped[Person | None] = relationship(foreign_keys=checked_by_id)
    comments: Mapped[list["FollowUpComment"]] = relationship(
        order_by="FollowUpComment.id", back_populates="follow_up"
    )


class FollowUpComment(Base):
    """What the person says of a step of the follow-up."""

    __tablename__ = "follow_up_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey(FollowUp.id), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    sentence: Mapped[str]
    written_at: Mapped[datetime]

    follow_up: Mapped[FollowUp] = relationship(back_populates="comments")
    author: Mapped[Person] = relationship()
