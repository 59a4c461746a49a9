"""The service worker and what is pushed: whatever comes, something of ours is shown."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.worker_fakes import ORIGIN, Did, World, only


def message(**notification: Any) -> dict[str, Any]:
    """Return a message as the server sends it, with some members changed."""
    shown = {
        "title": "Broom the entrance",
        "body": "At 9:30 in the morning",
        "lang": "en",
        "dir": "ltr",
        "tag": "t" * 32,
        "navigate": f"{ORIGIN}/tasks/12/2026-11-23",
        "silent": False,
        "actions": [
            {"action": "done", "title": "It's done", "navigate": f"{ORIGIN}/tasks/12/2026-11-23"},
            {
                "action": "later",
                "title": "Later",
                "navigate": f"{ORIGIN}/tasks/12/2026-11-23/later",
            },
        ],
        "data": {"done": "/tasks/12/2026-11-23/done", "change_id": "notice-7-done", "notice": 7},
    }
    return {"web_push": 8030, "notification": {**shown, **notification}}


def pushed(blank: Page, text: str | None, **world: Any) -> Did:
    event = {} if text is None else {"data": text}
    return World(blank, **world).comes("push", **event)


def test_a_message_is_shown_as_it_was_sent_and_told_to_the_pages(blank: Page) -> None:
    did = pushed(blank, json.dumps(message()), maxActions=2)
    title, shown = only(did, "shown")
    assert title == "Broom the entrance"
    assert shown == {
        "body": "At 9:30 in the morning",
        "lang": "en",
        "dir": "ltr",
        "tag": "t" * 32,
        "silent": False,
        "icon": "/icon.png",
        "badge": "/badge.png",
        "actions": [
            {"action": "done", "title": "It's done"},
            {"action": "later", "title": "Later"},
        ],
        "data": {
            "notice": 7,
            "change_id": "notice-7-done",
            "done": f"{ORIGIN}/tasks/12/2026-11-23/done",
            "later": f"{ORIGIN}/tasks/12/2026-11-23/later",
            "navigate": f"{ORIGIN}/tasks/12/2026-11-23",
        },
    }
    assert only(did, "told") == [{"shown": 7}]


@pytest.mark.parametrize(("most", "names"), [(None, []), (1, ["done"]), (2, ["done", "later"])])
def test_there_are_as_many_buttons_as_the_phone_shows(
    blank: Page, most: int | None, names: list[str]
) -> None:
    world = {} if most is None else {"maxActions": most}
    _title, shown = only(pushed(blank, json.dumps(message()), **world), "shown")
    assert [each["action"] for each in shown["actions"]] == names


def test_there_is_no_button_for_what_cannot_be_done(blank: Page) -> None:
    text = json.dumps(message(data={"done": None, "notice": 7}))
    _title, shown = only(pushed(blank, text, maxActions=2), "shown")
    assert [each["action"] for each in shown["actions"]] == ["later"]


UNREADABLE = {
    "nothing": None,
    "an empty text": "",
    "no JSON": "hello",
    "a list": "[]",
    "null": "null",
    "a number": "8030",
    "no notification": "{}",
    "no title": json.dumps(message(title=None)),
    "an empty title": json.dumps(message(title="")),
    "a title that is no text": json.dumps(message(title={"fr": "x"})),
    "actions that are no list": json.dumps(message(actions="done")),
    "an action that is nothing": json.dumps(message(actions=[None])),
}


@pytest.mark.parametrize("what", UNREADABLE)
@pytest.mark.parametrize("broken", [[], ["caches", "channel"]], ids=["whole", "broken"])
def test_what_cannot_be_read_is_shown_in_the_plainest_words(
    blank: Page, what: str, broken: list[str]
) -> None:
    did = pushed(blank, UNREADABLE[what], maxActions=2, broken=broken)
    title, shown = only(did, "shown")
    assert title == "You have a message"
    assert shown["data"] == {"navigate": f"{ORIGIN}/"}


@pytest.mark.parametrize(
    ("kept", "phone", "words"),
    [
        ("fr", "en-GB", "Vous avez un message"),
        ("en", "fr-FR", "You have a message"),
        (None, "fr-CA", "Vous avez un message"),
        (None, "de-DE", "Vous avez un message"),
        ("toString", "en", "You have a message"),
    ],
)
def test_the_plainest_words_are_in_the_language_of_the_person(
    blank: Page, kept: str | None, phone: str, words: str
) -> None:
    title, _shown = only(pushed(blank, None, kept=kept, language=phone), "shown")
    assert title == words


def test_where_the_phone_refuses_the_details_the_words_are_shown_alone(blank: Page) -> None:
    title, shown = only(pushed(blank, json.dumps(message()), refuses=1, maxActions=2), "shown")
    assert title == "Broom the entrance"
    assert list(shown) == ["data"]


def test_it_is_shown_where_no_page_can_be_told(blank: Page) -> None:
    did = pushed(blank, json.dumps(message()), broken=["channel"])
    assert only(did, "shown")[0] == "Broom the entrance"


ELSEWHERE = (
    "https://evil.example/tasks/12",
    "//evil.example",
    "javascript:alert(1)",
    "https://plan.example.evil.example/",
    "data:text/html,hello",
    "http://plan.example/",
    "https://plan.example:8443/",
    "http://[",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_address_of_another_place_is_kept(blank: Page, address: str) -> None:
    moved = message(
        navigate=address,
        actions=[{"action": "later", "title": "Later", "navigate": address}],
        data={"done": address, "change_id": "notice-7-done"},
    )
    _title, shown = only(pushed(blank, json.dumps(moved), maxActions=2), "shown")
    assert {shown["data"][name] for name in ("navigate", "later", "done")} == {f"{ORIGIN}/"}


def test_a_new_worker_takes_over_unless_somebody_writes(blank: Page) -> None:
    assert World(blank).comes("install") == [["skipped waiting"]]
    assert World(blank, held=["writing"]).comes("install") == []
    assert World(blank).comes("activate") == [["claimed"]]


def test_where_pages_cannot_say_that_somebody_writes_it_waits_until_they_are_left(
    blank: Page,
) -> None:
    assert World(blank, broken=["locks"]).comes("install") == []
