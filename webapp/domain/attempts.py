"""Slows down who guesses codes and passwords, by one table that all processes share.

The rules
- Address, at each door: after 5 failures within 10 minutes, 2 seconds must pass since the last
  one, then 4, 8, 16, 32, and 60 from then on. A whole IPv6 /64 counts as one address.
- Password, besides: after 10 failures for one e-mail within an hour, from whatever addresses, the
  same waits; but never for an address from which this e-mail signed in within 90 days, so
  that nobody's guessing keeps the owner out.
- A refused try is not recorded: waiting is enough, nothing is ever locked. Links (160 bits) are
  never slowed, so a participant whose code has to wait still comes in by camera. Who is
  signed in is asked here only when they type their present password, to choose a new one.

What a guesser can reach (tests play it)
- A code is one of 10**8 and lives for 10 minutes. One address gets 18 tries into the first 10
  minutes and 10 into each 10 minutes after: 1,448 in a day. Against a single card that is 18 in
  10**8; against 20 cards that were live all day long, 20 x 1,448 / 10**8 a day: once in 9 years.
- A thousand addresses at once get 18,000 tries in 10 minutes: 1 in 5,500 for a single live card,
  and so on in proportion. Whoever finds one is seen: the card is used up while the coach stands
  there, and the strange phone stands in the list, where it can be ended.
- A password: from any number of addresses 73 tries in the first hour and about 60 in each hour
  after, against passwords that take 10**8 guesses or more: 190 years.
- A guesser who shares the participant's address, or a new address of staff who are being guessed
  at, can make them wait a minute again and again. The link stays open to them all that time.
"""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

from sqlalchemy import (
    BigInteger,
    Select,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from webapp.domain.passwords import fold_email
from webapp.domain.sign_in_cards import keyed_hash
from webapp.models.sign_in import Door, SignInAttempt

Question = Select[int, int, datetime]
"""Asks for failures that are free, how many there were, and when the last one was."""

ADDRESS_WINDOW = timedelta(minutes=10)
ADDRESS_FREE_FAILURES = 5
SUBJECT_WINDOW = timedelta(hours=1)
SUBJECT_FREE_FAILURES = 10
LONGEST_WAIT_SECONDS = 60
KNOWN_FOR = timedelta(days=90)
"""How long an address stays known to an e-mail after a success; successes are kept as long."""
FAILURES_KEPT = timedelta(days=1)
IPV6_PREFIX = 64
LOCK_HEX_DIGITS = 15
"""60 bits of a hash: they fit PostgreSQL's signed 64-bit lock numbers."""


def wait_needed(
    session: Session,
    door: Door,
    *,
    address: str,
    subject: str | None,
    key: str,
    now: datetime,
) -> timedelta:
    """Return how long this address must wait before it may try this door; zero: it may try.

    `subject` is the e-mail address at the password door, None at the code's. Those who ask for
    the same address or subject take turns until their transaction ends, so `record` belongs
    into the same transaction: then a hundred tries at once count like one after the other.
    """
    here, whose = _address_hash(address, key), _subject_hash(subject, key)
    _take_turn(session, [here, *([whose] if whose else [])])
    questions = [_failures_from(door, here, now)]
    if door is Door.PASSWORD and whose:
        questions.append(_failures_on(whose, here, now))
    waits = [
        _wait_left(failures - free, last, now)
        for free, failures, last in session.execute(union_all(*questions))
    ]
    return max(waits)


def record(  # noqa: PLR0913 - the facts of one try, each named by the caller
    session: Session,
    door: Door,
    *,
    address: str,
    subject: str | None,
    succeeded: bool,
    key: str,
    now: datetime,
) -> None:
    """Keep a try before it is answered, and forget those that no rule needs any more."""
    session.add(
        SignInAttempt(
            door=door,
            address_hash=_address_hash(address, key),
            subject_hash=_subject_hash(subject, key),
            succeeded=succeeded,
            tried_at=now,
        )
    )
    session.flush()
    session.execute(
        delete(SignInAttempt)
        .where(
            or_(
                SignInAttempt.tried_at <= now - KNOWN_FOR,
                and_(
                    SignInAttempt.succeeded.is_(False),
                    SignInAttempt.tried_at <= now - FAILURES_KEPT,
                ),
            )
        )
        .execution_options(synchronize_session=False)
    )


def _failures_from(door: Door, address_hash: str, now: datetime) -> Question:
    return _failures(ADDRESS_FREE_FAILURES).where(
        SignInAttempt.address_hash == address_hash,
        SignInAttempt.door == door,
        SignInAttempt.tried_at > now - ADDRESS_WINDOW,
    )


def _failures_on(subject_hash: str, address_hash: str, now: datetime) -> Question:
    """Ask for the failures on a subject: none where the subject is known at this address."""
    earlier = aliased(SignInAttempt)
    is_known_here = exists().where(
        earlier.door == Door.PASSWORD,
        earlier.subject_hash == subject_hash,
        earlier.address_hash == address_hash,
        earlier.succeeded,
        earlier.tried_at > now - KNOWN_FOR,
    )
    return _failures(SUBJECT_FREE_FAILURES).where(
        SignInAttempt.subject_hash == subject_hash,
        SignInAttempt.door == Door.PASSWORD,
        SignInAttempt.tried_at > now - SUBJECT_WINDOW,
        ~is_known_here,
    )


def _failures(free: int) -> Question:
    return select(
        literal(free), func.count(SignInAttempt.id), func.max(SignInAttempt.tried_at)
    ).where(SignInAttempt.succeeded.is_(False))


def _wait_left(over: int, last: datetime | None, now: datetime) -> timedelta:
    """Return what is left of the wait, `over` failures after the last free one."""
    if last is None or over < 0:
        return timedelta(0)
    doublings = min(over + 1, LONGEST_WAIT_SECONDS.bit_length())
    wait = timedelta(seconds=min(2**doublings, LONGEST_WAIT_SECONDS))
    return min(max(last + wait - now, timedelta(0)), wait)


def _take_turn(session: Session, hashes: list[str]) -> None:
    """Wait for the transactions that decide about the same address or subject.

    SQLite lets one transaction write at a time anyway; PostgreSQL has locks for it, always
    taken in the same order.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    numbers = sorted(int(each[:LOCK_HEX_DIGITS], 16) for each in hashes)
    session.execute(
        select(*(func.pg_advisory_xact_lock(literal(each, BigInteger)) for each in numbers))
    )


def _address_hash(address: str, key: str) -> str:
    return keyed_hash(key, "address of a try", _place(address)).hex()


def _subject_hash(subject: str | None, key: str) -> str | None:
    return keyed_hash(key, "subject of a try", fold_email(subject)).hex() if subject else None


def _place(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 of an IPv6 address.

    IPv4 written as IPv6 is IPv4 (RFC 4291, 2.5.5.2). What is no address counts as written.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((int(parsed), IPV6_PREFIX), strict=False))
