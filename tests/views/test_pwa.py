"""The installed app: its manifest, its pictures, its worker, and the page that says how."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor
from webapp.models.person import Language
from webapp.web.installed import is_inside_other_app

Visit = Callable[..., Visitor]

MANIFEST = "/manifest.webmanifest"
REVEALING = (
    *("accompagn", "aidant", "autis", "coach", "disab", "emploi", "employ", "handicap"),
    *("health", "job", "mental", "psy", "santé", "soin", "support", "thérap", "therap"),
)
"""Parts of words that would tell whoever sees the phone why somebody has this app."""


def read(visitor: Visitor, language: str = "en") -> dict[str, Any]:
    """Return the manifest as a browser that speaks a language gets it."""
    page = visitor.get(MANIFEST, Accept_Language=language)
    assert page.response.mimetype == "application/manifest+json"
    found: dict[str, Any] = json.loads(page.response.text)
    return found


def picture(visitor: Visitor, src: str) -> Image.Image:
    answer = visitor.get(src).response
    assert answer.status_code == 200, src
    return Image.open(BytesIO(answer.data))


@pytest.mark.parametrize("language", Language)
def test_the_manifest_has_all_that_phones_ask_for(visit: Visit, language: Language) -> None:
    manifest = read(visit(), language)
    assert manifest["lang"].startswith(language.value)
    assert manifest["dir"] == "ltr"
    assert manifest["display"] == "standalone"
    assert manifest["scope"] == "/"
    assert re.fullmatch("#[0-9a-f]{6}", manifest["theme_color"])
    assert re.fullmatch("#[0-9a-f]{6}", manifest["background_color"])
    assert len(manifest["short_name"]) <= 12
    assert manifest["name"]
    assert manifest["description"]
    assert "prefer_related_applications" not in manifest


SHAPE: dict[str, type] = {
    **dict.fromkeys(("id", "name", "short_name", "description", "lang", "dir"), str),
    **dict.fromkeys(("start_url", "scope", "display", "theme_color", "background_color"), str),
    **dict.fromkeys(("icons", "screenshots", "shortcuts"), list),
}
PICTURE = {"src", "sizes", "type"}


@pytest.mark.parametrize("language", Language)
def test_the_manifest_has_its_members_and_no_others(visit: Visit, language: Language) -> None:
    manifest = read(visit(), language)
    assert {name: type(value) for name, value in manifest.items()} == SHAPE
    assert {frozenset(icon) - {"purpose"} for icon in manifest["icons"]} == {frozenset(PICTURE)}
    for shot in manifest["screenshots"]:
        assert set(shot) == {*PICTURE, "form_factor", "label"}
    for way in manifest["shortcuts"]:
        assert set(way) == {"name", "url", "icons"}
    assert {"/today", "/help"} <= {way["url"] for way in manifest["shortcuts"]}


def test_all_languages_are_one_app(visit: Visit) -> None:
    english, french = read(visit(), "en"), read(visit(), "fr")
    for member in ("id", "start_url", "scope"):
        assert english[member] == french[member]
    assert (english["name"], french["name"]) == ("My pace", "Mon rythme")


def test_the_language_is_that_of_the_person_before_that_of_the_browser(
    visit: Visit, cast: Cast
) -> None:
    assert read(visit(cast.ada), "fr")["lang"].startswith(cast.ada.language)


@pytest.mark.parametrize("language", Language)
def test_nothing_of_it_says_why_somebody_has_this_app(visit: Visit, language: Language) -> None:
    manifest = read(visit(), language)
    shown = [manifest[name] for name in ("name", "short_name", "description")]
    shown += [each["name"] for each in manifest["shortcuts"]]
    shown += [each["label"] for each in manifest["screenshots"]]
    assert [word for word in REVEALING for text in shown if word in text.lower()] == []


@pytest.mark.parametrize("language", Language)
def test_each_picture_is_what_the_manifest_says(visit: Visit, language: Language) -> None:
    manifest = read(visit(), language)
    icons, shots = manifest["icons"], manifest["screenshots"]
    used = [*icons, *shots, *(icon for way in manifest["shortcuts"] for icon in way["icons"])]
    for each in used:
        found = picture(visit(), each["src"])
        assert each["sizes"] == "{}x{}".format(*found.size)
        assert each["type"] == f"image/{(found.format or '').lower()}"
    wanted = {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    assert {(icon["sizes"], icon.get("purpose", "any")) for icon in icons} == wanted
    assert {shot["form_factor"] for shot in shots} == {"narrow", "wide"}


def test_every_way_in_leads_to_a_page(visit: Visit, cast: Cast) -> None:
    ada, manifest = visit(cast.ada), read(visit())
    ways = [manifest["start_url"], *(each["url"] for each in manifest["shortcuts"])]
    assert [ada.get(way).status for way in ways] == [200] * len(ways)


def test_a_maskable_picture_leaves_no_corner_clear(visit: Visit) -> None:
    [src] = [each["src"] for each in read(visit())["icons"] if each.get("purpose") == "maskable"]
    found = picture(visit(), src).convert("RGBA")
    assert found.getchannel("A").getextrema() == (255, 255)


def test_every_page_names_the_manifest_and_the_picture_for_iphones(
    visit: Visit, cast: Cast
) -> None:
    for page in (visit().get("/about"), visit(cast.ada).get("/today")):
        [manifest] = page.root.all("link", rel="manifest")
        assert (manifest["href"], manifest["crossorigin"]) == (MANIFEST, "use-credentials")
        [icon] = page.root.all("link", rel="apple-touch-icon")
        assert picture(visit(), icon["href"]).size == (180, 180)


def test_the_worker_is_the_same_for_everybody_and_asked_for_anew(visit: Visit, cast: Cast) -> None:
    answers = [each.get("/service-worker.js").response for each in (visit(), visit(cast.ada))]
    assert answers[0].data == answers[1].data
    for answer in answers:
        assert answer.mimetype == "text/javascript"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Service-Worker-Allowed"] == "/"
        assert "Set-Cookie" not in answer.headers


def test_the_worker_names_its_script_its_pictures_and_its_words(visit: Visit) -> None:
    text = visit().get("/service-worker.js").response.text
    facts = json.loads(re.findall(r"self.facts = (.*);", text)[0])
    [script] = re.findall(r'importScripts\("(.*)"\)', text)
    assert "notificationclick" in visit().get(script).response.text
    assert picture(visit(), facts["icon"]).size == (192, 192)
    badge = picture(visit(), facts["badge"])
    assert badge.getchannel("A").getextrema() == (0, 255)
    assert facts["words"] == {"en": "You have a message", "fr": "Vous avez un message"}


AGENTS = {
    "android": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile"
    " Safari/537.36",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
    " Version/18.5 Mobile/15E148 Safari/604.1",
    "computer": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
}
STEPS = {"android": 3, "iphone": 4, "computer": 0}


def steps(visitor: Visitor, agent: str, path: str = "/install") -> int:
    return len(visitor.get(path, User_Agent=agent).root.all("li", class_="pictured-step"))


@pytest.mark.parametrize("phone", AGENTS)
def test_each_phone_sees_its_own_steps(visit: Visit, cast: Cast, phone: str) -> None:
    for person in (cast.ada, cast.cora):
        assert steps(visit(person), AGENTS[phone]) == STEPS[phone]


def test_the_steps_of_the_other_phone_are_one_press_away(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert steps(ada, AGENTS["android"], "/install?phone=iphone") == STEPS["iphone"]
    assert steps(ada, AGENTS["iphone"], "/install?phone=android") == STEPS["android"]
    assert steps(ada, AGENTS["iphone"], "/install?phone=unknown") == 0


INSIDE = (
    AGENTS["iphone"].replace(" Safari/604.1", " [FBAN/FBIOS;FBAV/500.0]"),
    AGENTS["android"].replace("Android 10; K", "Android 10; K; wv"),
    AGENTS["iphone"] + " Instagram 300.0",
)


@pytest.mark.parametrize("agent", INSIDE)
def test_who_is_inside_another_app_is_led_to_the_browser_first(
    visit: Visit, cast: Cast, agent: str
) -> None:
    page = visit(cast.ada).get("/install", User_Agent=agent)
    assert "You are inside another app now." in page.words
    assert is_inside_other_app(agent)


@pytest.mark.parametrize("agent", AGENTS.values())
def test_a_browser_is_no_other_app(agent: str) -> None:
    assert not is_inside_other_app(agent)


def test_an_iphone_says_why_and_who_has_the_code(visit: Visit, cast: Cast) -> None:
    words = visit(cast.ada).get("/install?phone=iphone").words
    assert "An iPhone shows reminders only from its home screen." in words
    assert "Your coach shows you the code." in words


def is_offered(visitor: Visitor) -> bool:
    """Say whether Me leads to the page that says how to install."""
    return bool(visitor.get("/me").root.all("install-app"))


def test_nobody_is_asked_to_install_before_the_app_was_of_use(
    visit: Visit, cast: Cast, session: Session
) -> None:
    task, day = factories.task(session, cast.ada), factories.MONDAY.isoformat()
    session.commit()
    ada = visit(cast.ada)
    assert not is_offered(ada)
    ada.post(f"/tasks/{task.id}/{day}/not-today")
    assert not is_offered(ada)
    ada.post(f"/tasks/{task.id}/{day}/done")
    assert is_offered(ada)
    assert not is_offered(visit(cast.ben))


def test_who_has_reminders_may_install(visit: Visit, cast: Cast) -> None:
    for person in (cast.ben, cast.cora):
        visitor = visit(person)
        assert not is_offered(visitor)
        visitor.post("/me/reminders/on")
        assert is_offered(visitor)


def test_a_coach_is_not_asked_on_the_page_of_somebody_else(visit: Visit, cast: Cast) -> None:
    cora = visit(cast.cora)
    cora.post("/me/reminders/on")
    page = cora.get(f"/people/{cast.ada.id}/me")
    assert page.status == 200
    assert page.root.all("install-app") == []
