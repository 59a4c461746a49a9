"""When a member of staff answers: weekdays and hours on their own clock."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from webapp.domain.effects import Effect, Snapshot
from webapp.domain.errors import RuleBroken
from webapp.domain.repeats import WEEKDAYS, instant, today_in
from webapp.models.change import Change
from webapp.models.person import Person

DAYS_AHEAD = 14
"""How far ahead the next hours are looked for: a day may be lost to a change of the clocks."""

COMMA = ","


class NextAnswer(NamedTuple):
    """Whether somebody answers now, and when they begin again where they do not.

    `at` is None while they answer, and where nothing is known of their hours.
    """

    is_now: bool
    at: datetime | None


def next_answer(person: Person, now: datetime) -> NextAnswer:
    """Return whether a member of staff answers at this instant, or when they begin again."""
    for begins, ends in _hours(person, now):
        if begins <= now < ends:
            return NextAnswer(is_now=True, at=None)
        if now < begins:
            return NextAnswer(is_now=False, at=begins)
    return NextAnswer(is_now=False, at=None)


def _hours(person: Person, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give the hours of today and of the days after it, as instants, in their order.

    Hours that the clocks jump over have no length; they are left out.
    """
    days = {WEEKDAYS[name] for name in (person.answers_on or "").split(COMMA) if name}
    if not days or person.answers_from is None or person.answers_until is None:
        return
    today = today_in(person.time_zone, now)
    for number in range(DAYS_AHEAD):
        day = today + timedelta(days=number)
        begins = instant(day, person.answers_from, person.time_zone)
        ends = instant(day, person.answers_until, person.time_zone)
        if day.weekday() in days and begins < ends:
            yield begins, ends


def set_hours(session: Session, change: Change, person: Person, now: datetime) -> Effect:
    """Set when a member of staff answers; without a day, nothing is said about it.

    Raises RuleBroken where the hours cannot be read or end before they begin ("hours_not_right").
    """
    before = _snapshot(person)
    person.answers_on, person.answers_from, person.answers_until = _read(change.wanted)
    return Effect(before, _snapshot(person))


def _read(wanted: dict[str, Any]) -> tuple[str | None, time | None, time | None]:
    try:
        named = [str(name) for name in wanted.get("on") or ()]
        days = sorted({WEEKDAYS[name] for name in named})
        if not days:
            return None, None, None
        begins, ends = (
            time.fromisoformat(wanted[name]).replace(tzinfo=None) for name in ("begins", "ends")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RuleBroken("hours_not_right") from error
    if begins >= ends:
        raise RuleBroken("hours_not_right")
    names = {number: name for name, number in WEEKDAYS.items()}
    return COMMA.join(names[day] for day in days), begins, ends


def _snapshot(person: Person) -> Snapshot:
    return {
        "on": person.answers_on,
        "begins": person.answers_from and f"{person.answers_from:%H:%M}",
        "ends": person.answers_until and f"{person.answers_until:%H:%M}",
    }
