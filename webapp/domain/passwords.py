"""Passwords of staff: kept as Argon2id hashes, compared at the same cost for everybody.

Participants have none: they come in by a sign-in card.
"""

import re
from base64 import b64encode
from datetime import datetime
from unicodedata import normalize

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from webapp.domain import sessions
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.models.person import Person, Role
from webapp.models.sign_in import Session as SessionRow

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
SALT_BYTES = 16
HASH_BYTES = 32
"""The first choice of the OWASP Password Storage Cheat Sheet for Argon2id (19 MiB, 2, 1): little
memory for each of many who sign in at 9 in the morning."""

HASHER = PasswordHasher(
    time_cost=PASSES,
    memory_cost=MEMORY_KIB,
    parallelism=LANES,
    hash_len=HASH_BYTES,
    salt_len=SALT_BYTES,
    type=Type.ID,
)

SHORTEST = 12
LONGEST = 200
LONGEST_JUDGED = 72
"""zxcvbn refuses longer ones; a password whose first 72 characters are hard to guess is hard."""
LEAST_SCORE = 3
"""Of 4, in zxcvbn: "safely unguessable", 10**8 guesses or more against a slow hash."""
PRODUCT_WORDS = (
    "mon rythme",
    "my pace",
    "monrythme",
    "mypace",
    "rythme",
    "emploi accompagné",
    "supported employment",
    "coach",
)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, with its parameters and a salt of its own."""
    return HASHER.hash(_normalised(password))


def verify(session: Session, email: str, password: str) -> Person | None:
    """Return the member of staff with this e-mail and password, or None.

    An unknown e-mail costs as much time as a wrong password, so that nobody learns who is here.
    A hash with older parameters is made again. A second factor, when it comes, is asked for by
    the caller between this answer and `sessions.begin`: until then nobody is signed in.
    """
    person = _find_staff(session, email)
    kept = person.password_hash if person else None
    is_right = _matches(kept or _hash_of_nobody(), password)
    if person is None or kept is None or not is_right:
        return None
    if HASHER.check_needs_rehash(kept):
        person.password_hash = hash_password(password)
    return person


def check_strength(password: str, *, name: str, email: str) -> None:
    """Accept a password that is long and hard to guess (ASVS 5.0, 6.2), whatever its characters.

    Raises RuleBroken: "password_too_short" (under 12 characters), "password_too_long" (over 200),
    "password_easy_to_guess" (known, patterned, or made of the person's and the product's names).
    """
    text = _normalised(password)
    if len(text) < SHORTEST:
        raise RuleBroken("password_too_short")
    if len(text) > LONGEST:
        raise RuleBroken("password_too_long")
    own = [name, email, *email.split("@"), *re.split(r"\W+", f"{name} {email}")]
    known = [word for word in [*own, *PRODUCT_WORDS] if word]
    judged = zxcvbn(text[:LONGEST_JUDGED], user_inputs=known)
    if judged["score"] < LEAST_SCORE:
        raise RuleBroken("password_easy_to_guess")


def set_password(session: Session, person: Person, password: str) -> None:
    """Give a member of staff a password.

    Raises RuleBroken where it is not strong enough, NotAllowed for a participant.
    """
    if person.is_participant:
        raise NotAllowed
    check_strength(password, name=person.name, email=person.email or "")
    person.password_hash = hash_password(password)
    session.flush()


def change_password(
    session: Session, row: SessionRow, *, current: str | None, new: str, now: datetime
) -> None:
    """Give the person of a session a new password, and end their sessions on other devices.

    `current` is None only for who came in by a card: they may have none, or have forgotten it.
    Raises RuleBroken ("password_not_right") where it is not the password that they have.
    """
    person = row.device.person
    if current is not None and not _matches(person.password_hash or _hash_of_nobody(), current):
        raise RuleBroken("password_not_right")
    set_password(session, person, new)
    sessions.end_others(session, row, now)


def fold_email(email: str) -> str:
    """Return an e-mail address as it is compared: no spaces around it, no capital letters."""
    return email.strip().casefold()


def _find_staff(session: Session, email: str) -> Person | None:
    return session.scalars(
        select(Person)
        .where(func.lower(Person.email) == fold_email(email), Person.role != Role.PARTICIPANT)
        .order_by(Person.id)
    ).first()


def _matches(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, _normalised(password))
    except (VerificationError, InvalidHashError):
        return False


def _hash_of_nobody() -> str:
    """Return a hash that costs as much as a real one and that no password is known to give."""
    salt, tag = (
        b64encode(bytes(length)).decode().rstrip("=")
        for length in (HASHER.salt_len, HASHER.hash_len)
    )
    cost = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${tag}"


def _normalised(password: str) -> str:
    """Return the password in NFKC (NIST SP 800-63B, revision 3, 5.1.1.2).

    An accent typed on one keyboard is then the same as on another.
    """
    return normalize("NFKC", password)
