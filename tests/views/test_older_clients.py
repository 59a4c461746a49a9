"""What phones of other releases send is understood, even months later: what they leave out, too."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, rows
from webapp.models.change import Change, Outcome, Receipt
from webapp.models.mark import Mark, MarkState
from webapp.web.database import Database

DAY = factories.MONDAY.isoformat()
THAT_ONE = "an-old-change-0001"
MONTHS_DAYS = 100
FIRST_RELEASE: dict[str, str] = {}
LATER_RELEASE = {
    "Outbox-Clock": "7",
    "Outbox-Age": "60",
    "Outbox-Shows": "perhaps",
    "Outbox-Lasts": "for a while",
    "Outbox-Schema": "9",
}
SENT, SENT_BY = [FIRST_RELEASE, LATER_RELEASE], ["the first release", "a later release"]

Visit = Callable[..., Visitor]


def sends(
    visitor: Visitor, person: int, address: str, headers: dict[str, str], **form: str
) -> dict[str, object]:
    """Send an item with its name and its person, and no other header than these."""
    named = {"Outbox-Change": THAT_ONE, "Outbox-Person": str(person), **headers}
    page = visitor.client.post(address, data={"change_id": THAT_ONE, **form}, headers=named)
    assert page.status_code == 200, page.text
    said: dict[str, object] = page.get_json()
    return said


@pytest.fixture
def done(session: Session, cast: Cast) -> str:
    """Give the address of "It's done" of a task of Ada's."""
    task = factories.task(session, cast.ada)
    session.commit()
    return f"/tasks/{task.id}/{DAY}/done"


@pytest.mark.parametrize("headers", SENT, ids=SENT_BY)
def test_headers_that_are_missing_or_unknown_stop_nothing(
    ada: Visitor, cast: Cast, done: str, database: Database, headers: dict[str, str]
) -> None:
    said = sends(ada, cast.ada.id, done, headers, voice="of a newer app")
    assert (said["state"], said["change"]) == ("taken", THAT_ONE)
    again = sends(ada, cast.ada.id, done, headers)
    assert (again["state"], again["clock"]) == ("taken", said["clock"])
    [mark], [_receipt] = rows(database, Mark), rows(database, Receipt)
    assert mark.state is MarkState.DONE


def test_what_brings_no_clock_is_said_now(
    ada: Visitor, cast: Cast, done: str, database: Database
) -> None:
    ada.post(done.replace("done", "not-today"))
    said = sends(ada, cast.ada.id, done, FIRST_RELEASE)
    assert said["outcome"] == Outcome.APPLIED
    assert [each.clock for each in rows(database, Change)] == [1, 2]


@pytest.mark.parametrize("headers", SENT, ids=SENT_BY)
def test_what_waited_for_months_is_taken(
    visit: Visit, cast: Cast, done: str, clock: Clock, database: Database, headers: dict[str, str]
) -> None:
    clock.move(days=MONTHS_DAYS)
    said = sends(visit(cast.ada), cast.ada.id, done, headers)
    assert (said["state"], said["outcome"]) == ("taken", Outcome.APPLIED)
    assert [mark.state for mark in rows(database, Mark)] == [MarkState.DONE]


def test_a_phone_that_names_nothing_that_it_knows_is_answered(ada: Visitor, cast: Cast) -> None:
    said = ada.client.get("/outbox?of=a-newer-app").get_json()
    assert (said["person"], said["knows_latest"]) == (cast.ada.id, True)


def test_files_of_any_older_release_are_sent(ada: Visitor) -> None:
    for release in ("0f0f0f0f0f0f", "an-older-one"):
        answer = ada.client.get(f"/static/{release}/js/offline.js")
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]
