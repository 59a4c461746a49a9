"""Headers on every answer, cookies as the address asks, and the token of every form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.page import Page
from tests.visitor import Visitor, everything
from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import days
from webapp.web import security
from webapp.web.assets import FOR_EVER
from webapp.web.database import Database

Visit = Callable[..., Visitor]

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def answers(app: Flask, visit: Visit, cast: Cast) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the headers of one answer of each kind."""
    ada, cora, nobody = visit(cast.ada), visit(cast.cora), visit()
    style = app.extensions["assets"].url("css/app.css")
    for path in ("/today", "/days", "/goals", "/help", "/me", "/me/theme", "/me/phones", "/"):
        yield path, dict(ada.get(path).headers)
    for path in ("/people", "/people/new", f"/people/{cast.ada.id}/today"):
        yield path, dict(cora.get(path).headers)
    for path in ("/sign-in", "/about", "/health", "/today", "/nowhere", "/language", style):
        yield path, dict(nobody.get(path).headers)
    yield "bad form", dict(ada.post("/me/theme", change_id=None).headers)
    yield "broken rule", dict(ada.post("/me/theme", value="pink").headers)
    yield "large", dict(ada.post("/me/theme", value="x" * 70_000).headers)
    yield "wrong code", dict(nobody.post("/sign-in/code", code="1").headers)
    yield "no file", dict(nobody.get(f"{style}x").headers)


def test_every_answer_has_the_headers(app: Flask, visit: Visit, cast: Cast) -> None:
    for name, headers in answers(app, visit, cast):
        assert ALWAYS.items() <= headers.items(), name
        assert "camera=()" in headers["Permissions-Policy"]
        assert "microphone=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers
        kept = headers["Cache-Control"]
        assert kept == (FOR_EVER if name.endswith("app.css") else "no-store"), name


def test_a_page_that_breaks_has_them_too(
    visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(days, "today_for")
    page = visit(cast.ada).get("/today")
    assert page.status == 500
    assert ALWAYS.items() <= dict(page.headers).items()
    assert page.headers["Cache-Control"] == "no-store"


def test_the_cookie_without_https(visit: Visit, cast: Cast) -> None:
    cookie = visit(cast.ada).get("/today").headers["Set-Cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


@pytest.fixture(scope="module")
def safe_app(settings: Settings, shared_database: Database) -> Flask:
    """Give the app as it is behind HTTPS."""
    return create_app(replace(settings, public_url="https://plan.example.org"), db=shared_database)


def test_https_closes_the_cookie_and_stays(safe_app: Flask) -> None:
    answer = safe_app.test_client().get("/sign-in", base_url="https://plan.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_behind_a_proxy_the_last_address_counts(safe_app: Flask) -> None:
    seen = {}

    def look() -> None:
        from flask import request

        seen["address"] = request.remote_addr

    safe_app.before_request_funcs.setdefault(None, []).insert(0, look)
    safe_app.test_client().get("/health", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    safe_app.before_request_funcs[None].remove(look)
    assert seen == {"address": "198.51.100.7"}


def test_without_https_nobody_believes_what_a_proxy_says(app: Flask) -> None:
    with app.test_request_context(
        "/health", headers={"X-Forwarded-For": "203.0.113.9"}, environ_base={"REMOTE_ADDR": "::1"}
    ) as context:
        assert context.request.remote_addr == "::1"


@pytest.fixture
def with_tokens(app: Flask) -> Iterator[None]:
    """Ask for the token in every form, as in earnest."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.usefixtures("with_tokens")
def test_no_form_is_taken_without_its_token(
    app: Flask, visit: Visit, session: Session, cast: Cast, database: Database
) -> None:
    task = factories.task(session, cast.ada)
    [step] = factories.steps(session, task, "I take the broom.")
    session.commit()
    values = {
        "task_id": task.id,
        "day": factories.MONDAY,
        "step_id": step.id,
        "person_id": cast.ada.id,
        "name": "theme",
        "token": "any",
    }
    ada, cora = visit(cast.ada), visit(cast.cora)
    before = everything(database)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(rules) >= 15
    for rule in rules:
        path = re.sub(
            r"<(\w+:)?(?P<name>\w+)>",
            lambda found: str(values.get(found["name"], ada.device_id)),
            rule.rule,
        )
        for browser in (ada, cora):
            for token in (None, "", "x", "IjEi.aaaaaa.bbbbbb"):
                page = browser.post(path, value="dark", answer="yes", csrf_token=token)
                assert page.status == 400, path
                assert "Please try again." in page.words
    assert everything(database) == before


@pytest.mark.usefixtures("with_tokens")
def test_a_form_with_its_token_is_taken_and_only_from_its_own_session(
    visit: Visit, cast: Cast
) -> None:
    ada, ben = visit(cast.ada), visit(cast.ben)
    form = ada.get("/me/theme").main.one("form")
    token = form.one("input", name="csrf_token")["value"]
    assert ben.get("/me/theme").status == 200
    assert ben.post("/me/theme", value="dark", csrf_token=token).status == 400
    assert ada.post("/me/theme", value="dark", csrf_token=token).status == 303


def test_the_token_lives_as_long_as_the_session(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None
    assert "DELETE" in app.config["WTF_CSRF_METHODS"]


def test_no_form_may_be_huge(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).post("/me/theme", value="x" * security.LARGEST_FORM_BYTES)
    assert page.status == 413
    assert "This is too big" in page.words


def test_over_https_a_form_needs_its_token_and_no_referer(safe_app: Flask) -> None:
    client, base = safe_app.test_client(), "https://plan.example.org"
    page = Page(client.get("/sign-in/code", base_url=base))
    token = page.root.all("input", name="csrf_token")[0]["value"]
    said = {"csrf_token": token, "code": "1"}
    assert client.post("/sign-in/code", data=said, base_url=base).status_code == 422
