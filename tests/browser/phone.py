"""A phone in the tests: a browser context of one person, and what went wrong in it unseen."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.stage import Stage

LOCALES = {"fr": "fr-CA", "en": "en-CA"}
ZONES = {"fr": "America/Toronto", "en": "America/Moncton"}
"""Where the people with a full plan live: their phones have the time of their plan."""
PATIENCE_MILLISECONDS = 10_000
SPEECH = Path(__file__).with_name("speech.js").read_text(encoding="utf-8")
"""Voices for a browser that has none."""
FORGET = """async () => {
  localStorage.clear();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
}"""
REFUSED = "Failed to load resource: the server responded with a status of"


@dataclass
class Phone:
    """One browser of one person. It remembers every mistake and every foreign address."""

    context: BrowserContext
    page: Page
    origin: str
    mistakes: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    cookie: str | None = None

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.mistakes.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        """A page or a form that is refused is said aloud by the browser: that one is meant."""
        if message.type != "error":
            return
        is_the_page = message.location["url"].partition("#")[0] == self.page.url.partition("#")[0]
        is_a_form = any(f"{REFUSED} {status} " in message.text for status in (409, 422))
        if not (is_a_form or (message.text.startswith(REFUSED) and is_the_page)):
            self.mistakes.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.foreign.append(f"asked another origin: {request.url}")

    def pass_to(self, stage: Stage, person: int | None) -> None:
        """Give the phone to somebody else, who finds nothing of the one before on it."""
        if self.page.url.startswith(self.origin):
            self.page.evaluate(FORGET)
        self.context.clear_cookies()
        if self.cookie is not None:
            stage.sign_off(self.cookie)
        self.cookie = None if person is None else stage.cookie(person)
        if self.cookie is not None:
            cookie = {"name": "session", "value": self.cookie, "url": stage.url}
            self.context.add_cookies([cookie])  # type: ignore[list-item]
        self.mistakes.clear()
        self.foreign.clear()

    def faults(self) -> list[str]:
        """Return what went wrong so far, in words."""
        return [*self.mistakes, *self.foreign]

    def close(self) -> None:
        """Put the phone away."""
        self.context.close()


def opened(
    browser: Browser,
    stage: Stage,
    person: int | None,
    *,
    size: tuple[int, int] = (360, 800),
    language: str = "fr",
    voices: bool = False,
    **options: Any,
) -> Phone:
    """Open a phone, signed in as `person` where one is given.

    `options` are those of a browser context: `java_script_enabled`, `forced_colors` and so on.
    What works without a page stays away, unless a test wants it: `service_workers="allow"`.
    """
    home = {"locale": LOCALES[language], "timezone_id": ZONES[language]}
    wanted = {"has_touch": True, "service_workers": "block", **home, **options}
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, base_url=stage.url, **wanted
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    if voices:
        context.add_init_script(SPEECH)
    phone = Phone(context, context.new_page(), stage.url)
    phone.pass_to(stage, person)
    return phone
