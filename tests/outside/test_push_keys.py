"""Keys of browsers are checked before they are kept; ours sign who sends."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.outside.conftest import PRIVATE_KEY, SUBJECT
from tests.outside.push_server import Phone
from webapp.webpush import check_keys, public_key
from webapp.webpush.keys import Signer, decoded, encoded

GOOGLE, APPLE = "https://fcm.googleapis.com", "https://web.push.apple.com"
OFF_THE_CURVE = encoded(b"\4" + bytes(range(64)))


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def signer(clock: Clock) -> Signer:
    return Signer(PRIVATE_KEY, SUBJECT, clock)


def test_the_keys_of_a_browser_are_taken(phone: Phone) -> None:
    check_keys(phone.public_key, phone.auth_secret)
    check_keys(f"{phone.public_key}=", f"{phone.auth_secret}==")


def compressed(phone: Phone) -> str:
    raw = decoded(phone.public_key)
    return encoded(bytes([2 + raw[-1] % 2]) + raw[1:33])


def test_keys_that_are_none_are_refused(phone: Phone) -> None:
    hybrid = encoded(b"\6" + decoded(phone.public_key)[1:])
    points = (
        hybrid,
        "",
        "é",
        "not base64!",
        phone.public_key[:-4],
        OFF_THE_CURVE,
        compressed(phone),
    )
    for point in points:
        with pytest.raises(ValueError):
            check_keys(point, phone.auth_secret)
    for secret in ("", encoded(bytes(15)), encoded(bytes(17)), "AA AA", "é"):
        with pytest.raises(ValueError):
            check_keys(phone.public_key, secret)


def test_our_public_key_is_a_point_that_browsers_take() -> None:
    key = public_key(PRIVATE_KEY)
    assert len(key) == 87
    check_keys(key, encoded(bytes(16)))
    assert public_key(f"{PRIVATE_KEY}=") == key


def claims(header: str, clock: Clock) -> dict[str, object]:
    """Return what a header claims, once its signature is checked (RFC 8292 section 3)."""
    scheme, _, parameters = header.partition(" ")
    found = dict(each.split("=", 1) for each in parameters.split(", "))
    assert (scheme, found["k"]) == ("vapid", public_key(PRIVATE_KEY))
    signed, _, signature = found["t"].rpartition(".")
    raw = decoded(signature)
    assert len(raw) == 64
    numbers = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(found["k"]))
    point.verify(encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(SHA256()))
    head, body = (json.loads(base64.urlsafe_b64decode(f"{x}==")) for x in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    return dict(body)


def test_a_header_says_who_sends_to_whom_and_until_when(signer: Signer, clock: Clock) -> None:
    assert claims(signer.header(GOOGLE), clock) == {
        "aud": GOOGLE,
        "sub": SUBJECT,
        "exp": int((clock.now + timedelta(hours=12)).timestamp()),
    }


def test_each_service_has_a_signature_of_its_own(signer: Signer, clock: Clock) -> None:
    assert [claims(signer.header(each), clock)["aud"] for each in (GOOGLE, APPLE, GOOGLE)] == [
        GOOGLE,
        APPLE,
        GOOGLE,
    ]


@pytest.mark.parametrize(
    ("moved", "is_kept"),
    [
        (timedelta(0), True),
        (timedelta(hours=6, seconds=-1), True),
        (timedelta(hours=6), False),
        (timedelta(days=400), False),
        (timedelta(seconds=-1), False),
        (timedelta(days=-1), False),
    ],
)
def test_a_signature_serves_for_six_hours(
    signer: Signer, clock: Clock, moved: timedelta, is_kept: bool
) -> None:
    first = signer.header(GOOGLE)
    clock.now += moved
    assert (signer.header(GOOGLE) == first) is is_kept
    expires = datetime.fromtimestamp(int(str(claims(signer.header(GOOGLE), clock)["exp"])), UTC)
    assert timedelta(hours=6) < expires - clock.now <= timedelta(hours=12)


def test_signatures_do_not_pile_up(signer: Signer) -> None:
    first = signer.header(GOOGLE)
    for number in range(499):
        signer.header(f"https://{number}.push.apple.com")
    assert signer.header(GOOGLE) == first
    signer.header(APPLE)
    assert signer.header(GOOGLE) != first
