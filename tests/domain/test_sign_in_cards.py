"""Sign-in cards: who may make them, what opens them, and that each is used once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import sign_in_cards as cards
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.person import Person, Role, Support
from webapp.models.sign_in import CardKind, SignInCard

KEY = "a secret key of the tests, long enough"
OTHER_KEY = "another secret key, also long enough"
SECOND = timedelta(seconds=1)

Make = Callable[..., SignInCard]


@pytest.fixture
def make(session: Session, cast: Cast, now: datetime) -> Make:
    """Make a card for Ada by the command, unless said otherwise."""

    def made(person: Person = cast.ada, kind: CardKind = CardKind.SHOWN) -> SignInCard:
        return cards.make_card(session, None, person, kind, key=KEY, now=now)

    return made


def code_of(card: SignInCard) -> str:
    code = cards.card_code(card, KEY)
    assert code is not None
    return code


def by_link(session: Session, card: SignInCard, at: datetime) -> SignInCard | None:
    return cards.find_by_link(session, cards.card_link_token(card, KEY), key=KEY, now=at)


def by_code(session: Session, card: SignInCard, at: datetime) -> SignInCard | None:
    return cards.find_by_code(session, code_of(card), key=KEY, now=at)


def test_a_coach_makes_cards_for_whom_they_support(
    session: Session, cast: Cast, now: datetime
) -> None:
    card = cards.make_card(session, cast.cora, cast.ada, CardKind.SHOWN, key=KEY, now=now)
    assert (card.person_id, card.made_by_id) == (cast.ada.id, cast.cora.id)


@pytest.mark.parametrize(
    ("actor", "person"),
    [
        ("cora", "ben"),
        ("cora", "cora"),
        ("cora", "dan"),
        ("mia", "ada"),
        ("emil", "ada"),
        ("olga", "ada"),
        ("ada", "ada"),
        ("ada", "ben"),
        ("ada", "cora"),
    ],
)
def test_nobody_else_makes_cards(
    session: Session, cast: Cast, now: datetime, actor: str, person: str
) -> None:
    with pytest.raises(NotAllowed):
        cards.make_card(
            session, getattr(cast, actor), getattr(cast, person), CardKind.SENT, key=KEY, now=now
        )


def test_a_coach_who_left_makes_no_card(session: Session, cast: Cast, now: datetime) -> None:
    session.query(Support).filter_by(supporter_id=cast.cora.id).update({"ended_at": now})
    with pytest.raises(NotAllowed):
        cards.make_card(session, cast.cora, cast.ada, CardKind.SHOWN, key=KEY, now=now)


def test_an_administrator_makes_cards_for_staff(
    session: Session, cast: Cast, now: datetime
) -> None:
    card = cards.make_card(session, cast.olga, cast.cora, CardKind.SENT, key=KEY, now=now)
    assert card.person_id == cast.cora.id


@pytest.mark.parametrize(
    ("kind", "lives"),
    [(CardKind.SHOWN, timedelta(minutes=10)), (CardKind.SENT, timedelta(hours=24))],
)
def test_a_link_opens_until_the_card_is_old(
    session: Session, make: Make, now: datetime, kind: CardKind, lives: timedelta
) -> None:
    card = make(kind=kind)
    end = now + lives
    assert by_link(session, card, end - SECOND) is card
    assert cards.find_live(session, card.id, end - SECOND) is card
    assert cards.is_live(card, end - SECOND)
    assert by_link(session, card, end) is None
    assert cards.find_live(session, card.id, end) is None
    assert not cards.is_live(card, end)


def test_a_code_opens_until_the_card_is_old(session: Session, make: Make, now: datetime) -> None:
    card = make()
    assert by_code(session, card, now + timedelta(minutes=10) - SECOND) is card
    assert by_code(session, card, now + timedelta(minutes=10)) is None


def test_a_sent_card_has_no_code(make: Make) -> None:
    card = make(kind=CardKind.SENT)
    assert cards.card_code(card, KEY) is None
    assert card.code_hash is None


def test_link_and_code_can_be_worked_out_again(make: Make) -> None:
    card = make()
    token, code = cards.card_link_token(card, KEY), code_of(card)
    assert (token, code) == (cards.card_link_token(card, KEY), code_of(card))
    assert len(token) * 5 >= 160
    assert token.isalnum() and token.isascii()
    assert len(code) == 8 and code.isdecimal()


def test_the_database_alone_opens_nothing(session: Session, make: Make, now: datetime) -> None:
    card = make()
    stored = {str(value) for value in inspect(card).dict.values()}
    assert not stored & {cards.card_link_token(card, KEY), code_of(card)}
    assert cards.card_link_token(card, OTHER_KEY) != cards.card_link_token(card, KEY)
    assert cards.card_code(card, OTHER_KEY) != code_of(card)
    for known in (card.link_hash, card.nonce, cards.card_link_token(card, OTHER_KEY)):
        assert cards.find_by_link(session, known, key=KEY, now=now) is None
    assert cards.find_by_code(session, code_of(card), key=OTHER_KEY, now=now) is None


def test_codes_are_spread_evenly() -> None:
    drawn = [
        cards.card_code(SignInCard(kind=CardKind.SHOWN, nonce=str(number)), KEY) or ""
        for number in range(4000)
    ]
    assert len(set(drawn)) > 3990
    for place in range(8):
        seen = Counter(code[place] for code in drawn)
        assert set(seen) == set("0123456789")
        assert max(seen.values()) < 500 and min(seen.values()) > 300


@pytest.mark.parametrize(
    "between", ["", " ", ".", "-", "\u00a0", "\u202f", "\u2009", "\u2011", "–"]
)
def test_a_code_may_be_spaced(session: Session, make: Make, now: datetime, between: str) -> None:
    card = make()
    code = code_of(card)
    typed = f" {code[:4]}{between}{code[4:6]}{between}{code[6:]}\n"
    assert cards.find_by_code(session, typed, key=KEY, now=now) is card


@pytest.mark.parametrize(
    "change",
    [
        lambda code: "",
        lambda code: code[:7],
        lambda code: code + "0",
        lambda code: code[:7] + "o",
        lambda code: code + "x",
        lambda code: code.translate({ord("0") + n: chr(0x660 + n) for n in range(10)}),
        lambda code: f"{(int(code) + 1) % 10**8:08}",
    ],
)
def test_what_is_not_the_code_opens_nothing(
    session: Session, make: Make, now: datetime, change: Callable[[str], str]
) -> None:
    card = make()
    assert cards.find_by_code(session, change(code_of(card)), key=KEY, now=now) is None


def test_a_new_card_ends_the_earlier_ones_of_that_person(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    first, bens, second = make(), make(person=cast.ben), make(kind=CardKind.SENT)
    assert by_link(session, first, now) is None
    assert by_code(session, first, now) is None
    assert by_link(session, second, now) is second
    assert by_link(session, bens, now) is bens


def draw(monkeypatch: pytest.MonkeyPatch, *nonces: str) -> None:
    """Let the next cards have these nonces."""
    left = iter(nonces)
    monkeypatch.setattr("secrets.token_hex", lambda _size: next(left))


def test_two_live_cards_never_share_a_code(
    session: Session, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    draw(monkeypatch, "one", "one", "two")
    adas, bens = make(), make(person=cast.ben)
    assert (adas.nonce, bens.nonce) == ("one", "two")
    assert by_code(session, adas, now) is adas


def test_a_shared_code_opens_neither(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    adas, bens = make(), make(person=cast.ben)
    bens.code_hash = adas.code_hash
    assert by_code(session, adas, now) is None


def test_only_its_maker_sees_a_card(session: Session, cast: Cast, now: datetime) -> None:
    card = cards.make_card(session, cast.cora, cast.ada, CardKind.SHOWN, key=KEY, now=now)
    factories.support(session, cast.dan, cast.ada, now)
    assert cards.get_card(session, cast.cora, card.id, now) is card
    for stranger in (cast.ada, cast.dan, cast.mia, cast.olga):
        with pytest.raises(NotFound):
            cards.get_card(session, stranger, card.id, now)
    with pytest.raises(NotFound):
        cards.get_card(session, cast.cora, card.id + 1, now)


def test_an_administrator_sees_the_card_they_made(
    session: Session, cast: Cast, now: datetime
) -> None:
    card = cards.make_card(session, cast.olga, cast.dan, CardKind.SHOWN, key=KEY, now=now)
    assert cards.get_card(session, cast.olga, card.id, now) is card


def test_a_coach_who_left_sees_no_card(session: Session, cast: Cast, now: datetime) -> None:
    card = cards.make_card(session, cast.cora, cast.ada, CardKind.SHOWN, key=KEY, now=now)
    session.query(Support).filter_by(supporter_id=cast.cora.id).update({"ended_at": now})
    with pytest.raises(NotFound):
        cards.get_card(session, cast.cora, card.id, now)


def test_a_card_signs_in_once(session: Session, cast: Cast, make: Make, now: datetime) -> None:
    card = make()
    assert cards.use(session, card.id, now) is cast.ada
    assert card.used_at == now and not cards.is_live(card, now)
    assert by_link(session, card, now) is None
    assert by_code(session, card, now) is None
    with pytest.raises(RuleBroken, match="card_used_or_old"):
        cards.use(session, card.id, now)


def test_an_old_or_ended_card_signs_nobody_in(session: Session, make: Make, now: datetime) -> None:
    ended, old = make(), make()
    for card, at in ((ended, now), (old, now + timedelta(minutes=10))):
        with pytest.raises(RuleBroken, match="card_used_or_old"):
            cards.use(session, card.id, at)


def test_a_card_of_staff_signs_staff_in(session: Session, now: datetime, make: Make) -> None:
    coach = factories.person(session, "Cleo", Role.COACH, now)
    assert cards.use(session, make(person=coach).id, now) is coach
