"""Two tabs of one person keep and send at the same time: nothing is lost, nothing doubled."""

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.offline.conftest import ORIGIN, OpenPage

TAPS = 100
"""How often each of the two taps."""

PATIENCE = 60_000
WITHOUT_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined })"


@dataclass
class Server:
    """Takes an id once, and counts how often it was asked."""

    taken: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def greet(self, route: Route) -> None:
        """Say who is signed in."""
        latest = route.request.headers.get("outbox-latest")
        knows = latest is None or latest in self.taken
        route.fulfill(
            json={"person": 12, "csrf": "t", "clock": len(self.taken), "knows_latest": knows}
        )

    def take(self, route: Route) -> None:
        """Take an item, and name it."""
        self.asked += 1
        sent = parse_qs(route.request.post_data or "")
        [change], [said] = sent["change_id"], sent["said"]
        assert route.request.headers["outbox-change"] == change
        self.taken.setdefault(change, said)
        named = {"change": change, "state": "taken", "outcome": "applied"}
        route.fulfill(body=json.dumps({**named, "clock": len(self.taken)}))


@pytest.fixture
def server(profile: BrowserContext) -> Server:
    """Give the server behind the origin."""
    server = Server()
    profile.route(f"{ORIGIN}/outbox", server.greet)
    profile.route(f"{ORIGIN}/say", server.take)
    return server


def tap(page: Page, first: int) -> None:
    page.evaluate(
        """([first, count]) => {
            window.heard = 0;
            new BroadcastChannel("outbox").onmessage = () => { window.heard += 1; };
            import("/proof/real/pages.js")
                .then(({ tapMany }) => tapMany("12", first, count))
                .then((kept) => { window.kept = kept; });
        }""",
        [first, TAPS],
    )


def kept_on(page: Page) -> list[str]:
    page.wait_for_function("() => window.kept", timeout=PATIENCE)
    kept: list[str] = page.evaluate("() => window.kept")
    return kept


def count(page: Page, kind: str) -> int:
    """Return how many rows the phone has of a kind."""
    rows: int = page.evaluate(
        """async (kind) => {
            const { openStore } = await import("/js/offline/store.js");
            return (await (await openStore("12"))[kind]()).length;
        }""",
        kind,
    )
    return rows


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no locks"])
def test_two_tabs_lose_and_double_nothing(
    open_page: OpenPage, profile: BrowserContext, server: Server, locks: bool
) -> None:
    if not locks:
        profile.add_init_script(WITHOUT_LOCKS)
    one, other = open_page(), open_page()
    tap(one, 0)
    tap(other, TAPS)
    kept = [*kept_on(one), *kept_on(other)]
    assert sorted(kept) == sorted(f"v{number}" for number in range(2 * TAPS))
    assert sorted(server.taken.values()) == sorted(kept)
    assert (count(one, "all"), count(other, "sent")) == (0, 2 * TAPS)
    if locks:
        assert server.asked == 2 * TAPS
    assert one.evaluate("() => heard") > 2 * TAPS


def test_a_tab_that_closes_while_it_sends_lets_the_other_go_on(
    open_page: OpenPage, server: Server
) -> None:
    one, other = open_page(), open_page()
    tap(one, 0)
    one.wait_for_function("() => heard > 20")
    one.close()
    tap(other, TAPS)
    kept_on(other)
    assert count(other, "all") == 0
    assert count(other, "sent") == len(server.taken)
    assert set(server.taken.values()) >= {f"v{number}" for number in range(TAPS, 2 * TAPS)}
