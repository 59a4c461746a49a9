"""Pages of mistakes: easy words, a way back, a way to a human, and nothing in the log."""

import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession

from tests import factories
from tests.cast import Cast
from tests.conftest import NOW
from tests.page import Page
from tests.visitor import Visitor, everything
from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import days
from webapp.models.person import Language
from webapp.web import login
from webapp.web.database import Database

Visit = Callable[..., Visitor]

CANARY = "Zebulon walks on Thursday"


@pytest.fixture(params=[Language.EN, Language.FR])
def ada(request: pytest.FixtureRequest, visit: Visit, session: OrmSession, cast: Cast) -> Visitor:
    """Give Ada's phone, in English and then in French."""
    cast.ada.language = request.param
    session.add(cast.ada)
    session.commit()
    return visit(cast.ada)


def assert_is_kind(page: Page, status: int) -> None:
    """A mistake has one heading, words, a way back and a way to a human."""
    assert page.status == status
    assert page.title
    assert len(page.main.all("p")) >= 1
    assert page.main.one(class_="main-action").one("a")["href"] in {"/today", "/people", "/me"}
    assert "/help" in {link["href"] for link in page.main.all("a")}
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_each_mistake_has_its_page(ada: Visitor, cast: Cast, session: OrmSession) -> None:
    task = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    session.commit()
    here = f"/tasks/{task.id}/{factories.MONDAY}"
    assert_is_kind(ada.post(f"{here}/done", change_id=None), 400)
    assert_is_kind(ada.get("/nowhere"), 404)
    assert_is_kind(ada.get(f"{here}/done"), 405)
    assert_is_kind(ada.post(f"{here}/later", choice="2026-11-24"), 409)
    assert_is_kind(ada.post("/me/theme", value="x" * 70_000), 413)


def test_a_refusal_has_its_page(visit: Visit, cast: Cast, session: OrmSession) -> None:
    task = factories.task(session, cast.ada)
    session.commit()
    page = visit(cast.cora).post(f"/tasks/{task.id}/{factories.MONDAY}/done")
    assert page.status == 403
    assert "This belongs to another person." in page.words
    assert "Your organisation can help you." in page.words
    assert "Your coach" not in page.words
    assert "/people" in page.links


def test_nobody_has_a_way_to_a_human_too(visit: Visit) -> None:
    page = visit().get("/nowhere")
    assert page.status == 404
    assert "Your coach can help you." in page.words
    assert "/sign-in" in {link["href"] for link in page.main.all("a")}


def test_an_address_that_takes_only_forms_says_so_to_machines(visit: Visit) -> None:
    page = visit().get("/language")
    assert page.status == 405
    assert set(page.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


@pytest.mark.parametrize("path", ["/today/", "/TODAY", "/people/x/today", "/people/-1/today"])
def test_an_address_that_is_almost_right(visit: Visit, cast: Cast, path: str) -> None:
    assert visit(cast.ada).get(path).status == 404


@pytest.mark.parametrize("number", [0, 2**31 - 1, 2**31, 2**63, 10**30])
def test_no_number_is_too_large(visit: Visit, cast: Cast, number: int) -> None:
    for path in (f"/people/{number}/today", f"/tasks/{number}/2026-11-23"):
        assert visit(cast.cora).get(path).status == 404
    assert visit(cast.cora).post(f"/devices/{number}/end").status == 404


@pytest.mark.parametrize("path", ["/me/theme", "/sign-in/staff", "/sign-in/code", "/people/new"])
def test_a_form_with_the_character_nul_is_refused(visit: Visit, cast: Cast, path: str) -> None:
    nul = {name: "a\x00b" for name in ("value", "email", "password", "code", "name")}
    assert visit(cast.cora).post(path, **nul).status == 400


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Give the log; whatever the test does, it holds no names, words or tokens."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    records = caplog.get_records("call")
    assert records
    said = " ".join(f"{record.getMessage()} {record.exc_text}" for record in records)
    for secret in (CANARY, "Zebulon", "Ada", "a-secret-token"):
        assert secret not in said


def break_today(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_values: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(days, "today_for", broken)


def test_a_broken_page_has_a_number_that_stands_in_the_log(
    ada: Visitor, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    break_today(monkeypatch)
    page = ada.get("/today")
    assert_is_kind(page, 500)
    number = page.main.one("strong").words
    [record] = [each for each in log.records if number in each.getMessage()]
    assert "today.show" in record.getMessage()
    assert "ValueError" in record.getMessage()
    assert CANARY not in page.text


def test_what_breaks_while_it_is_stored_is_told_the_same_way(
    visit: Visit, cast: Cast, log: pytest.LogCaptureFixture, database: Database
) -> None:
    def broken(_session: OrmSession) -> None:
        raise ValueError(CANARY)

    ada, before = visit(cast.ada), everything(database)
    event.listen(OrmSession, "before_commit", broken)
    try:
        page = ada.post("/me/theme", value="dark")
    finally:
        event.remove(OrmSession, "before_commit", broken)
    assert page.status == 500
    number = page.main.one("strong").words
    assert [record.levelname for record in log.records if number in record.getMessage()]
    assert everything(database) == before
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_token_in_a_broken_address_stays_out_of_the_log(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    from webapp.domain import sign_in_cards

    def broken(*_values: object, **_named: object) -> None:
        raise ValueError("a-secret-token")

    monkeypatch.setattr(sign_in_cards, "find_by_link", broken)
    page = visit().get("/sign-in/link/a-secret-token")
    assert page.status == 500
    assert log.records


@pytest.fixture
def without_database(settings: Settings) -> Flask:
    """Give an app whose database does not answer."""
    gone = "sqlite:////nowhere/at/all.sqlite3"
    return create_app(settings, db=Database(gone))


def test_without_a_database_a_page_still_answers(
    without_database: Flask, visit: Visit, cast: Cast, log: pytest.LogCaptureFixture
) -> None:
    browser = Visitor(without_database)
    with browser.client.session_transaction() as cookie:
        cookie.update(login.remembered("a-secret-token", 1, NOW))
    page = browser.get("/today")
    assert page.status == 500
    assert "It is not your fault." in page.words
    assert page.main.one("strong").words in " ".join(each.getMessage() for each in log.records)
    assert page.headers["Cache-Control"] == "no-store"
