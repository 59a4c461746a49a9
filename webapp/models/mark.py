"""What the person said of a task on one day: its mark, and the steps that they ticked."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, stored_enum
from webapp.models.change import Change
from webapp.models.plan import Step, Task


class MarkState(StrEnum):
    """What the person said."""

    DONE = "done"
    LATER = "later"
    NOT_TODAY = "not_today"


class Mark(Base):
    """The mark of one occurrence: a task, and the day that its rule gave.

    `moved_on` and `moved_time` say where "later" put it; they stay when it is done there.
    """

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("task_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id))
    day: Mapped[date]
    state: Mapped[MarkState] = mapped_column(stored_enum(MarkState))
    moved_on: Mapped[date | None]
    moved_time: Mapped[time | None]
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)
    marked_at: Mapped[datetime]


class StepTick(Base):
    """A step that the person ticked, on one day."""

    __tablename__ = "step_tick"

    step_id: Mapped[int] = mapped_column(ForeignKey(Step.id), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    ticked_at: Mapped[datetime]
