"""A phone of the benchmarks: the Chromium of this machine on a kept profile, made slower."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.household import Resident

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREEN = {"width": 360, "height": 800}
PATIENCE_MILLISECONDS = 120_000
SCRIPT = Path(__file__).with_name("phone.js").read_text("utf-8")


def browser_path() -> str | None:
    """Return where the Chromium of this machine is; None where there is none to drive."""
    if not find_spec("playwright"):
        return None
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def driver() -> Iterator[Any]:
    """Give what drives the browsers."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    with sync_playwright() as playwright:
        yield playwright


class Phone:
    """One phone: what it kept stays in its folder when the browser is closed."""

    def __init__(self, playwright: Any, folder: Path) -> None:
        self._playwright = playwright
        self._folder = folder

    @contextmanager
    def awake(self, *, slower: int = 1, with_worker: bool = True) -> "Iterator[Page]":
        """Start the browser, give its page with a processor so many times slower, and end it."""
        context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            self._folder,
            executable_path=browser_path(),
            args=ARGUMENTS,
            viewport=SCREEN,
            has_touch=True,
            locale="en-CA",
            timezone_id="America/Toronto",
            service_workers="allow" if with_worker else "block",
        )
        try:
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            context.add_init_script(SCRIPT)
            page = context.pages[0]
            tools = context.new_cdp_session(page)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            yield page
        finally:
            context.close()


def sign_in(page: "Page", url: str, resident: Resident) -> None:
    """Let the browser hold the cookie of somebody."""
    page.context.add_cookies([{"name": "session", "value": resident.cookie, "url": url}])
