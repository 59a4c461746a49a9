"""Phones of other releases: what they kept is shown and sent, and what is open goes on."""

import secrets
from dataclasses import replace
from typing import Any

import pytest
from jinja2.utils import LRUCache
from playwright.sync_api import Page, expect

from tests.browser import sending
from tests.browser.conftest import OpenPhone
from tests.browser.conftest import OpenPocket as Open
from tests.browser.gestures import button
from tests.browser.kept_phone import until
from tests.browser.stage import MONDAY, NOW, Stage
from tests.browser.words import FIRST_TASK, WORDS
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.mark import Mark
from webapp.models.person import Language, Person, Theme

EN = WORDS["en"]
PUT = """async ([person, rows]) => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open(`my-pace-${person}`);
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction("items", "readwrite");
  for (const row of rows) transaction.objectStore("items").add(row);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  new BroadcastChannel("outbox").postMessage({ changed: true });
}"""
"""Puts rows into what the phone keeps, as an app of another release wrote them."""
SENT = """async (person) => {
  const { openStore } = await import("/static/x/js/offline/store.js");
  return (await openStore(person)).sent();
}"""
REBUILD = """(person) => new Promise((resolve) => {
  const request = indexedDB.open(`my-pace-${person}`, 3);
  request.onupgradeneeded = () => {
    request.result.deleteObjectStore("facts");
    request.result.createObjectStore("journal");
    const row = { id: "a-newer-row-000000001", of: "a newer app" };
    request.transaction.objectStore("items").add(row);
  };
  request.onsuccess = () => resolve(request.result.close());
})"""
"""Makes of what the phone keeps what a much newer app would: a store that we need is gone."""
REBUILT = """(person) => new Promise((resolve) => {
  const request = indexedDB.open(`my-pace-${person}`);
  request.onsuccess = () => {
    const { result } = request;
    const rows = result.transaction("items").objectStore("items").getAllKeys();
    rows.onsuccess = () => {
      resolve([result.version, [...result.objectStoreNames], rows.result]);
      result.close();
    };
  };
})"""
CHANGED = """() => {
  window.isOld = true;
  navigator.serviceWorker.addEventListener("controllerchange", () => (window.isChanged = true));
}"""
UPDATE = "async () => { await (await navigator.serviceWorker.ready).update(); }"


def first_task(stage: Stage, person: int) -> int:
    """Return the id of the first task of somebody's day."""
    return stage.task_named(person, FIRST_TASK["en"])


def says_not_today(stage: Stage, person: int) -> None:
    """Let somebody say elsewhere that the first task is not for today."""
    wanted = {"task": first_task(stage, person), "day": str(MONDAY)}
    asked = Asked(secrets.token_hex(8), "task.not_today", wanted)
    with stage.database.transaction() as session:
        whose = session.get_one(Person, person)
        changes.make(session, whose, whose, asked, NOW)


def state_of_first_task(stage: Stage, person: int) -> str:
    """Look up what the server knows of it."""
    with stage.database.session(reading=True) as session:
        return session.query(Mark).filter_by(task_id=first_task(stage, person)).one().state


def rows_of_other_releases(task: int) -> list[dict[str, Any]]:
    """Return a row with hardly anything in it, an old one, and one that says more than we know."""
    return [
        {
            "id": "a-very-old-row-0000001",
            "address": "/me/theme",
            "fields": [["value", "dark"]],
            "said": "Dark",
        },
        {
            "id": "an-old-row-000000000002",
            "schema": 0,
            "address": f"/tasks/{task}/{MONDAY}/done",
            "fields": [],
            "subject": f"task-{task}-{MONDAY}",
            "said": "It is done",
            "state": "queued",
        },
        {
            "id": "a-newer-row-00000000003",
            "schema": 7,
            "address": "/me/text-size",
            "fields": [["value", "28"], ["spoken", "yes"]],
            "subject": "setting-text-size",
            "said": "Bigger",
            "title": "Size of the text",
            "icon": "a-picture-of-later",
            "next": {"page": "/me"},
            "state": "waiting",
            "clock": 5,
            "voice": {"of": "a newer app"},
        },
    ]


def test_rows_of_other_releases_are_shown_and_sent(pocket: Open, stage: Stage) -> None:
    mine = pocket("/me/sending")
    says_not_today(stage, mine.person)
    mine.cut()
    mine.page.evaluate(
        PUT, [str(mine.person), rows_of_other_releases(first_task(stage, mine.person))]
    )
    rows = mine.page.locator("waiting-list [data-part=waiting] li")
    expect(rows).to_have_count(3)
    for words in ("Dark", "It is done", "Size of the text"):
        expect(rows.filter(has_text=words)).to_be_visible()
    expect(mine.page.locator("network-line")).to_contain_text("3 things wait", use_inner_text=True)
    assert not {"undefined", "null", "[object"} & set(
        mine.page.locator("body").inner_text().split()
    )
    mine.page.goto("/today")
    expect(mine.state().filter(has_text="It is done")).to_contain_text("Kept on this phone")
    mine.mend()
    expect(mine.where("sent")).to_have_text("Sent")
    assert state_of_first_task(stage, mine.person) == "done"
    until(mine.page, f"async () => (await ({SENT})('{mine.person}')).length === 3")
    newest = mine.page.evaluate(SENT, str(mine.person))[-1]
    assert newest["voice"] == {"of": "a newer app"}
    with stage.database.session(reading=True) as session:
        person = session.get_one(Person, mine.person)
        assert (person.theme, person.text_size) == (Theme.DARK, 28)


def test_what_a_newer_app_has_made_is_not_destroyed(pocket: Open, stage: Stage) -> None:
    mine = pocket()
    mine.page.evaluate(REBUILD, str(mine.person))
    mine.page.goto("/today")
    mine.press(EN.done)
    expect(mine.page.locator(".cannot-keep")).to_contain_text(
        "This phone cannot keep your work now.", use_inner_text=True
    )
    assert mine.changes() == ["task.done"]
    found = mine.page.evaluate(REBUILT, str(mine.person))
    assert found == [3, ["items", "journal", "sent"], ["a-newer-row-000000001"]]


@pytest.fixture
def old_page(stage: Stage, phone: OpenPhone, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Give a page that is open since a release ago: the server and the worker are of the next.

    Templates that have been used know the addresses of the release of that time.
    """
    page = phone(stage.newcomer(Language.EN), language="en", service_workers="allow")
    page.goto("/today")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.evaluate(CHANGED)
    now = stage.app.extensions["assets"]
    files = {**now.files}
    for name in ("js/worker.js", "js/offline.js"):
        new = files[name].content + b"\nself.isOfTheNextRelease = true;\n"
        files[name] = replace(files[name], content=new)
    following = replace(now, files=files, release="0f0f0f0f0f0f")
    monkeypatch.setitem(stage.app.extensions, "assets", following)
    monkeypatch.setitem(stage.app.jinja_env.globals, "static", following.url)
    monkeypatch.setattr(stage.app.jinja_env, "cache", LRUCache(100))
    page.evaluate(UPDATE)
    page.wait_for_function("() => window.isChanged")
    return page


def test_a_page_of_an_older_release_goes_on_sending(old_page: Page, stage: Stage) -> None:
    person = int(old_page.evaluate("document.documentElement.dataset.person"))
    sending.cut(old_page)
    button(old_page, EN.done).first.tap()
    place = old_page.locator(".kept-state:visible")
    expect(place.locator("[data-when=waiting]:visible")).to_have_text("Kept on this phone")
    sending.mend(old_page)
    expect(place.locator("[data-when=sent]:visible")).to_have_text("Sent")
    assert state_of_first_task(stage, person) == "done"
    assert old_page.evaluate("() => [window.isOld, window.isOfTheNextRelease]") == [True, None]
    assert sending.left(old_page, person) == [0, 1]
    old_page.goto("/days")
    old_page.wait_for_function("() => window.isOfTheNextRelease")
    assert sending.left(old_page, person) == [0, 1]
