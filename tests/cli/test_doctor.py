"""The doctor: what is right in an installation, what is not, and what to do about it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy.orm import Session

from tests import factories
from tests.cli.commands import ADD_CORA, Run, printed
from tests.conftest import SECRET_KEY
from tests.outside.mail_server import MailServer, mail_server
from webapp.clock import utc_now
from webapp.domain import heartbeats, sessions
from webapp.models.notice import Notice, NoticeKind, PushService
from webapp.models.person import Person, Role
from webapp.models.sign_in import DeviceKind
from webapp.web.database import Database

Write = Callable[[Callable[[Session], object]], None]

LOOKED_AT = (
    "HTTPS",
    "Keys",
    "Push keys",
    "Push address",
    "Mail",
    "Database",
    "People",
    "Reminders",
    "Push services",
    "Phones",
)
WITHOUT_DATABASE = LOOKED_AT[:6]
REAL = "https://plan.example.org"


def findings(result: Result) -> dict[str, bool]:
    """Return what the doctor looked at, and whether it is right."""
    lines = [line.split(None, 1) for line in result.stdout.splitlines()]
    return {text.partition(":")[0]: verdict == "right" for verdict, text in lines}


def wrong(result: Result) -> list[str]:
    """Return the sentences about what is not right."""
    assert result.exit_code == (1 if "WRONG" in result.stdout else 0)
    return [
        line.removeprefix("WRONG  ")
        for line in result.stdout.splitlines()
        if line.startswith("WRONG")
    ]


@pytest.fixture
def write(run: Run, tmp_path: Path) -> Write:
    """Give a function that writes into the database of an installation that has a coach."""
    printed(run(*ADD_CORA))

    def write(act: Callable[[Session], object]) -> None:
        database = Database(f"sqlite:///{tmp_path / 'mon-rythme.sqlite3'}")
        with database.transaction() as session:
            act(session)
        database.engine.dispose()

    return write


def beat(ago: timedelta = timedelta(0)) -> Callable[[Session], None]:
    """Say that the reminders were alive."""
    return lambda session: heartbeats.beat(session, "one", utc_now() - ago)


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1", REAL])
def test_the_doctor_is_content(run: Run, write: Write, address: str) -> None:
    write(beat())
    result = run("doctor", PUBLIC_URL=address)
    assert wrong(result) == []
    assert tuple(findings(result)) == LOOKED_AT


def test_the_doctor_sees_what_is_not_right(run: Run, tmp_path: Path) -> None:
    result = run("doctor", PUBLIC_URL="http://plan.example.org")
    assert result.exit_code == 1
    found = dict.fromkeys(WITHOUT_DATABASE, True)
    assert findings(result) == {**found, "HTTPS": False, "Push address": False, "Database": False}
    assert "SQLite is not there yet." in result.stdout
    printed(run("person", "list"))
    (tmp_path / "secret_key").write_text(SECRET_KEY)
    for name in ("secret_key", "vapid_private_key"):
        (tmp_path / name).chmod(0o644)
    result = run("doctor")
    assert result.exit_code == 1
    expected = {**dict.fromkeys(LOOKED_AT, True), "Keys": False, "Push keys": False}
    assert findings(result) == {**expected, "People": False, "Reminders": False}


def test_keys_may_come_from_the_environment(run: Run, tmp_path: Path) -> None:
    run("doctor")
    kept = tmp_path / "vapid_private_key"
    key = kept.read_text()
    assert "Push keys: the key is there, and only its owner can read it." in run("doctor").stdout
    kept.unlink()
    said = run("doctor", VAPID_PRIVATE_KEY=key).stdout
    assert "Push keys: the key comes from VAPID_PRIVATE_KEY." in said


@pytest.mark.parametrize("subject", ["mailto:help@example.org", "https://example.org"])
def test_an_address_for_the_push_services(run: Run, subject: str) -> None:
    result = run("doctor", PUBLIC_URL="http://plan.example.org", VAPID_SUBJECT=subject)
    assert findings(result)["Push address"] is True
    assert subject in result.stdout


def test_an_address_that_push_services_refuse(run: Run) -> None:
    [_https, push, _database] = wrong(run("doctor", PUBLIC_URL="http://plan.example.org"))
    assert push == (
        "Push address: http://plan.example.org is not real. "
        "Set VAPID_SUBJECT to mailto: and your e-mail."
    )


def test_reminders_that_never_ran(run: Run, write: Write) -> None:
    write(lambda session: None)
    assert wrong(run("doctor")) == [
        "Reminders: nothing has sent them yet. Run mon-rythme start or mon-rythme reminders."
    ]


def test_reminders_that_fell_silent(run: Run, write: Write) -> None:
    write(beat(timedelta(minutes=2)))
    since = utc_now() - timedelta(minutes=2)
    [line] = wrong(run("doctor"))
    assert line.startswith(f"Reminders: nothing sends them since {since:%Y-%m-%d %H:}")
    assert line.endswith("UTC. Run mon-rythme start or mon-rythme reminders.")


def test_push_services_that_refuse_our_key(run: Run, write: Write) -> None:
    def refuse(session: Session) -> None:
        beat()(session)
        for host in ("b.example", "a.example"):
            session.add(PushService(host=host, refused_at=utc_now(), status=403))
        session.add(PushService(host="c.example", waits_until=utc_now(), status=429))

    write(refuse)
    lines = wrong(run("doctor"))
    assert [line.split()[2] for line in lines] == ["a.example", "b.example"]
    assert "Look at VAPID_SUBJECT" in lines[0]


def test_people_without_a_phone_are_counted_and_never_named(run: Run, write: Write) -> None:
    def lose(session: Session, now: datetime) -> None:
        beat()(session)
        for name, hours in (("Zoé", 49), ("Ines", 72), ("Noé", 47)):
            person = factories.person(session, name, Role.PARTICIPANT, now)
            person.reminders_on, person.no_phone_since = True, now - timedelta(hours=hours)

    write(lambda session: lose(session, utc_now()))
    [line] = wrong(run("doctor"))
    assert line.startswith("Phones: people who want reminders and have no phone for 48 hours: 2.")
    assert not [name for name in ("Zoé", "Ines", "Noé") if name in run("doctor").stdout]


def test_messages_that_nobody_takes_although_somebody_should(run: Run, write: Write) -> None:
    def wait(session: Session, now: datetime) -> None:
        beat()(session)
        person = factories.person(session, "Zoé", Role.PARTICIPANT, now)
        for minutes in (2, 1, -10):
            due = now - timedelta(minutes=minutes)
            session.add(_message(person, due))

    write(lambda session: wait(session, utc_now()))
    assert wrong(run("doctor")) == [
        "Reminders: messages that wait though their turn has come: 2. "
        "Look at what mon-rythme reminders says."
    ]


def _message(person: Person, due: datetime) -> Notice:
    return Notice(
        person_id=person.id,
        kind=NoticeKind.TOLD,
        key=f"told:{due}",
        due_at=due,
        next_try_at=due,
        useful_until=due + timedelta(hours=1),
    )


def test_phones_that_asked_with_another_key(run: Run, write: Write) -> None:
    def ask(session: Session, now: datetime) -> None:
        beat()(session)
        person = factories.person(session, "Zoé", Role.PARTICIPANT, now)
        row, _token = sessions.begin(session, person, DeviceKind.ANDROID, now)
        factories.subscription(session, row.device, now)

    write(lambda session: ask(session, utc_now()))
    [line] = wrong(run("doctor"))
    assert line.startswith("Phones: phones that asked with another push key: 1. Bring back")


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Give a mail server on this machine; it knows no names and no passwords."""
    with mail_server() as running:
        yield running


def test_a_mail_server_that_lets_us_in(run: Run, server: MailServer) -> None:
    result = run("doctor", MAIL_URL=f"smtp://127.0.0.1:{server.port}")
    assert "right  Mail: the server at 127.0.0.1 lets us in." in result.stdout
    assert server.taken == []


def test_a_mail_server_that_does_not_know_us(run: Run, server: MailServer) -> None:
    result = run("doctor", MAIL_URL=f"smtp://name:secret@127.0.0.1:{server.port}")
    assert "WRONG  Mail: the server at 127.0.0.1 does not let us in." in result.stdout


def test_a_mail_server_that_does_not_answer(run: Run) -> None:
    result = run("doctor", MAIL_URL="smtp://name:secret@127.0.0.1:1")
    assert findings(result)["Mail"] is False
    assert "Look at MAIL_URL." in result.stdout
    assert "secret" not in result.stdout.replace("secret key", "")


@pytest.mark.parametrize(
    "gone", ["sqlite:////nowhere/at/all.sqlite3", "postgresql://nobody:secret@127.0.0.1:1/gone"]
)
def test_the_doctor_meets_a_database_that_is_gone(run: Run, gone: str) -> None:
    result = run("doctor", DATABASE_URL=gone)
    assert result.exit_code == 1
    assert findings(result)["Database"] is False
    assert "does not answer" in result.stdout
    assert "secret" not in result.output.replace("secret key", "")


@pytest.mark.usefixtures("from_tomorrow")
def test_the_doctor_knows_newer_from_older(run: Run, tmp_path: Path) -> None:
    assert "Database: SQLite is of a newer form. Install the newer version." in run("doctor").stdout
    with closing(sqlite3.connect(tmp_path / "mon-rythme.sqlite3")) as database:
        database.execute("DELETE FROM alembic_version")
        database.commit()
    assert "Database: SQLite is of an older form." in run("doctor").stdout


def test_the_doctor_waits_for_nobody(run: Run, write: Write, tmp_path: Path) -> None:
    write(beat())
    with closing(sqlite3.connect(tmp_path / "mon-rythme.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        printed(run("doctor"))


def test_the_doctor_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("doctor")
    assert not (tmp_path / "mon-rythme.sqlite3").exists()
