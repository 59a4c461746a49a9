"""The service worker sends what waits without a page, and asks nothing where nothing waits."""

import pytest
from playwright.sync_api import Page

from tests.browser.worker_fakes import World
from tests.offline.conftest import ORIGIN, OpenPage

KEEP = """async ([person, state]) => {
    const { openStore } = await import("/js/offline/store.js");
    const store = await openStore(person);
    const { facts } = await import("/proof/real/pages.js");
    if (state) await store.keep({ ...facts(1), state });
}"""
BROKEN = """() => {
    const open = indexedDB.open;
    IDBFactory.prototype.open = function (name, ...more) {
        if (name === "my-pace-1") throw new DOMException("broken", "UnknownError");
        return open.call(this, name, ...more);
    };
}"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Give a page of a phone on which nothing is kept yet."""
    return open_page()


def asked(page: Page) -> list[str]:
    """Let the network come back; return what was asked of the server."""
    found = list[str]()
    page.on("request", lambda request: found.append(request.url.removeprefix(ORIGIN)))
    World(page).comes("sync", tag="send")
    return [address for address in found if address == "/outbox"]


@pytest.mark.parametrize("state", [None, "draft"])
def test_where_nothing_waits_nothing_is_asked(page: Page, state: str | None) -> None:
    page.evaluate(KEEP, ["1", state])
    assert asked(page) == []


def test_what_waits_is_sent(page: Page) -> None:
    page.evaluate(KEEP, ["1", "waiting"])
    assert asked(page) == ["/outbox"]


def test_what_cannot_be_opened_of_one_person_holds_up_nobody(page: Page) -> None:
    for person in ("1", "2"):
        page.evaluate(KEEP, [person, "waiting"])
    page.evaluate(BROKEN)
    assert asked(page) == ["/outbox"]
