"""The forms by which things are added and changed: which questions each asks, one a screen."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Ask(StrEnum):
    """What is asked, and so what the screen looks like."""

    SENTENCE = "sentence"
    MORE = "more"
    PICTURE = "picture"
    YES_NO = "yes_no"
    BY_WHEN = "by_when"
    WHEN = "when"
    DAY = "day"
    WEEKDAYS = "weekdays"
    FROM = "from"
    TIME = "time"
    LENGTH = "length"
    STEPS = "steps"
    SETTING = "setting"
    VALUE = "value"
    MOMENT = "moment"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. `name` names it in addresses; `may_skip` says that it can wait."""

    name: str
    ask: Ask
    may_skip: bool = False

    @property
    def key(self) -> str:
        """Return the name of the answer among the values of a change."""
        return self.name.replace("-", "_")


PICTURE = Question("picture", Ask.PICTURE)
TITLE = Question("title", Ask.SENTENCE)
DESCRIPTION = Question("description", Ask.MORE, may_skip=True)
PLACE = Question("place", Ask.SENTENCE, may_skip=True)
AT = Question("at", Ask.TIME)
MINUTES = Question("minutes", Ask.LENGTH)
STEPS = Question("steps", Ask.STEPS)
REASON = Question("reason", Ask.REASON, may_skip=True)
"""Why: the last question of those who change somebody else's plan."""

GOAL = (
    TITLE,
    Question("why", Ask.MORE, may_skip=True),
    Question("wanted-by", Ask.BY_WHEN),
)
NEXT_STEP = (PICTURE, TITLE, DESCRIPTION)
TASK = (PICTURE, TITLE, Question("when", Ask.WHEN), AT, MINUTES)
WORDS = (PICTURE, TITLE, DESCRIPTION, PLACE, STEPS)
MOVE_ONCE = (Question("on", Ask.DAY), AT, MINUTES)
MOVE_AGAIN = (Question("repeat", Ask.WEEKDAYS), AT, MINUTES, Question("from", Ask.FROM))

OWN: dict[str, tuple[Question, ...]] = {
    "goal.add": GOAL,
    "goal.change": GOAL,
    "next_step.add": NEXT_STEP,
    "task.add": TASK,
    "task.stop": (Question("on", Ask.DAY),),
    "task.explain": WORDS,
    "task.remind": (Question("moment", Ask.MOMENT),),
}
"""What a participant is asked, by verb. Moving depends on how the task comes."""

MORE_OF_COACH: dict[str, tuple[Question, ...]] = {
    "next_step.add": (Question("could-go-wrong", Ask.YES_NO),),
    "task.add": (PLACE, Question("fixed-by-workplace", Ask.YES_NO), STEPS),
    "settings.change": (Question("setting", Ask.SETTING), Question("value", Ask.VALUE)),
}
"""What only those are asked who change somebody else's plan."""

SUBJECTS: dict[str, str] = {
    "goal.change": "goal",
    "goal.reach": "goal",
    "goal.let_go": "goal",
    "goal.open_again": "goal",
    "next_step.add": "goal",
    "next_step.choose": "next_step",
    "next_step.later": "next_step",
    "next_step.not_this": "next_step",
    "next_step.put_back": "next_step",
    "next_step.done": "next_step",
    "task.move": "task",
    "task.stop": "task",
    "task.explain": "task",
    "task.remind": "task",
}
"""What each verb is about, of those that are about a thing that is there."""

WITHOUT_SUBJECT = {"goal.add", "task.add", "settings.change"}
"""Verbs of forms about nothing that is there yet."""

BEGINS_FROM_WHAT_IS = {"goal.change", "task.move", "task.explain"}
"""Verbs whose answers begin as they stand now."""

NEW_TASK: dict[str, Any] = {
    "description": {},
    "place": {},
    "repeat": None,
    "fixed_by_workplace": False,
    "remind_minutes_before": None,
    "steps": [],
}
"""What a new task has where nobody was asked."""

SCHEDULE = ("on", "at", "minutes", "repeat")
"""When a task comes, as the plan file writes it."""

WORDS_CHANGE = {"goal.change", "task.explain"}
"""Verbs that name only what becomes different; the rest stays."""


def questions_for(verb: str, present: dict[str, Any], *, is_own: bool) -> tuple[Question, ...]:
    """Return the questions of a form. `present` are the values that stand there now."""
    asked = OWN.get(verb, ())
    if verb == "task.move":
        asked = MOVE_AGAIN if present["repeat"] else MOVE_ONCE
    return asked if is_own else (*asked, *MORE_OF_COACH.get(verb, ()), REASON)


def wanted_of(
    verb: str, present: dict[str, Any], answers: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Return the values that a change asks for, from the answers given so far.

    What is the same as before is left out where only words change.
    """
    given = {key: value for answer in answers.values() for key, value in answer.items()}
    given.pop("reason", None)
    if verb == "task.add":
        return {**NEW_TASK, **given}
    if verb == "task.move":
        return _moved(present, given)
    if verb == "task.remind":
        return {"when": given["moment"]} if given else {}
    if verb in WORDS_CHANGE:
        return {key: value for key, value in given.items() if value != present[key]}
    return given


def is_different(verb: str, present: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Say whether a change of what stands there would make anything different."""
    if verb in WORDS_CHANGE:
        return bool(wanted)
    if verb == "task.move":
        return any(present[key] != wanted[key] for key in SCHEDULE)
    return True


def _moved(present: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return a whole schedule: what is not answered stays.

    Other weekdays count from the day on which the change begins; the same ones keep their phase.
    """
    times = {key: given.get(key, present[key]) for key in SCHEDULE}
    if not present["repeat"]:
        return times
    begins = given.get("from")
    if times["repeat"] != present["repeat"] and begins:
        times["on"] = begins
    return {**times, "from": begins}
