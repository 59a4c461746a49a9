"""Phones that send what they kept until each item is taken, to a server that dies meanwhile."""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy.orm import Session

from webapp.clock import utc_now
from webapp.domain import sessions
from webapp.models.person import Person
from webapp.models.sign_in import DeviceKind
from webapp.web import login

SECONDS_FOR_AN_ANSWER = 10
PAUSE_SECONDS = 0.05
HANGS_UP = 0.1
"""How often a phone loses its network before the answer comes, and sends again."""


@dataclass(frozen=True)
class Item:
    """One thing that was said on a phone: what it is about, what it says, and its place."""

    id: str
    address: str
    fields: dict[str, str]
    about: str
    says: str
    place: tuple[int, int]


@dataclass
class Progress:
    """How many items have been taken so far, for those who wait until it is so many."""

    taken: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def step(self) -> None:
        with self.changed:
            self.taken += 1
            self.changed.notify_all()

    def wait_for(self, number: int, seconds: float) -> bool:
        """Wait until so many were taken; say whether they were."""
        with self.changed:
            self.changed.wait_for(lambda: self.taken >= number, seconds)
            return self.taken >= number


class Phone:
    """One phone of one person. It goes on until everything is taken, whatever it is answered."""

    def __init__(self, app: Flask, session: Session, person: Person, port: int) -> None:
        row, token = sessions.begin(session, person, DeviceKind.ANDROID, utc_now())
        self.person_id, self.device_id, self.port = person.id, row.device_id, port
        remembered = login.remembered(token, row.device_id, utc_now())
        signed = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.cookie = signed.dumps({**remembered, "_permanent": True})
        self.token = ""
        self.items: list[Item] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.lost = 0

    def say(self, address: str, about: str, says: str, **fields: str) -> None:
        """Keep something; this phone hears of no other, so that its clock counts its own."""
        clock = len(self.items) + 1
        name = f"phone-{self.device_id}-{clock:04}"
        place = (clock, self.device_id)
        self.items.append(Item(name, address, fields, about, says, place))

    def send_all(self, chance: random.Random, progress: Progress, end: threading.Event) -> None:
        """Send each item again and again until its answer names it, then the next one."""
        for item in self.items:
            while item.id not in self.answers and not end.is_set():
                if chance.random() < HANGS_UP:
                    self._send(item, hangs_up=True)
                answer = self._send(item)
                if answer.get("change") == item.id:
                    self.answers[item.id] = answer
                    progress.step()
                elif answer == {"state": "old-token"}:
                    self.token = self._ask("GET", "/outbox", {}, {}).get("csrf", "")
                else:
                    self.lost += 1
                    end.wait(PAUSE_SECONDS)

    def _send(self, item: Item, *, hangs_up: bool = False) -> dict[str, Any]:
        headers = {
            "Outbox-Change": item.id,
            "Outbox-Person": str(self.person_id),
            "Outbox-Clock": str(item.place[0]),
            "Outbox-Age": "60",
        }
        form = {**item.fields, "change_id": item.id, "csrf_token": self.token}
        return self._ask("POST", item.address, form, headers, hangs_up=hangs_up)

    def _ask(
        self,
        method: str,
        address: str,
        form: dict[str, str],
        headers: dict[str, str],
        *,
        hangs_up: bool = False,
    ) -> dict[str, Any]:
        """Return what was answered; nothing where no answer came, or the phone hung up before."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_FOR_AN_ANSWER)
        named = {"Cookie": f"session={self.cookie}", **headers}
        if form:
            named["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, address, urlencode(form), named)
            if hangs_up:
                return {}
            answer = connection.getresponse()
            self._keep_cookie(answer.getheader("Set-Cookie", ""))
            found: dict[str, Any] = json.loads(answer.read())
        except (OSError, HTTPException, ValueError):
            return {}
        finally:
            connection.close()
        return found

    def _keep_cookie(self, written: str) -> None:
        found = SimpleCookie(written)
        if "session" in found:
            self.cookie = found["session"].value


def last_words(phones: list[Phone]) -> dict[str, str]:
    """Return what was said last about each thing on all phones of a person, by their places."""
    every = sorted((item for phone in phones for item in phone.items), key=lambda i: i.place)
    return {item.about: item.says for item in every}


@contextmanager
def sending(phones: list[Phone], seed: int, progress: Progress) -> Iterator[None]:
    """Let all phones send at the same time; they stop where this block ends."""
    end = threading.Event()
    threads = [
        threading.Thread(
            target=phone.send_all,
            args=(random.Random(seed + number), progress, end),  # noqa: S311 - no secret
        )
        for number, phone in enumerate(phones)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()
