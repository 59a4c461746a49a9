"""The service worker among fakes: what a press on a message does, and how its address is kept."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.worker_fakes import ORIGIN, Did, World, only

TASK = f"{ORIGIN}/tasks/12/2026-11-23"
NOTIFICATION = {
    "title": "Broom the entrance",
    "body": "At 9:30",
    "tag": "t",
    "data": {
        "navigate": TASK,
        "later": f"{TASK}/later",
        "done": f"{TASK}/done",
        "change_id": "notice-7-done",
    },
}
KEY, OTHER_KEY = "BEEF_-AA", "BAD0_-AA"
KEY_URL, SAVE_URL = "/me/reminders/key", "/me/reminders/phone"
REMOVE_URL = f"{SAVE_URL}/remove"
DONE_URL = "/tasks/12/2026-11-23/done"
REDIRECT = {"status": 0, "type": "opaqueredirect", "text": ""}
GONE = {"status": 204, "type": "basic", "text": ""}


def known(**changed: Any) -> dict[str, Any]:
    """Return what the server says of this phone."""
    said = {"key": KEY, "csrf": "token", "known": "hash", "heals": True, **changed}
    return {"status": 200, "type": "basic", "text": json.dumps(said)}


def pressed(page: Page, action: str = "", **world: Any) -> Did:
    return World(page, **world).comes("notificationclick", action=action, notification=NOTIFICATION)


def doing(did: Did) -> list[str]:
    """Return the names of what was done."""
    return [each[0] for each in did]


def test_a_press_opens_the_page_of_the_task(blank: Page) -> None:
    assert pressed(blank) == [["closed"], ["opened", TASK]]


def test_an_open_page_is_taken_for_it(blank: Page) -> None:
    elsewhere = f"{ORIGIN}/goals"
    did = pressed(blank, windows=[elsewhere])
    assert did == [["closed"], ["focused", elsewhere], ["led", elsewhere, TASK]]


def test_a_page_that_is_there_already_is_not_loaded_again(blank: Page) -> None:
    assert pressed(blank, windows=[f"{ORIGIN}/goals", TASK]) == [["closed"], ["focused", TASK]]


def test_a_page_that_cannot_be_led_gives_way_to_a_new_one(blank: Page) -> None:
    did = pressed(blank, windows=[f"{ORIGIN}/goals"], broken=["navigate"])
    assert did[-1] == ["opened", TASK]


@pytest.mark.parametrize("broken", [["openWindow"], ["focus"], ["navigate", "openWindow"]])
def test_where_nothing_opens_the_message_comes_back(blank: Page, broken: list[str]) -> None:
    windows = [] if broken == ["openWindow"] else [f"{ORIGIN}/goals"]
    title, shown = only(pressed(blank, windows=windows, broken=broken), "shown")
    assert title == NOTIFICATION["title"]
    assert shown["data"] == NOTIFICATION["data"]
    assert shown["silent"] is True


def test_later_opens_the_page_that_asks_when(blank: Page) -> None:
    assert only(pressed(blank, "later"), "opened") == [f"{TASK}/later"]


def test_done_is_said_as_the_form_says_it_and_nothing_opens(blank: Page) -> None:
    did = pressed(blank, "done", answers={KEY_URL: known(), DONE_URL: REDIRECT})
    assert did == [
        ["closed"],
        ["asked", KEY_URL, None],
        ["asked", DONE_URL, {"csrf_token": "token", "change_id": "notice-7-done"}],
        ["told", {"changed": True}],
    ]


NOT_DONE: dict[str, dict[str, Any]] = {
    "no network": {},
    "no network at the end": {KEY_URL: known()},
    "signed out": {KEY_URL: REDIRECT, DONE_URL: REDIRECT},
    "refused": {KEY_URL: known(), DONE_URL: {"status": 403, "type": "basic", "text": ""}},
    "nothing to do any more": {KEY_URL: known(), DONE_URL: {**GONE, "status": 409}},
    "a fault": {KEY_URL: known(), DONE_URL: {**GONE, "status": 500}},
    "a page that is no answer": {KEY_URL: known(), DONE_URL: {**GONE, "status": 200}},
}


@pytest.mark.parametrize("why", NOT_DONE)
def test_what_could_not_be_said_opens_the_task(blank: Page, why: str) -> None:
    did = pressed(blank, "done", answers=NOT_DONE[why])
    assert only(did, "opened") == [TASK]
    assert "told" not in doing(did)


def test_a_lost_address_is_made_again_and_given_to_the_server(blank: Page) -> None:
    world = World(blank, answers={KEY_URL: known(), SAVE_URL: GONE})
    did = world.comes("pushsubscriptionchange")
    assert only(did, "subscribed") == [KEY, True]
    assert did[-1] == [
        "asked",
        SAVE_URL,
        {
            "csrf_token": "token",
            "endpoint": "https://push.example/new",
            "p256dh": "P",
            "auth": "A",
            "server_key": KEY,
        },
    ]


def asked(page: Page, what: str, **world: Any) -> Did:
    """Let a page ask for something; the last thing done is what it hears."""
    return World(page, **world).comes("message", ask=what)


def test_a_press_on_remind_me_says_so_to_the_server(blank: Page) -> None:
    answers = {KEY_URL: known(known=None, heals=False), SAVE_URL: GONE}
    did = asked(blank, "connect", answers=answers)
    assert [each[2]["remind_me"] for each in did if each[1:2] == [SAVE_URL]] == ["yes"]
    assert did[-1] == ["said", "done"]


@pytest.mark.parametrize(
    ("subscription", "said", "is_renewed"),
    [(KEY, "hash", False), (OTHER_KEY, "hash", True), (KEY, None, True)],
    ids=["as it was", "made for another key", "refused by its service"],
)
def test_an_address_that_is_of_no_use_gives_way_to_a_new_one(
    blank: Page, subscription: str, said: str | None, is_renewed: bool
) -> None:
    answers = {KEY_URL: known(known=said), SAVE_URL: GONE}
    did = asked(blank, "repair", subscription=subscription, answers=answers)
    assert ("unsubscribed" in doing(did)) is is_renewed
    assert did[-1] == ["said", "done"]


def test_nothing_is_repaired_where_the_person_said_no_from_elsewhere(blank: Page) -> None:
    did = asked(blank, "repair", subscription=KEY, answers={KEY_URL: known(heals=False)})
    assert doing(did) == ["asked", "unsubscribed", "said"]


def test_a_phone_that_is_turned_off_has_no_address_any_more(blank: Page) -> None:
    answers = {KEY_URL: known(), REMOVE_URL: GONE}
    did = asked(blank, "disconnect", subscription=KEY, answers=answers)
    assert ["asked", REMOVE_URL, {"csrf_token": "token"}] in did
    assert doing(did)[-2:] == ["unsubscribed", "said"]


@pytest.mark.parametrize(
    ("world", "said"),
    [
        ({}, "TypeError"),
        ({"answers": {KEY_URL: REDIRECT}}, "SyntaxError"),
        ({"answers": {KEY_URL: known()}, "broken": ["subscribe"]}, "NotAllowedError"),
        ({"answers": {KEY_URL: known(), SAVE_URL: {**GONE, "status": 422}}}, "TypeError"),
    ],
    ids=["no network", "signed out", "not allowed", "not taken"],
)
def test_a_page_hears_what_went_wrong(blank: Page, world: dict[str, Any], said: str) -> None:
    assert asked(blank, "connect", **world)[-1] == ["said", said]


def test_a_browser_without_limits_of_time_does_it_as_well(blank: Page) -> None:
    answers = {KEY_URL: known(), DONE_URL: REDIRECT}
    did = pressed(blank, "done", answers=answers, broken=["limits"])
    assert did[-1] == ["told", {"changed": True}]


def test_what_is_not_offered_is_not_done(blank: Page) -> None:
    assert asked(blank, "constructor") == []
