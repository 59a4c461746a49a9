"""Whose pages the service worker keeps, how new they are, and when a new worker comes."""

import pytest
from playwright.sync_api import Page

from tests.browser.kept_phone import (
    SEND,
    ask,
    is_unreachable,
    keep,
    keep_now,
    stored,
    title,
    until,
)
from tests.browser.kept_site import PHOTO, Site

WAITS = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
STILL_WAITS = """async () => {
    const known = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise((resolve) => { port1.onmessage = resolve; });
    known.waiting.postMessage({ ask: "takeOver" }, [port2]);
    await answered;
    return Boolean(known.waiting);
}"""
"""Asks the worker that waits to come, and gives whether it waits all the same."""
COMES = f"""async () => {{
    for (const end = performance.now() + 3000; performance.now() < end; ) {{
        if (!(await ({WAITS})())) return true;
        await new Promise(requestAnimationFrame);
    }}
    return false;
}}"""
"""Gives whether no worker waits any more, a moment after a page has come."""
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update(); }"


def test_who_is_signed_out_meanwhile_still_reads(reader: Page, site: Site) -> None:
    site.person = None
    ask(reader, "keep", person=1, clock=9)
    site.close()
    assert title(reader, "/today") == "1 /today kept first"


def test_the_next_person_finds_nothing_of_the_first(reader: Page, site: Site) -> None:
    site.person = "2"
    reader.goto("/today")
    keep(reader, site)
    there = stored(reader)
    assert sorted(there) == ["kept", "kept-2", "photos-2", "static-r1"]
    assert there["photos-2"] == ["/photos/2"]
    site.close()
    assert title(reader, "/today") == "2 /today kept first"


@pytest.mark.parametrize("status", [503, 404])
def test_whose_pages_do_not_come_sees_nobody_s(reader: Page, site: Site, status: int) -> None:
    site.person, site.broken = "2", {"/kept": status}
    reader.goto("/today")
    ask(reader, "keep", person="2", clock=1)
    assert ask(reader, "kept") is None
    assert ("kept-1" in stored(reader)) is (status == 503)
    site.close()
    assert is_unreachable(reader, "/today")
    site.person, site.broken = "1", {}
    site.open()
    reader.goto("/today")
    keep(reader, site)
    assert ask(reader, "kept")["person"] == "1"


def test_after_a_sign_in_a_page_must_say_who_is_there(reader: Page, site: Site) -> None:
    reader.goto("/sign-in")
    reader.set_content('<form method="post" action="/sign-in"><button>Send</button></form>')
    site.slow = {"/kept"}
    with reader.expect_navigation(url="**/today"):
        reader.evaluate(SEND)
    assert ask(reader, "kept") is None
    assert "kept-1" in stored(reader)
    site.go_on.set()
    keep(reader, site)
    assert ask(reader, "kept")["person"] == "1"


@pytest.mark.parametrize("way", ["forget", "forgetAll", "sign-out"])
def test_after_sign_out_nothing_is_left(reader: Page, site: Site, way: str) -> None:
    assert "kept-1" in stored(reader)
    if way != "sign-out":
        ask(reader, way, person=1)
    else:
        reader.set_content('<form method="post" action="/sign-in/out"><button>Send</button></form>')
        site.person = None
        with reader.expect_navigation(url="**/today"):
            reader.evaluate(SEND)
    assert stored(reader) == {"kept": []}
    site.close()
    assert is_unreachable(reader, "/today")


def test_what_has_not_changed_is_not_sent_again(reader: Page, site: Site) -> None:
    before = ask(reader, "kept")
    keep(reader, site)
    assert ask(reader, "kept") == before


def test_a_page_that_knows_nothing_newer_asks_nothing(reader: Page, site: Site) -> None:
    count = site.count("GET", "/kept")
    ask(reader, "keep", person=1, clock=site.clock, release=site.release)
    assert site.count("GET", "/kept") == count


SENT = """async ([subject, clock]) => {
    const { openStore } = await import("/static/r1/js/offline/store.js");
    const store = await openStore("1");
    const { id } = await store.keep({ address: "/", fields: [], subject, said: "Done" });
    await store.settle(id, { kind: "taken", clock, outcome: "applied" });
}"""
"""Puts what was sent from this phone where it is kept."""


@pytest.mark.parametrize(
    ("subject", "seen", "then"),
    [("task-1-2026-11-23", 1, "done"), ("task-1-2026-11-23", 2, "later"), ("pace", 1, "later")],
)
def test_marks_from_here_make_no_page_too_old(
    reader: Page, site: Site, subject: str, seen: int, then: str
) -> None:
    reader.evaluate(SENT, [subject, site.clock + 1])
    assert ask(reader, "keep", person=1, clock=site.clock + seen, release=site.release) == then


def test_the_newest_pages_take_the_place_of_the_older(reader: Page, site: Site) -> None:
    site.made, site.clock, site.release = "second", 2, "r2"
    reader.goto("/today")
    keep_now(reader, site)
    there = stored(reader)
    assert sorted(there) == ["kept", "kept-1", "photos-1", "static-r2"]
    assert there["static-r2"] == site.pack()["files"]
    site.close()
    assert title(reader, "/today") == "1 /today kept second"


def test_an_open_app_has_a_new_release_after_one_visit(reader: Page, site: Site) -> None:
    site.release = "r2"
    reader.evaluate("async () => (await caches.open('kept-1')).delete('/kept/asked')")
    reader.goto("/today")
    assert "/static/r2/" in reader.evaluate("document.scripts[0].src")
    until(reader, "async () => !(await caches.has('static-r1')) && caches.has('static-r2')")
    assert ask(reader, "kept")["release"] == "r2"


def test_pages_whose_files_do_not_come_are_not_kept(reader: Page, site: Site) -> None:
    before = stored(reader)
    site.made, site.clock, site.release = "second", 2, "r2"
    site.broken = {"/static/r2/js/start.js": 404}
    keep_now(reader, site)
    until(reader, "async () => !(await caches.has('static-r2'))")
    before["kept-1"] = stored(reader)["kept-1"]
    assert stored(reader) == before
    site.close()
    assert title(reader, "/today") == "1 /today kept first"


@pytest.mark.parametrize("status", [404, 303])
def test_a_photo_that_is_not_there_is_not_kept(reader: Page, site: Site, status: int) -> None:
    reader.evaluate(f"async () => (await caches.open('photos-1')).delete('{PHOTO}')")
    site.broken = {PHOTO: status}
    keep_now(reader, site)
    assert stored(reader)["photos-1"] == []
    site.broken = {}
    keep_now(reader, site)
    assert stored(reader)["photos-1"] == [PHOTO]
    site.close()
    script = "address => fetch(address).then((answer) => answer.text())"
    assert reader.evaluate(script, PHOTO) == "photo of a person"


WHO_KEEPS = """(() => {
    const post = ServiceWorker.prototype.postMessage;
    ServiceWorker.prototype.postMessage = function (wanted, ...more) {
        if (wanted.ask === "takeOver") window.newcomer = this;
        if (wanted.ask === "keep") window.keepsPages = this;
        return post.call(this, wanted, ...more);
    };
})()"""
"""Notes which worker a page asks to come, and which one to keep its pages."""


def comes_with_a_visit(page: Page) -> bool:
    """Open a page; say whether the worker that waited comes. A page may ask for it too early."""
    page.goto("/today")
    comes: bool = page.evaluate(COMES)
    return comes


def test_a_new_worker_waits_for_whoever_writes(reader: Page, site: Site) -> None:
    reader.goto("/help")
    reader.locator("input").fill("I have begun to say something")
    site.worker = "2"
    reader.evaluate(UPDATE)
    until(reader, WAITS)
    assert reader.evaluate(STILL_WAITS)
    assert reader.locator("input").input_value() == "I have begun to say something"
    reader.add_init_script(WHO_KEEPS)
    assert any(comes_with_a_visit(reader) for _visit in range(5))
    reader.wait_for_function("() => window.keepsPages")
    assert reader.evaluate("() => window.keepsPages === window.newcomer")


def test_a_new_worker_comes_at_once_where_nobody_writes(reader: Page, site: Site) -> None:
    reader.goto("/help")
    reader.evaluate(
        "() => navigator.serviceWorker.addEventListener('controllerchange',"
        " () => { window.changed = true; })"
    )
    site.worker = "2"
    reader.evaluate(UPDATE)
    reader.wait_for_function("() => window.changed")


PACK = {
    "day": "2026-11-23",
    "pages": [
        *({"path": "/today", "as_of": f"2026-11-{day}"} for day in (23, 24, 25)),
        {"path": "/help", "as_of": "2026-11-23"},
        {"path": "/tasks/1/2026-11-25/later", "as_of": "2026-11-25"},
    ],
}


@pytest.mark.parametrize(
    ("path", "today", "as_of"),
    [
        ("/today", "2026-11-23", "2026-11-23"),
        ("/today", "2026-11-25", "2026-11-25"),
        ("/today", "2026-12-25", "2026-11-23"),
        ("/today", "2024-01-01", "2026-11-23"),
        ("/help", "2026-11-25", "2026-11-23"),
        ("/tasks/1/2026-11-25/later", "2026-11-23", "2026-11-25"),
        ("/goals", "2026-11-23", None),
    ],
)
def test_the_page_is_that_of_the_day_or_else_as_it_was_made(
    reader: Page, path: str, today: str, as_of: str | None
) -> None:
    found = reader.evaluate(
        "async (given) => (await import('/static/r1/js/offline/packing.js')).pageFor(...given)",
        [PACK, path, today],
    )
    assert (found and found["as_of"]) == as_of


IN_ONE_PART = """async () => {
    const pack = await (await fetch("/kept")).text();
    const cache = await caches.open("kept-1");
    const { headers } = await cache.match("/kept/pages");
    const old = new Headers(headers);
    old.delete("Kept-Opening");
    const small = new Blob([pack]).stream().pipeThrough(new CompressionStream("gzip"));
    const body = await new Response(small).blob();
    await cache.put("/kept/pages", new Response(body, { headers: old }));
}"""
"""Keeps the pages as an older release did."""


def test_pages_that_an_older_release_has_kept_are_shown(reader: Page, site: Site) -> None:
    reader.evaluate(IN_ONE_PART)
    site.close()
    for path in ("/today", "/help"):
        assert title(reader, path) == f"1 {path} kept first"
    assert title(reader, "/goals") == "1 /not-kept kept first"


BEGINS = [["2026-11-23", 1000], ["2026-11-24", 2000], ["2026-11-25", 3000]]


@pytest.mark.parametrize(
    ("begins", "instant", "day"),
    [
        (BEGINS, 1000, "2026-11-23"),
        (BEGINS, 1999, "2026-11-23"),
        (BEGINS, 2000, "2026-11-24"),
        (BEGINS, 9999, "2026-11-25"),
        (BEGINS, 999, "2026-11-20"),
        (None, 1500, "2026-11-20"),
    ],
)
def test_the_day_is_the_last_that_has_begun_where_the_person_is(
    reader: Page, begins: list[list[object]] | None, instant: int, day: str
) -> None:
    """An older release said no beginnings: then it is the day on which the pages were made."""
    pack = {"day": "2026-11-20"} | ({"begins": begins} if begins else {})
    script = "async (given) => (await import('/static/r1/js/offline/packing.js')).dayAt(...given)"
    assert reader.evaluate(script, [pack, instant]) == day
