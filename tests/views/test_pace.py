"""My pace: four paces, each shown before it is taken; a pause, and one tap out of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.statements import counted
from tests.visitor import Visitor, everything, rows
from webapp.models.change import Change, HistoryEntry
from webapp.models.person import Pace, Person
from webapp.models.plan import Task
from webapp.web import i18n
from webapp.web.database import Database
from webapp.web.pace_words import pause_ends

Visit = Callable[..., Visitor]

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
NEXT_MONDAY = factories.MONDAY + timedelta(days=7)
AT_MOST = 6


@pytest.fixture
def plan(session: Session, cast: Cast) -> Task:
    """Give Ada baskets on five days, a fixed time, and a letter; return the baskets."""
    baskets = factories.task(session, cast.ada, "Baskets", repeat_rule=WEEKDAYS)
    factories.task(session, cast.ada, "Shelves", repeat_rule=WEEKDAYS, is_fixed_by_workplace=True)
    tomorrow = factories.MONDAY + timedelta(days=1)
    factories.task(session, cast.ada, "Letter", repeat_rule=None, starts_on=tomorrow)
    session.commit()
    return baskets


def ada_now(database: Database, cast: Cast) -> Person:
    return next(person for person in rows(database, Person) if person.id == cast.ada.id)


def test_the_four_paces_lead_to_what_they_would_do(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/me/pace")
    assert page.title == "My pace"
    assert {f"/me/pace/{pace}" for pace in Pace} <= page.links
    assert page.actions == set()
    [chosen] = page.main.all(aria_current="true")
    assert (chosen["href"], "Now" in chosen.words) == ("/me/pace/steady", True)
    for words in ("Fewer things come.", "Things come as agreed.", "comes sooner.", "Tasks wait"):
        assert words in page.words


@pytest.mark.parametrize("address", ["/today", "/me"])
def test_the_pace_stands_on_today_and_on_me(visit: Visit, cast: Cast, address: str) -> None:
    page = visit(cast.ada).get(address)
    assert "/me/pace" in page.links
    assert "My pace Steady" in page.words
    page = visit(cast.cora).get(f"/people/{cast.ada.id}{address}")
    assert f"/people/{cast.ada.id}/me/pace" in page.links
    assert "The pace Steady" in page.words


def test_slower_is_shown_before_it_is_done(visit: Visit, cast: Cast, plan: Task) -> None:
    page = visit(cast.ada).get("/me/pace/slower")
    assert page.title == "Slower"
    [moved] = page.main.all(class_="moved-task")
    assert moved.words == "Baskets Before Monday to Friday After Every Monday, Wednesday and Friday"
    assert "This thing moves" in page.words
    stays = [each.words for each in page.main.all(class_="named-task")]
    assert stays == ["Shelves"]
    assert "Your workplace fixed these times. You can ask Cora." in page.words
    assert "tel:+15065550101" in page.links
    assert page.actions == {"/me/pace/slower"}
    assert "/me/pace" in page.links
    assert "This begins tomorrow." in page.words


def test_yes_takes_the_pace_and_says_so(
    visit: Visit, cast: Cast, plan: Task, database: Database
) -> None:
    ada = visit(cast.ada)
    answer = ada.post("/me/pace/slower")
    assert answer.location == "/today"
    page = ada.follow(answer)
    assert "This begins tomorrow." in page.notices[0]
    assert "My pace Slower" in page.words
    assert ada_now(database, cast).pace is Pace.SLOWER
    [baskets] = [task for task in rows(database, Task) if task.id == plan.id]
    assert baskets.repeat_rule == "FREQ=WEEKLY;BYDAY=MO,WE,FR"
    page = ada.get("/me/pace/slower")
    assert "This is your pace now." in page.words
    assert page.actions == set()


def test_the_notice_takes_it_back(visit: Visit, cast: Cast, plan: Task, database: Database) -> None:
    ada = visit(cast.ada)
    page = ada.follow(ada.post("/me/pace/slower"))
    [undo] = [action for action in page.actions if action.endswith("/undo")]
    assert ada.post(undo).status == 303
    assert ada_now(database, cast).pace is Pace.STEADY
    assert [task.repeat_rule for task in rows(database, Task)] == [WEEKDAYS, WEEKDAYS, None]


def test_the_same_yes_sent_twice_counts_once(
    visit: Visit, cast: Cast, plan: Task, database: Database
) -> None:
    ada = visit(cast.ada)
    for _time in range(2):
        assert ada.post("/me/pace/slower", change_id="the-same-id").status == 303
    assert len(rows(database, HistoryEntry)) == 1


def test_a_pace_that_moves_nothing_says_so(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/me/pace/faster")
    assert "No task moves." in page.words
    assert "After a step, the next one comes 3 days later." in page.words
    assert "You see 5 proposals at a time." in page.words


def test_a_pause_asks_until_when(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/me/pace/pause")
    assert page.title == "Pause until when?"
    offered = [link for link in page.links if "until=" in link]
    assert len(offered) == 5
    assert "Next week Monday 30 November" in page.words
    assert page.actions == set()


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 23), [1, 3, 7, 14, 30]),
        (date(2026, 11, 27), [1, 3, 14, 30]),  # on a Friday, next week is in 3 days
        (date(2026, 11, 29), [1, 3, 14, 30]),
        (date(2026, 12, 31), [1, 3, 4, 14, 31]),
        (date(2027, 1, 31), [1, 3, 14, 28]),
    ],
)
def test_the_ends_of_a_pause_are_offered_once_each(
    app: Flask, today: date, days: list[int]
) -> None:
    with app.test_request_context("/"):
        i18n.choose(None)
        assert [(end.until - today).days for end in pause_ends(today)] == days


def test_a_pause_is_shown_then_taken_then_ended(
    visit: Visit, cast: Cast, plan: Task, database: Database
) -> None:
    ada = visit(cast.ada)
    page = ada.get(f"/me/pace/pause?until={NEXT_MONDAY}")
    assert "This thing waits" in page.words
    assert "Letter Before Tuesday 24 November After Monday 30 November" in page.words
    assert "It ends on Monday 30 November." in page.words
    assert ada.post("/me/pace/pause", until=str(NEXT_MONDAY)).location == "/today"
    page = ada.get("/today")
    assert "You are on pause until Monday 30 November." in page.words
    assert "Baskets" not in page.main.one("h1").words
    assert "Shelves" in page.words
    assert "/me/pace/steady" in page.actions
    assert "/me/pace/steady" in ada.get("/me/pace").actions
    page = ada.follow(ada.post("/me/pace/steady"))
    assert "Your tasks are back." in page.notices[0]
    assert "Baskets" in page.words
    assert "on pause" not in page.words


def test_a_paused_day_without_anything_is_not_called_free(
    visit: Visit, cast: Cast, clock: Clock
) -> None:
    ada = visit(cast.ada)
    ada.post("/me/pace/pause", until=str(NEXT_MONDAY))
    page = ada.get("/today")
    assert "Today is free." not in page.words
    [again] = page.main.all(class_="main-action")
    assert again.words == "End the pause"
    clock.move(days=7)
    assert "on pause" not in ada.get("/today").words


@pytest.mark.parametrize("until", ["", "soon", "2026-11-23", "2028-01-01"])
def test_a_pause_needs_a_day(visit: Visit, cast: Cast, database: Database, until: str) -> None:
    ada = visit(cast.ada)
    before = everything(database)
    assert ada.get(f"/me/pace/pause?until={until}").status == 409
    page = ada.post("/me/pace/pause", until=until)
    assert page.status == 409
    assert "Choose a day in the next year." in page.words
    assert everything(database) == before


def test_a_pace_that_does_not_exist(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert ada.get("/me/pace/hurry").status == 404
    assert ada.post("/me/pace/hurry").status == 404


def test_the_coach_looks_and_may_propose(
    visit: Visit, cast: Cast, plan: Task, database: Database
) -> None:
    cora, hers = visit(cast.cora), f"/people/{cast.ada.id}/me/pace"
    assert {f"{hers}/{pace}" for pace in Pace} <= cora.get(hers).links
    page = cora.get(f"{hers}/slower")
    assert "Baskets Before Monday to Friday" in page.words
    assert page.actions == set()
    assert f"/people/{cast.ada.id}/propose/pace/slower" in page.links
    page = cora.get(f"{hers}/pause?until={NEXT_MONDAY}")
    assert f"/people/{cast.ada.id}/propose/pace/pause?until={NEXT_MONDAY}" in page.links
    assert cora.post("/me/pace/slower").status == 404
    assert rows(database, Change) == []


def test_the_coach_sees_a_pause_and_does_not_end_it(visit: Visit, cast: Cast) -> None:
    visit(cast.ada).post("/me/pace/pause", until=str(NEXT_MONDAY))
    for address in ("today", "me/pace"):
        page = visit(cast.cora).get(f"/people/{cast.ada.id}/{address}")
        assert "On pause until Monday 30 November." in page.words
        assert page.actions == set()


def test_strangers_and_staff_find_nothing(visit: Visit, cast: Cast) -> None:
    for stranger in (cast.dan, cast.ben, cast.mia, cast.emil, cast.olga):
        assert visit(stranger).get(f"/people/{cast.ada.id}/me/pace").status == 404
        assert visit(stranger).get(f"/people/{cast.ada.id}/me/pace/slower").status == 404
    assert visit(cast.cora).get("/me/pace").status == 404
    assert visit().get("/me/pace").location == "/sign-in"


@pytest.mark.parametrize(
    "address", ["/me/pace", "/me/pace/slower", f"/me/pace/pause?until={NEXT_MONDAY}"]
)
def test_a_page_costs_few_statements(
    visit: Visit, cast: Cast, session: Session, database: Database, address: str
) -> None:
    for number in range(30):
        factories.task(session, cast.ada, f"Task {number}", repeat_rule=WEEKDAYS)
    session.commit()
    ada = visit(cast.ada)
    ada.get("/me")
    with counted(database.engine) as sent:
        assert ada.get(address).status == 200
    assert len(sent) <= AT_MOST
