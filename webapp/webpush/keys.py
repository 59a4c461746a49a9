"""The keys of the browsers and our own, with which we sign who sends (VAPID, RFC 8292)."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_BYTES = 65
"""A point of P-256, not compressed: 4, x and y."""

SECRET_BYTES = 16
NUMBER_BYTES = 32

HOLDS = timedelta(hours=12)
"""How long a signature is good for; RFC 8292 allows 24 hours."""

RENEWED_AFTER = timedelta(hours=6)
MOST_SIGNATURES = 500
"""Kept at once. A browser may name a service that nobody has heard of."""


def check_keys(public_key: str, auth_secret: str) -> None:
    """Raise ValueError unless a browser can read what is encrypted with its keys.

    A point on the curve P-256, not compressed, and 16 octets (RFC 8291 section 3).
    """
    point = decoded(public_key)
    if len(point) != POINT_BYTES:
        raise ValueError("The public key is not 65 octets.")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    if len(decoded(auth_secret)) != SECRET_BYTES:
        raise ValueError("The secret is not 16 octets.")


def public_key(private_key: str) -> str:
    """Return what a browser wants as `applicationServerKey`: our point, in base64url."""
    public = _signing_key(private_key).public_key()
    return encoded(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def encoded(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read base64url, padded or not. Raises ValueError where it is none."""
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)


def _signing_key(private_key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(private_key), "big"), ec.SECP256R1())


@dataclass(frozen=True, slots=True)
class _Signature:
    made_at: datetime
    header: str

    def serves_at(self, now: datetime) -> bool:
        """Say if it is still good. It is not where the clock went back behind its making."""
        return timedelta(0) <= now - self.made_at < RENEWED_AFTER


class Signer:
    """Signs who sends, once for many letters to the same push service.

    `subject` is where the service reaches us: mailto: or https:.
    """

    def __init__(self, private_key: str, subject: str, now: Callable[[], datetime]) -> None:
        self._key = _signing_key(private_key)
        self._public_key = public_key(private_key)
        self._subject = subject
        self._now = now
        self._kept: dict[str, _Signature] = {}

    def header(self, origin: str) -> str:
        """Return the value of the Authorization header for the push service at `origin`."""
        now = self._now()
        kept = self._kept.get(origin)
        if kept is None or not kept.serves_at(now):
            if len(self._kept) >= MOST_SIGNATURES:
                self._kept.clear()
            kept = _Signature(now, f"vapid t={self._token(origin, now)}, k={self._public_key}")
            self._kept[origin] = kept
        return kept.header

    def _token(self, origin: str, now: datetime) -> str:
        """Return a signed JSON web token (RFC 7515, ES256)."""
        claims = {"aud": origin, "exp": int((now + HOLDS).timestamp()), "sub": self._subject}
        signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
        numbers = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = b"".join(number.to_bytes(NUMBER_BYTES, "big") for number in numbers)
        return f"{signed}.{encoded(signature)}"


def _json(values: dict[str, object]) -> str:
    return encoded(json.dumps(values, separators=(",", ":")).encode())
