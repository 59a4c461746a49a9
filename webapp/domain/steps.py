"""The steps of a task on one day, with the person's ticks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from webapp import pictures
from webapp.models.mark import StepTick
from webapp.models.plan import Step, Task
from webapp.models.text import BilingualText


@dataclass(frozen=True, slots=True)
class DayStep:
    """One action of a task, and whether the person ticked it that day. Counted from 1."""

    id: int
    number: int
    text: BilingualText
    picture: str
    ticked: bool


def steps_for(session: Session, task: Task, day: date) -> list[DayStep]:
    """Return the steps of `task` in order, as they stand on `day`."""
    ticked = and_(StepTick.step_id == Step.id, StepTick.day == day)
    rows = session.execute(
        select(Step, StepTick.ticked_at)
        .outerjoin(StepTick, ticked)
        .where(Step.task_id == task.id, Step.removed_at.is_(None))
        .order_by(Step.position)
    ).all()
    return [
        DayStep(step.id, number, step.text, pictures.find(step.picture).name, at is not None)
        for number, (step, at) in enumerate(rows, start=1)
    ]
