"""A push service that takes everything, in a process of its own and on a processor of its own.

It reads nothing but how long a message is. Its own work is in no number of the table.
"""

import asyncio
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Sink:
    """Where it listens, and who signed for it."""

    origin: str
    ca_file: Path | None


class _Phone(asyncio.Protocol):
    """One kept connection: each whole request gets its answer, after `delay` seconds."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - TCP writes
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._end()) and len(self._buffer) >= end:
            self._buffer = self._buffer[end:]
            if self._delay:
                asyncio.get_running_loop().call_later(self._delay, self._answer)
            else:
                self._answer()

    def _end(self) -> int:
        """Return how long the first request is; 0 where its head is not whole yet."""
        head = self._buffer.find(b"\r\n\r\n")
        found = LENGTH.search(self._buffer, 0, head) if head >= 0 else None
        return head + 4 + (int(found[1]) if found else 0) if head >= 0 else 0

    def _answer(self) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(ANSWER)


@contextmanager
def sink(folder: Path, *, tls: bool = False, delay_seconds: float = 0) -> Iterator[Sink]:
    """Start the service, give it when it listens, and stop it at the end."""
    certificate = _certificate(folder) if tls else None
    command = [sys.executable, "-m", "benchmarks.push_sink", str(delay_seconds)]
    command += [str(certificate)] if certificate else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            port = int(server.stdout.readline()) if server.stdout else 0
            yield Sink(f"{'https' if tls else 'http'}://{HOST}:{port}", certificate)
        finally:
            server.terminate()


def _certificate(folder: Path) -> Path:
    """Write a certificate for this machine that signs for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "benchmarks")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    own = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "service.pem"
    path.write_bytes(made.public_bytes(Encoding.PEM) + own)
    return path


async def _serve(delay: float, certificate: Path | None) -> None:
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Phone(delay), HOST, 0, ssl=context, backlog=1000)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    # The last processor; the one who sends has the first.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    asyncio.run(_serve(float(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None))
