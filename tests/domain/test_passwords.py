"""Passwords of staff: how they are kept, compared, and judged."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import passwords, sessions
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.models.person import Person
from webapp.models.sign_in import DeviceKind

EMAIL = "cora.lane@example.org"
PASSWORD = "seven quiet lamps over Moncton"
NEWER = "eleven slow trains to Rimouski"

real_hasher = passwords.HASHER


@pytest.fixture(autouse=True)
def cheap_hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[PasswordHasher]:
    """Make hashes that cost next to nothing."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
    yield cheap


@pytest.fixture
def cora(session: Session, cast: Cast) -> Person:
    """Give Cora an e-mail address and a password."""
    cast.cora.email = EMAIL
    passwords.set_password(session, cast.cora, PASSWORD)
    return cast.cora


def test_staff_sign_in_with_email_and_password(session: Session, cora: Person) -> None:
    assert passwords.verify(session, EMAIL, PASSWORD) is cora
    assert passwords.verify(session, EMAIL, PASSWORD.upper()) is None
    assert passwords.verify(session, EMAIL, "") is None
    assert passwords.verify(session, "dan@example.org", PASSWORD) is None
    assert passwords.verify(session, "", PASSWORD) is None


@pytest.mark.parametrize("stored", [EMAIL, "Cora.Lane@Example.ORG"])
@pytest.mark.parametrize("typed", [EMAIL, " CORA.LANE@example.org\t", "Cora.Lane@Example.org"])
def test_capitals_and_spaces_in_an_email_do_not_matter(
    session: Session, cora: Person, stored: str, typed: str
) -> None:
    cora.email = stored
    assert passwords.verify(session, typed, PASSWORD) is cora


def test_the_hash_is_argon2id_as_owasp_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", real_hasher)
    kept = passwords.hash_password(PASSWORD)
    used = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (used.memory_cost, used.time_cost, used.parallelism) == (19456, 2, 1)
    assert kept != passwords.hash_password(PASSWORD)


def test_an_accent_is_the_same_on_every_keyboard(session: Session, cora: Person) -> None:
    passwords.set_password(session, cora, "sept lampes carrées la nuit")
    assert passwords.verify(session, EMAIL, "sept lampes carre\u0301es la nuit") is cora


def test_participants_never_sign_in_by_password(session: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        passwords.set_password(session, cast.ada, PASSWORD)
    cast.ada.email, cast.ada.password_hash = EMAIL, passwords.hash_password(PASSWORD)
    assert passwords.verify(session, EMAIL, PASSWORD) is None


def costs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the parameters of every hash that is compared."""
    seen: list[str] = []

    class Noting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            seen.append(str(extract_parameters(str(hash))))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "HASHER", Noting(time_cost=1, memory_cost=8, parallelism=1))
    return seen


def test_an_unknown_email_costs_the_same(
    session: Session, cast: Cast, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.dan.email = "dan@example.org"
    cast.ada.email = "ada@example.org"
    seen = costs(monkeypatch)
    for email in (EMAIL, "nobody@example.org", "dan@example.org", "ada@example.org"):
        assert passwords.verify(session, email, "a wrong password") is None
    assert len(seen) == 4 and len(set(seen)) == 1


def test_a_damaged_hash_lets_nobody_in(session: Session, cora: Person) -> None:
    for damaged in ("", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA", "plain"):
        cora.password_hash = damaged
        assert passwords.verify(session, EMAIL, PASSWORD) is None


def test_old_hashes_are_made_again(
    session: Session, cora: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cora.password_hash
    assert passwords.verify(session, EMAIL, PASSWORD) is cora
    assert cora.password_hash == before
    monkeypatch.setattr(
        passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    )
    assert passwords.verify(session, EMAIL, "a wrong password") is None
    assert cora.password_hash == before
    assert passwords.verify(session, EMAIL, PASSWORD) is cora
    assert extract_parameters(str(cora.password_hash)).time_cost == 2
    assert passwords.verify(session, EMAIL, PASSWORD) is cora


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("xq7!Lw9#zRt", "password_too_short"),
        ("ﬁ" * 5 + "x", "password_too_short"),
        ("e\u0301" * 11, "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("password1234", "password_easy_to_guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_easy_to_guess"),
        ("a" * 200, "password_easy_to_guess"),
        ("azertyuiop123", "password_easy_to_guess"),
        ("cora.lane2026", "password_easy_to_guess"),
        ("CoraLaneCoraLane", "password_easy_to_guess"),
        ("cora.lane@example.org", "password_easy_to_guess"),
        ("Mon rythme 26", "password_easy_to_guess"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        passwords.check_strength(password, name="Cora Lane", email=EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "xq7!Lw9#zRt0",
        "correct lampe batterie agrafe",
        "горят семь тихих ламп",
        PASSWORD * 6,
        " deux espaces autour ",
    ],
)
def test_strong_passwords_are_accepted_whatever_they_are_made_of(password: str) -> None:
    passwords.check_strength(password, name="Cora Lane", email=EMAIL)


def test_a_weak_password_is_not_set(session: Session, cora: Person, now: datetime) -> None:
    before = cora.password_hash
    with pytest.raises(RuleBroken):
        passwords.set_password(session, cora, "cora.lane2026")
    assert cora.password_hash == before
    assert passwords.verify(session, EMAIL, PASSWORD) is cora


def test_a_new_password_ends_the_other_devices(
    session: Session, cora: Person, now: datetime
) -> None:
    laptop, _token = sessions.begin(session, cora, DeviceKind.COMPUTER, now)
    _row, elsewhere = sessions.begin(session, cora, DeviceKind.ANDROID, now)
    with pytest.raises(RuleBroken, match="password_not_right"):
        passwords.change_password(session, laptop, current="wrong", new=NEWER, now=now)
    assert sessions.find_person(session, elsewhere, now) is not None
    passwords.change_password(session, laptop, current=PASSWORD, new=NEWER, now=now)
    assert sessions.find_person(session, elsewhere, now) is None
    [left] = sessions.devices_for(session, cora, now, current=laptop)
    assert left.is_this_one


def test_who_came_by_a_card_need_not_know_the_old_password(
    session: Session, cora: Person, now: datetime
) -> None:
    row, _token = sessions.begin(session, cora, DeviceKind.COMPUTER, now)
    passwords.change_password(session, row, current=None, new=NEWER, now=now)
    assert passwords.verify(session, EMAIL, NEWER) is cora
