"""A certificate authority of the tests' own, for the stand-ins that must speak TLS."""

import base64
import ssl
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from webapp.clock import utc_now


@dataclass(frozen=True)
class Certificate:
    """What servers use (`tls`), what senders trust (`authority`), what Chromium is told."""

    tls: ssl.SSLContext
    authority: Path
    fingerprint: str


def certificate_for(names: list[str], folder: Path) -> Certificate:
    """Make a certificate for servers of these names, and the authority that vouches for it."""
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _each in range(2))
    authority = _signed("The authority of the tests", ca_key, ca_key, _authority())
    wanted = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    own = _signed(
        names[0], key, ca_key, [(wanted, False), (x509.BasicConstraints(False, None), True)]
    )
    pem = serialization.Encoding.PEM
    trusted, both = folder / "authority.pem", folder / "server.pem"
    trusted.write_bytes(authority.public_bytes(pem))
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    both.write_bytes(secret + own.public_bytes(pem))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(both)
    return Certificate(tls, trusted, _fingerprint(key.public_key()))


def _authority() -> list[tuple[x509.ExtensionType, bool]]:
    may = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    usage = x509.KeyUsage(key_cert_sign=True, crl_sign=True, **may)
    return [(x509.BasicConstraints(True, 0), True), (usage, True)]


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: ec.EllipticCurvePrivateKey,
    extensions: list[tuple[x509.ExtensionType, bool]],
) -> x509.Certificate:
    by = "The authority of the tests"
    subject, authority = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, by)
    )
    now = utc_now()
    builder = (
        x509.CertificateBuilder(authority, subject, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    return builder.sign(issuer, SHA256())


def _fingerprint(key: ec.EllipticCurvePublicKey) -> str:
    """Return how `--ignore-certificate-errors-spki-list` names a key."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    octets = key.public_bytes(serialization.Encoding.DER, form)
    return base64.b64encode(sha256(octets).digest()).decode()
