"""Who sees whom: every role, before, during and after somebody stands beside Ada."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import access
from webapp.domain.errors import NotFound
from webapp.models.person import Person, Role, Support

HOUR = timedelta(hours=1)

Sees = Callable[[Person], bool]


@pytest.fixture
def sees(session: Session, cast: Cast, now: datetime) -> Sees:
    """Give a function that says whether somebody sees Ada, whatever way they look."""
    task = factories.task(session, cast.ada)

    def look(actor: Person) -> bool:
        answers = set()
        for load in (
            lambda: access.get_participant(session, actor, cast.ada.id, now),
            lambda: access.get_task(session, actor, task.id, now),
        ):
            try:
                answers.add(load() in (cast.ada, (task, cast.ada)))
            except NotFound:
                answers.add(False)
        answers.add(cast.ada in access.participants_for(session, actor, now))
        [answer] = answers
        return answer

    return look


def test_only_the_person_and_their_coach_see_the_plan(sees: Sees, cast: Cast) -> None:
    seen = {name: sees(getattr(cast, name)) for name in Cast.__annotations__}
    assert {name for name, sees_it in seen.items() if sees_it} == {"ada", "cora"}


def change_support(session: Session, cast: Cast, **values: datetime | None) -> None:
    support = session.scalars(select(Support).where(Support.supporter_id == cast.cora.id)).one()
    for name, value in values.items():
        setattr(support, name, value)
    session.flush()


@pytest.mark.parametrize(
    ("began", "ended", "expected"),
    [
        (-HOUR, None, True),
        (timedelta(0), None, True),
        (timedelta(seconds=1), None, False),
        (-HOUR, HOUR, True),
        (-HOUR, timedelta(seconds=1), True),
        (-HOUR, timedelta(0), False),
        (-2 * HOUR, -HOUR, False),
        (HOUR, 2 * HOUR, False),
    ],
)
def test_a_coach_sees_as_long_as_they_stand_there(
    sees: Sees,
    session: Session,
    cast: Cast,
    now: datetime,
    began: timedelta,
    ended: timedelta | None,
    expected: bool,
) -> None:
    ends = None if ended is None else now + ended
    change_support(session, cast, began_at=now + began, ended_at=ends)
    assert sees(cast.cora) is expected
    assert (cast.cora in access.team_of(session, cast.ada, now)) is expected


def test_a_coach_who_comes_back_sees_again(
    sees: Sees, session: Session, cast: Cast, now: datetime
) -> None:
    change_support(session, cast, ended_at=now - HOUR)
    assert not sees(cast.cora)
    factories.support(session, cast.cora, cast.ada, now, began_at=now)
    assert sees(cast.cora)
    assert list(access.team_of(session, cast.ada, now)).count(cast.cora) == 1


def test_two_supports_at_once_are_one_person(session: Session, cast: Cast, now: datetime) -> None:
    factories.support(session, cast.cora, cast.ada, now)
    assert list(access.participants_for(session, cast.cora, now)) == [cast.ada]
    assert access.get_participant(session, cast.cora, cast.ada.id, now) is cast.ada


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.COACH])
def test_standing_there_in_another_role_shows_nothing(
    sees: Sees, session: Session, cast: Cast, now: datetime, role: Role
) -> None:
    somebody = factories.person(session, "Sam", role, now)
    factories.support(session, somebody, cast.ada, now)
    assert not sees(somebody)


def test_supporting_a_colleague_shows_no_plan(session: Session, cast: Cast, now: datetime) -> None:
    factories.support(session, cast.cora, cast.dan, now)
    with pytest.raises(NotFound):
        access.get_participant(session, cast.cora, cast.dan.id, now)
    assert cast.dan not in access.participants_for(session, cast.cora, now)


@pytest.mark.parametrize("name", ["cora", "mia", "emil", "olga"])
def test_staff_have_no_plan_of_their_own(
    session: Session, cast: Cast, now: datetime, name: str
) -> None:
    actor = getattr(cast, name)
    with pytest.raises(NotFound):
        access.get_participant(session, actor, actor.id, now)


def test_who_is_not_there_is_not_found(session: Session, cast: Cast, now: datetime) -> None:
    for actor in (cast.ada, cast.cora, cast.olga):
        with pytest.raises(NotFound):
            access.get_participant(session, actor, 999_999, now)
        with pytest.raises(NotFound):
            access.get_task(session, actor, 999_999, now)


def test_people_stand_by_name_and_the_team_by_role(
    session: Session, cast: Cast, now: datetime
) -> None:
    for name in ("Zoe", "Al"):
        person = factories.person(session, name, Role.PARTICIPANT, now)
        factories.support(session, cast.cora, person, now)
    bea = factories.person(session, "Bea", Role.COACH, now)
    factories.support(session, bea, cast.ada, now)
    found = access.participants_for(session, cast.cora, now)
    assert [person.name for person in found] == ["Ada", "Al", "Zoe"]
    team = access.team_of(session, cast.ada, now)
    assert [person.name for person in team] == ["Bea", "Cora", "Mia", "Emil"]
