"""A push service on this machine that answers as a test says, and keeps what it was sent.

It speaks HTTP/1.1, over TLS where it is given a certificate. It runs in a thread of its own.
"""

import asyncio
import base64
import os
import socket
import ssl
import struct
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from webapp.webpush import Letter, Target

PIECE = bytes(64 * 1024)
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing then resets the connection."""


class Phone:
    """One browser's keys, as they stand in a subscription, and the way to read with them."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key, self.auth_secret = _encoded(point), _encoded(self._secret)

    def target(self, endpoint: str) -> Target:
        """Return what a sender needs to know of this browser."""
        return Target(endpoint, self.public_key, self.auth_secret)

    def letter(self, endpoint: str, text: str = "Bonjour.") -> Letter:
        """Return a letter to this browser."""
        return Letter(self.target(endpoint), text.encode(), 60, "high", "a-topic")

    def read(self, body: bytes) -> str:
        """Return the text that was encrypted for this browser."""
        raw: bytes = http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret)
        return raw.decode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(frozen=True)
class Received:
    """One request. The names of `headers` are in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What the service does with a request.

    After `delay` seconds it sends its status, headers and body, and then `pieces` of 64 KiB more.
    With `drip` it sends one octet at a time with so many seconds between. `RESET` breaks the
    connection, `HANG` says nothing at all, `HUGE` goes on for 200 MB.
    """

    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces: int = 0
    delay: float = 0
    drip: float = 0

    def head(self) -> bytes:
        """Return all up to the body."""
        headers = {"Content-Length": str(len(self.body) + self.pieces * len(PIECE)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Answer", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


CREATED = Answer(201, {"Location": "/message/1", "TTL": "60"})
RESET = Answer(0)
HANG = Answer(0, delay=3600)
HUGE = Answer(201, pieces=3200)


class PushServer:
    """The service. `answer` is asked for every request; what came stands in `received`."""

    def __init__(
        self,
        answer: Callable[[Received], Answer] | Answer = CREATED,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.answer = answer
        self.received: list[Received] = []
        self.connections = self.sent = 0
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self._socket.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.place}"
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def paths(self) -> list[str]:
        """Return where the requests went, in their order."""
        return [each.path for each in self.received]

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._meet, sock=self._socket, ssl=self._tls)
        await self._stop.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        async with self._kept(writer):
            while True:
                request = await _request(reader)
                self.received.append(request)
                answer = self.answer if isinstance(self.answer, Answer) else self.answer(request)
                await self._say(writer, answer)

    async def _say(self, writer: asyncio.StreamWriter, answer: Answer) -> None:
        await asyncio.sleep(answer.delay)
        if answer.status == RESET.status:
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            raise ConnectionResetError
        for piece in _pieces(answer):
            writer.write(piece)
            await writer.drain()
            self.sent += len(piece)
            await asyncio.sleep(answer.drip)

    @asynccontextmanager
    async def _kept(self, writer: asyncio.StreamWriter) -> AsyncIterator[None]:
        """Keep a connection until somebody leaves."""
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                yield
        finally:
            self._open.discard(task)
            writer.transport.abort()


async def _request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _version = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Received(method, path, headers, body)


def _pieces(answer: Answer) -> list[bytes]:
    whole = answer.head() + answer.body
    if answer.drip:
        return [bytes([octet]) for octet in whole]
    return [whole, *[PIECE] * answer.pieces]
