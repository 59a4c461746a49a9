"""A day on one phone in bad weather: every step of every task, cuts, storms, ends of batteries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.proofs.ledger import Tap, asked_by
from tests.proofs.walking import Walker
from tests.proofs.world import Misfortunes, TaskOfPlan

Endings = Mapping[str, int]
ENDINGS: Endings = {"done": 6, "not_today": 2, "undone": 3, "later": 2}
"""How a task ends, and how often: said once, or taken back again."""


@dataclass
class Story:
    """What one person does on one phone."""

    walker: Walker
    misfortunes: Misfortunes
    day: date
    endings: Endings = field(default_factory=lambda: ENDINGS)

    def do(self, task: TaskOfPlan) -> None:
        """Tick every step of a task, then say how it ended."""
        path = f"/tasks/{task.id}/{self.day}"
        self.walker.go(path)
        for number in range(1, len(task.steps) + 1):
            self._tick(path, number)
        ending = self.walker.chance.choices(list(self.endings), list(self.endings.values()))[0]
        ways: dict[str, Callable[[str], None]] = {
            "done": self._done,
            "not_today": self._not_today,
            "undone": self._undone,
            "later": self._later,
        }
        ways[ending](path)

    def _tick(self, path: str, number: int) -> None:
        self._open(f"{path}#step-{number}")
        words = self.walker.words.step_done
        self._tap(lambda page: _button(page.locator(f"#step-{number}"), words))

    def _done(self, path: str) -> None:
        self._open(f"{path}#finish")
        words = self.walker.words.done
        self._tap(lambda page: _button(page.locator("#finish"), words))

    def _not_today(self, path: str) -> None:
        self._open(f"{path}#task")
        self._tap(lambda page: page.locator("#task form[action$='/not-today'] button"))

    def _undone(self, path: str) -> None:
        self._done(path)
        self._open("/today")
        undo = f"form[action$='{path}/undo'] button"
        self._tap(lambda page: page.locator(undo).filter(visible=True).first)

    def _later(self, path: str) -> None:
        self._open(f"{path}/later")
        self._tap(lambda page: page.locator("[name=choice]").last)

    def _open(self, path: str) -> None:
        """Open a page, or another panel of the one that is open."""
        if self.walker.page.url.removeprefix(self.walker.phone.site) != path:
            self.walker.go(path)

    def _tap(self, find: Callable[[Page], Locator]) -> None:
        """Press a button; who lost the battery over it looks again, and presses what is left."""
        path = self.walker.page.url.removeprefix(self.walker.phone.site)
        if self.misfortunes.come():
            tap = self.walker.tap_and_die(find(self.walker.page))
            self.walker.go(path)
            if self._is_kept(tap):
                return
        self.walker.tap(find(self.walker.page))

    def _is_kept(self, tap: Tap) -> bool:
        """Say whether a tap was written down; then a step is shown as ticked."""
        known = {each.id for each in self.walker.ledger.taps}
        items, sent = self.walker.rows()
        found = [row for row in (*items, *sent) if asked_by(row) == tap.asked]
        tap.id = next((row["id"] for row in found if row["id"] not in known), "")
        if tap.id and tap.subject.startswith("step-"):
            shown = f"[data-subject='{tap.subject}'][data-state='ticked']"
            expect(self.walker.page.locator(shown)).to_be_attached()
        return bool(tap.id)


def _button(place: Locator, words: str) -> Locator:
    return place.get_by_role("button", name=words, exact=True)
