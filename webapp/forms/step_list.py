"""The steps of a task in a form: one is added, changed, moved or taken away."""

from typing import Any

Step = dict[str, Any]
"""A step as a change writes it: text, picture, and its number where it has one."""

NEW = "new"


def place_of(steps: list[Step], written: str) -> int | None:
    """Return where the step stands that an address names ("1" is the first), from 0, or None."""
    is_short = len(written) <= len(str(len(steps)))
    if is_short and written.isascii() and written.isdecimal() and 1 <= int(written) <= len(steps):
        return int(written) - 1
    return None


def with_step(
    steps: list[Step], place: int | None, text: dict[str, str], picture: str
) -> list[Step]:
    """Return the steps with one that was changed, or with a new one at the end."""
    changed = {"text": text, "picture": picture}
    if place is None:
        return [*steps, changed]
    return [*steps[:place], {**steps[place], **changed}, *steps[place + 1 :]]


def without(steps: list[Step], place: int) -> list[Step]:
    """Return the steps but for one."""
    return [*steps[:place], *steps[place + 1 :]]


def moved(steps: list[Step], place: int, by: int) -> list[Step]:
    """Return the steps with one moved up or down; at an end it stays."""
    to = min(max(place + by, 0), len(steps) - 1)
    rest = without(steps, place)
    return [*rest[:to], steps[place], *rest[to:]]
