"""What is wrong in a plan file: one clear line for each mistake, with its path."""

import json
import re
from dataclasses import dataclass

MOST_LINES = 100
SHOWN_CHARACTERS = 40
THE_FILE = "the file"
"""The path of what concerns the file as a whole."""

KINDS = {str: "text", int: "a number", list: "a list"}
REPEAT_TEXTS = {
    "too_long": "it is over 200 characters",
    "not_a_rule": "it is not written like FREQ=WEEKLY;BYDAY=MO,TU",
    "repeated_part": "a part is written more than once",
    "unknown_part": "a part is unknown",
    "no_frequency": "FREQ is missing",
    "not_daily": "it must not come more often than daily",
    "bad_freq": "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY",
    "bad_interval": "INTERVAL is wrong",
    "bad_count": "COUNT must be from 1 to 999, and end within ten years",
    "bad_until": "UNTIL is wrong",
    "count_and_until": "COUNT and UNTIL exclude each other",
    "bad_byday": "BYDAY is wrong",
    "bad_bymonthday": "BYMONTHDAY is wrong",
    "bad_bymonth": "BYMONTH is wrong",
    "bad_bysetpos": "BYSETPOS is wrong",
    "bad_wkst": "WKST is wrong",
    "never": "no day comes within ten years",
}
"""What the codes of a refused repeat rule mean."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong, and where: `tasks[3].minutes: must be from 1 to 1440`."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


class PlanFileMistakes(ValueError):
    """The file is refused whole. `mistakes` has at most 100, then one that counts the others."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


class Mistakes:
    """All that was found wrong so far. The first 100 are kept, the others are counted."""

    def __init__(self) -> None:
        self.found: list[Mistake] = []
        self.more = 0

    def add(self, path: str, text: str) -> None:
        """Note one mistake."""
        if len(self.found) < MOST_LINES:
            self.found.append(Mistake(path, text))
        else:
            self.more += 1

    def lines(self) -> tuple[Mistake, ...]:
        """Return what was kept, and a last one that counts the others."""
        last = [Mistake("", and_more(self.more, "mistake"))] if self.more else []
        return (*self.found, *last)


def and_more(count: int, what: str) -> str:
    """Return the line that stands for the lines that are too many to show."""
    return f"and {count} more {what}{'' if count == 1 else 's'}"


def repeat_text(code: str) -> str:
    """Return why a repeat rule is refused; what is no known code is taken for the words."""
    return f"is not a usable RFC 5545 rule: {REPEAT_TEXTS.get(code, code)}"


def inside(path: str, key: str) -> str:
    """Return the path of a key of the object at `path`; odd keys come in brackets."""
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,39}", key):
        return f"{path}[{shown(key)}]"
    return key if path == THE_FILE else f"{path}.{key}"


def shown(text: str) -> str:
    """Return the text in quotes, short, and safe to print on any terminal."""
    short = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short) + '"'


def kind_of(value: object) -> str:
    """Return what sort of JSON value this is, in words that follow "not"."""
    if value is None or isinstance(value, bool | float):
        return json.dumps(value)
    return KINDS.get(type(value), "an object")
