"""What a change makes different: the fields that it touches, and whether they have moved since."""

import hashlib
import json
from typing import Any

from webapp.domain.effects import Effect, Snapshot

Things = dict[str, Snapshot | None]
"""Values by the names of things; None where a thing is not there."""

IS_THERE = "is_there"


def touched(effect: Effect) -> dict[str, tuple[str, ...]]:
    """Return the fields that an effect changes, by the name of the thing.

    A thing that it adds or takes away counts by one field: whether it is there.
    """
    before, after = effect.before or {}, effect.after or {}
    return {name: _fields(before[name], after[name]) for name in before}


def _fields(before: Snapshot | None, after: Snapshot | None) -> tuple[str, ...]:
    if before is None or after is None:
        return (IS_THERE,)
    return tuple(field for field in before if before[field] != after[field])


def existing(effect: Effect) -> list[str]:
    """Return the names of the things that an effect changes and does not add."""
    return [name for name, values in (effect.before or {}).items() if values is not None]


def picked(things: Things, fields: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return only these fields of these things; None for a thing that is not there."""
    return {
        name: None if values is None else {each: values.get(each, True) for each in fields[name]}
        for name, values in things.items()
    }


def same(things: Things, others: Things, fields: dict[str, tuple[str, ...]]) -> bool:
    """Say whether two looks at things agree in these fields."""
    return picked(things, fields) == picked(others, fields)


def put_back(now: Snapshot | None, before: Snapshot | None, fields: tuple[str, ...]) -> Snapshot:
    """Return the values of a thing with these fields as they were, and the others as they are."""
    if now is None or before is None or IS_THERE in fields:
        return dict(before or now or {})
    return {**now, **{field: before[field] for field in fields}}


def fingerprint(values: dict[str, Any]) -> str:
    """Return a short text that is another one when the values are others."""
    written = json.dumps(values, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
