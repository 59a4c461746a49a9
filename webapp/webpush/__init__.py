"""Hands letters to the push services of the browsers (RFC 8030); knows no database and no words."""

from webapp.webpush.guard import EndpointRefused, Guard
from webapp.webpush.keys import check_keys, public_key
from webapp.webpush.letters import Letter, Reply, Result, Target
from webapp.webpush.sender import Sender

__all__ = [
    "EndpointRefused",
    "Guard",
    "Letter",
    "Reply",
    "Result",
    "Sender",
    "Target",
    "check_keys",
    "public_key",
]
