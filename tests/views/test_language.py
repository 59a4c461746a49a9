"""The language switch: on every page, the same page, and never another site."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.visitor import Visitor, rows
from webapp.models.change import HistoryEntry
from webapp.models.person import Person
from webapp.web.database import Database

Visit = Callable[..., Visitor]

PUBLIC = ("/sign-in", "/sign-in/code", "/sign-in/staff", "/about", "/nowhere")


@pytest.mark.parametrize("path", PUBLIC)
def test_before_signing_in(visit: Visit, path: str) -> None:
    browser = visit()
    switch = browser.get(path).root.one("form", action="/language")
    assert switch.one("button").words == "Français"
    assert switch.one(lang="fr").words == "Français"
    sent = {each["name"]: each["value"] for each in switch.all("input", type="hidden")}
    answer = browser.post("/language", **sent)
    assert (answer.status, answer.location) == (303, path)
    page = browser.get(path)
    assert page.root.one("html")["lang"].startswith("fr-")
    assert page.root.one("form", action="/language").one("button").words == "English"


def test_a_person_keeps_their_language(visit: Visit, cast: Cast, database: Database) -> None:
    answer = visit(cast.ada).post("/language", language="fr", next="/days")
    assert answer.location == "/days"
    assert next(each for each in rows(database, Person) if each.name == "Ada").language == "fr"
    assert visit(cast.ada).get("/days").root.one("html")["lang"] == "fr-CA"


def test_switched_twice_under_one_id_is_switched_once(
    visit: Visit, cast: Cast, database: Database
) -> None:
    ada = visit(cast.ada)
    for _time in range(2):
        ada.post("/language", language="fr", next="/me", change_id="the-same-id")
    assert len(rows(database, HistoryEntry)) == 1


def test_the_language_chosen_before_is_still_there_after_signing_out(
    visit: Visit, cast: Cast
) -> None:
    browser = visit()
    browser.post("/language", language="fr", next="/about")
    assert browser.get("/sign-in").root.one("html")["lang"].startswith("fr-")


@pytest.mark.parametrize("language", ["de", "", "FR", None, "fr\x00"])
def test_a_language_that_we_do_not_speak(visit: Visit, cast: Cast, language: str | None) -> None:
    for browser in (visit(), visit(cast.ada)):
        assert browser.post("/language", language=language, next="/about").status == 400


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/today\r\nSet-Cookie: a=b",
        "/\x01",
        "javascript:alert(1)",
        "evil.example",
        "",
        None,
    ],
)
def test_it_never_leads_to_another_site(visit: Visit, elsewhere: str | None) -> None:
    page = visit().post("/language", language="fr", next=elsewhere)
    assert (page.status, page.location) == (303, "/sign-in")


@pytest.mark.parametrize("path", ["/about", "/tasks/7/2026-11-23#step-2", "/sign-in/link/abc"])
def test_it_leads_back_to_where_it_was_pressed(visit: Visit, path: str) -> None:
    assert visit().post("/language", language="fr", next=path).location == path


def test_on_the_page_of_a_mistake_it_leads_to_a_page_that_is_there(
    visit: Visit, cast: Cast
) -> None:
    ada = visit(cast.ada)
    page = ada.post("/tasks/7/2026-11-23/done")
    switch = page.root.one("form", action="/language")
    sent = {each["name"]: each["value"] for each in switch.all("input", type="hidden")}
    page = ada.follow(ada.post("/language", **sent))
    assert page.status in {200, 303}


def test_after_signing_out_the_page_still_speaks_the_persons_language(
    visit: Visit, cast: Cast
) -> None:
    phone = visit(cast.ada)
    phone.post("/language", language="fr", next="/today")
    page = phone.follow(phone.post("/sign-in/out"))
    assert page.root.one("html")["lang"] == "fr-CA"
