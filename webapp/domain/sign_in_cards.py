"""Makes sign-in cards, finds them by link or code, and uses each of them once.

A card's link and code are worked out from its random nonce and the secret key. The database
keeps the nonce and keyed hashes: whoever reads the database alone can sign in as nobody, and
the page of whoever made the card can show it again for as long as it lives.
"""

import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, literal, or_, select, update
from sqlalchemy.orm import Session

from webapp.domain.access import is_supported_by, is_visible
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.person import Person, Role
from webapp.models.sign_in import CardKind, SignInCard

LIVES_FOR = {CardKind.SHOWN: timedelta(minutes=10), CardKind.SENT: timedelta(hours=24)}
"""How long a card opens anything. Only the one shown face to face has a code (ASVS 5.0, 6.5.5)."""

NONCE_BYTES = 16
LINK_BYTES = 20
"""160 bits: written in base 32 these are 32 letters and digits, without a sign at the end that a
chat program would cut off, and few enough for a QR code that a cheap camera reads."""
CODE_DIGITS = 8

BETWEEN_DIGITS = re.compile("[\\s.\u00ad\u200b-\u2015\u2060\u2212\ufeff-]")
"""What people and phones put between digits: spaces of all widths, dots, dashes, marks unseen."""


def keyed_hash(key: str, purpose: str, text: str) -> bytes:
    """Return HMAC-SHA256 of `text` under `key`, of no use for any other `purpose`."""
    return hmac.digest(key.encode(), f"{purpose}\0{text}".encode(), "sha256")


def make_card(
    session: Session,
    actor: Person | None,
    person: Person,
    kind: CardKind,
    *,
    key: str,
    now: datetime,
) -> SignInCard:
    """Make a card for `person`; the earlier cards of that person open nothing any more.

    `actor` is None for the command, which may make any card. A coach may make those of the
    participants beside whom they stand, an administrator those of staff.
    Raises NotAllowed to everybody else.
    """
    if actor is not None and not _may_make(session, actor, person, now):
        raise NotAllowed
    _end_earlier(session, person, now)
    card = SignInCard(
        person_id=person.id,
        made_by_id=actor.id if actor else None,
        kind=kind,
        made_at=now,
        expires_at=now + LIVES_FOR[kind],
        used_at=None,
        used_by_hash=None,
    )
    _choose_nonce(session, card, key, now)
    session.add(card)
    session.flush()
    return card


def card_link_token(card: SignInCard, key: str) -> str:
    """Return what stands in the card's link: 160 bits, letters and digits only."""
    return b32encode(keyed_hash(key, "card link", card.nonce)[:LINK_BYTES]).decode().lower()


def card_code(card: SignInCard, key: str) -> str | None:
    """Return the 8 digits to type, or None where the card is sent and has no code.

    256 bits are reduced to 10**8 codes, so that no code is likelier than another by more than
    one part in 2**229.
    """
    if card.kind is not CardKind.SHOWN:
        return None
    number = int.from_bytes(keyed_hash(key, "card code", card.nonce))
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def find_by_link(
    session: Session, token: str, *, key: str, now: datetime, browser: str | None = None
) -> SignInCard | None:
    """Return the card with this link, if it still opens something for this `browser`."""
    return session.scalars(
        select(SignInCard).where(
            SignInCard.link_hash == _link_hash(token, key), _opens_for(browser, now)
        )
    ).one_or_none()


def find_by_code(session: Session, digits: str, *, key: str, now: datetime) -> SignInCard | None:
    """Return the live card with this code, however its digits are spaced (D11), if there is one.

    Two cards made in the same instant could share a code: then it opens neither.
    """
    code = BETWEEN_DIGITS.sub("", digits)
    if not re.fullmatch(f"[0-9]{{{CODE_DIGITS}}}", code):
        return None
    found = _live_with_code(session, _code_hash(code, key), now)
    return found[0] if len(found) == 1 else None


def find_live(
    session: Session, card_id: int, now: datetime, browser: str | None = None
) -> SignInCard | None:
    """Return the card if it still opens something. For a phone that has shown its link or code."""
    return session.scalars(
        select(SignInCard).where(SignInCard.id == card_id, _opens_for(browser, now))
    ).one_or_none()


def get_card(session: Session, actor: Person, card_id: int, now: datetime) -> SignInCard:
    """Return a card, used and old ones too, to whoever made it.

    Raises NotFound to everybody else, and to a coach who stands beside the participant no more.
    """
    found = session.scalars(
        select(SignInCard)
        .join(Person, Person.id == SignInCard.person_id)
        .where(SignInCard.id == card_id, SignInCard.made_by_id == actor.id)
        .where(or_(Person.role != Role.PARTICIPANT, is_visible(actor, now)))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def is_live(card: SignInCard, now: datetime) -> bool:
    """Say whether the card still opens something."""
    return card.used_at is None and card.expires_at > now


def use(session: Session, card_id: int, now: datetime, browser: str | None = None) -> Person:
    """Use the card up, and return whom it signs in.

    Where two phones ask in the same instant the database lets one through: the condition is
    part of the UPDATE. Raises RuleBroken ("card_used_or_old") to the other. `browser` is a
    random text that only the asking browser knows: the same one may ask again as long as the
    card lives, as the answer may have been lost on its way.
    """
    opened = (SignInCard.id == card_id) & _opens_for(browser, now)
    done = cast(
        CursorResult[Any],
        session.execute(
            update(SignInCard)
            .where(opened)
            .values(used_at=now, used_by_hash=_browser_hash(browser))
        ),
    )
    if done.rowcount != 1:
        raise RuleBroken("card_used_or_old")
    return session.scalars(
        select(Person)
        .join(SignInCard, SignInCard.person_id == Person.id)
        .where(SignInCard.id == card_id)
    ).one()


def _may_make(session: Session, actor: Person, person: Person, now: datetime) -> bool:
    if not person.is_participant:
        return actor.role is Role.ADMINISTRATOR
    supports = select(is_supported_by(literal(person.id), actor, now))
    return actor.role is Role.COACH and bool(session.scalar(supports))


def _end_earlier(session: Session, person: Person, now: datetime) -> None:
    """End the person's live cards. Two who make a card for one person take turns."""
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    session.execute(
        update(SignInCard)
        .where(SignInCard.person_id == person.id, _is_live(now))
        .values(expires_at=now)
    )


def _choose_nonce(session: Session, card: SignInCard, key: str, now: datetime) -> None:
    """Give the card a nonce whose code no other live card has, and the hashes that follow."""
    while True:
        card.nonce = secrets.token_hex(NONCE_BYTES)
        code = card_code(card, key)
        card.code_hash = _code_hash(code, key) if code else None
        if card.code_hash is None or not _live_with_code(session, card.code_hash, now):
            break
    card.link_hash = _link_hash(card_link_token(card, key), key)


def _live_with_code(session: Session, code_hash: str, now: datetime) -> Sequence[SignInCard]:
    return session.scalars(
        select(SignInCard).where(SignInCard.code_hash == code_hash, _is_live(now))
    ).all()


def _is_live(now: datetime) -> ColumnElement[bool]:
    return SignInCard.used_at.is_(None) & (SignInCard.expires_at > now)


def _opens_for(browser: str | None, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a card opens something for `browser`: unused, or used by it."""
    if browser is None:
        return _is_live(now)
    used_by_it = (SignInCard.used_by_hash == _browser_hash(browser)) & (SignInCard.expires_at > now)
    return _is_live(now) | used_by_it


def _browser_hash(browser: str | None) -> str | None:
    """Return the hash under which a browser is kept; 128 random bits need no salt and no key."""
    return sha256(browser.encode()).hexdigest() if browser else None


def _link_hash(token: str, key: str) -> str:
    return keyed_hash(key, "hash of a card link", token).hex()


def _code_hash(code: str, key: str) -> str:
    return keyed_hash(key, "hash of a card code", code).hex()
