"""An office for each test of the reminders process: its push services answer as the test says."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Clock
from tests.jobs.outbox import OUR_KEY, SITE, PushServices
from webapp.jobs.flow import Counts, run_round
from webapp.jobs.office import Office
from webapp.models.notice import Delivery, Notice
from webapp.models.person import Person
from webapp.web.database import Database
from webapp.web.notice_words import speaking_app

WORDS = speaking_app()

Send = Callable[[], Counts]
State = Callable[[Notice], tuple[str, list[str]]]


@pytest.fixture
def clock() -> Clock:
    """Give the clock that the office looks at."""
    return Clock()


@pytest.fixture
def post() -> PushServices:
    """Give the push services."""
    return PushServices()


@pytest.fixture
def office(database: Database, post: PushServices, clock: Clock) -> Office:
    """Give an office without e-mail."""
    return Office(database, SITE, OUR_KEY, post, clock=clock, words=WORDS)


@pytest.fixture
def ada(session: Session, cast: Cast) -> Person:
    """Give Ada, who wants reminders."""
    cast.ada.reminders_on = True
    session.commit()
    return cast.ada


@pytest.fixture
def cora(session: Session, cast: Cast) -> Person:
    """Give Ada's coach Cora, who wants messages."""
    cast.cora.reminders_on = True
    session.commit()
    return cast.cora


@pytest.fixture
def send(office: Office, session: Session) -> Callable[[], Counts]:
    """Give a function that keeps what a test has written, and sends what is due."""

    def send() -> Counts:
        session.commit()
        counts = run_round(office)
        session.expire_all()
        return counts

    return send


@pytest.fixture
def state(session: Session) -> Callable[[Notice], tuple[str, list[str]]]:
    """Give a function that says where a notice stands, and how its ways have ended.

    It leaves no transaction open, which would keep all others from writing.
    """

    def state(notice: Notice) -> tuple[str, list[str]]:
        session.refresh(notice)
        ended = session.query(Delivery).filter_by(notice_id=notice.id).order_by(Delivery.id)
        found = notice.state.value, [each.outcome.value for each in ended]
        session.commit()
        return found

    return state
