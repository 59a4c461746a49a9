"""The page of a plan that is open at the coach's: asked again and again, answered cheaply."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask, template_rendered
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.statements import counted
from tests.visitor import Visitor
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.versions import plan_version
from webapp.models.person import Person, Support
from webapp.models.plan import Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]
LAST_WORDS = ("today", "days", "goals", "choices", "changes")


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada something to do every day."""
    task = factories.task(session, cast.ada)
    session.commit()
    return task


def etag(browser: Visitor, path: str) -> str:
    return browser.get(path).headers["ETag"]


def again(browser: Visitor, path: str, known: str) -> int:
    """Ask for a page whose version is known, and return the status."""
    return browser.get(path, If_None_Match=known).status


@pytest.mark.parametrize("last", LAST_WORDS)
def test_what_has_not_changed_is_not_made_again(
    visit: Visit, cast: Cast, sweep: Task, app: Flask, database: Database, last: str
) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/{last}"
    known = etag(cora, path)
    assert re.fullmatch(r'W/"[0-9a-f]{16}"', known)
    filled: list[object] = []

    def note(_sender: object, **facts: object) -> None:
        filled.append(facts["template"])

    with template_rendered.connected_to(note, app), counted(database.engine) as said:
        answer = cora.client.get(path, headers={"If-None-Match": known})
    assert (answer.status_code, answer.data, filled) == (304, b"", [])
    assert answer.headers["ETag"] == known
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(said) <= 3


def test_the_page_carries_its_version(visit: Visit, cast: Cast, sweep: Task) -> None:
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/today")
    element = page.root.one("fresh-plan")
    assert page.headers["ETag"] == f'W/"{element["data-version"]}"'
    assert element["data-words"] == "The plan has changed."
    assert element["role"] == "status"
    assert page.headers["Cache-Control"] == "no-store"


def test_only_the_plan_of_another_person_refreshes(visit: Visit, cast: Cast, sweep: Task) -> None:
    ada, cora = visit(cast.ada), visit(cast.cora)
    own = [ada.get("/today"), ada.get(f"/people/{cast.ada.id}/today"), ada.get("/goals")]
    other = [cora.get("/people"), cora.get(f"/people/{cast.ada.id}/me"), cora.get("/me")]
    for page in (*own, *other):
        assert page.root.all("fresh-plan") == []
        assert "ETag" not in page.headers


def test_a_change_of_the_person_is_seen(visit: Visit, cast: Cast, sweep: Task) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/today"
    known = etag(cora, path)
    ada, task = visit(cast.ada), f"/tasks/{sweep.id}/2026-11-23"
    for last in ("done", "undo", "not-today"):
        assert ada.post(f"{task}/{last}").status == 303
        assert again(cora, path, known) == 200
        known = etag(cora, path)
        assert again(cora, path, known) == 304


def test_a_change_of_somebody_else_is_not(visit: Visit, cast: Cast, sweep: Task) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/today"
    known = etag(cora, path)
    assert visit(cast.ben).post("/me/theme", value="dark").status == 303
    assert again(cora, path, known) == 304


def test_time_makes_a_new_page(visit: Visit, cast: Cast, sweep: Task, clock: Clock) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/today"
    known = etag(cora, path)
    clock.move(seconds=59)
    assert again(cora, path, known) == 304
    clock.move(seconds=1)
    assert again(cora, path, known) == 200
    known = etag(cora, path)
    clock.move(hours=2)
    assert again(cora, path, known) == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("language", "fr"), ("theme", "dark"), ("text-size", "32"), ("time-style", "digits")],
)
def test_what_the_reader_chose_makes_a_new_page(
    visit: Visit, cast: Cast, sweep: Task, name: str, value: str
) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/today"
    known = etag(cora, path)
    assert cora.post(f"/me/{name}", value=value).status == 303
    assert again(cora, path, known) == 200


def test_each_page_and_each_reader_has_a_version(
    visit: Visit, cast: Cast, session: Session, now: datetime
) -> None:
    factories.support(session, cast.dan, cast.ada, now)
    session.commit()
    readers = visit(cast.cora), visit(cast.dan)
    paths = [f"/people/{cast.ada.id}/{last}" for last in LAST_WORDS]
    paths += [f"/people/{cast.ada.id}/today?day=2026-11-24"]
    found = {etag(reader, path) for reader in readers for path in paths}
    assert len(found) == 12


def test_who_may_not_look_gets_no_304(
    visit: Visit, cast: Cast, sweep: Task, session: Session, now: datetime
) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/today"
    known = etag(cora, path)
    assert again(visit(cast.dan), path, known) == 404
    assert again(visit(None), path, known) == 303
    session.execute(update(Support).values(ended_at=now - timedelta(minutes=1)))
    session.commit()
    assert again(cora, path, known) == 404


def test_a_sentence_waits_for_who_opens_the_page(visit: Visit, cast: Cast, sweep: Task) -> None:
    cora, path = visit(cast.cora), f"/people/{cast.ada.id}/today"
    with cora.client.session_transaction() as cookie:
        cookie["_flashes"] = [("done", "This is done.")]
    assert cora.get(path, If_None_Match='W/"old"').notices == []
    assert cora.get(path).notices == ["This is done."]


def test_the_version_of_a_plan_costs_one_statement(
    session: Session, cast: Cast, database: Database, now: datetime
) -> None:
    ada = session.get_one(Person, cast.ada.id)
    assert plan_version(session, ada) == 0
    asked = Asked("a-change", "settings.change", {"setting": "theme", "value": "dark"})
    changes.make(session, ada, ada, asked, now)
    with counted(database.engine) as said:
        first = plan_version(session, ada)
    assert first > 0
    assert len(said) == 1
    asked = Asked("another", "settings.change", {"setting": "theme", "value": "light"})
    changes.make(session, ada, ada, asked, now)
    assert plan_version(session, ada) > first
