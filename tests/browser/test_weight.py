"""What the first page weighs on a phone that has never been here, and that it stands still."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.browser.stage import Stage
from webapp.models.person import Language

# Standards K1 and K3; in bytes as they come over the network, without the headers.
LARGEST = {"document": 14_000, "stylesheet": 12_000, "script": 35_000}
LARGEST_IN_ALL = 80_000
MOST_REQUESTS = 10
LARGEST_SHIFT = 0.02
SMALLEST_COMPRESSED = 500

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({type: "layout-shift", buffered: true});
"""

OpenPhone = Callable[..., Page]


class FirstLoad:
    """The first load of Today: every answer, with what it weighs."""

    def __init__(self, page: Page) -> None:
        self.answers: list[tuple[str, str, int, Response]] = []
        self._page = page
        page.on("requestfinished", self._note)
        page.add_init_script(WATCH_SHIFTS)
        page.goto("/today", wait_until="networkidle")
        assert page.url.endswith("/today"), "somebody else's first page"
        self.shift = sum(page.evaluate("() => window.shifts"))

    def _note(self, request: Any) -> None:
        answer = request.response()
        size = request.sizes()["responseBodySize"]
        self.answers.append((request.resource_type, request.url, size, answer))

    def weight(self, kind: str | None = None) -> int:
        """Return how many bytes came, of one kind or in all."""
        return sum(size for each, _url, size, _answer in self.answers if kind in (None, each))

    def table(self) -> str:
        """Return every answer on a line, for somebody who wants to know what grew."""
        lines = [f"{size:7} {kind:10} {url}" for kind, url, size, _answer in self.answers]
        return "\n".join(["", *lines, f"{self.weight():7} in all"])


@pytest.fixture(params=[*Language])
def load(request: pytest.FixtureRequest, stage: Stage, phone: OpenPhone) -> FirstLoad:
    """Load Today for the first time, of somebody with a plan of work, on a phone with a voice."""
    home = stage.homes[request.param]
    return FirstLoad(phone(home.full, language=home.language, voices=True))


def test_the_first_load_is_small(load: FirstLoad) -> None:
    for kind, largest in LARGEST.items():
        assert 0 < load.weight(kind) <= largest, load.table()
    assert load.weight() <= LARGEST_IN_ALL, load.table()
    assert len(load.answers) <= MOST_REQUESTS, load.table()


def test_everything_comes_from_here_and_no_font_does(load: FirstLoad, stage: Stage) -> None:
    assert all(url.startswith(stage.url) for _kind, url, _size, _answer in load.answers)
    assert "font" not in {kind for kind, _url, _size, _answer in load.answers}


def test_every_text_comes_compressed_and_every_file_stays(load: FirstLoad) -> None:
    for _kind, url, _size, answer in load.answers:
        if len(answer.body()) >= SMALLEST_COMPRESSED:
            assert answer.headers.get("content-encoding") == "br", url
        kept = "immutable" if "/static/" in url else "no-store"
        assert kept in answer.headers["cache-control"], url


def test_nothing_moves_while_the_page_comes(load: FirstLoad) -> None:
    assert load.shift <= LARGEST_SHIFT
