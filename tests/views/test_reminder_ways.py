"""E-mail, what to do where a phone blocks messages, and whose time counts."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor, rows
from webapp.models.person import Person
from webapp.web.database import Database
from webapp.web.pushing import Pushing
from webapp.web.zone_offsets import zone_clock

Visit = Callable[..., Visitor]
PARIS = "/me/reminders/zone?zone=Europe/Paris"


def ada_now(database: Database) -> Person:
    return next(each for each in rows(database, Person) if each.name == "Ada")


def test_e_mails_come_where_the_person_wants_them(ada: Visitor, database: Database) -> None:
    ada.post("/me/reminders/on")
    assert "/me/reminders/mail" in ada.get("/me/reminders").links
    page = ada.follow(ada.post("/me/reminders/mail", mail_to=" ada@example.org "))
    assert page.notices == ["You get e-mails too."]
    assert "ada@example.org" in page.words
    assert ada_now(database).mail_to == "ada@example.org"
    field = ada.get("/me/reminders/mail").main.one("input", name="mail_to")
    assert field["value"] == "ada@example.org"


def test_an_empty_address_stops_the_e_mails(ada: Visitor, database: Database) -> None:
    ada.follow(ada.post("/me/reminders/mail", mail_to="ada@example.org"))
    page = ada.follow(ada.post("/me/reminders/mail", mail_to=""))
    assert page.notices == ["No e-mails come any more."]
    assert ada_now(database).mail_to is None


@pytest.mark.parametrize("typed", ["ada", "ada@", "a b@example.org", "a@b@c", "x" * 250 + "@a.org"])
def test_what_is_no_address_comes_back_as_it_was_typed(
    ada: Visitor, database: Database, typed: str
) -> None:
    page = ada.post("/me/reminders/mail", mail_to=typed)
    assert page.status == 422
    assert page.main.one("input", name="mail_to")["value"] == typed
    assert "Write your whole e-mail, with the sign @." in page.words
    assert ada_now(database).mail_to is None


def test_the_address_stands_in_no_history(ada: Visitor, cora: Visitor, cast: Cast) -> None:
    ada.post("/me/reminders/mail", mail_to="ada@example.org")
    assert "ada@example.org" not in ada.get("/changes").words
    assert "ada@example.org" not in cora.get(f"/people/{cast.ada.id}/changes").words
    assert "ada@example.org" not in cora.get(f"/people/{cast.ada.id}/me").words


def test_without_mail_nobody_is_offered_it(app: Flask, ada: Visitor) -> None:
    pushing: Pushing = app.extensions["pushing"]
    app.extensions["pushing"] = Pushing(pushing.guard, pushing.server_key, by_mail=False)
    try:
        ada.post("/me/reminders/on")
        for path in ("/me/reminders", "/me/reminders/blocked"):
            assert "/me/reminders/mail" not in ada.get(path).links
        assert ada.get("/me/reminders/mail").status == 404
        assert ada.post("/me/reminders/mail", mail_to="ada@example.org").status == 404
    finally:
        app.extensions["pushing"] = pushing


def test_a_phone_that_blocks_messages_is_explained_with_other_ways(
    ada: Visitor, cora: Visitor
) -> None:
    page = ada.get("/me/reminders/blocked")
    heads = [each.words for each in page.main.all("h2")]
    assert heads == [
        "Android phone with Chrome",
        "Android phone with Firefox",
        "iPhone",
        "Other ways",
    ]
    assert {"/me/reminders/calendar", "/me/reminders/mail"} <= page.links
    assert "/me/reminders/calendar" not in cora.get("/me/reminders/blocked").links


def test_the_day_follows_the_phone_only_where_the_person_says_so(
    ada: Visitor, database: Database
) -> None:
    page = ada.get(PARIS)
    assert "Your phone shows the time of Paris." in page.words
    assert "Your day follows the time of Toronto." in page.words
    page = ada.follow(ada.post("/me/reminders/zone", zone="Europe/Paris", answer="yes"))
    assert page.notices == ["Your day follows the time of this place."]
    assert ada_now(database).time_zone == "Europe/Paris"
    assert "Paris" in ada.get("/changes").words


def test_no_is_kept_so_that_nobody_asks_again(ada: Visitor, database: Database) -> None:
    ada.post("/me/reminders/zone", zone="Europe/Paris", answer="no")
    found = ada_now(database)
    assert (found.time_zone, found.kept_zone) == ("America/Toronto", "Europe/Paris")
    question = ada.get("/today").root.one("zone-question")
    assert question["data-kept-zone"] == "Europe/Paris"
    assert question["data-clock"] == zone_clock("America/Toronto", factories.MONDAY)


@pytest.mark.parametrize("zone", ["", "Nowhere/Here", "../etc/passwd", "<b>"])
def test_a_place_that_does_not_exist(ada: Visitor, database: Database, zone: str) -> None:
    assert ada.get(f"/me/reminders/zone?zone={zone}").status == 404
    assert ada.post("/me/reminders/zone", zone=zone, answer="yes").status == 404
    assert ada_now(database).time_zone == "America/Toronto"


def test_the_coach_is_asked_nothing_about_the_time_of_others(cora: Visitor, cast: Cast) -> None:
    assert cora.get(f"/people/{cast.ada.id}/today").root.all("zone-question") == []
