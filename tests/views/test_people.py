"""The coach's people: the list, and somebody new."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.statements import counted
from tests.visitor import Visitor, rows
from webapp.models.person import Person, Role, Support
from webapp.web.database import Database

Visit = Callable[..., Visitor]

SAID = {
    "name": "Zoé",
    "language": "fr",
    "region": "FR",
    "time_zone": "Europe/Paris",
    "telephone": "+33 1 99 00 12 34",
}


def test_the_coach_sees_whom_they_support_and_nobody_else(visit: Visit, cast: Cast) -> None:
    page = visit(cast.cora).get("/people")
    assert [each.words for each in page.main.all(class_="people-list-name")] == ["Ada"]
    assert f"/people/{cast.ada.id}/today" in page.links
    assert "No phone yet" in page.words


def test_a_phone_that_is_signed_in_needs_no_words(visit: Visit, cast: Cast) -> None:
    visit(cast.ada)
    assert "No phone yet" not in visit(cast.cora).get("/people").words


def test_a_coach_is_told_where_no_reminder_arrives(
    visit: Visit, session: Session, cast: Cast, clock: Clock, database: Database
) -> None:
    words, way = "Reminders do not reach this person's phone.", f"/people/{cast.ada.id}/me"
    cora = visit(cast.cora)
    cora.get("/people")
    with counted(database.engine) as before:
        assert words not in cora.get("/people").words
    cast.ada.reminders_on, cast.ada.no_phone_since = True, clock()
    session.add(cast.ada)
    session.commit()
    clock.move(hours=47, minutes=59)
    assert words not in visit(cast.cora).get("/people").words
    clock.move(minutes=1)
    cora = visit(cast.cora)
    with counted(database.engine) as after:
        page = cora.get("/people")
    assert words in page.words
    assert way in page.links
    assert len(after) == len(before)
    hers = cora.get(way)
    assert "Phones that get reminders: none" in hers.words
    assert {f"{way}/phones", f"/people/{cast.ada.id}/sign-in-card"} <= set(hers.links)
    assert words not in visit(cast.ada).get("/me").words


def test_nobody_is_told_of_reminders_that_are_not_wanted_now(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    cast.ada.reminders_on, cast.ada.reminders_paused = True, True
    cast.ada.no_phone_since = clock() - timedelta(days=9)
    session.add(cast.ada)
    session.commit()
    assert "Reminders do not reach" not in visit(cast.cora).get("/people").words


def test_a_coach_without_people(visit: Visit, session: Session, cast: Cast) -> None:
    new = factories.person(session, "Nil", Role.COACH, cast.ada.created_at)
    session.commit()
    page = visit(new).get("/people")
    assert "The people whom you support come here." in page.words
    assert "/people/new" in page.links


def test_the_form_begins_where_the_coach_is(visit: Visit, cast: Cast) -> None:
    page = visit(cast.cora).get("/people/new")
    chosen = {each["value"] for each in page.main.all("input") if "checked" in each.attributes}
    assert chosen == {"en", "CA"}
    zone = page.main.one("select", name="time_zone")
    [option] = [each for each in zone.all("option") if "selected" in each.attributes]
    assert option["value"] == "America/Toronto"


def test_a_zone_that_is_no_choice_is_asked_for(
    visit: Visit, session: Session, cast: Cast, database: Database
) -> None:
    cast.cora.time_zone = "UTC"
    session.add(cast.cora)
    session.commit()
    before = len(rows(database, Person))
    cora = visit(cast.cora)
    first, second, *_more = cora.get("/people/new").main.one("select").all("option")
    assert (first["value"], first.words) == ("", "Choose a time zone")
    assert second["value"] == "America/Toronto"
    page = cora.post("/people/new", **{**SAID, "time_zone": ""})
    assert page.status == 422
    assert "Choose a time zone." in page.main.one("error-summary").words
    assert page.main.one("select").all("option")[0]["value"] == ""
    assert len(rows(database, Person)) == before


def test_a_new_person_has_their_coach_and_then_a_card(
    visit: Visit, cast: Cast, database: Database
) -> None:
    cora = visit(cast.cora)
    answer = cora.post("/people/new", **SAID)
    made = rows(database, Person)[-1]
    assert answer.location == f"/people/{made.id}/sign-in-card"
    assert (made.name, made.role, made.language, made.region, made.time_zone, made.telephone) == (
        "Zoé",
        Role.PARTICIPANT,
        "fr",
        "FR",
        "Europe/Paris",
        "+33 1 99 00 12 34",
    )
    assert rows(database, Support)[-1].supporter_id == cast.cora.id
    assert "Zoé" in cora.get("/people").words
    assert "Zoé" not in visit(cast.dan).get("/people").words


@pytest.mark.parametrize(
    ("field", "value", "mistake"),
    [
        ("name", "", "Write a first name."),
        ("name", "   ", "Write a first name."),
        ("name", "A\x01da", "Write a first name."),
        ("name", "A\nda", "Write a first name."),
        ("name", "\u200b\u2060 ", "Write a first name."),
        ("name", "A\u202eda", "Write a first name."),
        ("name", "A\u2066da", "Write a first name."),
        ("name", "x" * 101, "Write a shorter name."),
        ("telephone", "call me", "Write only numbers and spaces."),
        ("telephone", "1" * 41, "Write a shorter number."),
        ("telephone", "123\n456", "Write only numbers and spaces."),
    ],
)
def test_a_mistake_comes_back_with_all_that_was_typed(
    visit: Visit, cast: Cast, database: Database, field: str, value: str, mistake: str
) -> None:
    before = len(rows(database, Person))
    page = visit(cast.cora).post("/people/new", **{**SAID, field: value})
    assert page.status == 422
    summary = page.main.one("error-summary")
    assert mistake in summary.words
    assert summary.one("a")["href"] == f"#{field}"
    typed = page.main.one("input", id=field)
    assert typed["aria-invalid"] == "true"
    assert mistake in page.main.one(id=f"{field}-mistake").words
    assert f"{field}-mistake" in typed["aria-describedby"].split()
    for name in {"name", "telephone"} - {field}:
        assert page.main.one("input", id=name)["value"] == SAID[name]
    checked = {each["value"] for each in page.main.all("input") if "checked" in each.attributes}
    assert checked == {"fr", "FR"}
    assert len(rows(database, Person)) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "xx"), ("language", None), ("region", "XX"), ("region", ""), ("time_zone", "X")],
)
def test_a_choice_that_does_not_exist(
    visit: Visit, cast: Cast, database: Database, field: str, value: str | None
) -> None:
    before = len(rows(database, Person))
    page = visit(cast.cora).post("/people/new", **{**SAID, field: value})
    assert page.status == 422
    assert page.main.all("error-summary")
    assert len(rows(database, Person)) == before


def test_what_was_typed_is_words_and_never_code(visit: Visit, cast: Cast) -> None:
    attack = '"><script>alert(1)</script><b onclick=x>'
    cora = visit(cast.cora)
    page = cora.post("/people/new", **{**SAID, "name": attack, "telephone": attack})
    assert page.status == 422
    assert page.main.one("input", id="name")["value"] == attack
    cora.post("/people/new", **{**SAID, "name": attack})
    for each in (page, cora.get("/people")):
        assert "<script>alert" not in each.text
        assert each.main.all("b") == []
    assert attack in cora.get("/people").words


def test_only_a_coach_adds_people(visit: Visit, cast: Cast, database: Database) -> None:
    before = len(rows(database, Person))
    for person in (cast.ada, cast.mia, cast.emil, cast.olga):
        assert visit(person).post("/people/new", **SAID).status == 404
    assert len(rows(database, Person)) == before
