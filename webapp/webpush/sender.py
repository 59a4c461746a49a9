"""Sends many letters at once over kept connections, and gives each back with its reply."""

import logging
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import certifi
import pycurl

from webapp.clock import utc_now
from webapp.webpush.guard import EndpointRefused, Guard
from webapp.webpush.keys import Signer
from webapp.webpush.letters import Letter, Reply, Result
from webapp.webpush.transfer import MOST_PLAIN, Line, Transfer

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 0.2
"""The longest wait for the network before the feed is asked again."""


class Sender:
    """Sends letters to push services, `at_once` of them in flight, each for at most `seconds`.

    For tests, `connect` maps hosts to the "address:port" to go to in their place, and `ca_file`
    holds the authorities that may sign for them. Use it from one thread.
    """

    def __init__(  # noqa: PLR0913 - what it needs, and what tests and benchmarks turn
        self,
        private_key: str,
        subject: str,
        guard: Guard,
        *,
        at_once: int = 150,
        seconds: float = 15,
        now: Callable[[], datetime] = utc_now,
        connect: Mapping[str, str] | None = None,
        ca_file: Path | None = None,
    ) -> None:
        self._guard = guard
        self._now = now
        self._signer = Signer(private_key, subject, now)
        line = Line(guard, seconds, ca_file or _authorities(), connect or {})
        self._free = [Transfer(line) for _ in range(at_once)]
        self._busy: dict[Any, Transfer] = {}
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, at_once)

    def send(self, letters: Iterable[Letter | None]) -> Iterator[tuple[Letter, Reply]]:
        """Send letters and yield each with its reply, as they come back.

        The letters are taken one by one, when there is room for another in flight, so that the
        iterable may go on for long. Where it yields None there is nothing just now: it is asked
        again soon, until nothing is in flight either. Settle the replies swiftly:
        the time-outs of the letters in flight run on meanwhile.
        """
        feed = iter(letters)
        try:
            while True:
                yield from self._fill(feed)
                if not self._busy:
                    return
                yield from self._settled()
        finally:
            self._abandon()

    def _fill(self, feed: Iterator[Letter | None]) -> Iterator[tuple[Letter, Reply]]:
        """Start letters while there is room; yield those that cannot go."""
        while self._free:
            letter = next(feed, None)
            if letter is None:
                return
            refusal = self._start(letter)
            if refusal:
                yield letter, refusal

    def _start(self, letter: Letter) -> Reply | None:
        """Put a letter in flight, or return why not: what is wrong with one stops no other."""
        try:
            place = self._guard.place(letter.target.endpoint)
        except EndpointRefused:
            return Reply(Result.REFUSED, "")
        if len(letter.payload) > MOST_PLAIN:
            return Reply(Result.TOO_LARGE, place.host)
        transfer = self._free[-1]
        try:
            transfer.load(letter, place.host, self._signer.header(place.origin))
        except Exception as error:
            # Keys that are none raise a dozen kinds; their texts may quote the key.
            log.warning("A letter to %s cannot be written: %s", place.host, type(error).__name__)
            return Reply(Result.REFUSED, place.host)
        self._multi.add_handle(transfer.curl)
        self._busy[transfer.curl] = self._free.pop()
        return None

    def _settled(self) -> Iterator[tuple[Letter, Reply]]:
        """Wait until the network has something to say; yield the letters that are settled."""
        self._multi.select(self._patience())
        self._multi.perform()
        _left, whole, broken = self._multi.info_read()
        for curl in (*whole, *(failure[0] for failure in broken)):
            self._multi.remove_handle(curl)
            transfer = self._busy.pop(curl)
            letter, reply = transfer.letter, transfer.reply(self._now())
            self._free.append(transfer)
            yield letter, reply

    def _patience(self) -> float:
        """Return the seconds until libcurl itself has something to do."""
        milliseconds: int = self._multi.timeout()
        if milliseconds < 0:
            return LOOK_AGAIN_SECONDS
        return min(milliseconds / 1000, LOOK_AGAIN_SECONDS)

    def _abandon(self) -> None:
        """Break off what is in flight."""
        for curl, transfer in self._busy.items():
            self._multi.remove_handle(curl)
            self._free.append(transfer)
        self._busy.clear()

    def close(self) -> None:
        """Close all connections."""
        self._abandon()
        for transfer in self._free:
            transfer.close()
        self._free.clear()
        self._multi.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _authorities() -> Path:
    """Return the file of the authorities that this machine trusts.

    The one that libcurl's wheel was built with is not everywhere.
    """
    return Path(ssl.get_default_verify_paths().cafile or certifi.where())
