"""Fills a database with people who have a phone and one reminder each, all due at one instant."""

import base64
from collections.abc import Sequence
from datetime import timedelta
from os import urandom

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from benchmarks.ciphers import CURVE, POINT
from benchmarks.plans import NOW, TODAY, Filled, fill, settle
from webapp import webpush
from webapp.models.mark import Mark
from webapp.models.notice import Notice, NoticeKind, PushSubscription
from webapp.models.person import Language, LockScreen, Person
from webapp.models.plan import Task
from webapp.models.sign_in import Device, DeviceKind
from webapp.web.database import Database

PRIVATE_KEY = base64.urlsafe_b64encode(b"only for benchmarks".ljust(32)).decode().rstrip("=")

BROWSERS = 64
"""Different keys among the phones."""

LIKED_FULL = 4
"""One of so many people wants the words of the task on the locked screen."""

OF_USE = timedelta(hours=1)


def fill_due(url: str, people: int) -> Filled:
    """Make the tables at `url`, and people who have one task, one phone and one reminder each."""
    filled = fill(url, participants=people, tasks=1)
    database = Database(url)
    with database.transaction() as session:
        tasks = session.execute(select(Task.participant_id, Task.id)).all()
        owners = [participant for participant, _task in tasks]
        session.execute(delete(Mark))
        _choose(session)
        session.execute(insert(PushSubscription), _phones(session, owners))
        session.execute(insert(Notice), [_reminder(owner, task) for owner, task in tasks])
    settle(database.engine)
    return filled


def _choose(session: Session) -> None:
    """Let half of the people read French, and some of them want full words."""
    session.execute(update(Person).values(reminders_on=True))
    session.execute(update(Person).where(Person.id % 2 == 0).values(language=Language.FR))
    full = update(Person).where(Person.id % LIKED_FULL == 0)
    session.execute(full.values(lock_screen=LockScreen.FULL))


def _phones(session: Session, owners: Sequence[int]) -> list[dict[str, object]]:
    rows = [{"person_id": owner, "kind": DeviceKind.ANDROID, "added_at": NOW} for owner in owners]
    added = insert(Device).returning(Device.id, sort_by_parameter_order=True)
    devices = session.scalars(added, rows).all()
    browsers = [_browser() for _each in range(BROWSERS)]
    always = {
        "server_key": webpush.public_key(PRIVATE_KEY),
        "added_at": NOW,
        "checked_on": TODAY,
    }
    return [
        {
            "person_id": owner,
            "device_id": device,
            "endpoint": f"/push/{device}",
            **browsers[device % BROWSERS],
            **always,
        }
        for owner, device in zip(owners, devices, strict=True)
    ]


def _browser() -> dict[str, str]:
    point = ec.generate_private_key(CURVE).public_key().public_bytes(*POINT)
    return {"public_key": _encoded(point), "auth_secret": _encoded(urandom(16))}


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _reminder(owner: int, task: int) -> dict[str, object]:
    return {
        "person_id": owner,
        "participant_id": owner,
        "kind": NoticeKind.REMINDER,
        "key": f"reminder:{task}:{TODAY}T08:00",
        "task_id": task,
        "day": TODAY,
        "due_at": NOW,
        "useful_until": NOW + OF_USE,
        "next_try_at": NOW,
    }
