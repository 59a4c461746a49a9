"""Numbers for a machine that watches: behind a token, without names, at a flat cost."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain_text
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.statements import counted
from tests.visitor import Visitor
from webapp.domain import heartbeats
from webapp.models.change import LongWait
from webapp.models.notice import DeliveryCount, Notice, NoticeKind, PushService
from webapp.web.database import Database

Visit = Callable[..., Visitor]

TOKEN = "a-token-that-only-the-tests-know-of-0123456789"
LABELS = ("way", "outcome", "le")
HELD = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def watched(app: Flask) -> Iterator[None]:
    """Let the app have a token for its numbers."""
    app.config["METRICS_TOKEN"] = TOKEN
    yield
    app.config["METRICS_TOKEN"] = ""


@pytest.fixture
def counts(session: Session, cast: Cast, now: datetime) -> None:
    """Let messages have ended in several ways, and one wait."""
    delays = ((10, 90), (60, 7), (3600, 2), (0, 1))
    for within, count in delays:
        said = {"way": "push", "outcome": "accepted", "within_seconds": within}
        session.add(DeliveryCount(day=now.date(), count=count, **said))
    session.add(
        DeliveryCount(day=now.date(), way="push", outcome="gone", within_seconds=0, count=3)
    )
    session.add(LongWait(day=now.date(), count=4))
    session.add(LongWait(day=now.date() - timedelta(days=400), count=9))
    session.add(PushService(host="push.example.org", refused_at=now, status=403))
    late = now - timedelta(seconds=30)
    session.add(
        Notice(
            person_id=cast.ada.id,
            kind=NoticeKind.REMINDER,
            key="one",
            due_at=late,
            next_try_at=late,
            useful_until=now,
        )
    )
    heartbeats.beat(session, "one", now - timedelta(seconds=5))
    session.commit()


def test_without_a_token_there_is_no_such_page(visit: Visit, cast: Cast) -> None:
    for browser in (visit(), visit(cast.olga)):
        assert browser.get("/metrics", **HELD).status == 404
        assert browser.get("/metrics").status == 404
        assert browser.get("/metrics", Authorization="Bearer ").status == 404


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize(
    "said",
    ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer é{TOKEN}", f"Basic {TOKEN}", TOKEN],
)
def test_without_the_right_token_nothing_is_told(visit: Visit, said: str) -> None:
    answer = visit().get("/metrics", Authorization=said)
    assert (answer.status, answer.response.data) == (401, b"")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.usefixtures("watched", "counts")
@pytest.mark.parametrize(
    ("accepts", "kind", "parse"),
    [
        ("", "text/plain", plain_text),
        (
            "application/openmetrics-text;version=1.0.0,text/plain;q=0.5",
            "application/openmetrics-text",
            open_metrics,
        ),
    ],
)
def test_the_numbers(visit: Visit, accepts: str, kind: str, parse: Callable) -> None:
    answer = visit().get("/metrics", Accept=accepts, **HELD).response
    assert answer.mimetype == kind
    assert "Set-Cookie" not in answer.headers
    found = {
        (each.name.removeprefix("mon_rythme_"), *map(each.labels.get, LABELS)): each.value
        for family in parse(answer.text)
        for each in family.samples
    }
    assert found == {
        ("messages_total", "push", "accepted", None): 100,
        ("messages_total", "push", "gone", None): 3,
        ("delay_seconds_bucket", "push", None, "10"): 90,
        ("delay_seconds_bucket", "push", None, "60"): 97,
        ("delay_seconds_bucket", "push", None, "3600"): 99,
        ("delay_seconds_bucket", "push", None, "+Inf"): 100,
        ("long_waits_total", None, None, None): 4,
        ("messages_late", None, None, None): 1,
        ("oldest_late_seconds", None, None, None): 30,
        ("phones", None, None, None): 0,
        ("services_refusing", None, None, None): 1,
        ("people_unreached", None, None, None): 0,
        ("heartbeat_age_seconds", None, None, None): 5,
    }


@pytest.mark.usefixtures("watched", "counts")
def test_the_numbers_are_cheap_and_say_nothing_of_anybody(
    visit: Visit, cast: Cast, database: Database
) -> None:
    with counted(database.engine) as said:
        words = visit().get("/metrics", **HELD).response.text
    assert len(said) == 3
    for secret in (cast.ada.name, "push.example.org", TOKEN):
        assert secret not in words


@pytest.mark.usefixtures("watched")
def test_reminders_that_never_ran_have_no_age(visit: Visit) -> None:
    words = visit().get("/metrics", **HELD).response.text
    assert "heartbeat_age" not in words
    assert "mon_rythme_messages_late 0.0" in words
