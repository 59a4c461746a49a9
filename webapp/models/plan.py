"""The plan of a participant: goals with next steps, tasks with steps."""

from datetime import date, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.person import Person
from webapp.models.text import BilingualText


class Goal(Base):
    """What the person wants, in their own words."""

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    position: Mapped[int]
    title: Mapped[BilingualText]
    why: Mapped[BilingualText]
    wanted_by: Mapped[date | None]

    next_steps: Mapped[list["NextStep"]] = relationship(
        order_by="NextStep.position", cascade="all, delete-orphan", back_populates="goal"
    )


class NextStep(Base):
    """A possible step towards a goal."""

    __tablename__ = "next_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey(Goal.id), index=True)
    position: Mapped[int]
    title: Mapped[BilingualText]
    description: Mapped[BilingualText]
    picture: Mapped[str | None]

    goal: Mapped[Goal] = relationship(back_populates="next_steps")


class Task(Base):
    """Something to do at a time, once or again and again.

    `at_time` is wall-clock time where the participant lives; None means any time that day.
    `repeat_rule` is an RFC 5545 RRULE over days, None where the task comes once, on `starts_on`.
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

    steps: Mapped[list["Step"]] = relationship(
        order_by="Step.position", cascade="all, delete-orphan", back_populates="task"
    )


class Step(Base):
    """One action in a task."""

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), index=True)
    position: Mapped[int]
    text: Mapped[BilingualText]
    picture: Mapped[str | None]

    task: Mapped[Task] = relationship(back_populates="steps")
