"""New people, who stands beside them, and e-mail addresses that belong to one."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import access, people
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.domain.people import NewPerson
from webapp.models.person import Language, Pace, Person, Region, Role, Theme

ZOE = NewPerson("Zoé", Language.FR, Region.FR, "Europe/Paris", "+33 1 99 00 12 34")


def test_a_coach_adds_a_participant_and_stands_beside(
    session: Session, cast: Cast, now: datetime
) -> None:
    made = people.add_participant(session, cast.cora, ZOE, now)
    assert (made.role, made.name, made.language, made.region, made.time_zone, made.telephone) == (
        Role.PARTICIPANT,
        *(ZOE.name, ZOE.language, ZOE.region, ZOE.time_zone, ZOE.telephone),
    )
    assert (made.pace, made.theme, made.text_size) == (Pace.STEADY, Theme.SYSTEM, 20)
    assert access.get_participant(session, cast.cora, made.id, now) is made
    with pytest.raises(NotFound):
        access.get_participant(session, cast.dan, made.id, now)


@pytest.mark.parametrize("name", ["ada", "mia", "emil", "olga"])
def test_nobody_else_adds_people(session: Session, cast: Cast, now: datetime, name: str) -> None:
    before = session.scalars(select(Person.id)).all()
    with pytest.raises(NotAllowed):
        people.add_participant(session, getattr(cast, name), ZOE, now)
    assert session.scalars(select(Person.id)).all() == before


def test_an_empty_telephone_is_none(session: Session, now: datetime) -> None:
    new = NewPerson("Al", Language.EN, Region.GB, "Europe/London", "")
    assert people.add(session, Role.MENTOR, new, now).telephone is None


@pytest.mark.parametrize("again", ["cora@example.org", " Cora@Example.ORG "])
def test_an_email_belongs_to_one_person(session: Session, now: datetime, again: str) -> None:
    first = people.add(session, Role.COACH, ZOE, now, email="Cora@example.org ")
    assert first.email == "cora@example.org"
    with pytest.raises(RuleBroken, match="email_taken"):
        people.add(session, Role.COACH, ZOE, now, email=again)


def test_many_may_have_no_email(session: Session, now: datetime) -> None:
    assert {
        people.add(session, Role.MENTOR, ZOE, now, email=none).email for none in ("", None)
    } == {None}


def test_support_begins_now_and_has_no_end(session: Session, cast: Cast, now: datetime) -> None:
    support = people.stand_beside(session, cast.dan, cast.ada, now)
    assert (support.began_at, support.ended_at) == (now, None)
    assert access.get_participant(session, cast.dan, cast.ada.id, now) is cast.ada
    with pytest.raises(NotFound):
        access.get_participant(session, cast.dan, cast.ada.id, now - timedelta(seconds=1))


def test_everybody_in_the_order_in_which_they_came(session: Session, cast: Cast) -> None:
    assert [person.name for person in people.everybody(session)] == [
        *("Ada", "Cora", "Ben", "Dan", "Mia", "Emil", "Olga")
    ]


def test_anybody_by_id_for_the_commands(session: Session, cast: Cast) -> None:
    assert people.get_person(session, cast.ada.id) is cast.ada
    with pytest.raises(NotFound):
        people.get_person(session, 999_999)
