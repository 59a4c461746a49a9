"""One bad item, a full disk or an address that leads elsewhere: whatever it is, the others go."""

import pytest
from playwright.sync_api import Page

from tests.offline.test_outbox import posts, run

BAD = [[500, {}]] * 30
NO_ROOM = """
    const full = new DOMException("", "QuotaExceededError");
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        if (WHERE.includes(this.name)) throw full;
        return put.apply(this, given);
    };
    await flush().finally(() => (IDBObjectStore.prototype.put = put));"""
"""Sends once while some of the stores take nothing more."""
LED_ELSEWHERE = """
    const fetch = outbox.fetch;
    const nothing = { headers: new Headers(), text: async () => "" };
    const elsewhere = { status: 0, type: "opaqueredirect", ...nothing };
    outbox.fetch = async (address, wanted) => {
        const answer = await fetch(address, wanted);
        return wanted.body?.get("said") === "v1" || address === LED ? elsewhere : answer;
    };"""
"""What the browser gives of an answer that leads to another address: that it does, no more."""


def test_what_fails_for_ever_lets_the_rest_go_that_failed_as_often(page: Page) -> None:
    acts = """
        for (const n of [1, 2, 3, 4]) await tap(n);
        for (const item of await outbox.store.waiting()) {
            for (const time of "123") await outbox.store.postpone(item.id);
        }
        await flush();
        await flush()"""
    ran = run(page, acts, v1=BAD, v2=BAD[:], v3=BAD[:])
    assert ran["sent"] == ["v4"]
    assert ran["all"] == ["v1", "v2", "v3"]


@pytest.mark.parametrize("where", [["sent"], ["items"], ["facts", "sent", "items"]])
def test_a_full_disk_stops_nothing_from_going(page: Page, where: list[str]) -> None:
    """What was taken may stay on the phone: it goes once more, under its id."""
    acts = "for (const n of [1, 2, 3]) await tap(n);" + NO_ROOM.replace("WHERE", str(where))
    ran = run(page, f"{acts}; await flush()", v1=[[500, {}]])
    assert ran["rounds"][0] == {"told": ["wait", "taken", "taken"], "why": None}
    assert set(posts(ran)) == {"v1", "v2", "v3"}
    assert ran["all"] == []
    ids = {each["sent"]["said"]: each["sent"]["change_id"] for each in ran["asked"] if each["sent"]}
    assert len({each["sent"]["change_id"] for each in ran["asked"] if each["sent"]}) == len(ids)


def test_a_server_that_was_set_back_waits_for_a_disk_with_room(page: Page) -> None:
    """What goes before what is offered again would stand for all of it."""
    acts = "await tap(1); await flush(); await tap(2);" + NO_ROOM.replace("WHERE", "['items']")
    forgot = [200, {"knows_latest": False}]
    ran = run(
        page,
        acts.replace("await flush().", "await flush().catch(() => {})."),
        greet=[[200, {}], forgot],
    )
    assert posts(ran) == ["v1"]
    assert (ran["sent"], ran["all"]) == (["v1"], ["v2"])


def test_an_item_that_is_led_elsewhere_stays_and_the_others_go(page: Page) -> None:
    acts = "for (const n of [1, 2, 3]) await tap(n);" + LED_ELSEWHERE.replace("LED", "null")
    ran = run(page, f"{acts}; await flush()")
    assert ran["rounds"] == [{"told": ["wait", "taken", "taken"], "why": None}]
    assert (ran["sent"], ran["all"]) == (["v2", "v3"], ["v1"])


def test_a_question_that_is_led_elsewhere_is_no_network(page: Page) -> None:
    acts = "for (const n of [1, 2]) await tap(n);" + LED_ELSEWHERE.replace("LED", "'/outbox'")
    ran = run(page, f"{acts}; await flush()")
    assert ran["rounds"] == [{"told": [], "why": "network"}]
    assert (posts(ran), ran["all"]) == ([], ["v1", "v2"])
