"""My photo: given, seen by the team, and taken away."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests import pictures
from tests.cast import Cast
from tests.conftest import Clock
from tests.page import Page
from tests.visitor import Visitor, rows
from webapp.domain import photos
from webapp.models.photo import Photo
from webapp.web.database import Database
from webapp.web.portraits import photo_urls

Visit = Callable[..., Visitor]


def give(browser: Visitor, content: bytes | None = None, name: str = "me.jpg") -> Page:
    """Send a file as the photo, as a browser writes it."""
    file = pictures.from_a_phone() if content is None else content
    line, body = encode_multipart({"photo": FileStorage(BytesIO(file), name, "photo")})
    kind = f"multipart/form-data; boundary={line}"
    return Page(browser.client.post("/me/photo", data=body, content_type=kind))


def address(browser: Visitor) -> str:
    return browser.get("/me/photo").main.one("img")["src"]


def test_me_leads_to_the_photo(visit: Visit, cast: Cast) -> None:
    for person in (cast.ada, cast.cora, cast.mia, cast.emil, cast.olga):
        assert "/me/photo" in visit(person).get("/me").links


def test_a_photo_is_given_and_shown(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    page = ada.get("/me/photo")
    assert page.title == "My photo"
    assert "Your team sees this photo." in page.words
    assert page.main.all("img") == []
    assert "/me/photo/remove" not in page.links
    answer = give(ada)
    assert (answer.status, answer.location) == (303, "/me/photo")
    page = ada.follow(answer)
    assert page.notices == ["Your photo is here."]
    assert page.main.one("img")["alt"] == "Your photo"
    assert "/me/photo/remove" in page.links


def test_staff_read_who_sees_it(visit: Visit, cast: Cast) -> None:
    page = visit(cast.cora).get("/me/photo")
    assert "The people whom you support see this photo." in page.words


def test_the_form_takes_pictures_of_every_phone(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/me/photo")
    assert page.main.one("form")["enctype"] == "multipart/form-data"
    field = page.main.one("input", type="file")
    assert field["accept"] == "image/*"
    assert "capture" not in field.attributes


def test_the_picture_is_sent_as_a_picture_and_nothing_else(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    give(ada)
    sent = ada.client.get(address(ada))
    assert (sent.status_code, sent.mimetype) == (200, "image/jpeg")
    assert pictures.colours(sent.data) == ("red", "blue")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["Cache-Control"] == "private, max-age=86400, immutable"


def test_a_new_photo_has_a_new_address(visit: Visit, cast: Cast, clock: Clock) -> None:
    ada = visit(cast.ada)
    give(ada)
    old = address(ada)
    clock.move(seconds=1)
    give(ada, pictures.photo("PNG"))
    assert address(ada) != old
    late = ada.client.get(old)
    assert (late.status_code, late.headers["Cache-Control"]) == (200, "no-store")


def test_the_team_sees_it_and_strangers_do_not(visit: Visit, cast: Cast) -> None:
    browsers = {name: visit(getattr(cast, name)) for name in ("ada", "cora", "ben", "dan", "olga")}
    give(browsers["ada"])
    url = address(browsers["ada"])
    statuses = {name: browser.client.get(url).status_code for name, browser in browsers.items()}
    assert statuses == {"ada": 200, "cora": 200, "ben": 404, "dan": 404, "olga": 404}
    assert visit(None).get(url).location == "/sign-in"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "We cannot open this file. Choose a photo."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "We cannot open this file."),
        (b"\0\0\0\x24ftypheic" + bytes(99), "Take a screenshot of it."),
        (bytes(photos.LARGEST_BYTES + 1), "This photo is too big. Choose another one."),
    ],
)
def test_a_file_that_cannot_be_kept(
    visit: Visit, cast: Cast, database: Database, content: bytes, words: str
) -> None:
    page = give(visit(cast.ada), content)
    assert page.status == 422
    assert words in page.root.one("error-summary").words
    assert page.main.one("input", type="file")["aria-invalid"] == "true"
    assert rows(database, Photo) == []


def test_no_file_at_all(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    for page in (give(ada, b"", ""), ada.post("/me/photo"), ada.post("/me/photo", photo="words")):
        assert page.status == 422
        assert "Choose a photo first." in page.words


def test_what_is_far_too_big_is_told_on_the_same_page(
    visit: Visit, cast: Cast, database: Database
) -> None:
    page = give(visit(cast.ada), bytes(photos.LARGEST_BYTES + 70 * 1024))
    assert page.status == 413
    assert page.title == "My photo"
    assert "This photo is too big. Choose another one." in page.root.one("error-summary").words
    assert rows(database, Photo) == []


def test_a_wrong_file_leaves_the_photo_before(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    give(ada)
    before = address(ada)
    assert give(ada, b"no picture").main.one("img")["src"] == before


def test_other_forms_have_no_room_for_files(visit: Visit, cast: Cast) -> None:
    assert visit(cast.ada).post("/me/theme", value="d" * 70_000).status == 413


def test_a_photo_needs_the_token_of_its_form(visit: Visit, cast: Cast, app: Flask) -> None:
    ada = visit(cast.ada)
    app.config["WTF_CSRF_ENABLED"] = True
    assert give(ada).status == 400
    token = ada.get("/me/photo").main.one("input", name="csrf_token")["value"]
    file = (BytesIO(pictures.photo()), "me.jpg")
    assert ada.post("/me/photo", photo=file, csrf_token=token).status == 303


def test_removing_asks_first(visit: Visit, cast: Cast, database: Database) -> None:
    ada = visit(cast.ada)
    give(ada)
    page = ada.get("/me/photo/remove")
    assert page.title == "Remove your photo?"
    assert "/me/photo" in page.links
    assert len(rows(database, Photo)) == 1
    answer = ada.post("/me/photo/remove")
    assert ada.follow(answer).notices == ["Your photo is gone."]
    assert rows(database, Photo) == []
    assert ada.post("/me/photo/remove").status == 303


def test_addresses_of_a_team_cost_one_statement(
    visit: Visit, cast: Cast, app: Flask, session: Session
) -> None:
    give(visit(cast.cora))
    with app.test_request_context("/"):
        found = photo_urls([cast.cora, cast.mia])
        assert photo_urls([]) == {}
    assert set(found) == {cast.cora.id}
    assert visit(cast.ada).client.get(found[cast.cora.id]).status_code == 200


def test_the_coach_sees_the_person_on_their_page(visit: Visit, cast: Cast) -> None:
    ada, cora, path = visit(cast.ada), visit(cast.cora), f"/people/{cast.ada.id}/me"
    assert cora.get(path).main.all("img") == []
    give(ada)
    assert cora.get(path).main.one("img")["src"] == address(ada)
    assert ada.get("/me").main.all("img") == []
