"""Reads a repeat rule: which parts it may have, how each is written, and what goes together."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

LONGEST_RULE = 200
WEEKS_A_MONTH, WEEKS_A_YEAR = 5, 53

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
MOST_DAYS = {DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366}
FINER_FREQS = {"HOURLY", "MINUTELY", "SECONDLY"}
FINER_PARTS = {"BYHOUR", "BYMINUTE", "BYSECOND"}
WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}

RULE = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*")
# What each part looks like; of those whose name starts with BY, each item between commas.
SHAPES = {
    "FREQ": re.compile("|".join(MOST_DAYS)),
    "INTERVAL": re.compile(r"[1-9][0-9]{0,4}"),
    "COUNT": re.compile(r"[1-9][0-9]{0,2}"),
    "UNTIL": re.compile(r"[0-9]{8}(T[0-9]{6}Z)?"),
    "BYDAY": re.compile(r"([+-]?(0?[1-9]|[1-5][0-9]))?(MO|TU|WE|TH|FR|SA|SU)"),
    "BYMONTHDAY": re.compile(r"[+-]?(0?[1-9]|[12][0-9]|3[01])"),
    "BYMONTH": re.compile(r"0?[1-9]|1[0-2]"),
    "BYSETPOS": re.compile(r"[+-]?0{0,2}[1-9][0-9]{0,2}"),
    "WKST": re.compile("|".join(WEEKDAYS)),
}


class RuleMistake(ValueError):
    """A repeat rule that is refused; `code` says why.

    too_long, not_a_rule, repeated_part, unknown_part, no_frequency,
    not_daily (finer than a day), bad_freq, bad_interval, bad_count, bad_until,
    count_and_until, bad_byday, bad_bymonthday, bad_bymonth, bad_bysetpos, bad_wkst, never.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a rule; an empty tuple is an absent part.

    `byday` has the numbers of each weekday, from Monday on ("-1MO" is -1); 0 means each one.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    wkst: int = 0
    byday: tuple[tuple[int, ...], ...] = ()
    bymonthday: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()


def read_rule(rule: str, starts_on: date) -> Rule:
    """Read a rule's parts, and take from its start what they leave open, as RFC 5545 asks.

    Raises RuleMistake.
    """
    parts = _read(rule)
    if parts.frequency == DAILY:
        return replace(parts, bysetpos=())  # the first and the last of one day
    if parts.byday or parts.bymonthday:
        return parts
    if parts.frequency == WEEKLY:
        return replace(parts, byday=_weekdays([list(WEEKDAYS)[starts_on.weekday()]]))
    if parts.frequency == MONTHLY:
        return replace(parts, bymonthday=(starts_on.day,))
    return replace(parts, bymonth=parts.bymonth or (starts_on.month,), bymonthday=(starts_on.day,))


@lru_cache(maxsize=2048)
def _read(rule: str) -> Rule:
    texts = _texts(rule)
    parts = Rule(
        frequency=texts["FREQ"],
        interval=int(texts.get("INTERVAL", "1")),
        count=int(texts["COUNT"]) if "COUNT" in texts else None,
        until=_until(texts["UNTIL"]) if "UNTIL" in texts else None,
        wkst=WEEKDAYS[texts.get("WKST", "MO")],
        byday=_weekdays(_items("BYDAY", texts)),
        bymonthday=tuple(int(text) for text in _items("BYMONTHDAY", texts)),
        bymonth=tuple(int(text) for text in _items("BYMONTH", texts)),
        bysetpos=tuple(int(text) for text in _items("BYSETPOS", texts)),
    )
    _check_together(parts)
    return parts


def _texts(rule: str) -> dict[str, str]:
    """Cut a rule into named parts, each of the shape that its name asks for."""
    if len(rule) > LONGEST_RULE:
        raise RuleMistake("too_long")
    if not RULE.fullmatch(rule):
        raise RuleMistake("not_a_rule")
    pairs = [part.partition("=") for part in rule.split(";")]
    texts = {name: text for name, _, text in pairs}
    if len(texts) < len(pairs):
        raise RuleMistake("repeated_part")
    _check_shapes(texts)
    return texts


def _check_shapes(texts: dict[str, str]) -> None:
    if "FREQ" not in texts:
        raise RuleMistake("no_frequency")
    if texts["FREQ"] in FINER_FREQS or FINER_PARTS & texts.keys():
        raise RuleMistake("not_daily")
    for name, text in texts.items():
        if name not in SHAPES:
            raise RuleMistake("unknown_part")
        items = text.split(",") if name.startswith("BY") else [text]
        if not all(SHAPES[name].fullmatch(item) for item in items):
            raise RuleMistake(f"bad_{name.lower()}")


def _items(name: str, texts: dict[str, str]) -> list[str]:
    return texts[name].split(",") if name in texts else []


def _weekdays(items: list[str]) -> tuple[tuple[int, ...], ...]:
    if not items:
        return ()
    return tuple(
        tuple(int(item[:-2] or 0) for item in items if item.endswith(name)) for name in WEEKDAYS
    )


def _until(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise RuleMistake("bad_until") from None


def _check_together(parts: Rule) -> None:
    """Refuse parts that RFC 5545 forbids together, and positions that no period can have."""
    if parts.count and parts.until:
        raise RuleMistake("count_and_until")
    if not _may_number(parts):
        raise RuleMistake("bad_byday")
    if parts.bymonthday and parts.frequency == WEEKLY:
        raise RuleMistake("bad_bymonthday")
    by_others = parts.byday or parts.bymonthday or parts.bymonth
    most = MOST_DAYS[parts.frequency] if by_others else 0
    if any(abs(position) > most for position in parts.bysetpos):
        raise RuleMistake("bad_bysetpos")


def _may_number(parts: Rule) -> bool:
    """Numbered weekdays ("-1MO") exist in months and years, and not beside plain ones.

    RFC 5545 allows the mixture; others find no day in it.
    """
    numbers = [abs(number) for of_weekday in parts.byday for number in of_weekday]
    in_months = parts.frequency == MONTHLY or parts.bymonth
    return not any(numbers) or (
        parts.frequency in (MONTHLY, YEARLY)
        and all(numbers)
        and max(numbers) <= (WEEKS_A_MONTH if in_months else WEEKS_A_YEAR)
    )
