"""A phone with a real browser and a desktop of its own; it can be put away and started again."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUMS
from tests.browser.phone import LOCALES, Phone
from tests.push.desktop import Desktop
from tests.push.watched import PATIENCE_SECONDS

FIREFOXES = ("firefox-esr", "firefox")
ALLOWED = 1
"""Both browsers write 1 for a permission that is given."""

MOST_STARTS = 3

Launch = Callable[[Playwright, Path, dict[str, Any]], BrowserContext]

LEFT_EARLY = (
    "error loading dynamically imported module",
    "A ServiceWorker intercepted the request and encountered an unexpected error",
)
"""What Firefox says of a page that is left before all of it has come.

The second is said of an answer that the worker has given and that nobody reads to its end; where
the worker itself fails, Firefox has other words.
"""


@dataclass
class Handset:
    """One phone. What it keeps lies in `folder`, so that it is the same one after a restart."""

    playwright: Playwright
    launch: Launch
    desktop: Desktop
    folder: Path
    site: str
    language: str
    faults: list[str] = field(default_factory=list)
    _phone: Phone | None = None

    @property
    def page(self) -> Page:
        """Return its one page."""
        assert self._phone
        return self._phone.page

    @property
    def context(self) -> BrowserContext:
        """Return all of its pages."""
        assert self._phone
        return self._phone.context

    def open_pages(self) -> list[Page]:
        """Return its pages that show the app."""
        return [page for page in self.context.pages if page.url.startswith(self.site)]

    def start(self) -> Page:
        """Start the browser, and give its one page."""
        environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.desktop.address}
        wishes = {"base_url": self.site, "locale": LOCALES[self.language], "env": environment}
        context = self._launched(wishes)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        page = context.pages[0] if context.pages else context.new_page()
        self._phone = Phone(context, page, self.site)
        return page

    def _launched(self, wishes: dict[str, Any]) -> BrowserContext:
        """Start the browser; on a busy machine, Firefox falls over now and then as it begins."""
        for _again in range(MOST_STARTS - 1):
            with suppress(Error):
                return self.launch(self.playwright, self.folder, wishes)
        return self.launch(self.playwright, self.folder, wishes)

    def close(self) -> None:
        """Close the browser; its profile stays."""
        if self._phone is not None:
            self.faults += filter(_is_of_a_page_that_stays, self._phone.faults())
            with suppress(Error):  # Firefox may be gone before it has answered that it goes.
                self._phone.close()
            self._phone = None


def _is_of_a_page_that_stays(fault: str) -> bool:
    return not any(words in fault for words in LEFT_EARLY)


def firefox(server: str) -> Launch:
    """Return how to start the Firefox that this machine has, with Mozilla at `server`."""
    path = _found(FIREFOXES)
    preferences: dict[str, str | float | bool] = {
        "dom.push.serverURL": server,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.connection.enabled": True,
        "dom.push.retryBaseInterval": 200,
        "dom.push.quotaUpdateDelay": 100,
        "permissions.default.desktop-notification": ALLOWED,
        "alerts.useSystemBackend": True,
    }

    def launch(playwright: Playwright, folder: Path, wishes: dict[str, Any]) -> BrowserContext:
        return playwright.firefox.launch_persistent_context(
            folder,
            channel="moz-firefox",
            executable_path=path,
            firefox_user_prefs=preferences,
            **wishes,
        )

    return launch


def chromium(ports: dict[str, int], fingerprint: str) -> Launch:
    """Return how to start the Chromium that this machine has, with Google at these ports."""
    path = _found(CHROMIUMS)
    services = [
        f"--gcm-checkin-url=http://127.0.0.1:{ports['asked']}/checkin",
        f"--gcm-registration-url=http://127.0.0.1:{ports['asked']}/register",
        f"--gcm-mcs-endpoint=https://localhost:{ports['lines']}",
        f"--ignore-certificate-errors-spki-list={fingerprint}",
    ]
    allowed = {"profile": {"default_content_setting_values": {"notifications": ALLOWED}}}

    def launch(playwright: Playwright, folder: Path, wishes: dict[str, Any]) -> BrowserContext:
        preferences = folder / "Default" / "Preferences"
        if not preferences.exists():
            preferences.parent.mkdir(parents=True)
            preferences.write_text(json.dumps(allowed), encoding="utf-8")
        return playwright.chromium.launch_persistent_context(
            folder, executable_path=path, args=[*ARGUMENTS, *services], **wishes
        )

    return launch


def _found(names: tuple[str, ...]) -> str:
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, f"{names[0]} is not installed"
    return path
