"""A whole plan, from a plan file into the database and back.

A plan from a file counts from the person's first yes on: until then it is a proposal.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import pictures
from webapp.domain import first_plans, people
from webapp.domain.errors import NotFound
from webapp.domain.goals import goals_for
from webapp.domain.paces import pace_on
from webapp.domain.people import NewPerson
from webapp.domain.repeats import check_rule, today_in
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
from webapp.models.change import Change
from webapp.models.person import Person, Role
from webapp.models.plan import Goal, GoalState, NextStep, NextStepState, Step, Task


def read(content: bytes) -> PlanReading:
    """Read the bytes of a plan file. Raises PlanFileMistakes with one line for each mistake."""
    return plan_file.read(content, check_repeat=check_rule, known_picture=pictures.is_known)


def propose_plan(
    session: Session, plan: PlanFile, now: datetime, coach: Person | None = None
) -> Person:
    """Make a new participant to whom that plan is proposed, by their coach where they have one."""
    person = _participant(session, plan.participant, now)
    if coach:
        people.stand_beside(session, coach, person, now)
    draft = first_plans.Draft(session, person, coach, now)
    goals = [draft.add("goal.add", plan_file.plain(goal)) for goal in plan.goals]
    for task in plan.tasks:
        goal = None if task.goal is None else goals[task.goal].id
        values = {**plan_file.plain(task), "goal": None}
        draft.add("task.add", values if goal is None else {**values, "goal_of_change": goal})
    return person


def add_plan(session: Session, plan: PlanFile, now: datetime) -> Person:
    """Make a new participant who has agreed to that plan."""
    person = _participant(session, plan.participant, now)
    person.welcomed_at = now
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
    person.pace = person.agreed_pace = said.pace
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


def get_plan(session: Session, participant: Person, now: datetime) -> PlanFile:
    """Return the participant's plan as a plan file, at the times that it has now.

    What was proposed as the first plan and waits for an answer is a part of it; what was
    reached, let go or stopped is not. Raises NotFound for somebody without a plan.
    """
    if not participant.is_participant:
        raise NotFound
    today = today_in(participant.time_zone, now)
    goals = [goal for goal in goals_for(session, participant) if goal.state is GoalState.OPEN]
    proposed_goals, proposed_tasks = first_plans.waiting_parts(session, participant)
    index = {goal.id: number for number, goal in enumerate(goals)}
    by_change = {each.id: len(goals) + number for number, each in enumerate(proposed_goals)}
    by_change |= {goal.change_id: index[goal.id] for goal in goals if goal.change_id}
    return PlanFile(
        participant=PlanParticipant(
            name=participant.name,
            language=participant.language,
            region=participant.region,
            time_zone=participant.time_zone,
            pace=pace_on(participant, today),
        ),
        goals=(
            *(_plan_goal(goal) for goal in goals),
            *(plan_file.goal_from(each.wanted) for each in proposed_goals),
        ),
        tasks=(
            *(_plan_task(task, index) for task in _tasks(session, participant, today)),
            *(_proposed_task(each, by_change) for each in proposed_tasks),
        ),
    )


def _tasks(session: Session, participant: Person, today: date) -> Sequence[Task]:
    """Return the tasks that still come, in their order."""
    return session.scalars(
        select(Task)
        .where(
            Task.participant_id == participant.id,
            Task.removed_at.is_(None),
            or_(Task.stopped_on.is_(None), Task.stopped_on > today),
        )
        .order_by(Task.position)
        .options(selectinload(Task.steps))
    ).all()


def _proposed_task(change: Change, goals: dict[int, int]) -> PlanTask:
    values = dict(change.wanted)
    goal = values.pop("goal_of_change", None)
    return plan_file.task_from({**values, "goal": goals.get(goal)})


def _plan_goal(goal: Goal) -> PlanGoal:
    return PlanGoal(
        title=goal.title,
        why=goal.why,
        wanted_by=goal.wanted_by,
        next_steps=tuple(
            PlanNextStep(title=step.title, description=step.description, picture=step.picture)
            for step in goal.next_steps
            if step.state is not NextStepState.DONE
        ),
    )


def _plan_task(task: Task, goals: dict[int, int]) -> PlanTask:
    return PlanTask(
        title=task.title,
        description=task.description,
        picture=task.picture,
        place=task.place,
        goal=goals.get(task.goal_id or 0),
        on=task.starts_on,
        at=task.at_time,
        minutes=task.duration_minutes,
        repeat=task.repeat_rule,
        fixed_by_workplace=task.is_fixed_by_workplace,
        remind_minutes_before=task.remind_minutes_before,
        steps=tuple(PlanStep(text=step.text, picture=step.picture) for step in task.steps),
    )
