"""A phone that keeps the pages of the small site: what it is asked, and what lies in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.browser.kept_site import Site

TOO_LONG = """new Promise((_end, fail) => {
    setTimeout(() => fail(new Error("it took longer than half a minute")), 30000);
})"""
"""What a browser waits for without an end would hold up all other tests."""
ASK = f"""async (wanted) => {{
    const {{ askWorker }} = await import("/static/r1/js/offline/registering.js");
    return Promise.race([askWorker(wanted), {TOO_LONG}]);
}}"""
STORED = """async () => {
    const all = {};
    for (const name of await caches.keys()) {
        if (!(await caches.has(name))) continue;
        const requests = await (await caches.open(name)).keys();
        all[name] = requests.map(({ url }) => new URL(url).pathname);
    }
    return all;
}"""
SEND = "() => document.querySelector('button').click()"
TOLD = f"""() => Promise.race([{TOO_LONG}, new Promise((tell) => {{
    const look = () => {{
        const words = [...document.querySelectorAll("[data-no-answer]")];
        if (!words.length) return requestAnimationFrame(look);
        tell([...words.map((each) => each.textContent), document.querySelector("input").value]);
        words[0].remove();
    }};
    look();
}})])"""
"""Waits until a page says that nothing answers; gives these words, and what is written there."""
UNTIL = f"""() => Promise.race([{TOO_LONG}, new Promise((end) => {{
    const look = LOOK;
    const again = async () => ((await look()) ? end() : requestAnimationFrame(again));
    again();
}})])"""


@contextmanager
def keeping(browser: Browser, site: Site) -> Iterator[Page]:
    """Open the page of a phone on which the pages of person 1 are kept."""
    context = browser.new_context(base_url=site.url, service_workers="allow")
    context.set_default_timeout(30_000)
    one = context.new_page()
    one.goto("/today")
    keep(one, site)
    try:
        yield one
    finally:
        site.go_on.set()
        context.close()


def ask(page: Page, what: str, **more: object) -> Any:
    """Ask the worker for something."""
    return page.evaluate(ASK, {"ask": what, **more})


def keep(page: Page, site: Site) -> None:
    """Let the worker keep what the site has now."""
    seen = {"person": site.person, "clock": site.clock + 1, "release": site.release}
    assert ask(page, "keep", **seen) in ("done", "later")


def stored(page: Page) -> dict[str, list[str]]:
    """Return the addresses in every cache."""
    found: dict[str, list[str]] = page.evaluate(STORED)
    return found


def title(page: Page, path: str) -> str:
    """Open an address, and return the title of the page that comes."""
    page.goto(path)
    return page.title()


def is_unreachable(page: Page, path: str) -> bool:
    """Say whether the browser itself says that there is nothing."""
    try:
        page.goto(path)
    except Error:
        page.wait_for_url("chrome-error://**")
        return True
    return False


def keep_now(page: Page, site: Site) -> None:
    """Keep, as if the last time were long ago."""
    page.evaluate(f"async () => (await caches.open('kept-{site.person}')).delete('/kept/asked')")
    ask(page, "keep", person=site.person, clock=site.clock, release=site.release)


def until(page: Page, script: str) -> None:
    """Wait until a script, which may be asynchronous, says yes."""
    page.evaluate(UNTIL.replace("LOOK", script))
