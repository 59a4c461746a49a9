"""Phones with a real Chromium or Firefox, whose battery can end at any instant."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUMS
from tests.browser.phone import LOCALES
from tests.push.handset import FIREFOXES

FIREFOX, CHROMIUM = "firefox", "chromium"
LANGUAGES = {FIREFOX: "fr", CHROMIUM: "en"}
"""Each browser is read in one language, so that both are."""
PATIENCE_MILLISECONDS = 30_000
LEFT_EARLY = "dynamically imported module"
"""What both browsers say of a page that is left before all of its parts have come."""


@dataclass
class Phone:
    """One phone of one person. What it keeps lies in `folder`, whatever happens to its browser.

    `scripts` run before the scripts of each page.
    """

    playwright: Playwright
    kind: str
    folder: Path
    site: str
    language: str
    zone: str
    scripts: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    deaths: int = 0
    _context: BrowserContext | None = None

    @property
    def page(self) -> Page:
        """Return its one page."""
        return self.context.pages[0]

    @property
    def context(self) -> BrowserContext:
        """Return its browser, which runs."""
        assert self._context
        return self._context

    def start(self) -> Page:
        """Start the browser, on the profile that it had before."""
        wishes: dict[str, Any] = {
            "base_url": self.site,
            "locale": LOCALES[self.language],
            "viewport": {"width": 360, "height": 800},
            "env": {**os.environ, "TZ": self.zone},
        }
        self._context = _LAUNCHES[self.kind](self.playwright, self.folder, wishes)
        self._context.set_default_timeout(PATIENCE_MILLISECONDS)
        for script in self.scripts:
            self._context.add_init_script(script)
        page = self._context.pages[0] if self._context.pages else self._context.new_page()
        page.on("pageerror", lambda error: self._mistaken(str(error)))
        return page

    def _mistaken(self, words: str) -> None:
        """A page may be left before all of its parts have come; nothing else may go wrong."""
        if LEFT_EARLY not in words:
            self.mistakes.append(f"script: {words}")

    def close(self) -> None:
        """Close the browser, as a person does who has time."""
        if self._context is not None:
            with suppress(Error):  # Firefox may be gone before it has answered that it goes.
                self._context.close()
            self._context = None

    def die(self) -> None:
        """Kill the browser where it stands, and all that belongs to it."""
        found = self._processes()
        assert found, "the browser does not run"
        for number in found:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.deaths += 1
        self.close()

    def _processes(self) -> list[int]:
        """Return the numbers of the processes that name this phone's own folder."""
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,args="],  # noqa: S607 - it stands elsewhere on each system
            capture_output=True,
            text=True,
            check=True,
        )
        folder = re.escape(str(self.folder))
        named = re.compile(rf"\s*(\d+) .*(?:--user-data-dir=|-profile ){folder}(?: |$)")
        matches = map(named.match, listed.stdout.splitlines())
        return [int(match[1]) for match in matches if match]


def _firefox(playwright: Playwright, folder: Path, wishes: dict[str, Any]) -> BrowserContext:
    return playwright.firefox.launch_persistent_context(
        folder, channel="moz-firefox", executable_path=_found(FIREFOXES), **wishes
    )


def _chromium(playwright: Playwright, folder: Path, wishes: dict[str, Any]) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=_found(CHROMIUMS), args=ARGUMENTS, **wishes
    )


_LAUNCHES: dict[str, Callable[[Playwright, Path, dict[str, Any]], BrowserContext]] = {
    FIREFOX: _firefox,
    CHROMIUM: _chromium,
}


def _found(names: tuple[str, ...]) -> str:
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, f"{names[0]} is not installed"
    return path
