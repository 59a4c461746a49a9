"""What a person chose about their reminders: whether, when, how often, and what a phone shows."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from webapp.domain import subscriptions, task_changes
from webapp.domain.effects import Effect
from webapp.domain.errors import RuleBroken
from webapp.domain.things import Watching
from webapp.forms.plan_checks import time_zones
from webapp.models.change import Change
from webapp.models.person import LockScreen, Person, RemindOn

MINUTES_BEFORE = (0, 10, 30, 60)
"""How long before a task a person may choose to be reminded."""

MOST_A_DAY = (3, 5, 10)
"""How many reminders a day a person may choose as the most."""

FIRST_MINUTES = 10
"""The reminder of all tasks, until the person chooses another one."""

ASK_AGAIN_AFTER = timedelta(days=30)
"""How long "not now" is kept."""

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_EMAIL = 254
"""Characters, as RFC 5321 allows."""

AS_ALL = "as_all"
CHOSEN_ONLY = "chosen"
"""Reminders are on, but only for the tasks for which the person asked."""


def _yes(value: Any) -> bool:
    return {"yes": True, "no": False}[value]


def _on(value: Any) -> bool:
    return value == CHOSEN_ONLY or _yes(value)


def _when(value: Any) -> tuple[RemindOn | None, int | None]:
    """Return what stands for a moment: a word, or minutes before."""
    if value in [*RemindOn]:
        return RemindOn(value), None
    if value not in [str(minutes) for minutes in MINUTES_BEFORE]:
        raise ValueError(value)
    return None, int(value)


def _for_all(value: Any) -> dict[str, Any]:
    on, minutes = _when(value)
    return {"remind_all": on, "remind_all_minutes": minutes}


def _most(value: Any) -> int | None:
    return {"none": None, **{str(most): most for most in MOST_A_DAY}}[value]


def _quiet(value: Any) -> dict[str, Any]:
    """Read "21:00-07:00", or "none". The two times differ."""
    if value == "none":
        return {"quiet_from": None, "quiet_until": None}
    begins, ends = (time.fromisoformat(each) for each in str(value).split("-"))
    if begins == ends or begins.tzinfo or ends.tzinfo:
        raise ValueError(value)
    return {"quiet_from": begins, "quiet_until": ends}


def _email(value: Any) -> str | None:
    address = str(value).strip()
    if not address:
        return None
    if len(address) > LONGEST_EMAIL or not EMAIL.fullmatch(address) or not address.isprintable():
        raise ValueError("not an e-mail address")
    return address


def _zone(value: Any) -> str:
    if value not in time_zones():
        raise ValueError("not a time zone")
    return str(value)


SETTINGS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "reminders_on": lambda value: {"reminders_on": _on(value)},
    "reminders_paused": lambda value: {"reminders_paused": _yes(value)},
    "remind_all": _for_all,
    "reminds_again": lambda value: {"reminds_again": _yes(value)},
    "reminders_a_day": lambda value: {"reminders_a_day": _most(value)},
    "lock_screen": lambda value: {"lock_screen": LockScreen(value)},
    "quiet_hours": _quiet,
    "mail_to": lambda value: {"mail_to": _email(value)},
    "time_zone": lambda value: {"time_zone": _zone(value), "kept_zone": None},
}
"""Each setting about reminders, and what turns a written value into what is then kept."""


def begin(session: Session, person: Person, value: str, now: datetime) -> None:
    """Put what goes with reminders that begin or end.

    Who has chosen no moment yet is reminded 10 minutes before each task, or ("chosen") of none
    but those for which they ask.
    """
    if person.reminders_on and person.remind_all is None and person.remind_all_minutes is None:
        if value == CHOSEN_ONLY:
            person.remind_all = RemindOn.NEVER
        else:
            person.remind_all_minutes = FIRST_MINUTES
    subscriptions.note_phones(session, person, now)


def remind_of(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Choose when the person is reminded of one task; "as_all" leaves it to the choice for all.

    Raises RuleBroken ("unknown_setting") for a moment that does not exist.
    """
    task = task_changes.get(session, participant, change.wanted["task"])
    when = change.wanted.get("when")
    try:
        on, minutes = (None, None) if when == AS_ALL else _when(when)
    except ValueError as error:
        raise RuleBroken("unknown_setting") from error
    watching = Watching(task)
    task.remind_on, task.remind_minutes_before = on, minutes
    return watching.effect()


def put_off(person: Person, today: date) -> None:
    """Keep "not now": for 30 days no page but their own asks again."""
    person.remind_not_now_until = today + ASK_AGAIN_AFTER


def may_offer(person: Person, today: date) -> bool:
    """Say whether a page may offer reminders to somebody who has none."""
    until = person.remind_not_now_until
    return not person.reminders_on and (until is None or until <= today)


def keep_zone(person: Person, zone: str) -> None:
    """Keep that the person does not want the time of the place where their phone is."""
    person.kept_zone = _zone(zone)
