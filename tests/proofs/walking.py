"""A person who goes through their plan on one phone, whatever becomes of the network."""

import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Locator, Page

from tests.browser.gestures import button
from tests.browser.words import WORDS, Words
from tests.proofs.ledger import Ledger, Tap
from tests.proofs.phones import Phone

WITNESS = Path(__file__).with_name("witness.js").read_text(encoding="utf-8")
PACK_IS_THERE = """async (person) => {
    const cache = await caches.open(`kept-${person}`);
    const isKept = await cache.match("/kept/asked");
    return Boolean(isKept && navigator.serviceWorker.controller);
}"""
FORM_OF = """(button) => {
    const { form } = button;
    const said = new FormData(form, button);
    const { pathname } = new URL(form.action);
    return [pathname, said.get("ticked") ?? said.get("choice") ?? "", form.dataset.subject];
}"""
ROWS = """(person) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(`my-pace-${person}`);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const database = opening.result;
        const wanted = ["items", "sent"].map((name) =>
            database.transaction(name).objectStore(name).getAll());
        wanted[1].onsuccess = () => {
            database.close();
            resolve(wanted.map(({ result }) => result));
        };
    };
})"""
SHOWN = """() => [...document.querySelectorAll(".task-row[data-state]")]
    .map(({ dataset }) => [dataset.subject, dataset.state])
    .filter(([, state]) => state && state !== "later")
    .sort(([one], [other]) => (one < other ? -1 : 1))"""
NOTHING_LEFT = f"async (person) => (await ({ROWS})(person))[0].length === 0"
AGAIN_MS = 100
MOST_INTERRUPTIONS = 3
LONGEST_BETWEEN_MS = 40
"""Between a tap and the end of a battery: about as long as it takes to write and to paint."""
SECONDS_TO_SEND = 120


@dataclass
class Walker:
    """A person with a phone. `chance` says what is left to chance."""

    phone: Phone
    person: int
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    heard: list[dict[str, Any]] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Return the page that is open."""
        return self.phone.page

    @property
    def words(self) -> Words:
        """Return what stands on the buttons."""
        return WORDS[self.phone.language]

    def begin(self, link: str) -> None:
        """Sign in with a link, and wait until the phone has kept the plan.

        The browser is closed once: only then it has surely written down who is signed in.
        """
        self.phone.scripts.insert(0, WITNESS)
        page = self.phone.start()
        page.goto(link)
        button(page, self.words.its_me).click()
        page.wait_for_url("**/today")
        self.until(PACK_IS_THERE, "the plan to be kept on the phone")
        self.phone.close()
        self.phone.start()

    def go(self, path: str) -> None:
        """Open a page; what the page before remembers is read first.

        A page that goes on by itself, because something was sent, may come between.
        """
        self.hear()
        for _interrupted in range(MOST_INTERRUPTIONS):
            try:
                self.page.goto(path)
                return
            except Error:
                with suppress(Error):
                    self.page.goto("about:blank")
        self.page.goto(path)

    def hear(self) -> None:
        """Take what the page remembers, each note once."""
        notes = self._patiently("window.readNotes?.() ?? []")
        self.ledger.hear(each for each in notes if each not in self.heard)
        self.heard = notes
        if notes:
            self._patiently("last => window.forgetNotes?.(last)", notes[-1]["number"])

    def tap(self, pressed: Locator) -> None:
        """Press a button, and wait until the screen says what becomes of it."""
        tap = self._tap(pressed)
        pressed.click(no_wait_after=True)
        try:
            self.page.wait_for_function("subject => window.hasSaid?.(subject)", arg=tap.subject)
        except Error as error:
            shown = self.page.locator("body").inner_text()
            what = f"of {tap.asked} at {self.page.url} the screen says:\n{shown}"
            raise AssertionError(what) from error
        self.hear()
        assert tap.said, f"the screen said nothing of {tap.asked}"

    def tap_and_die(self, pressed: Locator) -> Tap:
        """Press a button, and lose the battery before or after the screen could say anything."""
        tap = self._tap(pressed)
        pressed.evaluate("button => void setTimeout(() => button.click())")
        self.page.wait_for_timeout(self.chance.uniform(0, LONGEST_BETWEEN_MS))
        self.phone.die()
        self.phone.start()
        return tap

    def _tap(self, pressed: Locator) -> Tap:
        address, said, subject = pressed.evaluate(FORM_OF)
        self.ledger.taps.append(Tap((address, said), subject))
        return self.ledger.taps[-1]

    def wait_until_sent(self) -> None:
        """Wait until nothing is left on the phone, as who has opened it once and looks at it."""
        self.until(NOTHING_LEFT, "everything to be sent")
        self.hear()

    def until(self, look: str, what: str) -> None:
        """Wait until a script, which may take its time, sees what it looks for."""
        until = f"""async (person) => {{
            for (let left = {SECONDS_TO_SEND * 1000}; left > 0; left -= {AGAIN_MS}) {{
                if (await ({look})(person)) return true;
                await new Promise((again) => setTimeout(again, {AGAIN_MS}));
            }}
            return false;
        }}"""
        assert self._patiently(until, self.person), f"waited in vain for {what}"

    def _patiently(self, script: str, wanted: object = None) -> Any:
        """Run a script; on a page that is just being left, run it on the one that follows."""
        for _interrupted in range(MOST_INTERRUPTIONS):
            with suppress(Error):
                return self.page.evaluate(script, wanted)
            self.page.wait_for_load_state()
        return self.page.evaluate(script, wanted)

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return what the phone has: what waits or was refused, and what was sent."""
        items, sent = self.page.evaluate(ROWS, self.person)
        return items, sent

    def expect_marks(self, marks: Mapping[tuple[int, str], str]) -> None:
        """Wait until the day on the screen stands so; what was put on another day is not there."""
        wanted = sorted(
            [f"task-{task}-{day}", f"{state}"]
            for (task, day), state in marks.items()
            if state != "later"
        )
        try:
            self.page.wait_for_function(
                f"wanted => JSON.stringify(({SHOWN})()) === JSON.stringify(wanted)", arg=wanted
            )
        except Error:
            shown = self.page.evaluate(SHOWN)
            assert shown == wanted, f"{self.page.url} shows {shown}, not {wanted}"
