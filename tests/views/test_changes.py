"""What changed, as Ada reads it and as her coach reads it; and taking back."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.door import Door
from tests.page import Page
from tests.visitor import Visitor
from webapp.models.person import Language
from webapp.models.plan import Task

Visit = Callable[..., Visitor]
LATER = {"on": "2026-11-23", "at": "14:00", "minutes": 30, "repeat": "FREQ=DAILY"}


@pytest.fixture
def door(session: Session, cast: Cast, sweep: Task, now: datetime) -> Door:
    """Give the door to Ada's plan, at the time of the tests."""
    return Door(session, cast.ada, now)


def said(page: Page) -> list[str]:
    """Return the sentences of the lines, newest first."""
    return [each.words for each in page.main.all(class_="history-line-said")]


def test_a_story_is_told_to_both(visit: Visit, cast: Cast, door: Door, sweep: Task) -> None:
    door.ask(cast.cora, "task.move", why="The bus is late.", task=sweep.id, **LATER)
    proposed = door.last()
    door.does("proposal.answer", changes=[proposed.id], answer="not_now", until="2026-11-24")
    door.does("proposal.answer", changes=[proposed.id], answer="yes")
    door.session.commit()
    hers = visit(cast.ada).get("/changes")
    assert said(hers) == ["You said: yes.", "You said: not now.", "Cora proposes this."]
    for words in ("Sweep", "at 9 in the morning", "2 in the afternoon", "The bus is late."):
        assert words.lower() in hers.words.lower()
    coachs = visit(cast.cora).get(f"/people/{cast.ada.id}/changes")
    assert said(coachs) == ["Ada said: yes.", "Ada said: not now.", "You propose this."]


def test_the_history_reads_in_french(
    visit: Visit, session: Session, cast: Cast, door: Door, sweep: Task
) -> None:
    door.does("task.move", task=sweep.id, **LATER)
    cast.ada.language = Language.FR
    session.commit()
    page = visit(cast.ada).get("/changes")
    assert said(page) == ["Vous avez changé cela."]
    assert page.title == "Ce qui a changé"


def test_undo_puts_back_and_can_itself_be_undone(
    visit: Visit, session: Session, cast: Cast, door: Door, sweep: Task
) -> None:
    change = door.does("task.move", task=sweep.id, **LATER)
    session.commit()
    ada = visit(cast.ada)
    assert f"/changes/{change.id}/undo" in ada.get("/changes").actions
    after = ada.follow(ada.post(f"/changes/{change.id}/undo"))
    assert after.notices == ["Everything is as before."]
    session.expire_all()
    assert sweep.at_time == time(9, 0)
    session.commit()
    page = ada.get("/changes")
    assert said(page) == ["You took this back.", "You changed this."]
    [undo] = [each for each in page.actions if "/changes/" in each]
    ada.post(undo)
    session.expire_all()
    assert sweep.at_time == time(14, 0)


def test_marks_are_told_to_the_person_alone(
    visit: Visit, session: Session, cast: Cast, door: Door, sweep: Task
) -> None:
    door.does("task.done", task=sweep.id, day=factories.MONDAY.isoformat())
    session.commit()
    page = visit(cast.ada).get("/changes")
    assert said(page) == ["You said: done."]
    assert "Sweep" in page.words
    assert said(visit(cast.cora).get(f"/people/{cast.ada.id}/changes")) == []


def test_what_is_being_prepared_is_told_to_nobody_else(
    visit: Visit, session: Session, cast: Cast, door: Door, sweep: Task
) -> None:
    door.ask(cast.cora, "task.move", together=True, task=sweep.id, **LATER)
    session.commit()
    assert said(visit(cast.ada).get("/changes")) == []
    assert said(visit(cast.cora).get(f"/people/{cast.ada.id}/changes")) == ["You propose this."]


def test_a_list_of_changes_is_one_line(
    visit: Visit, session: Session, cast: Cast, door: Door, sweep: Task
) -> None:
    mop = factories.task(session, cast.ada, "Mop", at_time=time(11, 0))
    for task in (sweep, mop):
        door.ask(cast.cora, "task.move", together=True, task=task.id, **LATER)
    proposal = door.last().proposal_id
    door.ask(cast.cora, "proposal.send", proposal=proposal)
    session.commit()
    page = visit(cast.ada).get("/changes")
    assert said(page) == ["Cora sent a list of changes.", "Cora proposes this."]
    assert page.words.index("Sweep") < page.words.index("Mop")


def test_what_the_workplace_fixed_is_not_undone_by_a_tap(
    visit: Visit, session: Session, cast: Cast, door: Door
) -> None:
    shift = factories.task(session, cast.ada, "Shift", is_fixed_by_workplace=True)
    door.ask(cast.cora, "task.move", why="New hours.", task=shift.id, **LATER)
    change = door.last()
    session.commit()
    ada = visit(cast.ada)
    page = ada.get("/changes")
    assert said(page) == ["Cora changed this."]
    assert not [each for each in page.actions if each.endswith("/undo")]
    told = ada.follow(ada.post(f"/changes/{change.id}/undo"))
    assert told.notices == ["Your team sees what you ask for."]
    session.expire_all()
    assert shift.at_time == time(14, 0)


def test_a_refusal_is_told(visit: Visit, session: Session, cast: Cast, sweep: Task) -> None:
    path = f"/tasks/{sweep.id}/{factories.MONDAY}/done"
    assert visit(cast.cora).post(path).status == 403
    page = visit(cast.ada).get("/changes")
    assert said(page) == ["Cora could not change this."]


def test_a_long_history_goes_on_page_by_page(
    visit: Visit, session: Session, cast: Cast, door: Door, sweep: Task
) -> None:
    for _time in range(31):
        door.does("task.done", task=sweep.id, day=factories.MONDAY.isoformat())
    session.commit()
    ada = visit(cast.ada)
    page = ada.get("/changes")
    assert len(said(page)) == 30
    [more] = [link for link in page.links if "before=" in link]
    assert len(said(ada.get(more))) == 1


def test_strangers_find_nothing(visit: Visit, cast: Cast, door: Door, sweep: Task) -> None:
    change = door.does("task.move", task=sweep.id, **LATER)
    door.session.commit()
    for stranger in (cast.ben, cast.dan, cast.mia, cast.emil):
        visitor = visit(stranger)
        assert visitor.get(f"/people/{cast.ada.id}/changes").status == 404
        assert visitor.post(f"/people/{cast.ada.id}/changes/{change.id}/undo").status == 404
    assert visit(cast.ben).post(f"/changes/{change.id}/undo").status == 404
