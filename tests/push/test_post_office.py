"""The stand-ins are as strict as the real services: else they would prove nothing of our sender."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.push.conftest import VAPID_KEY
from tests.push.outside import SUBJECT
from tests.push.post_office import LARGEST, Box, PostOffice, decoded
from webapp.webpush import public_key
from webapp.webpush.keys import Signer

ORIGIN = "https://push.example.org"
NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
OTHER_KEY = "A" * 42 + "E"


@pytest.fixture
def office() -> PostOffice:
    """Give a push service that stands at one instant, with nobody connected."""
    office = PostOffice(lambda: NOW)
    office.origin = ORIGIN
    return office


@pytest.fixture
def box(office: PostOffice) -> Box:
    """Give the box of a browser that subscribed for our key."""
    return office.open_box(decoded(public_key(VAPID_KEY)))


def signed(key: str = VAPID_KEY, origin: str = ORIGIN, at: datetime = NOW) -> str:
    return Signer(key, SUBJECT, lambda: at).header(origin)


def post(office: PostOffice, box: Box, body: bytes = b"!", **headers: str) -> int:
    said = {"ttl": "60", "content-encoding": "aes128gcm", "authorization": signed()}
    return office.post(box.token, said | headers, body)


def test_it_keeps_a_message_until_it_is_taken(office: PostOffice, box: Box) -> None:
    assert post(office, box) == 201
    [message] = office.waiting_for(box)
    office.acknowledged(box, [message.name])
    assert office.waiting_for(box) == []
    assert box.taken == [message]


def test_a_message_lives_no_longer_than_it_should(office: PostOffice, box: Box) -> None:
    post(office, box, ttl="60")
    post(office, box, ttl="0")
    assert len(office.waiting_for(box)) == 1
    office.now = lambda: NOW + timedelta(seconds=60)
    assert office.waiting_for(box) == []


def test_a_topic_replaces_what_waits(office: PostOffice, box: Box) -> None:
    for body, topic in ((b"1", "a"), (b"2", "b"), (b"3", "a")):
        post(office, box, body, topic=topic)
    assert [each.body for each in office.waiting_for(box)] == [b"2", b"3"]


@pytest.mark.parametrize(
    "authorization",
    [
        signed(OTHER_KEY),
        signed(origin="https://elsewhere.example.org"),
        signed(at=NOW - timedelta(hours=13)),
        signed(at=NOW + timedelta(hours=13)),
        signed(OTHER_KEY).partition(", k=")[0] + f", k={public_key(VAPID_KEY)}",
    ],
    ids=["another key", "another service", "too old", "too far ahead", "a forged signature"],
)
def test_it_takes_nothing_from_others(office: PostOffice, box: Box, authorization: str) -> None:
    assert post(office, box, authorization=authorization) == 403
    assert office.waiting_for(box) == []


def test_it_takes_no_message_that_is_too_large(office: PostOffice, box: Box) -> None:
    assert post(office, box, b"!" * LARGEST) == 201
    assert post(office, box, b"!" * (LARGEST + 1)) == 413


def test_it_says_who_is_gone(office: PostOffice, box: Box) -> None:
    post(office, box)
    office.close_box(box)
    assert post(office, box) == 410
    assert office.waiting_for(box) == []
