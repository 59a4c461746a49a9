"""Coming in with a card: by its link or its code, once, and never by only looking."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import SECRET_KEY, Clock
from tests.page import Page
from tests.visitor import Visitor, everything, rows
from webapp.domain import sign_in_cards
from webapp.models.person import Person
from webapp.models.sign_in import CardKind, Session, SignInAttempt, SignInCard
from webapp.web.database import Database

Visit = Callable[..., Visitor]


def make_card(visit: Visit, coach: Person, whose: Person, kind: str) -> Page:
    """Let the coach make a card, and return its page."""
    visitor = visit(coach)
    return visitor.follow(visitor.post(f"/people/{whose.id}/sign-in-card", kind=kind))


def link_of(database: Database) -> str:
    """Return the address of the last card's link."""
    return f"/sign-in/link/{sign_in_cards.card_link_token(card_of(database), SECRET_KEY)}"


def card_of(database: Database) -> SignInCard:
    return rows(database, SignInCard)[-1]


def code_of(database: Database) -> str:
    return sign_in_cards.card_code(card_of(database), SECRET_KEY) or ""


@pytest.fixture
def link(visit: Visit, cast: Cast, database: Database) -> str:
    """Give the link of a card that Cora sent to Ada."""
    make_card(visit, cast.cora, cast.ada, "sent")
    return link_of(database)


@pytest.fixture
def code(visit: Visit, cast: Cast, database: Database) -> str:
    """Give the code of a card that Cora shows to Ada."""
    make_card(visit, cast.cora, cast.ada, "shown")
    return code_of(database)


def test_a_card_to_show_has_a_square_and_a_code(
    visit: Visit, cast: Cast, database: Database
) -> None:
    page = make_card(visit, cast.cora, cast.ada, "shown")
    code = code_of(database)
    assert page.title == "Sign-in card"
    assert f"{code[:4]} {code[4:]}" in page.words
    assert "It works until 8:10 in the morning." in page.words
    square = page.main.one("svg", class_="qr")
    assert "viewbox" in square.attributes
    assert not any("style" in each.attributes for each in page.root.each())


def test_a_card_to_send_has_a_link_and_no_code(
    visit: Visit, cast: Cast, database: Database
) -> None:
    page = make_card(visit, cast.cora, cast.ada, "sent")
    assert f"http://localhost{link_of(database)}" in page.text
    assert "It works until Tuesday 24 November, at 8 in the morning." in page.words
    assert page.main.all(class_="sign-in-card-code") == []
    assert card_of(database).kind is CardKind.SENT


@pytest.mark.parametrize("kind", ["", "carved", None])
def test_a_card_of_no_kind(visit: Visit, cast: Cast, database: Database, kind: str | None) -> None:
    page = visit(cast.cora).post(f"/people/{cast.ada.id}/sign-in-card", kind=kind)
    assert page.status == 400
    assert rows(database, SignInCard) == []


def test_a_card_that_is_used_or_old_is_not_shown_again(
    visit: Visit, cast: Cast, code: str, database: Database, clock: Clock
) -> None:
    cora, path = visit(cast.cora), f"/sign-in-cards/{card_of(database).id}"
    assert cora.get(path).status == 200
    clock.move(minutes=11)
    assert cora.get(path).location == f"/people/{cast.ada.id}/sign-in-card"


def test_looking_at_a_link_asks_and_signs_nobody_in(
    visit: Visit, link: str, database: Database
) -> None:
    before, phone = everything(database), visit()
    for _time in range(3):
        page = phone.get(link)
        assert page.status == 200
        assert "This phone will show the plan of Ada." in page.words
        answers = [each.words for each in page.main.all("button", name="answer")]
        assert answers == ["Yes, it's me", "No"]
    assert everything(database) == before
    assert phone.get("/today").location == "/sign-in"


def test_yes_signs_in_with_a_new_session(visit: Visit, link: str) -> None:
    phone = visit()
    phone.get(link)
    answer = phone.post(link, answer="yes")
    assert (answer.status, answer.location) == (303, "/today")
    assert phone.follow(answer).status == 200
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Expires="):
        assert part in cookie


def test_no_signs_nobody_in_and_leaves_the_card_to_its_owner(visit: Visit, link: str) -> None:
    stranger, phone = visit(), visit()
    assert stranger.post(link, answer="no").location == "/sign-in"
    assert stranger.get("/today").location == "/sign-in"
    assert phone.post(link, answer="yes").location == "/today"


def test_a_link_works_once(visit: Visit, link: str) -> None:
    assert visit().post(link, answer="yes").status == 303
    second = visit()
    for page in (second.get(link), second.post(link, answer="yes")):
        assert page.status == 410
        assert page.title == "This card does not work any more"
    assert second.get("/today").location == "/sign-in"


def test_of_two_phones_at_once_one_comes_in(
    visit: Visit, link: str, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    first, second = visit(), visit()
    card = card_of(database)
    assert first.post(link, answer="yes").status == 303
    monkeypatch.setattr(sign_in_cards, "find_by_link", lambda *_a, **_k: card)
    page = second.post(link, answer="yes")
    assert page.status == 409
    assert "This card does not work any more." in page.words
    assert second.get("/today").location == "/sign-in"


def test_a_link_dies_after_a_day(visit: Visit, link: str, clock: Clock) -> None:
    clock.move(hours=24)
    assert visit().get(link).status == 410
    assert visit().post(link, answer="yes").status == 410


@pytest.mark.parametrize("token", ["x", "%00", "a" * 500, "é", "..%2F..%2Fme"])
def test_a_link_that_nobody_made(visit: Visit, cast: Cast, token: str) -> None:
    assert visit().get(f"/sign-in/link/{token}").status in {404, 410}
    assert visit().post(f"/sign-in/link/{token}", answer="yes").status in {404, 410}


def test_a_new_card_ends_the_one_before(visit: Visit, cast: Cast, link: str) -> None:
    make_card(visit, cast.cora, cast.ada, "sent")
    assert visit().get(link).status == 410


def test_a_code_is_typed_then_confirmed(visit: Visit, code: str, database: Database) -> None:
    phone = visit()
    answer = phone.post("/sign-in/code", code=f"{code[:4]} {code[4:]}")
    assert answer.location == "/sign-in/confirm"
    assert phone.get("/today").location == "/sign-in"
    page = phone.follow(answer)
    assert "This phone will show the plan of Ada." in page.words
    assert phone.post("/sign-in/confirm", answer="yes").location == "/today"
    assert phone.get("/today").status == 200
    assert phone.get("/sign-in/confirm").status == 410


def test_no_after_a_code_forgets_it(visit: Visit, code: str) -> None:
    phone = visit()
    phone.post("/sign-in/code", code=code)
    assert phone.post("/sign-in/confirm", answer="no").location == "/sign-in"
    assert phone.get("/sign-in/confirm").status == 410


def test_a_code_dies_after_ten_minutes_even_when_typed_before(
    visit: Visit, code: str, clock: Clock
) -> None:
    phone = visit()
    phone.post("/sign-in/code", code=code)
    clock.move(minutes=10)
    assert phone.post("/sign-in/confirm", answer="yes").status == 410
    assert visit().post("/sign-in/code", code=code).status == 422


@pytest.mark.parametrize("typed", ["", "1234567", "abcdefgh", "0" * 41, "\x01" * 8, "٠١٢٣٤٥٦٧"])
def test_what_is_no_code_comes_back_as_typed(visit: Visit, typed: str) -> None:
    page = visit().post("/sign-in/code", code=typed)
    assert page.status == 422
    assert page.main.all("error-summary")
    assert page.main.one("input", id="code")["value"] == typed


def test_wrong_codes_are_slowed_in_every_process_and_the_link_never(
    visit: Visit, code: str, cast: Cast, database: Database, app: Flask, clock: Clock
) -> None:
    for _try in range(5):
        assert visit().post("/sign-in/code", code="00000000").status == 422
    page = visit().post("/sign-in/code", code=code)
    assert page.status == 422
    assert "Please wait 1 minute. Then try again." in " ".join(page.notices)
    assert len(rows(database, SignInAttempt)) == 5
    fresh = app.test_client()
    assert fresh.post("/sign-in/code", data={"code": code}).status_code == 422
    path = f"/sign-in/link/{sign_in_cards.card_link_token(card_of(database), SECRET_KEY)}"
    assert visit().post(path, answer="yes").location == "/today"
    clock.now += timedelta(minutes=1)
    assert "Please wait" not in visit().post("/sign-in/code", code=code).text


def test_signing_in_again_ends_the_session_before(
    visit: Visit, cast: Cast, link: str, database: Database
) -> None:
    phone = visit(cast.ada)
    old = phone.client.get_cookie("session")
    assert old is not None
    phone.post(link, answer="yes")
    new = phone.client.get_cookie("session")
    assert new is not None
    assert new.value != old.value
    phone.client.set_cookie("session", old.value)
    assert phone.get("/today").location == "/sign-in"
    assert len({each.token_hash for each in rows(database, Session)}) == 3


def test_an_old_cookie_is_dead_after_signing_out(visit: Visit, cast: Cast) -> None:
    phone = visit(cast.ada)
    old = phone.client.get_cookie("session")
    assert old is not None
    page = phone.follow(phone.post("/sign-in/out"))
    assert page.notices == ["You are signed out."]
    phone.client.set_cookie("session", old.value)
    assert phone.get("/today").location == "/sign-in"
    assert phone.post("/me/theme", value="dark").location == "/sign-in"


def test_who_is_in_does_not_see_the_way_in(visit: Visit, cast: Cast) -> None:
    for person, start in ((cast.ada, "/today"), (cast.cora, "/people"), (cast.mia, "/me")):
        assert visit(person).get("/sign-in").location == start
        assert visit(person).get("/").location == start


def test_a_phone_stays_in_for_a_year_and_no_longer(visit: Visit, cast: Cast, clock: Clock) -> None:
    phone = visit(cast.ada)
    for days in (60, 60, 60, 60, 60, 64):
        clock.move(days=days)
        assert phone.get("/today").status == 200
    clock.move(days=1)
    assert phone.get("/today").location == "/sign-in"


@pytest.mark.parametrize(("days", "status"), [(90, 200), (91, 303)])
def test_a_phone_unused_for_90_days_is_out(
    visit: Visit, cast: Cast, clock: Clock, days: int, status: int
) -> None:
    phone = visit(cast.ada)
    clock.move(days=days)
    assert phone.get("/today").status == status


def test_a_lost_answer_does_not_lock_the_person_out(visit: Visit, link: str, cast: Cast) -> None:
    phone, stranger = visit(), visit()
    phone.get(link)
    stranger.get(link)
    with phone.client.session_transaction() as cookie:
        before = dict(cookie)
    assert phone.post(link, answer="yes").location == "/today"
    with phone.client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)
    assert phone.get("/today").location == "/sign-in"
    assert phone.post(link, answer="yes").location == "/today"
    assert stranger.post(link, answer="yes").status == 410


def test_who_was_here_before_leaves_no_copies(
    visit: Visit, cast: Cast, clock: Clock, database: Database
) -> None:
    def cleared(browser: Visitor) -> str | None:
        make_card(visit, cast.cora, cast.ada, "sent")
        return browser.post(link_of(database), answer="yes").headers.get("Clear-Site-Data")

    assert cleared(visit()) is None
    assert cleared(visit(cast.ben)) == '"cache"'
    dan = visit(cast.dan)
    clock.move(hours=13)
    assert dan.get("/people").location == "/sign-in"
    assert cleared(dan) == '"cache"'
