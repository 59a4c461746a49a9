"""One slot of the sender: a libcurl handle that carries letter after letter."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import http_ece
import pycurl
from cryptography.hazmat.primitives.asymmetric import ec

from webapp.webpush.guard import Guard
from webapp.webpush.keys import decoded
from webapp.webpush.letters import Letter, Reply, Result, Target
from webapp.webpush.outcomes import result_of, retry_after

MOST_READ = 1024
"""Octets of a reply's body."""

LONGEST_TTL_SECONDS = 28 * 24 * 60 * 60
"""Google's limit; Mozilla's is 30 days."""

MOST_PLAIN = 3993
"""Octets of a payload: encrypted they make 4096, which every service must take (RFC 8291)."""

FIRST_FINAL = 200
"""The statuses below only announce another."""

URGENCIES = {"very-low", "low", "normal", "high"}
TOPIC = re.compile(r"[A-Za-z0-9_-]{0,32}", re.ASCII)

ALWAYS = {
    pycurl.POST: 1,
    pycurl.USERAGENT: "mon-rythme",
    # The path goes out as the browser gave it.
    pycurl.PATH_AS_IS: 1,
    # Nobody sends us elsewhere, and the environment has no say.
    pycurl.FOLLOWLOCATION: 0,
    pycurl.PROXY: "",
    pycurl.NOPROXY: "*",
    pycurl.NETRC: pycurl.NETRC_IGNORED,
    pycurl.SSL_VERIFYPEER: 1,
    pycurl.SSL_VERIFYHOST: 2,
    pycurl.SSLVERSION: pycurl.SSLVERSION_TLSv1_2,
    # No signals: time-outs of names as well are kept without them.
    pycurl.NOSIGNAL: 1,
}


@dataclass(frozen=True, slots=True)
class Line:
    """How connections are made, the same for every slot.

    A transfer takes at most `seconds`, all in all. For tests, `connect` maps hosts to the
    "address:port" to go to in their place; the certificate must be the host's all the same, and
    signed by an authority of `ca_file`.
    """

    guard: Guard
    seconds: float
    ca_file: Path
    connect: Mapping[str, str] = field(default_factory=dict)


class Transfer:
    """One slot: `load` gives it a letter to carry, `reply` says what came of it."""

    def __init__(self, line: Line) -> None:
        self._allows = line.guard.allows
        self._headers: list[bytes] = []
        self._body = bytearray()
        self._opened: list[socket.socket] = []
        self._kept_out = False
        self._host = ""
        self.letter: Letter
        self.curl = pycurl.Curl()
        for option, value in (ALWAYS | self._options(line)).items():
            self.curl.setopt(option, value)

    def _options(self, line: Line) -> dict[int, Any]:
        plain = pycurl.PROTO_HTTP if line.guard.to_loopback else 0
        return {
            pycurl.PROTOCOLS: pycurl.PROTO_HTTPS | plain,
            pycurl.TIMEOUT_MS: round(line.seconds * 1000),
            pycurl.CAINFO: str(line.ca_file),
            pycurl.CONNECT_TO: [f"{host}::{place}" for host, place in line.connect.items()],
            pycurl.OPENSOCKETFUNCTION: self._open,
            pycurl.HEADERFUNCTION: self._headers.append,
            pycurl.WRITEFUNCTION: self._read,
        }

    def load(self, letter: Letter, host: str, authorization: str) -> None:
        """Encrypt a letter and address it. Raises whatever is wrong with it."""
        if not (letter.payload and letter.urgency in URGENCIES and TOPIC.fullmatch(letter.topic)):
            raise ValueError("an empty payload, or an urgency or a topic that is none")
        body = _encrypted(letter.target, letter.payload)
        self.letter, self._host = letter, host
        self._forget()
        self.curl.setopt(pycurl.URL, letter.target.endpoint)
        self.curl.setopt(pycurl.HTTPHEADER, _headers(letter, authorization))
        self.curl.setopt(pycurl.POSTFIELDS, body)

    def reply(self, now: datetime) -> Reply:
        """Return what came of the letter, once libcurl is done with it.

        A status that came counts, even where the rest of the answer was cut off.
        """
        reply = self._reply(self.curl.getinfo(pycurl.RESPONSE_CODE), now)
        self._forget()
        return reply

    def _reply(self, status: int, now: datetime) -> Reply:
        if status < FIRST_FINAL:
            nowhere = self._kept_out and not self._opened
            return Reply(Result.REFUSED if nowhere else Result.RETRY, self._host)
        result = result_of(status, bytes(self._body))
        wait = None if result is Result.ACCEPTED else retry_after(self._headers, now)
        return Reply(result, self._host, status, wait)

    def _forget(self) -> None:
        self._headers.clear()
        self._body.clear()
        while self._opened:
            self._opened.pop().close()
        self._kept_out = False

    def close(self) -> None:
        """Let go of the handle."""
        self._forget()
        self.curl.close()

    def _open(self, _purpose: int, address: Any) -> Any:
        """Open a socket, unless it would go where we do not send. libcurl works with a copy."""
        if not self._allows(address.addr[0]):
            self._kept_out = True
            return pycurl.SOCKET_BAD
        opened = socket.socket(address.family, address.socktype, address.protocol)
        self._opened.append(opened)
        return opened

    def _read(self, piece: bytes) -> int:
        """Keep the beginning of an answer. Less than was given makes libcurl give up."""
        taken = piece[: MOST_READ - len(self._body)]
        self._body += taken
        return len(taken)


def _encrypted(target: Target, payload: bytes) -> bytes:
    """Encrypt with a key made for this letter alone (RFC 8291), by the core of pywebpush."""
    body: bytes = http_ece.encrypt(
        payload,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(target.public_key),
        auth_secret=decoded(target.auth_secret),
    )
    return body


def _headers(letter: Letter, authorization: str) -> list[str]:
    headers = [
        f"Authorization: {authorization}",
        f"TTL: {min(max(letter.ttl_seconds, 0), LONGEST_TTL_SECONDS)}",
        f"Urgency: {letter.urgency}",
        "Content-Encoding: aes128gcm",
        "Content-Type: application/octet-stream",
    ]
    return [*headers, f"Topic: {letter.topic}"] if letter.topic else headers
