"""Me: every setting, the list of devices, and the end of a lost phone."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.visitor import Visitor, rows
from webapp.models.change import HistoryEntry
from webapp.models.person import Person
from webapp.models.sign_in import Device
from webapp.web.database import Database

Visit = Callable[..., Visitor]

SETTINGS = [
    ("language", "fr", "Français"),
    ("region", "GB", "United Kingdom"),
    ("text-size", "32", "Largest"),
    ("theme", "dark", "Dark"),
    ("voice-speed", "slow", "Slow"),
    ("time-style", "digits", "In numbers"),
]


def ada_now(database: Database, cast: Cast) -> Person:
    return next(person for person in rows(database, Person) if person.id == cast.ada.id)


@pytest.mark.parametrize(("name", "value", "words"), SETTINGS)
def test_each_setting_is_asked_kept_and_shown(
    visit: Visit, cast: Cast, database: Database, name: str, value: str, words: str
) -> None:
    ada = visit(cast.ada)
    page = ada.get(f"/me/{name}")
    options = {each["value"]: each for each in page.main.all("button", name="value")}
    assert words in options[value].words
    chosen = [key for key, each in options.items() if "aria-current" in each.attributes]
    assert chosen == [str(getattr(cast.ada, name.replace("-", "_")))]
    answer = ada.post(f"/me/{name}", value=value)
    assert (answer.status, answer.location) == (303, "/me")
    assert str(getattr(ada_now(database, cast), name.replace("-", "_"))) == value
    if name != "language":
        assert words in ada.follow(answer).words


def test_me_leads_to_every_setting_and_the_way_out(visit: Visit, cast: Cast) -> None:
    page = visit(cast.ada).get("/me")
    wanted = {f"/me/{name}" for name, _value, _words in SETTINGS}
    assert wanted | {"/me/phones", "/about", "/sign-in/out"} <= page.links
    assert page.actions == set()


@pytest.mark.parametrize(
    ("name", "value"), [("text-size", "21"), ("theme", "pink"), ("language", ""), ("region", None)]
)
def test_a_value_that_does_not_exist(
    visit: Visit, cast: Cast, database: Database, name: str, value: str | None
) -> None:
    page = visit(cast.ada).post(f"/me/{name}", value=value)
    assert page.status == 409
    assert "This choice does not exist." in page.words
    assert rows(database, HistoryEntry) == []


@pytest.mark.parametrize("name", ["role", "password-hash", "x", "name"])
def test_a_setting_that_does_not_exist(
    visit: Visit, cast: Cast, database: Database, name: str
) -> None:
    ada = visit(cast.ada)
    assert ada.get(f"/me/{name}").status == 404
    assert ada.post(f"/me/{name}", value="coach").status == 404
    assert rows(database, HistoryEntry) == []


def test_a_setting_sent_twice_is_kept_once(visit: Visit, cast: Cast, database: Database) -> None:
    ada = visit(cast.ada)
    for _time in range(2):
        assert ada.post("/me/theme", value="dark", change_id="the-same-id").status == 303
    assert len(rows(database, HistoryEntry)) == 1


def test_a_setting_shows_on_the_next_page(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert ada.follow(ada.post("/me/language", value="fr")).root.one("html")["lang"] == "fr-CA"
    assert ada.follow(ada.post("/me/region", value="FR")).root.one("html")["lang"] == "fr-FR"


def test_staff_choose_for_their_own_screens(visit: Visit, cast: Cast, database: Database) -> None:
    for person in (cast.cora, cast.mia, cast.emil, cast.olga):
        assert visit(person).post("/me/theme", value="dark").status == 303
    assert {each.theme for each in rows(database, Person) if each.name == "Olga"} == {"dark"}


def test_the_coach_reads_the_settings_and_changes_none(visit: Visit, cast: Cast) -> None:
    page = visit(cast.cora).get(f"/people/{cast.ada.id}/me")
    assert page.title == "Ada"
    assert "Only Ada can change this." in page.words
    assert page.actions == set()
    assert {
        f"/people/{cast.ada.id}/sign-in-card",
        f"/people/{cast.ada.id}/me/phones",
    } <= page.links
    assert not any(link.startswith("/me/") for link in page.links)


def test_a_participant_has_no_password_page(visit: Visit, cast: Cast) -> None:
    ada = visit(cast.ada)
    assert ada.get("/me/password").status == 404
    assert ada.post("/me/password", password="a quiet blue kettle sings").status == 404


def test_the_devices_are_listed(visit: Visit, cast: Cast) -> None:
    phone, tablet = visit(cast.ada), visit(cast.ada)
    page = phone.get("/me/phones")
    devices = page.main.all(class_="device-row")
    assert ["This phone" in each.words for each in devices] == [False, True]
    assert all("Since Monday 23 November" in each.words for each in devices)
    assert page.actions == {f"/devices/{tablet.device_id}/end"}
    assert "/sign-in/out" in page.links


def test_another_device_is_ended_at_once(visit: Visit, cast: Cast) -> None:
    phone, tablet = visit(cast.ada), visit(cast.ada)
    answer = phone.post(f"/devices/{tablet.device_id}/end")
    assert phone.follow(answer).notices == ["This device is signed out."]
    assert tablet.get("/today").location == "/sign-in"
    assert phone.get("/today").status == 200


def test_ending_the_device_in_the_hand_asks_first(visit: Visit, cast: Cast) -> None:
    phone = visit(cast.ada)
    answer = phone.post(f"/devices/{phone.device_id}/end")
    assert answer.location == "/sign-in/out"
    assert phone.follow(answer).title == "Sign out?"
    assert phone.get("/today").status == 200


def test_the_coach_ends_a_lost_phone(visit: Visit, cast: Cast) -> None:
    phone, cora = visit(cast.ada), visit(cast.cora)
    page = cora.get(f"/people/{cast.ada.id}/me/phones")
    [end] = page.actions
    answer = cora.post(end)
    assert answer.location == f"/people/{cast.ada.id}/me/phones"
    assert "The plan is on no phone yet." in cora.follow(answer).words
    assert phone.get("/today").location == "/sign-in"
    assert phone.post("/me/theme", value="dark").location == "/sign-in"


def test_strangers_end_nothing(visit: Visit, cast: Cast, database: Database) -> None:
    phone = visit(cast.ada)
    for stranger in (cast.dan, cast.ben, cast.mia, cast.emil, cast.olga):
        assert visit(stranger).post(f"/devices/{phone.device_id}/end").status == 404
    assert visit(cast.ada).post(f"/devices/{len(rows(database, Device)) + 9}/end").status == 404
    assert phone.get("/today").status == 200


def test_a_participant_does_not_end_the_coachs_device(visit: Visit, cast: Cast) -> None:
    cora = visit(cast.cora)
    assert visit(cast.ada).post(f"/devices/{cora.device_id}/end").status == 404
    assert cora.get("/people").status == 200
