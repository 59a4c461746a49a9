"""What the tests of the outside may ask for: a sender, a push service, a phone."""

from collections.abc import Iterator

import pytest

from tests.outside.push_server import Phone, PushServer
from webapp.webpush import Guard, Sender

PRIVATE_KEY = "GrzBQI9MeLKHp5xcQS4W1jPNKgcHtCTNk5iGqFNDNbE"
SUBJECT = "mailto:team@example.org"


@pytest.fixture
def phone() -> Phone:
    """Give the keys of one browser."""
    return Phone()


@pytest.fixture
def service() -> Iterator[PushServer]:
    """Give a push service on this machine, without TLS. It takes everything."""
    with PushServer() as running:
        yield running


@pytest.fixture
def sender() -> Iterator[Sender]:
    """Give a sender that may send to this machine."""
    with Sender(PRIVATE_KEY, SUBJECT, Guard((), to_loopback=True), seconds=10) as opened:
        yield opened


@pytest.fixture
def hurried() -> Iterator[Sender]:
    """Give a sender that is not patient."""
    with Sender(PRIVATE_KEY, SUBJECT, Guard((), to_loopback=True), seconds=1) as opened:
        yield opened
