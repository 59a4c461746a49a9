"""Makes of taken notices what goes out: letters for phones and e-mails, or nothing at all."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from webapp.jobs import letters
from webapp.jobs.deciding import decide
from webapp.jobs.loading import Facts
from webapp.jobs.mailing import Mail
from webapp.jobs.office import Office
from webapp.jobs.parcels import End, Parcel
from webapp.jobs.rows import Phone, Reader, Taken
from webapp.jobs.saying import say
from webapp.jobs.services import host_of
from webapp.models.notice import NoticeState, Sent, Way
from webapp.web import i18n, notice_words
from webapp.webpush import Letter, Target

NOTHING: frozenset[tuple[Way, int | None]] = frozenset()


class Addressed(NamedTuple):
    """A letter to one phone, and whose notice it carries."""

    letter: Letter
    parcel: Parcel
    host: str
    subscription_id: int


class Posted(NamedTuple):
    """An e-mail, and whose notice it carries."""

    mail: Mail
    parcel: Parcel


class Desk:
    """Writes a batch: its parcels, and the letters and e-mails that carry them."""

    def __init__(self, facts: Facts, office: Office, now: datetime) -> None:
        self._facts = facts
        self._office = office
        self._now = now
        self._spoken: tuple[str, ...] = ()
        self.parcels: list[Parcel] = []
        self.letters: list[Addressed] = []
        self.mails: list[Posted] = []

    def write_all(self, batch: Iterable[Taken]) -> None:
        """Decide on each notice, and write those that go, one language after the other.

        What is wrong with one of them stops no other.
        """
        with self._office.words.app_context():
            for notice in sorted(batch, key=self._read_in):
                parcel = self._parcel(notice)
                self.parcels.append(parcel)
                try:
                    self._write(parcel)
                except Exception as error:
                    # Words are put together from what people wrote: none may block all others.
                    reason = type(error).__name__
                    say("not_written", self._now, level=logging.ERROR, error=reason)
                    parcel.state = NoticeState.FAILED

    def _parcel(self, notice: Taken) -> Parcel:
        before = self._facts.settled.get(notice.id, ())
        return Parcel(
            notice,
            self._facts.people[notice.person_id],
            was_accepted=any(end.outcome is Sent.ACCEPTED for end in before),
            had_ends=bool(before),
        )

    def _write(self, parcel: Parcel) -> None:
        """Write to every phone and mailbox of the reader where this has not ended before."""
        notice = parcel.notice
        mark = self._facts.marks.get((notice.task_id, notice.day))
        decide(parcel, mark, self._now, is_outdated=notice.id in self._facts.outdated)
        if parcel.state is not None or parcel.again_at is not None:
            return
        before = self._facts.settled.get(notice.id)
        ended = {(end.way, end.subscription_id) for end in before} if before else NOTHING
        phones = [
            phone
            for phone in self._facts.phones.get(parcel.reader.id, ())
            if notice.device_id in (None, phone.device_id) and (Way.PUSH, phone.id) not in ended
        ]
        self._speak_to(parcel)
        if phones:
            self._address(parcel, phones)
        wants_mail = parcel.reader.mail_to and self._office.postman and notice.device_id is None
        if wants_mail and (Way.MAIL, None) not in ended:
            self._post(parcel)

    def _read_in(self, notice: Taken) -> tuple[str, ...]:
        """Return everything that decides in which words a notice is read."""
        reader = self._facts.people[notice.person_id]
        return reader.language, reader.region, reader.time_style

    def _speak_to(self, parcel: Parcel) -> None:
        """Choose the language of a reader, where the one before had another."""
        reader: Any = parcel.reader
        read_in = self._read_in(parcel.notice)
        if read_in != self._spoken:
            i18n.choose(reader)
            self._spoken = read_in

    def _address(self, parcel: Parcel, phones: Iterable[Phone]) -> None:
        """Address a letter to each phone, but those that asked for messages with another key.

        Their service would refuse it. The page asks anew when the person opens it on that phone.
        """
        written = letters.write(
            parcel.notice, parcel.reader, self._facts, self._office.site, self._now
        )
        for phone in phones:
            if phone.server_key == self._office.server_key:
                parcel.open += 1
                target = Target(phone.endpoint, phone.public_key, phone.auth_secret)
                letter = Letter(
                    target, written.payload, written.ttl_seconds, written.urgency, written.topic
                )
                host = host_of(phone.endpoint)
                self.letters.append(Addressed(letter, parcel, host, phone.id))
            else:
                parcel.ends.append(End(Way.PUSH, Sent.OUR_FAULT, self._now, phone.id))

    def _post(self, parcel: Parcel) -> None:
        parcel.open += 1
        self.mails.append(Posted(_mail(parcel.notice, parcel.reader, self._office.site), parcel))


def _mail(notice: Taken, reader: Reader, site: str) -> Mail:
    subject, body = notice_words.mail(notice.kind, site)
    message_id = f"{letters.topic_of(notice.key)}@{urlsplit(site).hostname}"
    return Mail(reader.mail_to or "", subject, body, message_id)
