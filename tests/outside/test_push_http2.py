"""Letters to services that speak HTTP/2, where one connection carries many of them."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.outside import http2_service
from tests.outside.conftest import PRIVATE_KEY, SUBJECT
from tests.outside.push_server import Phone
from tests.push.certificate import Certificate, certificate_for
from webapp.webpush import Guard, Reply, Result, Sender

HOST = "push.example.org"
SECONDS = 30
"""Longer than a busy machine needs to start a server."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_for([HOST], tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def place(certificate: Certificate) -> Iterator[str]:
    """Run the service, and say where it is."""
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    both = certificate.authority.with_name("server.pem")
    words = [sys.executable, http2_service.__file__, str(port), str(both)]
    with subprocess.Popen(words, cwd=Path.cwd()) as running:  # noqa: S603 - our own program
        try:
            wait_for(port)
            yield f"127.0.0.1:{port}"
        finally:
            running.terminate()


def wait_for(port: int) -> None:
    """Return once somebody listens."""
    late = time.monotonic() + SECONDS
    while time.monotonic() < late:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
    raise TimeoutError


@pytest.fixture
def sender(certificate: Certificate, place: str) -> Iterator[Sender]:
    guard, connect = Guard((HOST,), to_loopback=True), {HOST: place}
    with Sender(
        PRIVATE_KEY, SUBJECT, guard, connect=connect, ca_file=certificate.authority
    ) as opened:
        yield opened


def test_letters_go_over_http2(sender: Sender, phone: Phone) -> None:
    letters = [phone.letter(f"https://{HOST}/{number}") for number in range(400)]
    replies = [reply for _letter, reply in sender.send(letters)]
    assert replies == 400 * [Reply(Result.ACCEPTED, HOST, 201)]


def test_a_huge_reply_disturbs_no_other(sender: Sender, phone: Phone) -> None:
    paths = 10 * ["huge", "a", "b"]
    replies = sender.send(phone.letter(f"https://{HOST}/{path}") for path in paths)
    assert [reply.status for _letter, reply in replies] == len(paths) * [201]
