"""Every address of the app, asked by everybody: who gets in, and who finds nothing.

A new route fails here until it is written into the table.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories, pictures
from tests.cast import Cast
from tests.conftest import SECRET_KEY
from tests.page import Page
from tests.views.route_table import EVERYBODY, FORMS, PERSON, PUBLIC, RISK, TABLE, TASK, WORDS
from tests.visitor import Visitor, everything
from webapp.domain import feeds, photos, sessions, sign_in_cards, tries
from webapp.models.person import Person
from webapp.models.sign_in import CardKind, DeviceKind
from webapp.web.database import Database

Visit = Callable[..., Visitor]


@dataclass(frozen=True)
class Stage:
    """What there is of Ada's, by the names that addresses give it."""

    names: dict[str, object]

    def path(self, rule: str, *, missing: bool = False) -> str:
        """Return an address with Ada's ids, or with ids that nobody has."""

        def value(found: re.Match[str]) -> str:
            name = found["name"]
            text = str(self.names[name])
            return "9" * 9 if missing and name.endswith("_id") else text

        return re.sub(r"<(\w+:)?(?P<name>\w+)>", value, rule)

    def help_places(self) -> dict[str, str]:
        """Return where Ada's call for help is, and where the next two will be."""
        first = int(str(self.names["request_id"]))
        names = enumerate(("help", "next_help", "last_help"), start=first)
        return {name: f"/help-requests/{number}" for number, name in names}


@pytest.fixture
def stage(session: Session, cast: Cast, app: Flask) -> Stage:
    """Give Ada a task with a step, another device, and a card that Cora made."""
    now = app.extensions["clock"]()
    task = factories.task(session, cast.ada)
    [step] = factories.steps(session, task, "I take the broom.")
    device, _token = sessions.begin(session, cast.ada, DeviceKind.TABLET, now)
    card = sign_in_cards.make_card(
        session, cast.cora, cast.ada, CardKind.SENT, key=SECRET_KEY, now=now
    )
    photos.give(session, cast.cora, pictures.photo(), now)
    proposed = factories.proposed(session, cast.cora, cast.ada, now)
    feed = feeds.make(session, cast.ada, key=SECRET_KEY, now=now)
    session.commit()
    return Stage(
        {
            **WORDS,
            "person_id": cast.ada.id,
            "task_id": task.id,
            "proposal_id": proposed.proposal_id,
            "change_id": proposed.id,
            "request_id": factories.help_request(session, cast.ada, now).id,
            "follow_up_id": factories.follow_up(session, cast.ada, now).id,
            "day": factories.MONDAY,
            "step_id": step.id,
            "device_id": device.device_id,
            "subscription_id": factories.subscription(session, device.device, now).id,
            "notice_id": tries.begin(session, cast.ada, device.device_id, now).id,
            "card_id": card.id,
            "token": sign_in_cards.card_link_token(card, SECRET_KEY),
            "secret": feeds.token(feed, SECRET_KEY),
            "owner_id": cast.cora.id,
            "goal_id": factories.goal(session, cast.ada).id,
            "next_step_id": factories.tried_step(session, cast.ada).id,
        }
    )


def everyone(cast: Cast) -> dict[str, Person | None]:
    return {name: getattr(cast, name, None) for name in EVERYBODY}


def ask(browser: Visitor, route: str, stage: Stage, *, missing: bool = False) -> Page:
    """Open an address, or send its form."""
    method, rule = route.split(" ")
    path = stage.path(rule, missing=missing)
    if method == "GET":
        return browser.get(path)
    return browser.post(path, **FORMS.get(route, {}))


def got(page: Page) -> int | str:
    return page.location if page.status == 303 else page.status


def routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_table_knows_every_route(app: Flask) -> None:
    assert routes(app) == set(TABLE)


def test_few_pages_are_public(app: Flask) -> None:
    views = app.view_functions.items()
    assert {name for name, view in views if getattr(view, "is_public", False)} == PUBLIC


@pytest.mark.parametrize("route", TABLE)
def test_everybody_gets_what_the_table_says(
    route: str, visit: Visit, cast: Cast, stage: Stage, database: Database
) -> None:
    places = {"task": stage.path(TASK), "person": stage.path(PERSON), "risk": stage.path(RISK)}
    places |= stage.help_places()
    browsers = {name: visit(person) for name, person in everyone(cast).items()}
    before = everything(database)
    answers = {name: got(ask(browser, route, stage)) for name, browser in browsers.items()}
    expected = TABLE[route]
    assert answers == {
        name: answer.format(**places) if isinstance(answer, str) else answer
        for name, answer in expected.items()
    }
    if route.startswith("GET"):
        assert everything(database) == before


WITH_IDS = [route for route in TABLE if "_id>" in route]


def blank(page: Page, path: str) -> str:
    """Return a page without its own address and the ids that are new each time."""
    without_ids = re.sub(r'name="(change_id|csrf_token)" value="[^"]*"', "", page.text)
    return without_ids.replace(path, "ADDRESS")


@pytest.mark.parametrize("route", WITH_IDS)
def test_strangers_cannot_tell_what_is_hers_from_what_is_not_there(
    route: str, visit: Visit, cast: Cast, stage: Stage
) -> None:
    strangers = [name for name, answer in TABLE[route].items() if answer == 404 and name != "ada"]
    assert len(strangers) >= 4
    for name in strangers:
        browser = visit(everyone(cast)[name])
        browser.get("/me")  # the first page of a day renews the cookie
        hers, nothing = (ask(browser, route, stage, missing=missing) for missing in (False, True))
        assert (hers.status, nothing.status) == (404, 404)
        rule = route.split(" ")[1]
        texts = {blank(hers, stage.path(rule)), blank(nothing, stage.path(rule, missing=True))}
        assert len(texts) == 1, name
        assert set(hers.headers.keys()) == set(nothing.headers.keys())


def test_addresses_are_lower_case_and_their_numbers_are_typed(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z/.-]*", fixed), rule.rule
        for name in rule.arguments:
            typed = f"<int:{name}>" in rule.rule
            assert typed == name.endswith("_id"), rule.rule


def test_what_is_refused_changes_nothing(
    visit: Visit, cast: Cast, stage: Stage, database: Database
) -> None:
    strangers = [visit(person) for person in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga)]
    before = everything(database)
    for route in WITH_IDS:
        for browser in strangers:
            assert ask(browser, route, stage).status == 404
    assert everything(database) == before
