"""The service worker's script among fakes: one event comes to it, and everything it did is told."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from webapp.web import assembly

ROOT = Path(__file__).parent.parent.parent
SOURCE = assembly.script(ROOT / "webapp/static/js/worker.js")
HARNESS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
ORIGIN = "https://plan.example"
FACTS = {
    "icon": "/icon.png",
    "badge": "/badge.png",
    "words": {"fr": "Vous avez un message", "en": "You have a message"},
}

Did = list[list[Any]]


class World:
    """The world around the worker; worker_fakes.js says what may be wanted of it."""

    def __init__(self, page: Page, **world: Any) -> None:
        self._page, self._world = page, {"source": SOURCE, "facts": FACTS, **world}
        page.evaluate(f"() => {{ {HARNESS} }}")

    def comes(self, kind: str, **event: Any) -> Did:
        """Let an event come; return everything that was done, in its order."""
        wanted = {**self._world, "event": {"type": kind, **event}}
        did: Did = self._page.evaluate("wanted => runWorker(wanted)", wanted)
        return did


def only(did: Did, what: str) -> list[Any]:
    """Return the one thing of a kind that was done."""
    [found] = [each for each in did if each[0] == what]
    return found[1:]
