"""The people of the fault tests: a hundred with their phones, and what is due to them."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from tests import factories
from tests.outside.push_server import Phone
from webapp.domain.repeats import today_in
from webapp.models.notice import Notice, NoticeKind, PushSubscription
from webapp.models.person import Language, LockScreen, Person, Role
from webapp.models.plan import Task
from webapp.models.sign_in import Device, DeviceKind

PEOPLE = 100
TASKS = 20
NAME = "Zéphyrine"
TITLE = "Xylophone"
TOKEN = "secret"
"""Words that nothing else says, so that they are found wherever they do not belong."""

EVERY_SECOND_PHONE = 3
"""Of so many people, one has two phones."""

EVERY_MORTAL = 7
EVERY_STRANGE = 29
"""Of so many phones, one asked for messages of another key than ours."""

OF_USE = timedelta(hours=1)
MOST_SECONDS_LATE = 30


@dataclass(frozen=True)
class Owned:
    """A phone with its keys; `is_strange` says that it was made for another key than ours."""

    token: str
    phone: Phone
    subscription_id: int
    is_strange: bool


@dataclass(frozen=True)
class Reader:
    """One person: their phones, and the topics of what is due to them with its notice's number."""

    person: Person
    phones: list[Owned]
    topics: dict[str, int]


def gather(session: Session, origins: list[str], server_key: str, now: datetime) -> list[Reader]:
    """Write the people, with notices that have been due for some seconds."""
    numbers = iter(range(PEOPLE * 2))
    return [_reader(session, each, numbers, origins, server_key, now) for each in range(PEOPLE)]


def is_mortal(token: str) -> bool:
    """Say whether a phone may go away."""
    return int(token.rpartition("-")[2]) % EVERY_MORTAL == 0


def topic_of(key: str) -> str:
    """Return the topic of a notice as it was agreed: 32 characters of a hash of its key."""
    return urlsafe_b64encode(sha256(key.encode()).digest())[:32].decode()


def _reader(
    session: Session,
    number: int,
    numbers: Iterator[int],
    origins: list[str],
    server_key: str,
    now: datetime,
) -> Reader:
    person = factories.person(
        session,
        f"{NAME} {number}",
        Role.PARTICIPANT,
        now,
        language=Language.FR if number % 2 else Language.EN,
        time_zone="Europe/Paris",
        lock_screen=LockScreen.FULL if number % 4 else LockScreen.NEUTRAL,
        reminders_on=True,
        planned_until=now + timedelta(hours=36),
    )
    how_many = 1 if number % EVERY_SECOND_PHONE else 2
    phones = [
        _phone(session, person, next(numbers), origins, server_key, now)
        for _each in range(how_many)
    ]
    notices = _notices(session, person, now)
    return Reader(person, phones, {topic_of(each.key): each.id for each in notices})


def _phone(
    session: Session,
    person: Person,
    number: int,
    origins: list[str],
    server_key: str,
    now: datetime,
) -> Owned:
    device = Device(person_id=person.id, kind=DeviceKind.ANDROID, added_at=now)
    session.add(device)
    session.flush()
    phone, token = Phone(), f"{TOKEN}-{number}"
    is_strange = number % EVERY_STRANGE == EVERY_STRANGE - 1
    row = PushSubscription(
        person_id=person.id,
        device_id=device.id,
        endpoint=f"{origins[number % len(origins)]}/push/{token}",
        public_key=phone.public_key,
        auth_secret=phone.auth_secret,
        server_key="of an earlier installation" if is_strange else server_key,
        added_at=now,
        checked_on=now.date(),
    )
    session.add(row)
    session.flush()
    return Owned(token, phone, row.id, is_strange)


def _notices(session: Session, person: Person, now: datetime) -> list[Notice]:
    tasks = [
        factories.task(session, person, f"{TITLE} {each}", at_time=time(each, 30))
        for each in range(TASKS)
    ]
    day = today_in(person.time_zone, now)
    made = [_notice(person, task, day, now) for task in tasks]
    session.add_all(made)
    session.flush()
    return made


def _notice(person: Person, task: Task, day: object, now: datetime) -> Notice:
    due = now - timedelta(seconds=task.id % MOST_SECONDS_LATE)
    return Notice(
        person_id=person.id,
        participant_id=person.id,
        kind=NoticeKind.REMINDER,
        key=f"reminder:{task.id}:{day}",
        task_id=task.id,
        day=day,
        due_at=due,
        next_try_at=due,
        useful_until=now + OF_USE,
    )
