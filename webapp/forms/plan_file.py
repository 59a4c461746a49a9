"""The plan file: a participant's whole plan as JSON, the same in and out (design.md, section 6).

Each class is an object of the file and each field a key: its type, its check, its default.
A key without a default must be there. Where a key may be absent, its default means the same.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Annotated, Any, TypeVar

from webapp.forms.plan_checks import (
    FIRST_DAY,
    LONGEST_NAME,
    clock_time,
    day,
    exactly,
    many,
    nullable,
    one_line,
    one_of,
    shaped,
    whole_number,
    words,
    yes_or_no,
    zone_name,
)
from webapp.forms.plan_json import read_json
from webapp.forms.plan_mistakes import (
    MOST_LINES,
    THE_FILE,
    Mistake,
    Mistakes,
    PlanFileMistakes,
    and_more,
    repeat_text,
    shown,
)
from webapp.models.person import Language, Pace, Region
from webapp.models.text import BilingualText

__all__ = [
    "Mistake",
    "PlanFile",
    "PlanFileMistakes",
    "PlanGoal",
    "PlanNextStep",
    "PlanParticipant",
    "PlanReading",
    "PlanStep",
    "PlanTask",
    "read",
    "write",
]

FORMAT = "mon-rythme-plan"
VERSION = 1
MOST_GOALS = 200
MOST_NEXT_STEPS = 50
MOST_TASKS = 2_000
MOST_STEPS = 50
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
USUAL_MINUTES = 15

NOTHING = BilingualText()

Name = Annotated[str, one_line(LONGEST_NAME)]
Title = Annotated[BilingualText, words(needed=True)]
Words = Annotated[BilingualText, words()]
Description = Annotated[BilingualText, words(may_break=True)]
Picture = Annotated[str | None, nullable(one_line(LONGEST_NAME))]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParticipant:
    """Whose plan it is."""

    name: Name
    language: Annotated[Language, one_of(Language)]
    region: Annotated[Region, one_of(Region)]
    time_zone: Annotated[str, zone_name]
    pace: Annotated[Pace, one_of(Pace)] = Pace.STEADY


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNextStep:
    """A possible step towards a goal."""

    title: Title
    description: Description = NOTHING
    picture: Picture = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """What the person wants, and until when, if they said so."""

    title: Title
    why: Words = NOTHING
    wanted_by: Annotated[date | None, nullable(day)] = None
    next_steps: Annotated[
        tuple[PlanNextStep, ...], many(shaped(PlanNextStep), MOST_NEXT_STEPS)
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One action in a task."""

    text: Title
    picture: Picture = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """Something to do. `at` None is any time that day; `goal` counts the goals from 0."""

    title: Title
    description: Description = NOTHING
    picture: Picture = None
    place: Words = NOTHING
    goal: Annotated[int | None, nullable(whole_number(0, MOST_GOALS - 1))] = None
    on: Annotated[date, day]
    at: Annotated[time | None, nullable(clock_time)] = None
    minutes: Annotated[int, whole_number(1, DAY_MINUTES)] = USUAL_MINUTES
    repeat: Annotated[str | None, nullable(one_line())] = None
    fixed_by_workplace: Annotated[bool, yes_or_no] = False
    remind_minutes_before: Annotated[int | None, nullable(whole_number(0, WEEK_MINUTES))] = None
    steps: Annotated[tuple[PlanStep, ...], many(shaped(PlanStep), MOST_STEPS)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """One participant with goals and tasks."""

    format: Annotated[str, exactly(FORMAT)] = field(default=FORMAT, init=False)
    version: Annotated[int, exactly(VERSION)] = field(default=VERSION, init=False)
    participant: Annotated[PlanParticipant, shaped(PlanParticipant)]
    goals: Annotated[tuple[PlanGoal, ...], many(shaped(PlanGoal), MOST_GOALS)] = ()
    tasks: Annotated[tuple[PlanTask, ...], many(shaped(PlanTask), MOST_TASKS)] = ()


Part = TypeVar("Part", PlanGoal, PlanTask)


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan that was read, and what its reader should know about it, one line each."""

    plan: PlanFile
    warnings: tuple[str, ...]


def read(
    content: bytes,
    *,
    check_repeat: Callable[[str, date], object],
    known_picture: Callable[[str], bool],
) -> PlanReading:
    """Return the plan that the bytes hold; they may be anything.

    `check_repeat` raises ValueError, with a code of `REPEAT_TEXTS`, where a repeat rule that
    begins on that day is refused. A picture that is not a `known_picture` is kept, with a warning.
    Raises PlanFileMistakes with all that is wrong.
    """
    mistakes = Mistakes()
    plan = shaped(PlanFile)(read_json(content), THE_FILE, mistakes)
    if plan is not None:
        _check_tasks(plan, check_repeat, mistakes)
    if plan is None or mistakes.found:
        raise PlanFileMistakes(mistakes.lines())
    return PlanReading(plan, _warnings(plan, known_picture))


def write(plan: PlanFile) -> str:
    """Return the text of the file; `read` gives the same plan back."""
    return json.dumps(plan, default=_as_json, indent=1, ensure_ascii=False) + "\n"


def plain(part: PlanGoal | PlanTask) -> dict[str, Any]:
    """Return a part of a plan as the JSON values that the file holds for it."""
    values: dict[str, Any] = json.loads(json.dumps(part, default=_as_json))
    return values


def goal_from(values: dict[str, Any]) -> PlanGoal:
    """Return the goal that `plain` wrote."""
    return _part(PlanGoal, values)


def task_from(values: dict[str, Any]) -> PlanTask:
    """Return the task that `plain` wrote."""
    return _part(PlanTask, values)


def _part(shape: type[Part], values: dict[str, Any]) -> Part:
    """Return a part of a plan. Raises PlanFileMistakes where the values are none."""
    mistakes = Mistakes()
    part = shaped(shape)(read_json(json.dumps(values).encode()), THE_FILE, mistakes)
    if part is None or mistakes.found:
        raise PlanFileMistakes(mistakes.lines())
    return part


def _check_tasks(
    plan: PlanFile, check_repeat: Callable[[str, date], object], mistakes: Mistakes
) -> None:
    """Check what more than one key decides. A value that was wrong by itself is None here."""
    for index, task in enumerate(plan.tasks or ()):
        if task is None:
            continue
        if task.goal is not None and plan.goals is not None and task.goal >= len(plan.goals):
            text = f"there is no goal {task.goal}, the file has {len(plan.goals)}, counted from 0"
            mistakes.add(f"tasks[{index}].goal", text)
        try:
            if task.repeat is not None:
                check_repeat(task.repeat, task.on or FIRST_DAY)
        except ValueError as error:
            mistakes.add(f"tasks[{index}].repeat", repeat_text(str(error)))


def _warnings(plan: PlanFile, known_picture: Callable[[str], bool]) -> tuple[str, ...]:
    lines = [
        f"{path}.picture: {shown(name)} is not a known picture, the general picture is shown"
        for path, name in _pictures(plan)
        if name is not None and not known_picture(name)
    ]
    more = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], *([and_more(more, "warning")] if more > 0 else []))


def _pictures(plan: PlanFile) -> Iterator[tuple[str, str | None]]:
    for index, goal in enumerate(plan.goals):
        for number, next_step in enumerate(goal.next_steps):
            yield f"goals[{index}].next_steps[{number}]", next_step.picture
    for index, task in enumerate(plan.tasks):
        yield f"tasks[{index}]", task.picture
        for number, step in enumerate(task.steps):
            yield f"tasks[{index}].steps[{number}]", step.picture


def _as_json(value: Any) -> Any:
    match value:
        case BilingualText():
            return value.as_json()
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
    return {key.name: getattr(value, key.name) for key in fields(value)}
