"""What a person has begun to write and not yet sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base
from webapp.models.person import Person


class Draft(Base):
    """The answers given so far in one form about one plan, kept until sent or thrown away.

    `form` names the form and, where it is about a thing, the thing: "goal.add", "task.move:12".
    """

    __tablename__ = "draft"

    owner_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
