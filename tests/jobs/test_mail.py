"""E-mail beside the phones: neutral words, its own threads, tried again like everything else."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from sqlalchemy.orm import Session

from tests.conftest import NOW, Clock
from tests.jobs.conftest import WORDS
from tests.jobs.outbox import OUR_KEY, SITE, PushServices, notice, phone
from webapp.jobs import mailing
from webapp.jobs.flow import Flow, run_round
from webapp.jobs.office import Office
from webapp.mail import MailDelayed, MailRefused
from webapp.models.notice import Notice, NoticeKind
from webapp.models.person import Language, LockScreen, Person
from webapp.web.database import Database

State = Callable[[Notice], tuple[str, list[str]]]


class Postman:
    """Keeps e-mails, or fails as a test says. It waits while the test holds it up."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str, str, str]] = []
        self.fails: Exception | None = None
        self.may_go_on = Event()
        self.may_go_on.set()

    def send(self, to: str, subject: str, body: str, message_id: str) -> None:
        self.may_go_on.wait()
        if self.fails:
            raise self.fails
        self.mails.append((to, subject, body, message_id))


@pytest.fixture
def postman() -> Iterator[Postman]:
    """Give a postman, who is held up no longer than the test."""
    postman = Postman()
    yield postman
    postman.may_go_on.set()


@pytest.fixture
def office(database: Database, post: PushServices, postman: Postman, clock: Clock) -> Office:
    """Give an office with e-mail."""
    return Office(database, SITE, OUR_KEY, post, postman, clock=clock, words=WORDS)


@pytest.fixture
def ada(ada: Person) -> Person:
    """Give Ada, who wants e-mails too."""
    ada.mail_to = "ada@example.org"
    return ada


def test_an_email_says_where_to_look_and_nothing_else(
    session: Session, ada: Person, office: Office, postman: Postman, state: State
) -> None:
    ada.lock_screen, ada.language = LockScreen.FULL, Language.EN
    row = notice(session, ada, NoticeKind.REMINDER)
    session.commit()
    run_round(office)
    [(to, subject, body, message_id)] = postman.mails
    assert (to, subject) == ("ada@example.org", "You have a reminder")
    assert body.startswith(f"You have a reminder.\n\nLook here:\n{SITE}\n")
    assert "Ada" not in body
    assert message_id.endswith("@plan.example.org")
    assert state(row) == ("accepted", ["accepted"])


def test_the_phone_and_the_mailbox_are_two_ways(
    session: Session, ada: Person, office: Office, postman: Postman, state: State, clock: Clock
) -> None:
    phone(session, ada)
    postman.fails = MailDelayed("busy")
    row = notice(session, ada)
    session.commit()
    run_round(office)
    assert state(row) == ("planned", ["accepted"])
    postman.fails = None
    clock.now = row.next_try_at
    run_round(office)
    assert state(row) == ("accepted", ["accepted", "accepted"])
    assert len(postman.mails) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MailRefused("no such box"), ("failed", ["refused"])),
        (MailDelayed("busy"), ("planned", [])),
        (OSError("unexpected"), ("planned", [])),
    ],
)
def test_what_the_mail_server_says_has_its_rule(
    session: Session,
    ada: Person,
    office: Office,
    postman: Postman,
    state: State,
    error: Exception,
    expected: tuple[str, list[str]],
) -> None:
    postman.fails = error
    row = notice(session, ada)
    session.commit()
    run_round(office)
    assert state(row) == expected
    assert row.settled_at or row.next_try_at <= NOW.replace(second=5)


def test_a_try_of_one_phone_sends_no_email(
    session: Session, ada: Person, office: Office, postman: Postman
) -> None:
    made = phone(session, ada)
    notice(session, ada, NoticeKind.TRY, device_id=made.device_id)
    session.commit()
    run_round(office)
    assert postman.mails == []


def test_without_a_mail_server_nobody_waits_for_one(
    session: Session, ada: Person, office: Office, state: State
) -> None:
    row = notice(session, ada)
    session.commit()
    silent = Office(office.database, SITE, OUR_KEY, office.sender, clock=office.clock, words=WORDS)
    run_round(silent)
    assert state(row) == ("nowhere", [])


def test_a_slow_mail_server_holds_up_no_phone(
    session: Session,
    ada: Person,
    cora: Person,
    office: Office,
    post: PushServices,
    postman: Postman,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailing, "MOST_WAITING", 2)
    postman.may_go_on.clear()
    slow = [notice(session, ada) for _each in range(3)]
    phone(session, cora)
    quick = notice(session, cora)
    session.commit()
    flow = Flow(office)
    for letter, reply in post.send(flow.feed()):
        flow.answered(letter, reply)
    flow.settle()
    assert state(quick) == ("accepted", ["accepted"])
    assert flow.waits_for_mail
    put_off = [row for row in slow if state(row)[0] == "planned" and row.claim is None]
    assert len(put_off) == 1
    postman.may_go_on.set()
    flow.finish()
    assert sorted(state(row)[0] for row in slow) == ["accepted", "accepted", "planned"]
    flow.close()
