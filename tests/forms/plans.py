"""Plan files to read in tests: the samples, and one of them with changes."""

import copy
import json
from pathlib import Path
from typing import Any

from webapp.domain.repeats import check_rule
from webapp.forms.plan_file import PlanFileMistakes, PlanReading, read

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.json"))
GROCERY = json.loads(next(p for p in SAMPLES if p.stem == "grocery-quebec").read_text("utf-8"))
REMOVED = object()


def reading_of(content: bytes, *, known: bool = True) -> PlanReading:
    """Read with the real rules for repeats, all pictures known or none."""
    return read(content, check_repeat=check_rule, known_picture=lambda name: known)


def lines_of(content: bytes) -> list[str]:
    """Return the lines that refuse the content, none where it is accepted."""
    try:
        reading_of(content)
    except PlanFileMistakes as refused:
        return [str(mistake) for mistake in refused.mistakes]
    return []


def changed(*changes: tuple[str, Any]) -> bytes:
    """Return the grocery's file with the values at paths like `tasks.0.on` replaced."""
    plan = copy.deepcopy(GROCERY)
    for path, value in changes:
        *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        place = plan
        for key in way:
            place = place[key]
        if value is REMOVED:
            del place[last]
        else:
            place[last] = value
    return json.dumps(plan).encode()
