"""Plans for the proofs: many tasks with many steps, all of today."""

from datetime import date
from typing import Any

PICTURES = ("broom", "box", "shelf", "hand", "bus")


def plan_of(tasks: int, steps: int, *, language: str, zone: str, today: date) -> dict[str, Any]:
    """Return a plan with so many tasks of so many steps, none of them at a fixed time."""
    person = {"name": "Nadia", "language": language, "region": "CA", "time_zone": zone}
    return {
        "format": "mon-rythme-plan",
        "version": 1,
        "participant": {**person, "pace": "steady"},
        "goals": [],
        "tasks": [_task(number, steps, today) for number in range(1, tasks + 1)],
    }


def title_of(task: int, language: str) -> str:
    """Return the words of a task, counted from 1."""
    return {"en": f"I do task {task}.", "fr": f"Je fais la tâche {task}."}[language]


def _task(number: int, steps: int, today: date) -> dict[str, Any]:
    return {
        "title": {language: title_of(number, language) for language in ("en", "fr")},
        "description": {},
        "picture": PICTURES[number % len(PICTURES)],
        "place": {},
        "goal": None,
        "on": today.isoformat(),
        "at": None,
        "minutes": 10,
        "repeat": "FREQ=DAILY",
        "fixed_by_workplace": False,
        "remind_minutes_before": None,
        "steps": [
            {
                "text": {"en": f"I do step {each}.", "fr": f"Je fais l'étape {each}."},
                "picture": PICTURES[each % len(PICTURES)],
            }
            for each in range(1, steps + 1)
        ],
    }
