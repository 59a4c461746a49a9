"""Every address of the app, asked by everybody: who gets in, and who finds nothing.

A new route fails here until it is written into the table.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import SECRET_KEY
from tests.page import Page
from tests.visitor import Visitor, everything, rows
from webapp.domain import sessions, sign_in_cards
from webapp.models.person import Person
from webapp.models.sign_in import CardKind, DeviceKind
from webapp.web.database import Database

Visit = Callable[..., Visitor]
Expected = dict[str, int | str]

EVERYBODY = ("nobody", "ada", "cora", "ben", "dan", "mia", "emil", "olga")
"""Ada, whose plan it is; Cora, her coach; Mia and Emil beside her at work; and four strangers."""


def who(rest: int | str, **others: int | str) -> Expected:
    """Say what each gets: a status, or where they are led. `rest` is for those not named."""
    return {name: others.get(name, rest) for name in EVERYBODY}


OPEN = who(200)
ASKED_IN = "/sign-in"
OWN = who(200, nobody=ASKED_IN)
OWN_PLAN = who("/me", nobody=ASKED_IN, ada=200, ben=200, cora="/people", dan="/people")
PLAN = who(404, nobody=ASKED_IN, ada=200, cora=200)
MARK = who(404, nobody=ASKED_IN, ada="/today", cora=403)
COACHES = who(404, nobody=ASKED_IN, cora=200, dan=200)
HER_COACH = who(404, nobody=ASKED_IN, cora=200)
STARTS = who("/me", nobody=ASKED_IN, ada="/today", ben="/today", cora="/people", dan="/people")
STAFF = who(200, nobody=ASKED_IN, ada=404, ben=404)

TASK = "/tasks/<int:task_id>/<day:day>"
PERSON = "/people/<int:person_id>"

TABLE: dict[str, Expected] = {
    # Open to everybody.
    "GET /": STARTS,
    "GET /about": OPEN,
    "GET /health": OPEN,
    "GET /static/<release>/<path:path>": OPEN,
    "GET /styleguide": OPEN,
    "POST /language": who("/about"),
    "GET /sign-in": {**STARTS, "nobody": 200},
    "GET /sign-in/link/<token>": OPEN,
    "POST /sign-in/link/<token>": who("/sign-in"),
    "GET /sign-in/code": OPEN,
    "POST /sign-in/code": who(422),
    "GET /sign-in/confirm": who(410),
    "POST /sign-in/confirm": who(410),
    "GET /sign-in/staff": OPEN,
    "POST /sign-in/staff": who(422),
    # Of everybody who is signed in.
    "GET /sign-in/out": who(200, nobody=ASKED_IN),
    "POST /sign-in/out": who("/sign-in"),
    "GET /me": OWN,
    "GET /me/<name>": OWN,
    "POST /me/<name>": who("/me", nobody=ASKED_IN),
    "GET /me/phones": OWN,
    # Of staff.
    "GET /me/password": STAFF,
    "POST /me/password": who(422, nobody=ASKED_IN, ada=404, ben=404),
    # Of participants: their own plan, or nothing that others could look at.
    "GET /today": OWN_PLAN,
    "GET /days": OWN_PLAN,
    "GET /goals": OWN_PLAN,
    "GET /help": OWN_PLAN,
    # Ada's plan.
    f"GET {PERSON}/today": PLAN,
    f"GET {PERSON}/days": PLAN,
    f"GET {PERSON}/goals": PLAN,
    f"GET {PERSON}/help": PLAN,
    f"GET {PERSON}/me": PLAN,
    f"GET {PERSON}/me/phones": PLAN,
    f"GET {TASK}": PLAN,
    f"GET {TASK}/later": {**PLAN, "cora": 403},
    f"POST {TASK}/later": MARK,
    f"POST {TASK}/done": MARK,
    f"POST {TASK}/not-today": MARK,
    f"POST {TASK}/undo": MARK,
    f"POST {TASK}/steps/<int:step_id>/tick": {**MARK, "ada": "{task}"},
    "POST /devices/<int:device_id>/end": who(
        404, nobody=ASKED_IN, ada="/me/phones", cora="{person}/me/phones"
    ),
    # Of coaches.
    "GET /people": COACHES,
    "GET /people/new": COACHES,
    "POST /people/new": who(404, nobody=ASKED_IN, cora=422, dan=422),
    f"GET {PERSON}/sign-in-card": HER_COACH,
    f"POST {PERSON}/sign-in-card": {**HER_COACH, "cora": 400},
    "GET /sign-in-cards/<int:card_id>": HER_COACH,
}

PUBLIC = {
    "about.show",
    "assets.show",
    "health.show",
    "language.switch",
    "sign_in.code",
    "sign_in.confirm",
    "sign_in.link",
    "sign_in.show",
    "sign_in.staff",
    "start.show",
    "styleguide.show",
}

FORMS: dict[str, dict[str, str]] = {
    "POST /language": {"language": "en", "next": "/about"},
    "POST /sign-in/link/<token>": {"answer": "no"},
    "POST /sign-in/code": {"code": "00000000"},
    "POST /me/<name>": {"value": "dark"},
    f"POST {TASK}/later": {"choice": "2026-11-24"},
    f"POST {TASK}/steps/<int:step_id>/tick": {"ticked": "1"},
}


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
    session.commit()
    return Stage(
        {
            "person_id": cast.ada.id,
            "task_id": task.id,
            "day": factories.MONDAY,
            "step_id": step.id,
            "device_id": device.device_id,
            "card_id": card.id,
            "token": sign_in_cards.card_link_token(card, SECRET_KEY),
            "name": "theme",
            "release": "any",
            "path": "css/app.css",
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
    places = {"task": stage.path(TASK), "person": stage.path(PERSON)}
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
        assert re.fullmatch(r"[a-z/-]*", fixed), rule.rule
        for name in rule.arguments:
            typed = f"<int:{name}>" in rule.rule
            assert typed == name.endswith("_id"), rule.rule


def test_what_is_refused_changes_nothing(
    visit: Visit, cast: Cast, stage: Stage, database: Database
) -> None:
    from webapp.models.change import HistoryEntry

    strangers = [visit(person) for person in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga)]
    before = everything(database)
    for route in WITH_IDS:
        for browser in strangers:
            assert ask(browser, route, stage).status == 404
    assert everything(database) == before
    assert rows(database, HistoryEntry) == []
