"""The plan of a participant: goals with next steps, tasks with steps."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, stored_enum
from webapp.models.change import Change
from webapp.models.person import Person, RemindOn
from webapp.models.text import BilingualText


class GoalState(StrEnum):
    """Where a goal stands. Reached and let go are both normal."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let_go"


class NextStepState(StrEnum):
    """What the person said of a possible next step; `chosen` is "My next step"."""

    OPEN = "open"
    CHOSEN = "chosen"
    LATER = "later"
    NOT_THIS = "not_this"
    DONE = "done"


class Goal(Base):
    """What the person wants, in their own words.

    `change_id` is the change that added it; `removed_at` is when that was taken back.
    """

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    position: Mapped[int]
    title: Mapped[BilingualText]
    why: Mapped[BilingualText]
    wanted_by: Mapped[date | None]
    state: Mapped[GoalState] = mapped_column(stored_enum(GoalState), default=GoalState.OPEN)
    change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)
    removed_at: Mapped[datetime | None]

    next_steps: Mapped[list["NextStep"]] = relationship(
        order_by="NextStep.position", cascade="all, delete-orphan", back_populates="goal"
    )


class NextStep(Base):
    """A possible step towards a goal. `state_since` is when something was last said of it."""

    __tablename__ = "next_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey(Goal.id), index=True)
    position: Mapped[int]
    title: Mapped[BilingualText]
    description: Mapped[BilingualText]
    picture: Mapped[str | None]
    state: Mapped[NextStepState] = mapped_column(
        stored_enum(NextStepState), default=NextStepState.OPEN
    )
    state_since: Mapped[datetime | None]
    could_go_wrong: Mapped[bool] = mapped_column(default=False)
    change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)
    removed_at: Mapped[datetime | None]

    goal: Mapped[Goal] = relationship(back_populates="next_steps")


class Task(Base):
    """Something to do at a time, once or again and again.

    `at_time` is wall-clock time where the participant lives; None means any time that day.
    `repeat_rule` is an RFC 5545 RRULE over days, None where the task comes once, on `starts_on`.
    `earlier` are the times that it had before, each until a day, so that no past day changes.
    `agreed` is the time that was agreed, where the pace has put another in its place. The task
    comes no more from `stopped_on` on. `remind_minutes_before` and `remind_on` are what the person
    chose for this task; with neither, what they chose for all their tasks counts.
    """

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey(Goal.id), index=True)
    position: Mapped[int]
    title: Mapped[BilingualText]
    description: Mapped[BilingualText]
    picture: Mapped[str | None]
    place: Mapped[BilingualText]
    starts_on: Mapped[date]
    at_time: Mapped[time | None]
    duration_minutes: Mapped[int]
    repeat_rule: Mapped[str | None]
    is_fixed_by_workplace: Mapped[bool]
    remind_minutes_before: Mapped[int | None]
    remind_on: Mapped[RemindOn | None] = mapped_column(stored_enum(RemindOn))
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    agreed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    stopped_on: Mapped[date | None]
    change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)
    removed_at: Mapped[datetime | None]

    steps: Mapped[list["Step"]] = relationship(
        primaryjoin="and_(Step.task_id == Task.id, Step.removed_at.is_(None))",
        order_by="Step.position",
        cascade="all",
        back_populates="task",
    )


class Step(Base):
    """One action in a task."""

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), index=True)
    position: Mapped[int]
    text: Mapped[BilingualText]
    picture: Mapped[str | None]
    removed_at: Mapped[datetime | None]

    task: Mapped[Task] = relationship(back_populates="steps")
