"""What the reminders process works with: the database, the clock, and the ways out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flask import Flask

from webapp.clock import utc_now
from webapp.web.database import Database
from webapp.web.notice_words import speaking_app
from webapp.webpush import Letter, Reply


class PushSender(Protocol):
    """Hands letters to push services and gives each back with its reply, as they come.

    Where the letters give None there is none just now: they are asked again, until nothing is on
    its way any more.
    """

    def send(self, letters: Iterable[Letter | None]) -> Iterator[tuple[Letter, Reply]]:
        """Send letters."""
        ...


class MailSender(Protocol):
    """Hands an e-mail to the mail server. Raises MailRefused, or MailDelayed."""

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        """Send one e-mail."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that sends notices. `site` is the public address of the app.

    `server_key` is our public key, for which a phone must have asked; `postman` is None where no
    e-mail is sent.
    """

    database: Database
    site: str
    server_key: str
    sender: PushSender
    postman: MailSender | None = None
    clock: Callable[[], datetime] = utc_now
    words: Flask = field(default_factory=speaking_app)
