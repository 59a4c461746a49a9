"""Sign-in cards in a race: two phones, two machines, two coaches."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import sign_in_cards as cards
from webapp.domain.errors import RuleBroken
from webapp.models.person import Person
from webapp.models.sign_in import CardKind, SignInCard
from webapp.web.database import Database

KEY = "a secret key of the tests, long enough"

Make = Callable[[], SignInCard]


@pytest.fixture
def make(session: Session, cast: Cast, now: datetime) -> Make:
    """Make a card to show to Ada."""
    return lambda: cards.make_card(session, None, cast.ada, CardKind.SHOWN, key=KEY, now=now)


def test_two_phones_at_the_same_instant(
    database: Database, session: Session, make: Make, now: datetime
) -> None:
    card_id = make().id
    session.commit()
    together = Barrier(2, timeout=10)

    def press() -> str:
        found = database.session(reading=True)
        with found:
            assert cards.find_live(found, card_id, now)
        together.wait()
        try:
            with database.transaction() as own:
                return cards.use(own, card_id, now).name
        except RuleBroken as refused:
            return refused.code

    with ThreadPoolExecutor(2) as phones:
        answers = [each.result() for each in [phones.submit(press) for _ in range(2)]]
    assert sorted(answers) == ["Ada", "card_used_or_old"]


def test_a_second_phone_waits_for_the_first_and_loses(
    database: Database, session: Session, make: Make, now: datetime
) -> None:
    card_id = make().id
    session.commit()
    started = Barrier(2, timeout=10)

    def second() -> str:
        started.wait()
        try:
            with database.transaction() as own:
                return cards.use(own, card_id, now).name
        except RuleBroken as refused:
            return refused.code

    with ThreadPoolExecutor(1) as other_machine:
        with database.transaction() as first:
            assert cards.use(first, card_id, now).name == "Ada"
            answer = other_machine.submit(second)
            started.wait()
        assert answer.result() == "card_used_or_old"


def test_two_coaches_make_cards_at_the_same_instant(
    database: Database, session: Session, cast: Cast, now: datetime
) -> None:
    ada_id = cast.ada.id
    together = Barrier(2, timeout=10)

    def make_one() -> None:
        together.wait()
        with database.transaction() as own:
            ada = own.get_one(Person, ada_id)
            cards.make_card(own, None, ada, CardKind.SHOWN, key=KEY, now=now)

    with ThreadPoolExecutor(2) as coaches:
        for each in [coaches.submit(make_one) for _ in range(2)]:
            each.result()
    made = session.query(SignInCard).all()
    assert [cards.is_live(card, now) for card in made].count(True) == 1
