"""Staff: e-mail and password, for one working day, and their own password."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, rows
from webapp.domain import passwords
from webapp.models.person import Person
from webapp.models.sign_in import SignInAttempt
from webapp.web import login
from webapp.web.database import Database

Visit = Callable[..., Visitor]

EMAIL, PASSWORD = "cora@example.org", "a quiet blue kettle sings"
WRONG = "The e-mail or the password is not right."


@pytest.fixture(autouse=True)
def cheap_hasher(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let hashes cost little: what they cost in earnest is tested where they are made."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)


@pytest.fixture
def cora(cast: Cast, session: Session) -> Person:
    """Give Cora an e-mail address and a password."""
    cast.cora.email = EMAIL
    session.add(cast.cora)
    passwords.set_password(session, cast.cora, PASSWORD)
    session.commit()
    return cast.cora


def test_a_coach_comes_in(visit: Visit, cora: Person) -> None:
    browser = visit()
    answer = browser.post("/sign-in/staff", email=f" {EMAIL.upper()} ", password=PASSWORD)
    assert (answer.status, answer.location) == (303, "/people")
    assert browser.follow(answer).status == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "a quiet blue kettle"),
        ("nobody@example.org", PASSWORD),
        (EMAIL.replace("o", "\x01"), PASSWORD),
        ("x" * 200, "y" * 1000),
    ],
)
def test_wrong_is_wrong_and_says_no_more(
    visit: Visit, cora: Person, email: str, password: str
) -> None:
    browser = visit()
    page = browser.post("/sign-in/staff", email=email, password=password)
    assert page.status == 422
    assert WRONG in page.main.one("error-summary").words
    assert page.main.one("input", id="email")["value"] == email
    assert page.main.one("input", id="password").attributes.get("value") in {None, ""}
    assert browser.get("/people").location == "/sign-in"


@pytest.mark.parametrize(("field", "mistake"), [("email", "e-mail"), ("password", "password")])
def test_an_empty_field(visit: Visit, cora: Person, field: str, mistake: str) -> None:
    page = visit().post("/sign-in/staff", **{"email": EMAIL, "password": PASSWORD, field: ""})
    assert page.status == 422
    assert f"Write your {mistake}." in page.main.one("error-summary").words


def test_a_participant_has_no_password(
    visit: Visit, cast: Cast, session: Session, cora: Person
) -> None:
    cast.ada.email, cast.ada.password_hash = "ada@example.org", cora.password_hash
    session.add(cast.ada)
    session.commit()
    page = visit().post("/sign-in/staff", email="ada@example.org", password=PASSWORD)
    assert page.status == 422


def test_guessing_is_slowed_and_then_goes_on(
    visit: Visit, cora: Person, database: Database, clock: Clock
) -> None:
    for _try in range(5):
        visit().post("/sign-in/staff", email=EMAIL, password="wrong")
    page = visit().post("/sign-in/staff", email=EMAIL, password=PASSWORD)
    assert page.status == 422
    assert "Please wait" in " ".join(page.notices)
    assert len(rows(database, SignInAttempt)) == 5
    clock.move(seconds=3)
    assert visit().post("/sign-in/staff", email=EMAIL, password=PASSWORD).status == 303


def test_a_working_day_ends_after_12_hours(visit: Visit, cora: Person, clock: Clock) -> None:
    browser = visit()
    browser.post("/sign-in/staff", email=EMAIL, password=PASSWORD)
    clock.move(hours=11, minutes=59)
    assert browser.get("/people").status == 200
    clock.move(minutes=1)
    assert browser.get("/people").location == "/sign-in"


def test_each_sign_in_has_a_new_session(visit: Visit, cora: Person) -> None:
    browser = visit()
    cookies = []
    for _time in range(2):
        browser.post("/sign-in/staff", email=EMAIL, password=PASSWORD)
        cookie = browser.client.get_cookie("session")
        assert cookie is not None
        cookies.append(cookie.value)
    browser.client.set_cookie("session", cookies[0])
    assert browser.get("/people").location == "/sign-in"
    browser.client.set_cookie("session", cookies[1])
    assert browser.get("/people").status == 200


def test_a_cookie_from_before_signing_in_opens_nothing(visit: Visit, cora: Person) -> None:
    browser = visit()
    browser.post("/language", language="en", next="/sign-in/staff")
    before = browser.client.get_cookie("session")
    assert before is not None
    browser.post("/sign-in/staff", email=EMAIL, password=PASSWORD)
    browser.client.set_cookie("session", before.value)
    assert browser.get("/people").location == "/sign-in"


@pytest.mark.parametrize("damage", [lambda text: text[:-2], lambda text: "x" + text, str.upper])
def test_a_cookie_that_we_did_not_sign(
    visit: Visit, cora: Person, damage: Callable[[str], str]
) -> None:
    browser = visit(cora)
    cookie = browser.client.get_cookie("session")
    assert cookie is not None
    browser.client.set_cookie("session", damage(cookie.value))
    assert browser.get("/people").location == "/sign-in"


def test_a_new_password_opens_and_the_old_one_does_not(visit: Visit, cora: Person) -> None:
    browser = visit()
    browser.post("/sign-in/staff", email=EMAIL, password=PASSWORD)
    new = "seven green boats at noon"
    answer = browser.post("/me/password", current=PASSWORD, password=new)
    assert browser.follow(answer).notices == ["Your password is changed."]
    assert visit().post("/sign-in/staff", email=EMAIL, password=PASSWORD).status == 422
    assert visit().post("/sign-in/staff", email=EMAIL, password=new).status == 303


@pytest.mark.parametrize(
    ("password", "mistake"),
    [
        ("", "Write a password."),
        ("short", "Your password needs 12 characters or more."),
        ("password1234", "This password is easy to guess. Choose another one."),
        ("x" * 201, "This password is too long."),
    ],
)
def test_a_weak_password_comes_back_with_its_reason(
    visit: Visit, cora: Person, password: str, mistake: str
) -> None:
    browser = visit()
    browser.post("/sign-in/staff", email=EMAIL, password=PASSWORD)
    page = browser.post("/me/password", current=PASSWORD, password=password)
    assert page.status == 422
    assert mistake in page.main.one("error-summary").words
    assert password == "" or password not in page.text
    assert visit().post("/sign-in/staff", email=EMAIL, password=PASSWORD).status == 303


def test_guessing_the_present_password_is_slowed_too(
    visit: Visit, cora: Person, database: Database, clock: Clock
) -> None:
    browser, new = visit(cora), "seven green boats at noon"
    for _try in range(5):
        page = browser.post("/me/password", current="wrong", password=new)
        assert "This is not your present password." in page.main.one("error-summary").words
        assert page.notices == []
    page = browser.post("/me/password", current=PASSWORD, password=new)
    assert page.status == 422
    assert "Please wait" in " ".join(page.notices)
    assert [each.succeeded for each in rows(database, SignInAttempt)] == [False] * 5
    clock.move(seconds=3)
    assert browser.post("/me/password", current=PASSWORD, password=new).status == 303
    assert rows(database, SignInAttempt)[-1].succeeded


def test_a_first_password_is_no_guess(visit: Visit, cora: Person, database: Database) -> None:
    browser = visit(cora)
    with browser.client.session_transaction() as cookie:
        cookie[login.BY_CARD] = True
    assert browser.post("/me/password", password="seven green boats at noon").status == 303
    assert rows(database, SignInAttempt) == []
