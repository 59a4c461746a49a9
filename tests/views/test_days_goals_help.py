"""My days, my goals and help: as the person and as the coach read them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor
from webapp import pictures
from webapp.models.person import Role
from webapp.models.text import BilingualText

Visit = Callable[..., Visitor]


@pytest.fixture(params=["the person", "the coach"])
def reader(request: pytest.FixtureRequest, visit: Visit, cast: Cast) -> tuple[Visitor, str]:
    """Give Ada's phone, then Cora's, and where Ada's plan begins there."""
    if request.param == "the person":
        return visit(cast.ada), ""
    return visit(cast.cora), f"/people/{cast.ada.id}"


def test_seven_days_and_what_stands_on_each(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    factories.task(session, cast.ada, repeat_rule="FREQ=WEEKLY;BYDAY=MO,WE")
    factories.task(session, cast.ada, "Mop", at_time=time(8, 30), repeat_rule="FREQ=DAILY;COUNT=1")
    session.commit()
    page = visitor.get(f"{start}/days")
    days = page.main.all(class_="day-list-day")
    assert [day.one("h2").words for day in days][:3] == [
        "Today, Monday 23 November",
        "Tomorrow, Tuesday 24 November",
        "Wednesday 25 November",
    ]
    assert len(days) == 7
    found = [[title.words for title in day.all(class_="task-row-title")] for day in days]
    assert found == [["Mop", "Sweep"], [], ["Sweep"], [], [], [], []]
    assert "Free" in days[1].words


def test_goals_with_their_next_steps(
    reader: tuple[Visitor, str], session: Session, cast: Cast
) -> None:
    visitor, start = reader
    goal = factories.goal(session, cast.ada)
    goal.wanted_by = date(2027, 3, 1)
    goal.next_steps[0].title = BilingualText(fr="J'essaie.")
    session.commit()
    page = visitor.get(f"{start}/goals")
    for words in ("I keep my job.", "I like it.", "For Monday 1 March 2027", "J'essaie."):
        assert words in page.words
    assert [each.words for each in page.main.all(lang="fr")] == ["J'essaie."]


@pytest.mark.parametrize("name", [None, "a-picture-of-tomorrow"])
def test_a_next_step_without_a_known_picture_has_the_general_one(
    visit: Visit, session: Session, cast: Cast, name: str | None
) -> None:
    factories.goal(session, cast.ada).next_steps[0].picture = name
    session.commit()
    step = visit(cast.ada).get("/goals").main.one(class_="goal-card-step")
    assert step.one("use")["href"].endswith(f"#{pictures.GENERAL}")


def test_no_goals_yet(reader: tuple[Visitor, str]) -> None:
    visitor, start = reader
    page = visitor.get(f"{start}/goals")
    assert "goals come here." in page.words


def test_help_shows_who_helps_and_how_to_call(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/help")
    names = [card.one("h2").words for card in page.main.all(class_="helper-card card")]
    assert names == ["Cora", "Mia", "Emil"]
    assert "Your coach" in page.words
    assert "Your helper at work" in page.words
    assert "tel:+15065550101" in page.links


def test_the_coach_reads_roles_not_yours(visit: Visit, cast: Cast) -> None:
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/help")
    assert page.root.one(class_="plan-frame-name").words == "The plan of Ada"
    assert "Coach" in page.words
    assert "Helper at work" in page.words
    assert "Your" not in page.words


def test_a_helper_who_left_or_has_not_come_is_not_shown(
    visit: Visit, session: Session, cast: Cast, now: datetime
) -> None:
    gone = factories.person(session, "Gil", Role.MENTOR, now)
    soon = factories.person(session, "Sue", Role.MENTOR, now)
    hour = timedelta(hours=1)
    factories.support(session, gone, cast.ada, now, ended_at=now - hour)
    factories.support(session, soon, cast.ada, now, began_at=now + hour)
    session.commit()
    page = visit(cast.ada).get("/help")
    assert "Gil" not in page.words
    assert "Sue" not in page.words


def test_nobody_helps_yet(visit: Visit, session: Session, cast: Cast, now: datetime) -> None:
    alone = factories.person(session, "Al", Role.PARTICIPANT, now)
    session.commit()
    page = visit(alone).get("/help")
    assert page.status == 200
    assert page.main.all(class_="empty-state")
