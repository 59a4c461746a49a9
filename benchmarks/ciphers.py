"""The floor of sending: what the cryptography of one message costs, whoever sends it.

A key pair on P-256, the browser's point and the secret shared with it, the two steps of HKDF, and
AES-GCM (RFC 8291), by hand on `cryptography`: no text, no signature, no network.
"""

import time
from os import urandom

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT = Encoding.X962, PublicFormat.UncompressedPoint
PLAIN = b"x" * 300
"""As long as a reminder in the browsers' form is."""
MESSAGES = 2_000


def cost() -> float:
    """Return the processor time that the cryptography of one message takes, in nanoseconds."""
    point = ec.generate_private_key(CURVE).public_key().public_bytes(*POINT)
    secret = urandom(16)
    before = time.process_time_ns()
    for _each in range(MESSAGES):
        _encrypted(point, secret)
    return (time.process_time_ns() - before) / MESSAGES


def _encrypted(point: bytes, secret: bytes) -> bytes:
    browser = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    own = ec.generate_private_key(CURVE)
    own_point = own.public_key().public_bytes(*POINT)
    shared, salt = own.exchange(ec.ECDH(), browser), urandom(16)
    both = _derived(shared, secret, b"WebPush: info\0" + point + own_point, 32)
    key = _derived(both, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(both, salt, b"Content-Encoding: nonce\0", 12)
    return AESGCM(key).encrypt(nonce, PLAIN + b"\x02", None)


def _derived(secret: bytes, salt: bytes, what: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, what).derive(secret)
