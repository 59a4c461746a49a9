"""Small checks that read one JSON value each, and collect every mistake with its path.

A check takes a value, its path and the mistakes found so far. It returns what the value means,
or None and one mistake more. The shape of an object is a dataclass whose fields are annotated
with their checks; a field without a default is a key that must be there.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn, TypeVar, get_type_hints
from zoneinfo import available_timezones

from webapp.forms.plain_text import find_control, says_nothing
from webapp.forms.plan_json import Members
from webapp.forms.plan_mistakes import Mistakes, inside, kind_of, shown
from webapp.models.person import Language
from webapp.models.text import BilingualText

T = TypeVar("T")

LONGEST_TEXT = 500
LONGEST_NAME = 100
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)

NOT_PLACES = {"localtime", "Factory"}
"""Files that stand beside the IANA zones and are none."""

Check = Callable[[Any, str, Mistakes], T | None]


def leaf(read: Callable[[Any], T]) -> Check[T]:
    """Make a check of a function that raises ValueError, in words that follow the path."""

    def check(value: Any, path: str, mistakes: Mistakes) -> T | None:
        try:
            return read(value)
        except ValueError as error:
            mistakes.add(path, str(error))
            return None

    return check


def one_line(longest: int = LONGEST_TEXT, *, may_break: bool = False) -> Check[str]:
    """Check a text that says something; line feeds are refused unless it `may_break`."""

    @leaf
    def check(value: Any) -> str:
        if not isinstance(value, str):
            _not("text", value)
        if len(value) > longest:
            raise ValueError(f"is over {longest} characters")
        if says_nothing(value):
            raise ValueError("is empty or only spaces")
        control = find_control(value.replace("\n", " ") if may_break else value)
        if control:
            raise ValueError(f"has a control character, U+{ord(control):04X}")
        return value

    return check


def whole_number(least: int, most: int) -> Check[int]:
    """Check a whole number from `least` to `most`; true and false are no numbers."""

    @leaf
    def check(value: Any) -> int:
        if type(value) is not int:
            _not("a whole number", value)
        if not least <= value <= most:
            raise ValueError(f"must be from {least} to {most}")
        return value

    return check


@leaf
def yes_or_no(value: Any) -> bool:
    """Check true or false."""
    if not isinstance(value, bool):
        _not("true or false", value)
    return value


@leaf
def day(value: Any) -> date:
    """Check a day of the calendar, written YYYY-MM-DD."""
    if not isinstance(value, str):
        _not("a day like 2026-11-23", value)
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(f"must be a day like 2026-11-23, not {shown(value)}")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{shown(value)} is not a day of the calendar") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(f"must be a day from {FIRST_DAY} to {LAST_DAY}")
    return found


@leaf
def clock_time(value: Any) -> time:
    """Check a time of the day, written HH:MM on a clock of 24 hours."""
    if not isinstance(value, str):
        _not("a time like 09:30", value)
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError(f"must be a time from 00:00 to 23:59, not {shown(value)}")
    return time.fromisoformat(value)


@leaf
def zone_name(value: Any) -> str:
    """Check the name of a zone in the IANA time zone database."""
    if not isinstance(value, str):
        _not("the name of a time zone", value)
    if value not in time_zones():
        raise ValueError(f"{shown(value)} is not an IANA time zone")
    return value


def one_of(kind: type[StrEnum]) -> Check[Any]:
    """Check one of the words of an enum."""
    choices = [str(member) for member in kind]

    @leaf
    def check(value: Any) -> StrEnum:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return kind(value)

    return check


def exactly(constant: T) -> Check[T]:
    """Check a value that is always the same."""

    @leaf
    def check(value: Any) -> T:
        if type(value) is not type(constant) or value != constant:
            raise ValueError(f"must be {json.dumps(constant)}")
        return constant

    return check


def nullable(check: Check[T]) -> Check[T]:
    """Let null pass, and check any other value."""
    return lambda value, path, mistakes: None if value is None else check(value, path, mistakes)


def words(*, needed: bool = False, may_break: bool = False) -> Check[BilingualText]:
    """Check a text in French, in English or in both; `needed` where one must be there."""
    text = one_line(may_break=may_break)
    checks = {str(language): text for language in Language}

    def check(value: Any, path: str, mistakes: Mistakes) -> BilingualText | None:
        found = _members(value, path, mistakes, checks)
        if found is None:
            return None
        if needed and not value:
            mistakes.add(path, "has no text, neither fr nor en")
        return BilingualText.from_json(found)

    return check


def many(check: Check[T], at_most: int) -> Check[tuple[T | None, ...]]:
    """Check each item of a list; of a list that is too long only the first `at_most`."""

    def check_list(value: Any, path: str, mistakes: Mistakes) -> tuple[T | None, ...] | None:
        if not isinstance(value, list):
            mistakes.add(path, f"must be a list, not {kind_of(value)}")
            return None
        if len(value) > at_most:
            mistakes.add(path, f"has {len(value)} items, at most {at_most} are allowed")
        items = value[:at_most]
        return tuple(check(item, f"{path}[{index}]", mistakes) for index, item in enumerate(items))

    return check_list


def shaped(shape: type[T]) -> Check[T]:
    """Check an object whose keys are the fields of the dataclass `shape`.

    A field that is not given to the dataclass is a constant, and must be there too.
    """
    keys = fields(shape)  # type: ignore[arg-type]
    hints = get_type_hints(shape, include_extras=True)
    checks = {key.name: hints[key.name].__metadata__[0] for key in keys}
    required = [key.name for key in keys if key.default is MISSING or not key.init]
    absent = {key.name: None if key.default is MISSING else key.default for key in keys if key.init}

    def check(value: Any, path: str, mistakes: Mistakes) -> T | None:
        found = _members(value, path, mistakes, checks, required)
        if found is None:
            return None
        return shape(**{name: found.get(name, default) for name, default in absent.items()})

    return check


def _members(
    value: Any,
    path: str,
    mistakes: Mistakes,
    checks: Mapping[str, Check[Any]],
    required: Sequence[str] = (),
) -> dict[str, Any] | None:
    """Check the keys of an object, and the value of each one that is known."""
    if not isinstance(value, Members):
        mistakes.add(path, f"must be an object, not {kind_of(value)}")
        return None
    for key in value.repeated:
        mistakes.add(inside(path, key), "is written more than once")
    for key in (key for key in value if key not in checks):
        mistakes.add(inside(path, key), "is an unknown key")
    for key in (key for key in required if key not in value):
        mistakes.add(inside(path, key), "is missing")
    return {
        key: check(value[key], inside(path, key), mistakes)
        for key, check in checks.items()
        if key in value
    }


def _not(wanted: str, value: Any) -> NoReturn:
    raise ValueError(f"must be {wanted}, not {kind_of(value)}")


@cache
def time_zones() -> frozenset[str]:
    """Return the names of the zones in the IANA time zone database."""
    return frozenset(available_timezones() - NOT_PLACES)
