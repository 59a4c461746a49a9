"""What the tests of the reminders process share: push services that answer as a test says."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from webapp.models.notice import Notice, NoticeKind, PushSubscription
from webapp.models.person import Person
from webapp.models.sign_in import Device, DeviceKind
from webapp.webpush import Letter, Reply, Result

OUR_KEY = "our-public-key"
SITE = "https://plan.example.org"
STATUS = {
    Result.ACCEPTED: 201,
    Result.GONE: 410,
    Result.OUR_FAULT: 401,
    Result.WAIT: 429,
    Result.TOO_LARGE: 413,
    Result.REFUSED: 400,
}


class PushServices:
    """Takes letters and keeps them. Each answer stands for the host of its letter, or for all."""

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.answers: dict[str, Reply | Result] = {}
        self.when_sent: Callable[[Letter], None] = lambda _letter: None

    def send(self, letters: Iterable[Letter | None]) -> Iterator[tuple[Letter, Reply]]:
        for letter in letters:
            if letter is None:
                return
            self.sent.append(letter)
            self.when_sent(letter)
            yield letter, self._reply(letter)

    def _reply(self, letter: Letter) -> Reply:
        host = letter.target.endpoint.split("/")[2]
        said = [text for text in self.answers if text in letter.target.endpoint]
        answer = self.answers[said[0]] if said else Result.ACCEPTED
        return answer if isinstance(answer, Reply) else Reply(answer, host, STATUS.get(answer))

    def shown(self) -> list[dict[str, Any]]:
        """Return what the phones would show, in the order in which it was sent."""
        return [json.loads(letter.payload)["notification"] for letter in self.sent]

    def again(self) -> list[Letter]:
        """Return what was sent, and forget it."""
        sent, self.sent = self.sent, []
        return sent


def phone(
    session: Session, person: Person, name: str = "one", *, host: str = "fcm.googleapis.com"
) -> PushSubscription:
    """Give a person a phone that gets messages."""
    device = Device(person_id=person.id, kind=DeviceKind.ANDROID, added_at=NOW)
    session.add(device)
    session.flush()
    made = PushSubscription(
        person_id=person.id,
        device_id=device.id,
        endpoint=f"https://{host}/{person.id}-{name}",
        public_key="point",
        auth_secret="secret",
        server_key=OUR_KEY,
        added_at=NOW,
        checked_on=NOW.date(),
    )
    session.add(made)
    session.flush()
    return made


def notice(
    session: Session, person: Person, kind: NoticeKind = NoticeKind.TOLD, **values: Any
) -> Notice:
    """Let one message be due now, for an hour."""
    due = values.pop("due_at", NOW)
    said = {
        "key": f"{kind}:{person.id}:{len(session.scalars(select(Notice.id)).all())}",
        "participant_id": person.id,
        "useful_until": due + timedelta(hours=1),
        "next_try_at": due,
        **values,
    }
    made = Notice(person_id=person.id, kind=kind, due_at=due, **said)
    session.add(made)
    session.flush()
    return made


def at(hour: int, minute: int = 0) -> datetime:
    """Return an instant of the day on which the tests play, in UTC."""
    return NOW.replace(hour=hour, minute=minute)
