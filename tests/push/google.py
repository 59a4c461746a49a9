"""A stand-in for Google's push service: checks Chromium in, registers it, holds its line open."""

import secrets
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs

from tests.push import wire
from tests.push.certificate import Certificate
from tests.push.post_office import Box, Message, PostOffice, counter, decoded
from webapp.clock import utc_now

HOST = "jmt17.google.com"
"""Debian's Chromium gives this name to its subscriptions; Chrome says fcm.googleapis.com."""
HOSTS = [HOST, "fcm.googleapis.com", "localhost"]
PATH = "/fcm/send/"
WEB_PUSH = "wp:"
"""How subscriptions of sites begin; Chromium registers for ends of its own too."""
VERSION = 41
PING, PING_ANSWER, LOGIN, LOGIN_ANSWER, CLOSE, STANZA, MESSAGE = 0, 1, 2, 3, 4, 7, 8
"""Tags of the mobile connection server's messages."""


@dataclass
class Token:
    """One subscription: the application it names itself by, who may send, where messages wait."""

    app: str
    sender: str
    box: Box
    subtype: str


@dataclass
class Line:
    """One Chromium that is connected. `sent` is what it has not acknowledged, by its number."""

    stream: Any
    spoken: int = 0
    sent: dict[int, tuple[Box, str]] = field(default_factory=dict)

    def say(self, tag: int, message: bytes) -> None:
        """Send; a browser that has just left gets what waits when it comes back."""
        self.spoken += 1
        with suppress(OSError):
            self.stream.sendall(bytes([tag]) + wire.number(len(message)) + message)


class Google(PostOffice):
    """Google's side: who is connected, and what each has registered."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.tokens: dict[str, dict[str, Token]] = {}
        self.lines: dict[str, Line] = {}
        self.origin = f"https://{HOST}"
        self.deliver = self._deliver
        self.is_connected = lambda box: self._device_of(box) in self.lines

    def posted(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """Answer a sender."""
        return self.post(path.removeprefix(PATH), headers, body), b""

    def asked(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """Answer a browser that checks in or registers."""
        return 200, _checked_in() if path == "/checkin" else self._registered(headers, body)

    def _registered(self, headers: Mapping[str, str], body: bytes) -> bytes:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        device = headers["authorization"].split()[1].partition(":")[0]
        subtype = form.get("X-subtype", "")
        if not subtype.startswith(WEB_PUSH):
            return f"token={secrets.token_urlsafe(8)}".encode()
        with self.lock:
            tokens = self.tokens.setdefault(device, {})
            known = tokens.pop(subtype, None)
            if known is not None:
                self.close_box(known.box)
            if "delete" in form:
                return f"token={form['app']}".encode()
            box = self.open_box(decoded(form["sender"]))
            tokens[subtype] = Token(form["app"], form["sender"], box, subtype)
            return f"token={box.token}".encode()

    def serve(self, stream: socket.socket) -> None:
        """Speak with one Chromium until it leaves."""
        line, device = Line(stream), ""
        read = _reader(stream)
        with suppress(OSError, EOFError):
            read(1)
            while True:
                tag = read(1)[0]
                message = read(wire.read_number(read))
                device = device or self._logged_in(line, message)
                self._hear(line, tag, message)
        with self.lock:
            if self.lines.get(device) is line:
                del self.lines[device]
            self.changed()

    def _logged_in(self, line: Line, login: bytes) -> str:
        said = wire.texts(login)
        device = said[3][0].decode()
        got = [name.decode() for name in said.get(10, [])]
        with self.lock:
            line.stream.sendall(bytes([VERSION]))
            line.say(LOGIN_ANSWER, wire.octets(1, said[1][0]))
            self.lines[device] = line
            for token in self.tokens.get(device, {}).values():
                self.acknowledged(token.box, got)
                self._deliver(token.box, self.waiting_for(token.box))
            self.changed()
        return device

    def _hear(self, line: Line, tag: int, message: bytes) -> None:
        """Take what the browser has got: each of its messages counts ours."""
        field_of_count = {PING: 2, PING_ANSWER: 2, STANZA: 10, MESSAGE: 11}
        with self.lock:
            if tag == PING:
                line.say(PING_ANSWER, b"")
            got = wire.numbers(message).get(field_of_count.get(tag, 0), 0)
            for number in [each for each in line.sent if each <= got]:
                box, name = line.sent.pop(number)
                self.acknowledged(box, [name])

    def _deliver(self, box: Box, messages: list[Message]) -> None:
        device = self._device_of(box)
        token = next(each for each in self.tokens[device].values() if each.box is box)
        line = self.lines.get(device)
        if line is None:
            return
        for message in messages:
            line.say(MESSAGE, _stanza(token, message.name, message.body))
            line.sent[line.spoken] = (box, message.name)
            line.say(PING, b"")

    def _device_of(self, box: Box) -> str:
        return next(
            device
            for device, tokens in self.tokens.items()
            if any(each.box is box for each in tokens.values())
        )


def _checked_in() -> bytes:
    name, secret = secrets.randbits(62) | 1, secrets.randbits(62) | 1
    return wire.numbered(1, 1) + wire.fixed(7, name) + wire.fixed(8, secret)


def _stanza(token: Token, name: str, body: bytes) -> bytes:
    told = {"subtype": token.subtype, "content-encoding": "aes128gcm"}
    pairs = [wire.octets(1, key) + wire.octets(2, value) for key, value in told.items()]
    return b"".join(
        [
            wire.octets(3, token.sender),
            wire.octets(5, token.app),
            *(wire.octets(7, pair) for pair in pairs),
            wire.octets(9, name),
            wire.octets(21, body),
        ]
    )


def _reader(stream: socket.socket) -> Any:
    taken = stream.makefile("rb")

    def read(count: int) -> bytes:
        octets = taken.read(count)
        if len(octets) < count:
            raise EOFError
        return octets

    return read


class _Lines(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def google(
    certificate: Certificate, now: Callable[[], datetime] = utc_now
) -> Iterator[tuple[Google, dict[str, int]]]:
    """Run the service; give it, and the ports it answers on."""
    service = Google(now)

    class Answer(StreamRequestHandler):
        def handle(self) -> None:
            service.serve(self.request)

    with (
        counter(service.asked) as asked,
        counter(service.posted, certificate.tls) as posted,
        _Lines(("127.0.0.1", 0), Answer) as lines,
    ):
        lines.socket = certificate.tls.wrap_socket(
            lines.socket, server_side=True, do_handshake_on_connect=False
        )
        thread = threading.Thread(target=lines.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service, {"asked": asked, "posted": posted, "lines": lines.server_address[1]}
        finally:
            lines.shutdown()
            thread.join()
