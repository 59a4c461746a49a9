"""Signing out: asked first, with words for the person and for what they hold, and then done."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor
from webapp.models.person import Person
from webapp.models.sign_in import Device, DeviceKind

Visit = Callable[..., Visitor]

PLAN_IS_GONE = "This {} then shows nothing of your plan. You need a new card to come back."


def hold(session: Session, kind: DeviceKind) -> None:
    """Let all devices be of one kind."""
    session.execute(update(Device).values(kind=kind))
    session.commit()


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (DeviceKind.ANDROID, "phone"),
        (DeviceKind.IPHONE, "phone"),
        (DeviceKind.TABLET, "device"),
        (DeviceKind.COMPUTER, "device"),
        (DeviceKind.OTHER, "device"),
    ],
)
def test_what_is_in_the_hand_has_its_name(
    visit: Visit, cast: Cast, session: Session, kind: DeviceKind, word: str
) -> None:
    ada = visit(cast.ada)
    hold(session, kind)
    assert PLAN_IS_GONE.format(word) in ada.get("/sign-in/out").words
    assert f"This {word}" in ada.get("/me/phones").main.one(class_="device-row").words


def test_asking_ends_nothing_and_no_leads_back(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    page = ada.get("/sign-in/out")
    assert page.actions == {"/sign-in/out"}
    assert "Yes, sign out" in page.main.one(class_="ask-first").one(class_="main-action").words
    [no] = [link for link in page.main.all("a") if link.words == "No"]
    assert no["href"] == "/me"
    assert ada.get("/today").status == 200


def test_yes_ends_the_session(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    answer = ada.post("/sign-in/out")
    assert answer.location == "/sign-in"
    assert ada.follow(answer).notices == ["You are signed out."]
    assert ada.get("/today").location == "/sign-in"
    assert ada.get("/sign-in/out").location == "/sign-in"


@pytest.mark.parametrize(
    ("form", "cleared"),
    [
        ({}, '"cache"'),
        ({"nothing_waits": "no"}, '"cache"'),
        ({"nothing_waits": "yes"}, '"cache", "storage"'),
    ],
)
def test_a_phone_forgets_us_but_never_what_still_waits(
    visit: Visit, cast: Cast, form: dict[str, str], cleared: str
) -> None:
    ada = visit(cast.ada)
    assert "Clear-Site-Data" not in ada.get("/sign-in/out").headers
    assert ada.post("/sign-in/out", **form).headers["Clear-Site-Data"] == cleared


def test_a_session_that_ended_elsewhere_leaves_no_copies(
    visit: Visit, cast: Cast, clock: Clock
) -> None:
    cora = visit(cast.cora)
    clock.move(hours=13)
    answers = [cora.get(path) for path in ("/people", "/sign-in", "/sign-in")]
    assert [each.headers.get("Clear-Site-Data") for each in answers] == [None, '"cache"', None]


def give_password(session: Session, person: Person) -> None:
    person.password_hash = "a-hash"
    session.add(person)
    session.commit()


def test_staff_read_what_brings_them_back(visit: Visit, cast: Cast, session: Session) -> None:
    cora = visit(cast.cora)
    page = cora.get("/sign-in/out")
    assert "You have no password yet. To come back, you need a new link." in page.words
    assert "plan" not in page.words
    give_password(session, cast.cora)
    assert "To come back, you need your password." in cora.get("/sign-in/out").words


def test_me_leads_staff_without_a_password_to_it(
    visit: Visit, cast: Cast, session: Session
) -> None:
    cora = visit(cast.cora)
    page = cora.get("/me")
    assert "Choose a password first. Or you need a new link to come back." in page.words
    assert page.main.one(class_="main-action").one("a")["href"] == "/me/password"
    give_password(session, cast.cora)
    page = cora.get("/me")
    assert "Choose a password first." not in page.words
    assert page.main.all(class_="main-action") == []
    assert "/me/password" in page.links


def test_a_participant_is_not_asked_for_a_password(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/me")
    assert "password" not in page.words
    assert page.main.all(class_="main-action") == []
