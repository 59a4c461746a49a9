"""Guessing is slowed for whoever guesses, for all processes together, and for nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from webapp.domain import attempts
from webapp.models.sign_in import Door, SignInAttempt
from webapp.web.database import Database

KEY = "a secret key of the tests, long enough"
HOME = "192.0.2.7"
CORA = "cora@example.org"
SECOND = timedelta(seconds=1)
NONE = timedelta(0)


def wait(
    session: Session,
    at: datetime,
    address: str = HOME,
    *,
    door: Door = Door.CODE,
    subject: str | None = None,
) -> timedelta:
    return attempts.wait_needed(session, door, address=address, subject=subject, key=KEY, now=at)


def fail(
    session: Session,
    at: datetime,
    address: str = HOME,
    *,
    door: Door = Door.CODE,
    subject: str | None = None,
    succeeded: bool = False,
) -> None:
    attempts.record(
        session, door, address=address, subject=subject, succeeded=succeeded, key=KEY, now=at
    )


def guess_at(session: Session, subject: str, at: datetime, times: int) -> None:
    """Fail at the password door, each time from another address."""
    for number in range(times):
        fail(session, at, f"198.51.100.{number}", door=Door.PASSWORD, subject=subject)


def test_five_mistakes_are_free(session: Session, now: datetime) -> None:
    for _ in range(5):
        assert wait(session, now) == NONE
        fail(session, now)
    assert wait(session, now) == 2 * SECOND


def test_waits_double_up_to_a_minute(session: Session, now: datetime) -> None:
    waits = []
    for _ in range(13):
        fail(session, now)
        waits.append(wait(session, now).total_seconds())
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_the_wait_counts_from_the_last_mistake(session: Session, now: datetime) -> None:
    for second in range(6):
        fail(session, now + second * SECOND)
    last = now + 5 * SECOND
    assert wait(session, last + SECOND) == 3 * SECOND
    assert wait(session, last + 4 * SECOND) == NONE
    assert wait(session, last + timedelta(hours=1)) == NONE


def test_mistakes_are_forgotten_after_ten_minutes(session: Session, now: datetime) -> None:
    for _ in range(9):
        fail(session, now)
    fail(session, now + timedelta(minutes=10))
    assert wait(session, now + timedelta(minutes=10)) == NONE


def test_a_success_is_no_mistake(session: Session, now: datetime) -> None:
    for _ in range(8):
        fail(session, now, succeeded=True)
    assert wait(session, now) == NONE


def test_doors_and_addresses_are_apart(session: Session, now: datetime) -> None:
    for _ in range(9):
        fail(session, now)
    assert wait(session, now, "192.0.2.8") == NONE
    assert wait(session, now, door=Door.PASSWORD, subject=CORA) == NONE


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:DB8:1:2::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "192.0.2.8", False),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("", "", True),
        ("unknown", "192.0.2.7", False),
    ],
)
def test_what_counts_as_one_address(
    session: Session, now: datetime, one: str, other: str, same: bool
) -> None:
    for _ in range(9):
        fail(session, now, one)
    assert (wait(session, now, other) > NONE) is same


def test_guessing_one_password_from_everywhere_is_slowed(session: Session, now: datetime) -> None:
    guess_at(session, CORA, now, times=9)
    assert wait(session, now, door=Door.PASSWORD, subject=CORA) == NONE
    guess_at(session, CORA, now, times=1)
    assert wait(session, now, door=Door.PASSWORD, subject=CORA) == 2 * SECOND
    assert wait(session, now, door=Door.PASSWORD, subject="  CORA@Example.org ") == 2 * SECOND
    guess_at(session, CORA, now, times=30)
    assert wait(session, now, door=Door.PASSWORD, subject=CORA) == 60 * SECOND
    assert wait(session, now, door=Door.PASSWORD, subject="dan@example.org") == NONE


def test_guesses_at_a_password_are_forgotten_after_an_hour(session: Session, now: datetime) -> None:
    guess_at(session, CORA, now, times=40)
    later = now + timedelta(hours=1)
    guess_at(session, CORA, later - SECOND, times=1)
    assert wait(session, later - SECOND, door=Door.PASSWORD, subject=CORA) == 60 * SECOND
    assert wait(session, later, door=Door.PASSWORD, subject=CORA) == NONE


def test_nobodys_guessing_keeps_the_owner_out(session: Session, now: datetime) -> None:
    fail(session, now, HOME, door=Door.PASSWORD, subject=CORA, succeeded=True)
    later = now + timedelta(days=90) - SECOND
    guess_at(session, CORA, later, times=40)
    assert wait(session, later, HOME, door=Door.PASSWORD, subject=CORA) == NONE
    assert wait(session, later, "192.0.2.8", door=Door.PASSWORD, subject=CORA) == 60 * SECOND
    assert wait(session, later + SECOND, HOME, door=Door.PASSWORD, subject=CORA) > NONE


def test_another_success_at_the_address_helps_no_guesser(session: Session, now: datetime) -> None:
    fail(session, now, HOME, door=Door.PASSWORD, subject="dan@example.org", succeeded=True)
    fail(session, now, HOME, door=Door.CODE, subject=CORA, succeeded=True)
    fail(session, now, HOME, door=Door.PASSWORD, subject=CORA)
    guess_at(session, CORA, now, times=40)
    assert wait(session, now, HOME, door=Door.PASSWORD, subject=CORA) == 60 * SECOND


def test_a_known_address_is_still_slowed_for_its_own_mistakes(
    session: Session, now: datetime
) -> None:
    fail(session, now, HOME, door=Door.PASSWORD, subject=CORA, succeeded=True)
    for _ in range(5):
        fail(session, now, HOME, door=Door.PASSWORD, subject=CORA)
    assert wait(session, now, HOME, door=Door.PASSWORD, subject=CORA) == 2 * SECOND


def test_guessing_passwords_never_touches_the_door_of_codes(
    session: Session, now: datetime
) -> None:
    guess_at(session, CORA, now, times=40)
    assert wait(session, now, door=Door.CODE, subject=CORA) == NONE


def test_wrong_codes_never_touch_the_door_of_passwords(session: Session, now: datetime) -> None:
    for number in range(40):
        fail(session, now, f"198.51.100.{number}", door=Door.CODE, subject=CORA)
    assert wait(session, now, door=Door.PASSWORD, subject=CORA) == NONE


def tireless(session: Session, now: datetime, door: Door, addresses: list[str]) -> list[float]:
    """Play a guesser who tries as soon as they may; return the minute of each try."""
    at, minutes = now, []
    for address in addresses:
        at += wait(session, at, address, door=door, subject=CORA)
        assert wait(session, at, address, door=door, subject=CORA) == NONE
        fail(session, at, address, door=door, subject=CORA)
        minutes.append((at - now) / timedelta(minutes=1))
    return minutes


def test_what_a_tireless_guesser_of_codes_reaches(session: Session, now: datetime) -> None:
    minutes = tireless(session, now, Door.CODE, [HOME] * 60)
    assert sum(1 for each in minutes if each < 10) == 18
    assert all(sum(1 for each in minutes if n <= each < n + 10) <= 10 for n in range(10, 40))
    assert minutes[-1] > 50


def test_what_a_crowd_reaches_at_one_password(session: Session, now: datetime) -> None:
    crowd = [f"2001:db8:{number:x}::1" for number in range(140)]
    minutes = tireless(session, now, Door.PASSWORD, crowd)
    assert sum(1 for each in minutes if each < 60) == 73
    assert sum(1 for each in minutes if 60 <= each < 120) <= 61


def test_addresses_and_emails_are_not_kept(session: Session, now: datetime) -> None:
    fail(session, now, door=Door.PASSWORD, subject=CORA)
    kept = session.query(SignInAttempt).one()
    words = " ".join(str(value) for value in inspect(kept).dict.values())
    assert HOME not in words and "cora" not in words
    assert (
        attempts.wait_needed(
            session, Door.CODE, address=HOME, subject=None, key="another key", now=now
        )
        == NONE
    )


def test_the_table_stays_small(session: Session, now: datetime) -> None:
    fail(session, now)
    fail(session, now, succeeded=True)
    fail(session, now + timedelta(days=1) - SECOND)
    assert session.query(SignInAttempt).count() == 3
    fail(session, now + timedelta(days=1))
    assert session.query(SignInAttempt).filter_by(succeeded=False).count() == 2
    fail(session, now + timedelta(days=90) - SECOND, succeeded=True)
    assert session.query(SignInAttempt).filter_by(succeeded=True).count() == 2
    fail(session, now + timedelta(days=90))
    assert session.query(SignInAttempt).filter_by(succeeded=True).count() == 1


@pytest.mark.parametrize("door", list(Door))
def test_asking_costs_two_statements_at_most(
    session: Session, now: datetime, door: Door, statements: list[str]
) -> None:
    wait(session, now, door=door, subject=CORA)
    assert 1 <= len(statements) <= 2


@pytest.mark.parametrize("door", list(Door))
def test_many_tries_at_once_count_like_one_after_the_other(
    database: Database, session: Session, now: datetime, door: Door
) -> None:
    crowd = 14
    together = Barrier(crowd, timeout=20)

    def guess(number: int) -> bool:
        address = HOME if door is Door.CODE else f"198.51.100.{number}"
        together.wait()
        with database.transaction() as own:
            if wait(own, now, address, door=door, subject=CORA) > NONE:
                return False
            fail(own, now, address, door=door, subject=CORA)
            return True

    with ThreadPoolExecutor(crowd) as guessers:
        came_through = sum(guessers.map(guess, range(crowd)))
    assert came_through == (5 if door is Door.CODE else 10)
    assert session.query(SignInAttempt).count() == came_through
