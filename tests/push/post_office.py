"""What every push service does with messages: checks who sends, keeps them, knows who is gone."""

import base64
import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from tests.push.watched import Watched

CREATED, REFUSED, NOT_OURS, GONE, TOO_LARGE = 201, 400, 403, 410, 413
LARGEST = 4096
"""Octets of a body that a push service must take: RFC 8030, section 7.2."""
LONGEST_SIGNED = timedelta(hours=24)
"""How far ahead a signature may end: RFC 8292, section 2."""


def decoded(text: str) -> bytes:
    """Return the octets of base64url, padded or not."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(octets: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@dataclass(frozen=True)
class Message:
    """One message that the service took."""

    name: str
    body: bytes
    headers: Mapping[str, str]
    expires_at: datetime


@dataclass
class Box:
    """Where messages to one subscription wait until its browser has acknowledged them.

    `key` is the public key of the one application that may write to it: RFC 8292, section 4.
    """

    token: str
    key: bytes
    waiting: list[Message] = field(default_factory=list)
    taken: list[Message] = field(default_factory=list)
    is_gone: bool = False


class PostOffice(Watched):
    """The boxes of one push service. `deliver` is called with the lock held, for what is new."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.now = now
        self.origin = ""
        self.boxes: dict[str, Box] = {}
        self.answers: list[int] = []
        self.deliver: Callable[[Box, list[Message]], None] = lambda _box, _messages: None
        self.is_connected: Callable[[Box], bool] = lambda _box: False

    def open_box(self, key: bytes) -> Box:
        """Make the box of a new subscription."""
        with self.lock:
            box = Box(secrets.token_urlsafe(24), key)
            self.boxes[box.token] = box
            self.changed()
            return box

    def __repr__(self) -> str:
        """Tell how it stands, for whoever reads why a test failed."""
        boxes = (f"{len(box.waiting)} wait, {len(box.taken)} taken" for box in self.boxes.values())
        return f"{type(self).__name__}(answered {self.answers}, {'; '.join(boxes)})"

    def live_boxes(self) -> list[Box]:
        """Return the boxes of those subscriptions that nobody has ended."""
        with self.lock:
            return [box for box in self.boxes.values() if not box.is_gone]

    def close_box(self, box: Box) -> None:
        """Let a subscription be gone: whoever writes to it hears 410."""
        with self.lock:
            box.is_gone = True
            box.waiting.clear()
            self.changed()

    def acknowledged(self, box: Box, names: list[str]) -> None:
        """Forget what a browser has got."""
        with self.lock:
            box.taken += [each for each in box.waiting if each.name in names]
            box.waiting = [each for each in box.waiting if each.name not in names]
            self.changed()

    def waiting_for(self, box: Box) -> list[Message]:
        """Return what is still of use to a subscription, oldest first."""
        now = self.now()
        box.waiting = [each for each in box.waiting if each.expires_at > now]
        return list(box.waiting)

    def post(self, token: str, headers: Mapping[str, str], body: bytes) -> int:
        """Take a message as RFC 8030 says, and return the status of the answer."""
        with self.lock:
            status = self._refusal(token, headers, body)
            if status is None:
                self._keep(self.boxes[token], headers, body)
                status = CREATED
            self.answers.append(status)
            self.changed()
            return status

    def _refusal(self, token: str, headers: Mapping[str, str], body: bytes) -> int | None:
        box = self.boxes.get(token)
        if box is None or box.is_gone:
            return GONE
        if len(body) > LARGEST:
            return TOO_LARGE
        if headers.get("content-encoding") != "aes128gcm" or not headers["ttl"].isdigit():
            return REFUSED
        signed = is_signed(headers["authorization"], box.key, self.origin, self.now())
        return None if signed else NOT_OURS

    def _keep(self, box: Box, headers: Mapping[str, str], body: bytes) -> None:
        topic, lives = headers.get("topic"), timedelta(seconds=int(headers["ttl"]))
        if topic is not None:
            box.waiting = [each for each in box.waiting if each.headers.get("topic") != topic]
        if not lives and not self.is_connected(box):
            return
        message = Message(secrets.token_hex(12), body, dict(headers), self.now() + lives)
        box.waiting.append(message)
        self.deliver(box, [message])


def is_signed(authorization: str, key: bytes, audience: str, now: datetime) -> bool:
    """Say whether a message comes from the application of `key` and was meant for this service."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(each.strip().split("=", 1) for each in rest.split(","))
    if scheme != "vapid" or decoded(parts["k"]) != key:
        return False
    signed, _, signature = parts["t"].rpartition(".")
    head, claims = (json.loads(decoded(each)) for each in signed.split("."))
    ends = claims["exp"] - now.timestamp()
    return (
        head["alg"] == "ES256"
        and claims["aud"] == audience
        and claims["sub"].startswith(("mailto:", "https:"))
        and 0 < ends <= LONGEST_SIGNED.total_seconds()
        and _is_right(key, decoded(signature), signed.encode())
    )


def _is_right(key: bytes, signature: bytes, signed: bytes) -> bool:
    half = len(signature) // 2
    numbers = (int.from_bytes(each, "big") for each in (signature[:half], signature[half:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    try:
        public.verify(utils.encode_dss_signature(*numbers), signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


class Counter(BaseHTTPRequestHandler):
    """Where an HTTP server takes posts: `posted` gets path, headers and body, gives the answer."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    posted: Callable[[str, Mapping[str, str], bytes], tuple[int, bytes]]

    def do_POST(self) -> None:
        """Answer one post."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, answer = type(self).posted(self.path, headers, body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        if status == CREATED:
            self.send_header("TTL", headers["ttl"])
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: Any) -> None:
        """Say nothing: the tests speak for themselves."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        """A browser that leaves in the middle of a request is no fault."""


@contextmanager
def counter(
    posted: Callable[[str, Mapping[str, str], bytes], tuple[int, bytes]],
    tls: SSLContext | None = None,
) -> Iterator[int]:
    """Take posts on a free port, and give that port."""
    kind = type("_Counter", (Counter,), {"posted": staticmethod(posted)})
    server = _Server(("127.0.0.1", 0), kind)
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
