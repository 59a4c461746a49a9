"""What a phone keeps and cannot send: how a page comes to show it, for the browser tests."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.stage import Household, Stage

CUT = """() => {
  globalThis.uncut ??= fetch;
  globalThis.fetch = () => Promise.reject(new TypeError("the network is cut"));
  dispatchEvent(new Event("offline"));
}"""
"""Lets every sending of this page fail, as without a network; pages still load."""

MEND = """() => {
  globalThis.fetch = globalThis.uncut;
  dispatchEvent(new Event("online"));
}"""

LEFT = """async (person) => {
  const { openStore } = await import("/static/x/js/offline/store.js");
  const store = await openStore(person);
  return [(await store.all()).length, (await store.sent()).length];
}"""
"""How many things of a person the phone keeps, and how many it remembers as sent."""

KEEP = """async (items) => {
  const { openStore } = await import("/static/x/js/offline/store.js");
  const store = await openStore(document.documentElement.dataset.person);
  for (const { answer, ...facts } of items) {
    const kept = await store.keep({ clock: 0, ...facts });
    if (answer) await store.settle(kept.id, { clock: 1, ...answer });
  }
  new BroadcastChannel("outbox").postMessage({ changed: true });
}"""
"""Puts things into what the phone keeps, as if they had been pressed there, and answered."""

WORDS = {
    "fr": ("Balayer le sol", "Ranger les livres", "Fait", "Cette tâche n'est plus là."),
    "en": ("Sweep the floor", "Sort the books", "Done", "This task is not there any more."),
}
TAKEN = {"kind": "taken", "outcome": "applied"}


def item(
    title: str, said: str, answer: dict[str, str] | None = None, **more: str
) -> dict[str, Any]:
    """Return something that was pressed, and what was answered to it, if anything was."""
    made = {"address": "/tasks/0/2026-11-23/done", "fields": [], "subject": title, "next": None}
    return {**made, "title": title, "said": said, "icon": "done", "answer": answer, **more}


def keep(page: Page, *items: dict[str, Any]) -> None:
    """Let the phone keep these, as if the person had pressed them."""
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    page.evaluate(KEEP, list(items))


def cut(page: Page) -> None:
    """Take the network away from what this page sends, and wait until it says so."""
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    page.evaluate(CUT)
    page.locator("network-line[data-state$=offline]").wait_for()


def mend(page: Page) -> None:
    """Give the network back to this page, to somebody who has touched it since: they stay on it."""
    page.keyboard.press("Shift")
    page.evaluate(MEND)


def left(page: Page, person: int) -> list[int]:
    """Return how many things of a person this phone keeps, and how many it remembers as sent."""
    found: list[int] = page.evaluate(LEFT, str(person))
    return found


def waiting(page: Page, home: Household, stage: Stage) -> None:
    """Keep two things, without a network."""
    sweep, sort, done, _why = WORDS[home.language]
    cut(page)
    keep(page, item(sweep, done), item(sort, done))
    page.locator("network-line[data-state=waiting-offline]").wait_for()


def refused(page: Page, home: Household, stage: Stage) -> None:
    """Keep what could not be done, beside what was sent."""
    sweep, sort, done, why = WORDS[home.language]
    cut(page)
    keep(page, item(sweep, done, {"kind": "refused", "words": why}), item(sort, done, TAKEN))
    page.locator("waiting-list li[data-state=sent]").wait_for()


def drafts(page: Page, home: Household, stage: Stage) -> None:
    """Keep two drafts."""
    sweep, sort, done, _why = WORDS[home.language]
    cut(page)
    keep(page, item(sweep, done, state="draft"), item(sort, done, state="draft"))
    page.locator("waiting-list li + li").wait_for()


def thrown_away(page: Page, home: Household, stage: Stage) -> None:
    """Ask whether a draft is thrown away."""
    drafts(page, home, stage)
    page.locator("button[name=ask]").first.click()


def sign_out(page: Page, home: Household, stage: Stage) -> None:
    """Sign out where something waits."""
    waiting(page, home, stage)
    page.locator("form.ask-first button").click()
    page.locator("button[name=try]").wait_for()


def sign_out_stuck(page: Page, home: Household, stage: Stage) -> None:
    """Sign out where something could not be done."""
    sweep, _sort, done, why = WORDS[home.language]
    keep(page, item(sweep, done, {"kind": "refused", "words": why}))
    page.locator("form.ask-first button").click()
    page.locator("sign-out-check a[href='/me/sending']:visible").wait_for()


def dark(page: Page, home: Household, stage: Stage) -> None:
    """Choose other colours, without a network."""
    cut(page)
    page.locator("button[value=dark]").click()
    page.locator(".kept-state").wait_for()


def help_kept(page: Page, home: Household, stage: Stage) -> None:
    """Ask for help, without a network."""
    cut(page)
    page.locator(".help-people-one").first.click()
    page.locator(".call-instead-ways a").first.wait_for()


SCENES = (
    ("what waits, nothing", "full", "/me/sending", None),
    ("what waits", "full", "/me/sending", waiting),
    ("what waits, not done", "full", "/me/sending", refused),
    ("what waits, drafts", "coach", "/me/sending", drafts),
    ("what waits, a question", "coach", "/me/sending", thrown_away),
    ("today, something waits", "full", "/today", waiting),
    ("setting kept", "full", "/me/theme", dark),
    ("help kept", "full", "/help/ask/3", help_kept),
    ("sign out, something waits", "full", "/sign-in/out", sign_out),
    ("sign out, not done", "full", "/sign-in/out", sign_out_stuck),
)
"""Name, who, where, and what is done there first."""
