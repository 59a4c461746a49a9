"""What the pages need to know of the ways out: our public key, the push services, and e-mail."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app

from webapp.config import Settings
from webapp.domain.subscriptions import Address
from webapp.webpush import Guard, check_keys, public_key


@dataclass(frozen=True, slots=True)
class Pushing:
    """How messages leave this installation.

    `server_key` is our public key, "" where we have none. `by_mail` says that e-mail is set up.
    """

    guard: Guard
    server_key: str
    by_mail: bool


def init_app(app: Flask, settings: Settings) -> None:
    """Let the pages of `app` ask how messages leave."""
    key = settings.vapid_private_key
    app.extensions["pushing"] = Pushing(
        guard=Guard(settings.push_hosts, settings.push_to_loopback),
        server_key=public_key(key) if key else "",
        by_mail=bool(settings.mail_url),
    )


def pushing() -> Pushing:
    """Return how messages leave this installation."""
    found: Pushing = current_app.extensions["pushing"]
    return found


def read_address(form: Mapping[str, str]) -> Address:
    """Return what a browser says about where it takes messages.

    Raises ValueError where we may not send there, where nobody could read what we encrypt with
    its keys, and where it was made for another key than ours. No text of it names the address.
    """
    address = Address(
        endpoint=form.get("endpoint", ""),
        public_key=form.get("p256dh", ""),
        auth_secret=form.get("auth", ""),
        server_key=form.get("server_key", "").rstrip("="),
    )
    pushing().guard.check(address.endpoint)
    check_keys(address.public_key, address.auth_secret)
    if not address.server_key or address.server_key != pushing().server_key:
        raise ValueError("made for another key than ours")
    return address


def fingerprint(endpoint: str) -> str:
    """Return by what a browser knows its own address again: it is never told to a page itself."""
    return hashlib.sha256(endpoint.encode()).hexdigest()
