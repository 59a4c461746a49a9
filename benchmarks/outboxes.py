"""Fills an outbox with changes of daily life, as a phone keeps them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from secrets import token_urlsafe
from typing import Any

from benchmarks.household import Resident

Row = dict[str, Any]


def items(resident: Resident, number: int) -> list[Row]:
    """Return so many changes that wait, in their order: tasks are done, and then taken back."""
    return list(islice(_waiting(resident), number))


def sent(resident: Resident, number: int) -> list[Row]:
    """Return so many changes that the server has, as the phone keeps them for 30 days."""
    told = {"state": "sent", "sent_at": datetime.now(UTC).isoformat(), "outcome": "applied"}
    return [{**row, **told, "sent_clock": row["clock"]} for row in items(resident, number)]


def _waiting(resident: Resident) -> Iterator[Row]:
    verbs = (("done", "Done", "done"), ("undo", "As before", "undo"))
    asked = ((verb, task) for verb in verbs for task in resident.task_ids)
    for clock, ((verb, said, icon), task) in enumerate(cycle(asked), start=1):
        yield {
            "id": token_urlsafe(16),
            "person": str(resident.person_id),
            "address": f"/tasks/{task}/{resident.day}/{verb}",
            "fields": [],
            "subject": f"task-{task}-{resident.day}",
            "said": said,
            "icon": icon,
            "title": f"Put the boxes on shelf {task}",
            "next": "/today",
            "clock": clock,
            "kept_at": datetime.now(UTC).isoformat(),
            "state": "waiting",
            "schema": 1,
        }
