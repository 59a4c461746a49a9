"""The stored rows that the reminders read by the hundred, as plain tuples of what they need."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Column, Table

from webapp.models.base import Base
from webapp.models.mark import MarkState
from webapp.models.notice import NoticeKind, Sent, Way
from webapp.models.person import Language, LockScreen, Pace, Region, TimeStyle
from webapp.models.text import BilingualText


class Taken(NamedTuple):
    """A notice on its way."""

    id: int
    person_id: int
    participant_id: int | None
    kind: NoticeKind
    key: str
    task_id: int | None
    day: date | None
    change_id: int | None
    help_request_id: int | None
    device_id: int | None
    due_at: datetime
    useful_until: datetime
    tries: int
    claim: str


class Reader(NamedTuple):
    """What decides whether a person gets a notice, when, where and in which words."""

    id: int
    name: str
    language: Language
    region: Region
    time_zone: str
    time_style: TimeStyle
    agreed_pace: Pace
    paces: list[list[str]]
    reminders_on: bool
    reminders_paused: bool
    lock_screen: LockScreen
    quiet_from: time | None
    quiet_until: time | None
    mail_to: str | None


class Phone(NamedTuple):
    """Where messages for one phone go."""

    id: int
    person_id: int
    device_id: int
    endpoint: str
    public_key: str
    auth_secret: str
    server_key: str


class RemindedTask(NamedTuple):
    """What a reminder says of a task."""

    id: int
    title: BilingualText
    starts_on: date
    at_time: time | None
    duration_minutes: int
    repeat_rule: str | None
    earlier: list[dict[str, Any]]
    stopped_on: date | None


class MarkMade(NamedTuple):
    """What the person said of a task on a day."""

    task_id: int
    day: date
    state: MarkState
    moved_on: date | None
    moved_time: time | None


class Ended(NamedTuple):
    """A way on which a notice has ended before."""

    notice_id: int
    way: Way
    subscription_id: int | None
    outcome: Sent


def table(model: type[Base]) -> Table:
    """Return the table of a model: a row of it costs half of what an object costs."""
    found = model.__table__
    assert isinstance(found, Table)  # noqa: S101 - for the types alone; a model is of one table
    return found


def columns(model: type[Base], names: Iterable[str]) -> Sequence[Column[Any]]:
    """Return these columns of a model, in this order."""
    return [table(model).c[name] for name in names]
