"""The rules of the outbox: what settles an item, in which order items go, and what a page shows."""

from typing import Any

import pytest
from playwright.sync_api import Page

ID = "AAAAAAAAAAAAAAAAAAAAAA"
TAKEN = {
    "change": ID,
    "state": "taken",
    "clock": 7,
    "next": "/today",
    "said": "This is done.",
    "outcome": "applied",
}
REFUSED = {"change": ID, "state": "refused", "words": "It is not there any more.", "clock": 7}


def rule(page: Page, code: str, given: object = None) -> Any:
    """Return what a line of script makes of the rules and of what is given."""
    script = f"async (given) => {{ const rules = await import('/js/offline/rules.js'); {code} }}"
    return page.evaluate(script, given)


def verdict(page: Page, status: int, body: object) -> Any:
    return rule(page, "return rules.verdict(...given)", [status, body, ID])


def test_an_answer_that_names_the_item_settles_it(page: Page) -> None:
    assert verdict(page, 200, TAKEN) == {
        "kind": "taken",
        "clock": 7,
        "next": "/today",
        "said": "This is done.",
        "outcome": "applied",
    }
    for status in (400, 403, 404, 409, 410, 413, 422):
        refused = {"kind": "refused", "words": REFUSED["words"], "clock": 7}
        assert verdict(page, status, REFUSED) == refused


WAITS = {
    "no network": (0, None, "network"),
    "a redirect": (302, None, "network"),
    "signed out": (401, {"state": "signed-out"}, "signed-out"),
    "somebody else": (403, {"state": "other-person"}, "other-person"),
    "an old token": (400, {"state": "old-token"}, "old-token"),
    "a page of a café": (200, None, "server"),
    "too many": (429, {}, "server"),
    "trouble": (500, {}, "server"),
    "trouble that claims to be an answer": (500, TAKEN, "server"),
    "refused with the status of success": (200, REFUSED, "server"),
    "taken with the status of a refusal": (404, TAKEN, "server"),
    "a refusal that names nothing": (404, {"state": "refused"}, "server"),
    "another item": (200, {**TAKEN, "change": "B" * 22}, "server"),
    "no item": (200, {**TAKEN, "change": None}, "server"),
    "another state": (200, {**TAKEN, "state": "done"}, "server"),
    "no clock": (200, {**TAKEN, "clock": None}, "server"),
    "a clock that is a text": (200, {**TAKEN, "clock": "7"}, "server"),
    "a clock below nothing": (200, {**TAKEN, "clock": -1}, "server"),
    "half a clock": (200, {**TAKEN, "clock": 7.5}, "server"),
    "a list": (200, [TAKEN], "server"),
    "a text": (200, "taken", "server"),
    "signed out, by a stranger": (200, {"state": "signed-out"}, "server"),
    "a name that everything has": (200, {"state": "constructor"}, "server"),
}


@pytest.mark.parametrize("what", WAITS)
def test_whatever_else_comes_the_item_stays(page: Page, what: str) -> None:
    status, body, why = WAITS[what]
    assert verdict(page, status, body) == {"kind": "wait", "why": why, "status": status}


def test_nothing_settles_an_item_without_an_id(page: Page) -> None:
    code = "return [null, undefined, ''].map((id) => rules.verdict(200, given, id).kind)"
    assert rule(page, code, {**TAKEN, "change": None}) == ["wait"] * 3


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "today", 7, ""]
)
def test_the_next_page_is_one_of_ours(page: Page, address: object) -> None:
    assert verdict(page, 200, {**TAKEN, "next": address})["next"] is None


def test_the_next_clock_comes_after_all_that_were_seen(page: Page) -> None:
    code = "return given.map((seen) => rules.nextClock(...seen))"
    assert rule(page, code, [[], [None], [3, 9, 4], ["12", 2], [-5]]) == [1, 1, 10, 3, 1]


def test_ids_are_made_for_addresses_and_never_the_same(page: Page) -> None:
    code = "return Array.from({ length: 2000 }, () => rules.newId())"
    ids = rule(page, code)
    assert len(set(ids)) == 2000
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert all(len(each) == 22 and set(each) <= allowed for each in ids)


def ids(rows: list[dict[str, Any]]) -> str:
    return "".join(row["id"] for row in rows)


def test_items_go_as_they_were_chosen_and_the_stubborn_last(page: Page) -> None:
    rows = [
        {"id": "c", "clock": 9},
        {"id": "a", "clock": 2, "tries": 3},
        {"id": "e", "clock": 10},
        {"id": "b", "clock": 9, "tries": 2},
        {"id": "d"},
    ]
    assert ids(rule(page, "return rules.inOrder(given)", rows)) == "dabce"
    assert ids(rule(page, "return rules.inSendingOrder(given)", rows)) == "dbcea"


def test_what_was_sent_is_kept_for_thirty_days_and_two_thousand(page: Page) -> None:
    now = "2026-11-23T13:00:00.000Z"
    days = {"old": "2026-10-24T12:59:59.000Z", "young": "2026-10-24T13:00:00.000Z"}
    rows = [{"id": name, "clock": 0, "sent_at": at} for name, at in days.items()]
    assert ids(rule(page, "return rules.tooMuch(given[0], given[1])", [rows, now])) == "old"
    assert [rule(page, "return rules.mayReoffer(...given)", [row, now]) for row in rows] == [
        False,
        True,
    ]
    many = [{"id": f"{n} ", "clock": n, "sent_at": days["young"]} for n in range(2002)]
    assert ids(rule(page, "return rules.tooMuch(given[0], given[1])", [many, now])) == "0 1 "


def test_a_server_must_know_the_last_and_what_failed_before(page: Page) -> None:
    code = "return given.reduce((latest, item) => rules.latestOf(latest, item), [])"
    rows = [{"id": "a"}, {"id": "b"}, {"id": "c", "tries": 1}, {"id": "d", "tries": 2}]
    assert rule(page, code, rows) == ["b", "c", "d"]
    assert rule(page, code, [*rows, {"id": "e"}]) == ["e"]
    again = "return rules.latestOf(['a', 'b'], given, true)"
    assert rule(page, again, {"id": "c"}) == ["c", "a", "b"]


def test_a_page_shows_the_last_word_that_it_cannot_know(page: Page) -> None:
    def row(name: str, subject: str, clock: int, **more: object) -> dict[str, Any]:
        return {"id": name, "subject": subject, "clock": clock, **more}

    waiting = [row("a", "one", 3), row("b", "one", 5), row("c", "two", 4), row("x", "", 9)]
    sent = [
        row("d", "two", 6, sent_clock=11, outcome="applied"),
        row("e", "three", 2, sent_clock=10, outcome="applied"),
        row("f", "four", 8, sent_clock=12, outcome="overtaken"),
        row("g", "five", 1, sent_clock=13, outcome="applied"),
    ]
    code = "return [...rules.shownStates(...given)].map(([subject, { id }]) => [subject, id])"
    shown = dict(rule(page, code, [waiting, sent, 10]))
    assert shown == {"one": "b", "two": "d", "five": "g"}
