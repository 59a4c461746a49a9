"""A phone without room for more pages: what it has stays whole, and the app goes on."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.kept_phone import SEND, ask, is_unreachable, keep_now, stored, title, until
from tests.browser.kept_site import PHOTO, Site
from tests.browser.stage import Stage
from webapp.models.person import Language

FILL = """(where) => {
  self.whole ??= { ...Object.getOwnPropertyDescriptors(Cache.prototype) };
  Object.defineProperties(Cache.prototype, self.whole);
  self.Packing ??= CompressionStream;
  self.CompressionStream = self.Packing;
  self.unheard ??= [];
  addEventListener("unhandledrejection", ({ reason }) => self.unheard.push(`${reason}`));
  const { add, addAll, put } = Cache.prototype;
  const full = () => { throw new DOMException("no room", "QuotaExceededError"); };
  const pathOf = (request) => new URL(request.url ?? request, location).pathname;
  const isFull = (request) => where === "everything" || pathOf(request) === where;
  Cache.prototype.put = async function (request, answer) {
    return isFull(request) ? full() : put.call(this, request, answer);
  };
  Cache.prototype.add = async function (request) {
    return isFull(request) ? full() : add.call(this, request);
  };
  Cache.prototype.addAll = async function (requests) {
    if (!requests.length || !["the first file", "a file", "everything"].includes(where)) {
      return addAll.call(this, requests);
    }
    if (where === "a file") await addAll.call(this, requests.slice(0, requests.length / 2));
    full();
  };
  if (where === "packing") self.CompressionStream = class extends TransformStream {
    constructor() {
      super({ transform: full });
    }
  };
}"""
"""Lets the room end in the worker: nowhere, everywhere, at an address, or at one of its acts."""

ENDS = {
    "the first file": "the first file",
    "a file in the middle": "a file",
    "the pages": "/kept/pages",
    "the pages, while they are packed": "packing",
    "everything": "everything",
}
SCRIPTS = """async () => {
  const [{ src }] = document.scripts;
  const parts = ["packing", "registering", "told", "unsent"].map((name) => `offline/${name}`);
  const isThere = (name) => fetch(src.replace("start", name)).then(({ ok }) => ok, () => false);
  const all = ["start", ...parts].map(isThere);
  return [new URL(src).pathname.split("/")[2], (await Promise.all(all)).every(Boolean)];
}"""
"""Gives the release of the page that is open, and whether all that it is made of is there."""
FULL = "QuotaExceededError"
SAID = (FULL, "TypeError")
"""What the worker says where there is no room; a stream that breaks says it in its own way."""
TOLD = """() => {
  const post = ServiceWorker.prototype.postMessage;
  ServiceWorker.prototype.postMessage = function (wanted, ...more) {
    post.call(this, wanted, ...more);
    if (wanted.ask === "keep") window.isTold = true;
  };
}"""
"""Remembers that a page has told the worker what it knows."""


class Room:
    """The room on a phone. Nothing may go wrong unheard, wherever it ends."""

    def __init__(self, page: Page) -> None:
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        [self._worker] = page.context.service_workers
        self.ends(None)

    def ends(self, where: str | None) -> None:
        """Let the room end there; with None there is enough again."""
        self._worker.evaluate(FILL, where)

    def unheard(self) -> list[str]:
        """Return what went wrong in a page or in the worker, and nobody heard."""
        return [*self.wrong, *self._worker.evaluate("self.unheard")]


@pytest.fixture
def room(reader: Page) -> Iterator[Room]:
    """Give the room on the phone of person 1."""
    one = Room(reader)
    yield one
    assert one.unheard() == []


def comes_anew(site: Site) -> None:
    """Let the site have a new release, and other pages."""
    site.made, site.clock, site.release = "second", 2, "r2"


def keep_as_said(page: Page, site: Site) -> Any:
    """Keep as if the last time were long ago; return what the worker says of it."""
    page.evaluate(f"async () => (await caches.open('kept-{site.person}')).delete('/kept/asked')")
    return ask(page, "keep", person=site.person, clock=site.clock, release=site.release)


def shown(page: Page, path: str) -> tuple[str, list[Any]]:
    """Open an address; return the title of its page, its release, and whether it is whole."""
    return title(page, path), page.evaluate(SCRIPTS)


@pytest.mark.parametrize("where", ENDS)
def test_where_there_is_no_room_the_older_pages_stay_whole(
    reader: Page, site: Site, room: Room, where: str
) -> None:
    before = stored(reader)
    comes_anew(site)
    room.ends(ENDS[where])
    assert keep_as_said(reader, site) in SAID
    before["kept-1"] = stored(reader)["kept-1"]
    assert stored(reader) == before
    assert title(reader, "/today") == "1 /today from the network second"
    site.close()
    for path in ("/today", "/help"):
        assert shown(reader, path) == (f"1 {path} kept first", ["r1", True])
    site.open()
    room.ends(None)
    keep_now(reader, site)
    site.close()
    assert shown(reader, "/today") == ("1 /today kept second", ["r2", True])


def test_photos_for_which_there_is_no_room_come_later(reader: Page, site: Site, room: Room) -> None:
    reader.evaluate(f"async () => (await caches.open('photos-1')).delete('{PHOTO}')")
    comes_anew(site)
    room.ends(PHOTO)
    assert keep_as_said(reader, site) == "done"
    assert stored(reader)["photos-1"] == []
    assert ask(reader, "kept")["release"] == "r2"
    room.ends(None)
    keep_now(reader, site)
    assert stored(reader)["photos-1"] == [PHOTO]


def test_pages_are_kept_even_if_it_cannot_be_noted_when(
    reader: Page, site: Site, room: Room
) -> None:
    reader.evaluate(f"async () => (await caches.open('photos-1')).delete('{PHOTO}')")
    comes_anew(site)
    room.ends("/kept/asked")
    assert keep_as_said(reader, site) == "done"
    assert stored(reader)["photos-1"] == [PHOTO]
    site.close()
    assert shown(reader, "/today") == ("1 /today kept second", ["r2", True])


def test_who_signs_in_again_reads_what_is_there(reader: Page, site: Site, room: Room) -> None:
    reader.goto("/sign-in")
    reader.set_content('<form method="post" action="/sign-in"><button>Send</button></form>')
    room.ends("/kept/asked")
    with reader.expect_navigation(url="**/today"):
        reader.evaluate(SEND)
    keep_as_said(reader, site)
    site.close()
    assert title(reader, "/today") == "1 /today kept first"


def test_a_phone_that_never_had_room_shows_nothing_and_goes_on(
    reader: Page, site: Site, room: Room
) -> None:
    ask(reader, "forgetAll")
    for where in ENDS.values():
        room.ends(where)
        assert keep_as_said(reader, site) in SAID
        assert ask(reader, "kept") is None
        assert not [name for name in stored(reader) if name.startswith(("static-", "photos-"))]
        assert title(reader, "/today") == "1 /today from the network first"
    site.close()
    assert is_unreachable(reader, "/today")


def test_the_next_person_of_a_full_phone_sees_nobody_s_pages(
    reader: Page, site: Site, room: Room
) -> None:
    site.person = "2"
    room.ends("everything")
    assert title(reader, "/today") == "2 /today from the network first"
    assert keep_as_said(reader, site) == FULL
    assert not [name for name in stored(reader) if name.endswith("-1")]
    site.close()
    assert is_unreachable(reader, "/today")


def visits(page: Page) -> None:
    """Open a page that tells the worker what it knows, and wait until the worker has done it."""
    page.goto("/today")
    page.wait_for_function("() => window.isTold")
    ask(page, "keep", person="1", isFull=True)


def test_a_full_phone_asks_seldom(reader: Page, site: Site, room: Room) -> None:
    reader.add_init_script(f"({TOLD})()")
    visits(reader)
    comes_anew(site)
    room.ends("/kept/pages")
    before = site.count("GET", "/kept")
    forget = "async () => (await caches.open('kept-1')).delete('/kept/asked')"
    for _visit in range(4):
        reader.evaluate(forget)
        visits(reader)
    assert site.count("GET", "/kept") == before + 1
    assert ask(reader, "kept")["release"] == "r1"
    reader.evaluate("() => sessionStorage.removeItem('short-of-room')")
    room.ends(None)
    visits(reader)
    assert ask(reader, "kept")["release"] == "r2"


def test_a_disk_that_is_really_full(reader: Page, site: Site, room: Room) -> None:
    comes_anew(site)
    site.said = secrets.token_hex(2_000_000)
    session = reader.context.new_cdp_session(reader)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.url, "quotaSize": 1_000_000})
    before = stored(reader)
    assert keep_as_said(reader, site) == FULL
    assert stored(reader) == {**before, "kept-1": stored(reader)["kept-1"]}
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.url})
    site.close()
    assert shown(reader, "/help") == ("1 /help kept first", ["r1", True])


WORDS = {
    "fr": "Ce téléphone est plein. Il ne peut pas garder les pages les plus récentes.",
    "en": "This phone is full. It cannot keep the newest pages.",
}
NO_ROOM = "name => JSON.parse(sessionStorage.getItem('short-of-room'))?.[name]"


@pytest.mark.parametrize("language", WORDS)
def test_a_full_phone_is_told_once_when_the_next_page_comes(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language, service_workers="allow")
    page.goto("/about")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    until(page, "async () => (await caches.keys()).some((name) => name.startsWith('photos-'))")
    ask_for = "async (name) => caches.delete(name)"
    room = Room(page)
    room.ends("everything")
    page.evaluate(ask_for, f"kept-{person}")
    told = page.locator(".notice").filter(has_text=WORDS[language])
    page.goto("/days")
    page.wait_for_function(NO_ROOM, arg="at")
    expect(told).to_have_count(0)
    page.goto("/today")
    expect(told).to_be_visible()
    page.goto("/days")
    page.locator("network-line:defined").wait_for()
    page.wait_for_function(NO_ROOM, arg="isSaid")
    expect(told).to_have_count(0)
    assert room.unheard() == []
