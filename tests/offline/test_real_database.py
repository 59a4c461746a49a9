"""The real outbox on the real database of a browser, where both and the network fail by chance."""

import json
import re
import secrets
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.offline.conftest import OpenPage

SEEDS = 40
TAPS = 40
KNOWN = (1, 3, 7)
"""A connection that was closed in the middle of a question failed with an error of its own."""
OLD = json.loads(Path(__file__).with_name("old_rows.json").read_text(encoding="utf-8"))

RUN = 'async ([seed, taps]) => (await import("/proof/real/run.js")).runReal(seed, taps)'
PAGES = 'const pages = await import("/proof/real/pages.js");'


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Give a page of an origin with our scripts."""
    return open_page()


def test_nothing_is_lost_or_doubled_whatever_fails(page: Page) -> None:
    base = secrets.randbelow(2**31 - SEEDS)
    happened = {"kept": 0, "cannot": 0, "items": 0}
    for seed in (*KNOWN, *range(base, base + SEEDS)):
        ran = page.evaluate(RUN, [seed, TAPS])
        assert ran.pop("wrong") == [], f"seed {seed}"
        happened = {name: count + ran[name] for name, count in happened.items()}
    assert min(happened.values()) > SEEDS, "there were hardly any faults"


@pytest.mark.parametrize("when", [1, 10, 40, 100])
def test_what_was_said_to_be_kept_outlives_the_page(open_page: OpenPage, when: int) -> None:
    """The page goes while it writes: whatever it said of by then is there."""
    page, told = open_page(), list[str]()

    def note(message: ConsoleMessage) -> None:
        told.extend(re.findall(r"kept (v\d+)", message.text))

    page.on("console", note)
    page.evaluate(f"() => {{ (async () => {{ {PAGES} pages.keepMany('ada', 400); }})(); }}")
    while len(told) < when:
        page.wait_for_timeout(1)
    page.close()
    rows = open_page().evaluate(
        f"async () => {{ {PAGES} return (await (await pages.calm('ada')).store.waiting()) }}"
    )
    assert set(told) <= {row["said"] for row in rows}
    assert len({row["clock"] for row in rows}) == len(rows)


@pytest.mark.parametrize(("age", "version"), [("before", 1), ("after", 3)])
def test_rows_of_another_version_are_sent_unchanged(page: Page, age: str, version: int) -> None:
    ran = page.evaluate(
        f"""async ([rows, version]) => {{
            {PAGES}
            await pages.writeRows("ada", version, rows);
            const {{ store, outbox, log }} = await pages.calm("ada");
            const before = await store.all();
            await outbox.flush();
            const kept = await outbox.keep(pages.facts(7));
            await outbox.flush();
            const [sent, left] = [await store.sent(), await store.all()];
            return {{ before, log: log(), kept, sent, left }};
        }}""",
        [OLD[age], version],
    )
    assert ran["before"] == OLD[age]
    sent = [[row["id"], dict(row["fields"])["said"]] for row in OLD[age]]
    assert ran["log"] == [*sent, [ran["kept"]["id"], "v7"]]
    assert ran["left"] == []
    assert ran["kept"]["clock"] > max(row.get("clock", 0) for row in OLD[age])
    strange = {row["id"]: row for row in ran["sent"]}
    assert all(
        {**strange[row["id"]], **row, "state": "sent"} == strange[row["id"]] for row in OLD[age]
    )


def test_a_newer_app_may_change_the_database_under_an_open_page(page: Page) -> None:
    kept = page.evaluate(
        f"""async () => {{
            {PAGES}
            const {{ store, outbox }} = await pages.calm("ada");
            await outbox.keep(pages.facts(1));
            await new Promise((resolve, reject) => {{
                const request = indexedDB.open("my-pace-ada", 2);
                request.onupgradeneeded = () => request.result.createObjectStore("voices");
                request.onsuccess = () => resolve(request.result.close());
                request.onerror = reject;
            }});
            await outbox.keep(pages.facts(2));
            return (await store.waiting()).map(({{ said }}) => said);
        }}"""
    )
    assert kept == ["v1", "v2"]


CANNOT = {
    "private": "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    "private, as Firefox says it": "IDBFactory.prototype.open = fails('InvalidStateError')",
    "full": "IDBFactory.prototype.open = fails('QuotaExceededError')",
    "broken": "IDBFactory.prototype.open = fails('UnknownError')",
}


@pytest.mark.parametrize("why", CANNOT)
def test_a_phone_that_cannot_keep_says_why(page: Page, why: str) -> None:
    said = page.evaluate(
        f"""async () => {{
            const fails = (name) => () => {{
                const request = {{ error: new DOMException("", name) }};
                setTimeout(() => request.onerror());
                return request;
            }};
            const {{ openStore }} = await import("/js/offline/store.js");
            {CANNOT[why]};
            return openStore("ada").then(() => "it keeps", (error) => [error.name, error.why]);
        }}"""
    )
    assert said == ["CannotKeep", why.split(",", maxsplit=1)[0]]


def test_a_full_disk_is_said_before_anything_is_shown(page: Page) -> None:
    said = page.evaluate(
        f"""async () => {{
            {PAGES}
            const {{ store }} = await pages.calm("ada");
            const full = new DOMException("", "QuotaExceededError");
            IDBObjectStore.prototype.add = () => {{ throw full; }};
            const why = await store.keep(pages.facts(1)).catch((error) => error.why);
            return [why, await store.all()];
        }}"""
    )
    assert said == ["full", []]


def test_after_an_eviction_it_keeps_again_with_other_ids(page: Page) -> None:
    page.evaluate(f"async () => {{ {PAGES} window.ada = await pages.calm('ada'); }}")
    keep = f"async (number) => {{ {PAGES} return ada.outbox.keep(pages.facts(number)); }}"
    first = page.evaluate(keep, 1)
    session = page.context.new_cdp_session(page)
    wiped = {"origin": page.evaluate("location.origin"), "storageTypes": "indexeddb"}
    session.send("Storage.clearDataForOrigin", wiped)
    second = page.evaluate(keep, 2)
    assert second["id"] != first["id"]
    assert [row["said"] for row in page.evaluate("() => ada.store.waiting()")] == ["v2"]


def test_nobody_sees_what_another_person_keeps(page: Page) -> None:
    seen: dict[str, Any] = page.evaluate(
        f"""async () => {{
            {PAGES}
            const ada = await pages.calm("ada");
            await ada.outbox.keep(pages.facts(1));
            const ben = await pages.calm("ben");
            const others = await ben.store.otherOutboxes();
            const empties = [await ada.store.destroy(), await ben.store.destroy()];
            await ada.outbox.flush();
            const [all, then] = [await ben.store.all(), await ben.store.otherOutboxes()];
            return {{ others, all, empties, then }};
        }}"""
    )
    assert seen == {"others": ["ada"], "all": [], "empties": [False, True], "then": []}


def test_an_older_browser_knows_the_others_as_well(page: Page) -> None:
    others = page.evaluate(
        f"""async () => {{
            IDBFactory.prototype.databases = undefined;
            {PAGES}
            await (await pages.calm("ada")).outbox.keep(pages.facts(1));
            return (await pages.calm("ben")).store.otherOutboxes();
        }}"""
    )
    assert others == ["ada"]
