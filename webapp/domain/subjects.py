"""What each change is about: the things of a plan on which the person has a last word.

Each name stands for one state that is set as a whole. Choices about different things never
overtake each other: choosing a step speaks of that step, and of which step its goal has chosen,
so that it takes nothing from what was said of the others.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from webapp.domain import undoing
from webapp.domain.goals import get_next_step
from webapp.models.change import Change
from webapp.models.person import Person
from webapp.models.risk import Decision

About = Callable[[Session, Person, Change], Sequence[str]]
"""Names the things of a plan that a change gives a new state, such as "task 12 2026-11-23"."""


def names(session: Session, participant: Person, change: Change) -> Sequence[str]:
    """Return the things that a change gives a new state; none where nothing can overtake it."""
    about = ABOUT.get(change.verb)
    return about(session, participant, change) if about else ()


def _of(name: str, *values: str) -> About:
    """Return what names one thing: its kind, and the values of the change that say which one."""

    def named(_session: Session, _participant: Person, change: Change) -> Sequence[str]:
        return [" ".join((name, *(str(change.wanted[value]) for value in values)))]

    return named


def _own(name: str, value: str) -> About:
    """Return what names something of which everybody has their own, such as a view of a step."""

    def named(_session: Session, _participant: Person, change: Change) -> Sequence[str]:
        return [f"{name} {change.wanted[value]} of {change.actor_id}"]

    return named


def _answers(_session: Session, _participant: Person, change: Change) -> Sequence[str]:
    """Name each of the proposed changes that an answer speaks of."""
    return [f"change {number}" for number in change.wanted["changes"]]


def _choice(session: Session, participant: Person, change: Change) -> Sequence[str]:
    """Name a step, and which step of its goal is chosen: to choose one is to leave another."""
    step = get_next_step(session, participant, change.wanted["next_step"])
    return [f"next_step {step.id}", f"choice {step.goal_id}"]


def _decision(session: Session, participant: Person, change: Change) -> Sequence[str]:
    """Name what is decided about a step that can go wrong; to try it is to choose it."""
    number = change.wanted["next_step"]
    decided = f"decision {number}"
    if change.wanted["decision"] == Decision.TRY:
        return [decided, *_choice(session, participant, change)]
    return [decided, f"next_step {number}"]


def _undone(session: Session, participant: Person, change: Change) -> Sequence[str]:
    """Name what a change is about that is taken back: to take back is a word on it too."""
    target = undoing.get_change(session, participant, change.wanted["change"])
    return names(session, participant, target)


_OCCURRENCE = _of("task", "task", "day")
_GOAL = _of("goal", "goal")
_NEXT_STEP = _of("next_step", "next_step")
_ACCOMPANIMENT = _of("accompaniment")
_CALL = _of("call", "request")

ABOUT: dict[str, About] = {
    "task.done": _OCCURRENCE,
    "task.undo": _OCCURRENCE,
    "task.later": _OCCURRENCE,
    "task.not_today": _OCCURRENCE,
    "task.remind": _of("reminder", "task"),
    "step.tick": _of("step", "step", "day"),
    "goal.reach": _GOAL,
    "goal.let_go": _GOAL,
    "goal.open_again": _GOAL,
    "next_step.choose": _choice,
    "next_step.later": _NEXT_STEP,
    "next_step.not_this": _NEXT_STEP,
    "next_step.put_back": _NEXT_STEP,
    "next_step.done": _NEXT_STEP,
    "next_step.warn": _own("warning", "next_step"),
    "risk.view": _own("view", "next_step"),
    "risk.agree": _of("agreement", "next_step"),
    "risk.decide": _decision,
    "risk.look_back": _of("look_back", "next_step"),
    "pace.set": _of("pace"),
    "settings.change": _of("setting", "setting"),
    "hours.set": _of("hours"),
    "accompaniment.stop": _ACCOMPANIMENT,
    "accompaniment.take_up": _ACCOMPANIMENT,
    "help.close": _CALL,
    "help.reopen": _CALL,
    "proposal.answer": _answers,
    "change.undo": _undone,
}
"""Each verb that gives something a new state. The others add, or say something in words."""

EACH_ALONE = {"proposal.answer"}
"""What speaks of several things that have nothing to do with each other: it still counts for
those of which nothing later was said.
"""
