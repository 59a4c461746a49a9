"""What goes to a push service and what comes back: plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What a push service made of a letter, as far as its sender is concerned.

    `accepted`: the service took it; nobody knows if the person saw it. `gone`: that browser takes
    nothing more at this address. `our_fault`: the service refuses our key, subject or clock, so
    that nothing of ours passes there. `wait`: it asks for patience. `retry`: it was not to be
    reached, or is ill. `too_large`: never as it is. `refused`: never at all.
    """

    ACCEPTED = "accepted"
    GONE = "gone"
    OUR_FAULT = "our_fault"
    WAIT = "wait"
    RETRY = "retry"
    TOO_LARGE = "too_large"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Target:
    """One browser: where its push service takes letters, and the keys that it alone can read with.

    The `endpoint` is a secret: who knows it can send. `public_key` and `auth_secret` are the
    base64url texts that the browser gave as `p256dh` and `auth`.
    """

    endpoint: str
    public_key: str
    auth_secret: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one browser.

    `ttl_seconds` is how long the service keeps it for a phone that is off, `urgency` one of
    very-low, low, normal and high. A letter replaces an older one with the same `topic` that was
    not delivered; at most 32 characters of base64url (RFC 8030 sections 5.2 to 5.4).
    """

    target: Target
    payload: bytes
    ttl_seconds: int
    urgency: str
    topic: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a letter. Where nothing came back, `status` is none.

    `host` is the name of the push service, "" where the endpoint is no address at all.
    `retry_after_seconds` is how long the service wants to be left alone, if it said so.
    """

    result: Result
    host: str
    status: int | None = None
    retry_after_seconds: float | None = None
