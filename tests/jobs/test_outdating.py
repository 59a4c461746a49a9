"""What is not so any more is not said: a phone that is back, a closed call, a settled proposal."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.conftest import NOW
from tests.jobs.conftest import Send, State
from tests.jobs.outbox import notice, phone
from tests.statements import counted
from webapp.models.change import Answer, Change, Proposal
from webapp.models.notice import Notice, NoticeKind
from webapp.models.person import Person
from webapp.web.database import Database

DAYS = timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "expected"), [(NOW - 2 * DAYS, "accepted"), (NOW - DAYS, "silent"), (None, "silent")]
)
def test_nobody_hears_of_a_phone_that_is_back(
    session: Session,
    ada: Person,
    cora: Person,
    send: Send,
    state: State,
    since: datetime | None,
    expected: str,
) -> None:
    phone(session, cora)
    ada.no_phone_since = since
    row = notice(session, cora, NoticeKind.NO_PHONE, participant_id=ada.id)
    send()
    assert state(row)[0] == expected


@pytest.mark.parametrize(("closed_at", "expected"), [(None, "accepted"), (NOW, "silent")])
def test_nobody_is_called_for_help_that_was_found(
    session: Session,
    ada: Person,
    cora: Person,
    send: Send,
    state: State,
    closed_at: datetime | None,
    expected: str,
) -> None:
    phone(session, cora)
    call = factories.help_request(session, ada, NOW, closed_at=closed_at)
    kind = NoticeKind.HELP_REQUEST
    row = notice(session, cora, kind, participant_id=ada.id, help_request_id=call.id)
    send()
    assert state(row)[0] == expected


@pytest.fixture
def piece(session: Session, ada: Person, cora: Person) -> Change:
    """Give what Cora proposes to Ada, who has a phone, with the message of it."""
    phone(session, ada)
    return factories.proposed(session, cora, ada, NOW)


def message(session: Session, piece: Change) -> Notice:
    """Return the message of a proposal."""
    found = session.scalars(select(Notice).where(Notice.kind == NoticeKind.PROPOSAL)).first()
    return found or notice(
        session,
        session.get_one(Person, piece.participant_id),
        NoticeKind.PROPOSAL,
        change_id=piece.id,
    )


def sending(session: Session, piece: Change) -> Change:
    """Return the change that sends the list of proposals to which one belongs."""
    person = session.get_one(Person, piece.participant_id)
    made = session.get_one(Change, factories.help_request(session, person, NOW).change_id)
    made.verb, made.wanted = "proposal.send", {"proposal": piece.proposal_id}
    return made


@pytest.mark.parametrize("sent_by", ["itself", "sending"])
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "accepted"),
        ({"answer": Answer.YES, "answered_at": NOW}, "silent"),
        ({"answer": Answer.NOT_NOW, "answered_at": NOW}, "silent"),
        ({"withdrawn_at": NOW}, "silent"),
    ],
)
def test_nobody_hears_of_a_proposal_that_is_settled(
    session: Session,
    piece: Change,
    send: Send,
    state: State,
    values: dict[str, object],
    expected: str,
    sent_by: str,
) -> None:
    row = message(session, piece)
    if sent_by == "sending":
        row.change_id = sending(session, piece).id
    session.get_one(Proposal, piece.proposal_id).sent_at = NOW
    for name, value in values.items():
        setattr(piece, name, value)
    send()
    assert state(row)[0] == expected


def test_reminders_pay_nothing_for_it(
    session: Session, ada: Person, cora: Person, send: Send, database: Database
) -> None:
    costs = []
    phone(session, ada)
    for kind in (NoticeKind.TOLD, NoticeKind.HELP_REQUEST):
        call = factories.help_request(session, ada, NOW)
        for _each in range(3):
            notice(session, ada, kind, help_request_id=call.id)
        session.commit()
        with counted(database.engine) as said:
            send()
        costs.append(len(said))
    assert costs[1] == costs[0] + 1
