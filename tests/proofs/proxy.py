"""A proxy of ours between phones and the server: it cuts, delays, drops, doubles, and counts.

What befalls a request follows from the seed and from its number. Browsers send when they like, so
that the same seed gives the same weather, not the same story to the letter.
"""

import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, parse_headers
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Self

from tests.push.watched import Watched

HOST = "127.0.0.1"
HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length"}
"""Headers that speak of one connection alone."""

PATIENCE_SECONDS = 30
LONGEST_DELAY_SECONDS = 1.0
RESET = struct.pack("ii", 1, 0)
"""Let a connection end at once, without a goodbye."""

BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nNo."


class Fate(StrEnum):
    """What becomes of one request."""

    PASSED = "passed"
    DELAYED = "delayed"
    REQUEST_DROPPED = "request dropped"
    ANSWER_DROPPED = "answer dropped"
    ANSWER_HALVED = "answer halved"
    DOUBLED = "doubled"
    REFUSED = "refused"
    """Answered with 502 by the proxy itself."""
    SERVER_AWAY = "server away"


Weather = Mapping[Fate, int]
"""How often each fate comes, beside the others."""

FAIR: Weather = {Fate.PASSED: 1}
STORM: Weather = {
    Fate.PASSED: 30,
    Fate.DELAYED: 14,
    Fate.REQUEST_DROPPED: 14,
    Fate.ANSWER_DROPPED: 14,
    Fate.ANSWER_HALVED: 7,
    Fate.DOUBLED: 14,
    Fate.REFUSED: 7,
}


@dataclass(frozen=True)
class Asked:
    """One request of a phone, as it came."""

    method: str
    path: str
    headers: HTTPMessage
    body: bytes

    @property
    def change(self) -> str:
        """Return the id of the change that it carries, or ""."""
        return self.headers.get("Outbox-Change", "")


@dataclass(frozen=True)
class Passage:
    """What the proxy did with one request; `status` is the server's answer, or None.

    `at` is when the server had answered.
    """

    method: str
    path: str
    change: str
    fate: Fate
    status: int | None
    at: float


class Proxy(Watched):
    """Stands at `port` before the server at `behind`. `weather` may change at any time."""

    def __init__(self, port: int, behind: int, seed: int) -> None:
        super().__init__()
        self.port, self.behind, self.seed = port, behind, seed
        self.weather: Weather = FAIR
        self.passages: list[Passage] = []
        self.cuts = 0
        self._number = 0
        self._open: set[socket.socket] = set()
        self._server: _Listener | None = None
        self._hurry = threading.Event()

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(self, *_error: object) -> None:
        self._hurry.set()
        self.cut()
        with self.lock:
            self.lock.wait_for(lambda: not self._open, PATIENCE_SECONDS)

    @property
    def url(self) -> str:
        """Return where phones find the app."""
        return f"http://{HOST}:{self.port}"

    @property
    def counts(self) -> Counter[Fate]:
        """Return how often it did what."""
        with self.lock:
            return Counter(each.fate for each in self.passages)

    def mend(self) -> None:
        """Take connections, as after a cut."""
        if self._server is None:
            self._server = _Listener(self)

    def cut(self) -> None:
        """Refuse connections from now on, and end those that are open."""
        server, self._server = self._server, None
        if server is None:
            return
        server.end()
        with self.lock:
            self.cuts += 1
            for each in self._open:
                with suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    each.shutdown(socket.SHUT_RDWR)

    def serve(self, connection: "_Connection") -> None:
        """Take the requests of one connection, one after the other."""
        with self.lock:
            self._open.add(connection.request)
        try:
            with suppress(OSError, HTTPException):
                while self._take(connection):
                    pass
        finally:
            with suppress(OSError):
                connection.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            with self.lock:
                self._open.discard(connection.request)
                self.changed()

    def _take(self, connection: "_Connection") -> bool:
        """Take one request; say whether the connection goes on."""
        asked = connection.read()
        if asked is None:
            return False
        chance = self._chance()
        fate = chance.choices(list(self.weather), list(self.weather.values()))[0]
        fate, status, answer = self._meet(fate, asked, chance)
        with self.lock:
            passage = Passage(asked.method, asked.path, asked.change, fate, status, time.time())
            self.passages.append(passage)
            self.changed()
        connection.wfile.write(answer)
        return bool(answer) and fate is not Fate.ANSWER_HALVED

    def _chance(self) -> random.Random:
        with self.lock:
            self._number += 1
            return random.Random(f"{self.seed} {self._number}")  # noqa: S311 - no secret

    def _meet(
        self, fate: Fate, asked: Asked, chance: random.Random
    ) -> tuple[Fate, int | None, bytes]:
        """Do to a request what befalls it; return that, the server's status and the answer."""
        if fate is Fate.REQUEST_DROPPED:
            return fate, None, b""
        if fate is Fate.REFUSED:
            return fate, None, BAD_GATEWAY
        if fate is Fate.DELAYED:
            self._hurry.wait(chance.uniform(0.02, LONGEST_DELAY_SECONDS))
        try:
            status, answer = self._doubled(asked) if fate is Fate.DOUBLED else self._ask(asked)
        except (OSError, HTTPException):
            return Fate.SERVER_AWAY, None, chance.choice((b"", BAD_GATEWAY))
        if fate is Fate.ANSWER_DROPPED:
            return fate, status, b""
        return fate, status, answer[: len(answer) // 2] if fate is Fate.ANSWER_HALVED else answer

    def _doubled(self, asked: Asked) -> tuple[int, bytes]:
        """Send a request twice at once, and return the answer to one of them."""
        answers: list[tuple[int, bytes]] = []

        def ask() -> None:
            with suppress(OSError, HTTPException):
                answers.append(self._ask(asked))

        twin = threading.Thread(target=ask)
        twin.start()
        ask()
        twin.join()
        if not answers:
            raise ConnectionError
        return answers[-1]

    def _ask(self, asked: Asked) -> tuple[int, bytes]:
        """Send a request to the server; return the status and the whole answer."""
        upstream = HTTPConnection(HOST, self.behind, timeout=PATIENCE_SECONDS)
        try:
            upstream.putrequest(asked.method, asked.path, skip_host=True, skip_accept_encoding=True)
            for name, value in asked.headers.items():
                if name.lower() not in HOPS:
                    upstream.putheader(name, value)
            if asked.body or asked.method == "POST":
                upstream.putheader("Content-Length", str(len(asked.body)))
            upstream.putheader("Connection", "close")
            upstream.endheaders(asked.body)
            with upstream.getresponse() as response:
                return response.status, _written(response, asked.method)
        finally:
            upstream.close()


def _written(response: HTTPResponse, method: str) -> bytes:
    """Return an answer as it goes over the wire."""
    body = response.read()
    lines = [f"HTTP/1.1 {response.status} {response.reason}"]
    lines += [f"{name}: {text}" for name, text in response.getheaders() if name.lower() not in HOPS]
    if method != "HEAD" and response.status not in (204, 304):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class _Connection(StreamRequestHandler):
    server: "_Listener"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Let the proxy take what comes."""
        self.server.proxy.serve(self)

    def read(self) -> Asked | None:
        """Return the next request, or None where the phone has left."""
        words = self.rfile.readline().decode("latin-1").split()
        if not words:
            return None
        headers = parse_headers(self.rfile)
        length = int(headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        return Asked(words[0], words[1], headers, body) if len(body) == length else None


class _Listener(ThreadingTCPServer):
    """Takes connections until it is told to end; those that are open go on by themselves."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, proxy: Proxy) -> None:
        super().__init__((HOST, proxy.port), _Connection)
        self.proxy = proxy
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection without the goodbye that a kind server would say."""
        self.close_request(request)

    def end(self) -> None:
        """Close the door, and wait until nobody else can come in."""
        self.shutdown()
        self.server_close()
        self.thread.join()


def free_port() -> int:
    """Return a port that nobody listens at, and that no outgoing connection is given.

    Systems give those above 32768 to whoever asks: a port of ours stays free while it is cut.
    """
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                trial.bind((HOST, port))
                return port
