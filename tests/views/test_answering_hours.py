"""When I answer: the page on which staff say their hours."""

from collections.abc import Callable
from datetime import time

import pytest

from tests.cast import Cast
from tests.page import Page
from tests.visitor import Visitor, rows
from webapp.models.person import Person
from webapp.web.database import Database

Visit = Callable[..., Visitor]
Hours = tuple[str | None, time | None, time | None]


def ticked(page: Page) -> list[str]:
    boxes = page.main.all("input", type="checkbox")
    return [box["value"] for box in boxes if "checked" in box.attributes]


def kept(database: Database, name: str) -> Hours:
    [person] = [each for each in rows(database, Person) if each.name == name]
    return person.answers_on, person.answers_from, person.answers_until


@pytest.mark.parametrize("name", ["cora", "mia"])
def test_staff_say_their_hours(visit: Visit, cast: Cast, database: Database, name: str) -> None:
    browser = visit(getattr(cast, name))
    assert "/me/hours" in browser.get("/me").links
    assert ticked(browser.get("/me/hours")) == []
    page = browser.follow(browser.post("/me/hours", on=["TU", "MO"], begins="09:00", ends="16:30"))
    assert page.notices == ["Your hours are kept."]
    assert kept(database, name.title()) == ("MO,TU", time(9), time(16, 30))
    page = browser.get("/me/hours")
    assert ticked(page) == ["MO", "TU"]
    assert page.main.one("input", name="begins")["value"] == "09:00"


def test_hours_can_be_taken_away(visit: Visit, cast: Cast, database: Database) -> None:
    cora = visit(cast.cora)
    cora.post("/me/hours", on=["MO"], begins="09:00", ends="16:30")
    cora.post("/me/hours", begins="09:00", ends="16:30")
    assert kept(database, "Cora") == (None, None, None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": ["MO"], "begins": "", "ends": "17:00"}, "begins"),
        ({"on": ["MO"], "begins": "17:00", "ends": "09:00"}, "begins"),
        ({"on": ["MO"], "begins": "09:00", "ends": "late"}, "ends"),
        ({"on": ["XX"], "begins": "09:00", "ends": "17:00"}, "on-0"),
    ],
)
def test_a_mistake_comes_back_with_what_was_typed(
    visit: Visit, cast: Cast, database: Database, said: dict[str, str], field: str
) -> None:
    page = visit(cast.cora).post("/me/hours", **said)
    assert page.status == 422
    assert page.main.one("error-summary").one("a")["href"] == f"#{field}"
    for name in ("begins", "ends"):
        assert page.main.one("input", name=name)["value"] == said[name]
    assert kept(database, "Cora") == (None, None, None)


def test_nobody_else_has_hours(visit: Visit, cast: Cast) -> None:
    for person in (cast.ada, cast.emil, cast.olga):
        browser = visit(person)
        assert browser.get("/me/hours").status == 404
        assert "/me/hours" not in browser.get("/me").links
