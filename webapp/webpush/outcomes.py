"""Reads what a push service answered: one rule for every status."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from webapp.webpush.letters import Result

ANOTHER_KEY = (b"do not correspond", b"VapidPkHashMismatch", b"VAPID public key mismatch")
"""How Google, Apple and Mozilla say that the browser subscribed with another key than ours."""

LONGEST_WAIT_SECONDS = 24 * 60 * 60.0

RESULTS = {
    **dict.fromkeys((200, 201, 202, 204), Result.ACCEPTED),
    **dict.fromkeys((404, 410), Result.GONE),
    **dict.fromkeys((401, 403), Result.OUR_FAULT),
    **dict.fromkeys((406, 429, 503), Result.WAIT),
    **dict.fromkeys((408, 425), Result.RETRY),
    413: Result.TOO_LARGE,
}
"""406 is how the service of Windows slows senders down."""

KEY_REFUSED = {400, 401, 403}
SERVER_ERRORS = range(500, 600)


def result_of(status: int, body: bytes) -> Result:
    """Say what an answer means; `body` is its beginning."""
    if status in KEY_REFUSED and any(words in body for words in ANOTHER_KEY):
        return Result.GONE
    otherwise = Result.RETRY if status in SERVER_ERRORS else Result.REFUSED
    return RESULTS.get(status, otherwise)


def retry_after(headers: Iterable[bytes], now: datetime) -> float | None:
    """Return the seconds that an answer asks us to wait, at most a day; None if it does not say.

    `headers` are its lines. The value is a number of seconds or a date (RFC 9110 section 10.2.3).
    """
    for line in headers:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"retry-after":
            seconds = _seconds(value.decode("latin-1").strip(), now)
            return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)
    return None


def _seconds(text: str, now: datetime) -> float | None:
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds()
