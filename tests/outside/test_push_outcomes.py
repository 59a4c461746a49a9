"""What a push service answers, and what that means for the letter and the phone."""

from datetime import UTC, datetime

import pytest

from webapp.webpush.letters import Result
from webapp.webpush.outcomes import result_of, retry_after

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)

MEANING = {
    Result.ACCEPTED: (200, 201, 202, 204),
    Result.GONE: (404, 410),
    Result.OUR_FAULT: (401, 403),
    Result.WAIT: (406, 429, 503),
    Result.RETRY: (408, 425, 500, 502, 504, 507, 599),
    Result.TOO_LARGE: (413,),
    Result.REFUSED: (
        203,
        206,
        300,
        301,
        302,
        303,
        307,
        308,
        400,
        402,
        405,
        411,
        415,
        422,
        431,
        600,
    ),
}


@pytest.mark.parametrize(
    ("status", "result"), [(status, result) for result in Result for status in MEANING[result]]
)
def test_every_status_has_its_rule(status: int, result: Result) -> None:
    assert result_of(status, b"") is result


GOOGLE = (
    b"the VAPID credentials in the authorization header do not correspond to the credentials "
    b"used to create the subscriptions."
)
APPLE = b'{"reason":"VapidPkHashMismatch"}'
MOZILLA = b'{"code":401,"errno":109,"error":"Unauthorized","message":"VAPID public key mismatch"}'


@pytest.mark.parametrize(
    ("status", "body"), [(403, GOOGLE), (400, APPLE), (403, APPLE), (401, MOZILLA)]
)
def test_a_phone_that_subscribed_with_another_key_must_subscribe_again(
    status: int, body: bytes
) -> None:
    assert result_of(status, body) is Result.GONE
    assert result_of(500, body) is Result.RETRY


@pytest.mark.parametrize(
    ("status", "body", "result"),
    [
        (403, b'{"reason":"BadJwtToken"}', Result.OUR_FAULT),
        (401, b'{"message":"Invalid VAPID audience"}', Result.OUR_FAULT),
        (400, b'{"reason":"BadWebPushTopic"}', Result.REFUSED),
    ],
)
def test_other_refusals_of_our_key_never_remove_a_phone(
    status: int, body: bytes, result: Result
) -> None:
    assert result_of(status, body) is result


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"0", 0),
        (b"120", 120),
        (b"  7 ", 7),
        (b"86401", 86400),
        (b"9" * 5000, 86400),
        (b"Mon, 23 Nov 2026 13:02:00 GMT", 120),
        (b"Monday, 23-Nov-26 13:02:00 GMT", 120),
        (b"Mon Nov 23 13:02:00 2026", 120),
        (b"Mon, 23 Nov 2026 12:00:00 GMT", 0),
        (b"Tue, 23 Nov 2027 13:00:00 GMT", 86400),
        (b"", None),
        (b"soon", None),
        (b"-5", None),
        (b"1.5", None),
        (b"\xb2", None),
        (b"Mon, 99 Nov 2026 13:02:00 GMT", None),
        (b"Mon, 23 Nov 999999999999 13:02:00 GMT", None),
    ],
)
def test_a_service_may_say_how_long_to_wait(value: bytes, seconds: float | None) -> None:
    lines = [b"HTTP/1.1 429 Slow down\r\n", b"RETRY-after: " + value + b"\r\n", b"\r\n"]
    assert retry_after(lines, NOW) == seconds


def test_a_service_need_not_say_how_long() -> None:
    assert retry_after([b"HTTP/2 503 \r\n", b"x-retry-after: 5\r\n", b"\r\n"], NOW) is None
