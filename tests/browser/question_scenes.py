"""The screens of the forms: a name, who looks, the address, and whether all is unfolded first."""

from collections.abc import Callable

from tests.browser.stage import Household

GOAL = "/goals/{goal}"
STEPS = "/tasks/{task}/change/explain?question=steps"
PERSON = "/people/{person}/propose"


def _at(path: str) -> Callable[[Household], str]:
    """Return the address with the ids of the plan that has everything."""

    def named(home: Household) -> str:
        return path.format(
            goal=home.goals.walked,
            task=home.with_steps,
            movable=home.movable,
            person=home.full,
        )

    return named


FOLDED = (
    ("ask goal, title", "full", _at("/goals/new")),
    ("ask goal, why", "full", _at("/goals/new?question=why")),
    ("ask goal, what is sent", "full", _at(f"{GOAL}/change?question=check")),
    ("ask goal, throw away", "full", _at("/goals/new?question=throw-away")),
    ("ask next step, picture", "full", _at(f"{GOAL}/next-steps/new")),
    ("ask new task, how long", "full", _at("/tasks/new?question=minutes")),
    ("ask task moves, fixed", "full", _at("/tasks/{task}/change/move")),
    ("ask task, all steps", "full", _at(STEPS)),
    ("ask task, all answers", "full", _at("/tasks/{task}/change/explain?question=check")),
    ("ask person goal reached", "coach", _at(f"{PERSON}/goal.reach?goal={{goal}}")),
    ("ask person goal, sent", "coach", _at(f"{PERSON}/goal.reach?goal={{goal}}&question=check")),
    ("ask person task, fixed", "coach", _at(f"{PERSON}/task.add?question=fixed-by-workplace")),
    ("ask person setting", "coach", _at(f"{PERSON}/settings.change")),
    ("ask person pace, why", "coach", _at(f"{PERSON}/pace/slower")),
)
"""As they come."""

UNFOLDED = (
    ("ask goal, by when", "full", _at("/goals/new?question=wanted-by")),
    ("ask new task, picture", "full", _at("/tasks/new")),
    ("ask new task, day", "full", _at("/tasks/new?question=when")),
    ("ask new task, time", "full", _at("/tasks/new?question=at")),
    ("ask task, one step", "full", _at(f"{STEPS}&step=1")),
    ("ask task to change", "full", _at("/tasks/{movable}/2026-11-23")),
    ("ask person task to change", "coach", _at("/tasks/{movable}/2026-11-23")),
)
"""With all that unfolds open."""
