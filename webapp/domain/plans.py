"""A whole plan, from a plan file into the database and back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp import pictures
from webapp.domain import people
from webapp.domain.errors import NotFound
from webapp.domain.goals import goals_for
from webapp.domain.people import NewPerson
from webapp.domain.repeats import check_rule
from webapp.forms import plan_file
from webapp.forms.plan_file import (
    PlanFile,
    PlanGoal,
    PlanNextStep,
    PlanParticipant,
    PlanReading,
    PlanStep,
    PlanTask,
)
from webapp.models.person import Person, Role
from webapp.models.plan import Goal, NextStep, Step, Task


def read(content: bytes) -> PlanReading:
    """Read the bytes of a plan file. Raises PlanFileMistakes with one line for each mistake."""
    return plan_file.read(content, check_repeat=check_rule, known_picture=pictures.is_known)


def add_plan(session: Session, plan: PlanFile, now: datetime) -> Person:
    """Make a new participant with that plan."""
    person = _participant(session, plan.participant, now)
    goals = [_goal(person, position, goal) for position, goal in enumerate(plan.goals)]
    session.add_all(goals)
    session.flush()
    session.add_all(
        _task(person, goals, position, task) for position, task in enumerate(plan.tasks)
    )
    session.flush()
    return person


def _participant(session: Session, said: PlanParticipant, now: datetime) -> Person:
    new = NewPerson(said.name, said.language, said.region, said.time_zone)
    person = people.add(session, Role.PARTICIPANT, new, now)
    person.pace = said.pace
    return person


def _goal(person: Person, position: int, said: PlanGoal) -> Goal:
    return Goal(
        participant_id=person.id,
        position=position,
        title=said.title,
        why=said.why,
        wanted_by=said.wanted_by,
        next_steps=[
            NextStep(
                position=number,
                title=step.title,
                description=step.description,
                picture=step.picture,
            )
            for number, step in enumerate(said.next_steps)
        ],
    )


def _task(person: Person, goals: Sequence[Goal], position: int, said: PlanTask) -> Task:
    return Task(
        participant_id=person.id,
        goal_id=None if said.goal is None else goals[said.goal].id,
        position=position,
        title=said.title,
        description=said.description,
        picture=said.picture,
        place=said.place,
        starts_on=said.on,
        at_time=said.at,
        duration_minutes=said.minutes,
        repeat_rule=said.repeat,
        is_fixed_by_workplace=said.fixed_by_workplace,
        remind_minutes_before=said.remind_minutes_before,
        steps=[
            Step(position=number, text=step.text, picture=step.picture)
            for number, step in enumerate(said.steps)
        ],
    )


def get_plan(session: Session, participant: Person) -> PlanFile:
    """Return the participant's plan as a plan file. Raises NotFound for somebody without a plan."""
    if not participant.is_participant:
        raise NotFound
    goals = goals_for(session, participant)
    tasks = session.scalars(
        select(Task)
        .where(Task.participant_id == participant.id)
        .order_by(Task.position)
        .options(selectinload(Task.steps))
    ).all()
    index = {goal.id: number for number, goal in enumerate(goals)}
    return PlanFile(
        participant=PlanParticipant(
            name=participant.name,
            language=participant.language,
            region=participant.region,
            time_zone=participant.time_zone,
            pace=participant.pace,
        ),
        goals=tuple(_plan_goal(goal) for goal in goals),
        tasks=tuple(_plan_task(task, index) for task in tasks),
    )


def _plan_goal(goal: Goal) -> PlanGoal:
    return PlanGoal(
        title=goal.title,
        why=goal.why,
        wanted_by=goal.wanted_by,
        next_steps=tuple(
            PlanNextStep(title=step.title, description=step.description, picture=step.picture)
            for step in goal.next_steps
        ),
    )


def _plan_task(task: Task, goals: dict[int, int]) -> PlanTask:
    return PlanTask(
        title=task.title,
        description=task.description,
        picture=task.picture,
        place=task.place,
        goal=None if task.goal_id is None else goals[task.goal_id],
        on=task.starts_on,
        at=task.at_time,
        minutes=task.duration_minutes,
        repeat=task.repeat_rule,
        fixed_by_workplace=task.is_fixed_by_workplace,
        remind_minutes_before=task.remind_minutes_before,
        steps=tuple(PlanStep(text=step.text, picture=step.picture) for step in task.steps),
    )
