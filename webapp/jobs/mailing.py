"""Hands e-mails over beside everything else, so that a slow mail server holds up no phone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from webapp.jobs.office import MailSender
from webapp.jobs.parcels import Parcel
from webapp.mail import MailDelayed, MailRefused
from webapp.webpush import Result

AT_ONCE = 4
MOST_WAITING = 100
"""E-mails that wait for the mail server at most; more are put off."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail. `message_id` is the same wherever it is sent again."""

    to: str
    subject: str
    body: str
    message_id: str


class MailRoom:
    """Sends e-mails in a few threads, and says what became of each."""

    def __init__(self, postman: MailSender) -> None:
        self._postman = postman
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail")
        self._answers: SimpleQueue[tuple[Parcel, Result]] = SimpleQueue()
        self.waiting = 0

    @property
    def is_full(self) -> bool:
        """Say whether the mail server is so far behind that nothing more should wait for it."""
        return self.waiting >= MOST_WAITING

    def post(self, parcel: Parcel, mail: Mail) -> None:
        """Send an e-mail as soon as it is its turn."""
        self.waiting += 1
        self._threads.submit(self._send, parcel, mail)

    def answers(self, wait_seconds: float = 0) -> Iterator[tuple[Parcel, Result]]:
        """Yield what has an answer; wait so long for the first one, if any is on its way."""
        while self.waiting:
            try:
                answer = self._answers.get(timeout=wait_seconds) if wait_seconds else self._now()
            except Empty:
                return
            wait_seconds = 0
            self.waiting -= 1
            yield answer

    def _now(self) -> tuple[Parcel, Result]:
        return self._answers.get_nowait()

    def _send(self, parcel: Parcel, mail: Mail) -> None:
        result = Result.RETRY
        try:
            self._postman.send(mail.to, mail.subject, mail.body, mail.message_id)
            result = Result.ACCEPTED
        except MailRefused:
            result = Result.REFUSED
        except MailDelayed:
            result = Result.RETRY
        finally:
            self._answers.put((parcel, result))

    def close(self) -> None:
        """Forget what has not begun, and wait for what has."""
        self._threads.shutdown(cancel_futures=True)
