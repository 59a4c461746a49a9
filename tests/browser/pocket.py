"""A phone in a pocket: pages come to it, and what it sends travels as the test wants."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, Request, Route
from sqlalchemy import select

from tests.browser.gestures import button
from tests.browser.phone import Phone
from tests.browser.stage import Stage
from webapp.models.change import Change

Way = Callable[[Route], None]

COUNT = """async (name) => {
  const app = document.querySelector("script[src]").src;
  const { outbox } = await import(app.replace("app.js", "offline.js"));
  return (await (await outbox()).store[name]()).length;
}"""
BOXES = """() => [...document.querySelectorAll("main *, .notice-region *")]
  .filter(each => each.checkVisibility() && !each.ownerSVGElement)
  .map(each => [each.className, each.getBoundingClientRect()])
  .map(([name, { x, y, height }]) => [`${name}`, x, y, height])"""
PAUSE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def passes(route: Route) -> None:
    """Let what is sent come to the server, and the answer back."""
    route.continue_()


def is_cut(route: Route) -> None:
    """Let nothing through."""
    route.abort("internetdisconnected")


def loses_the_answer(route: Route) -> None:
    """Let it come to the server, which does it; the answer is lost."""
    route.fetch(max_redirects=0)
    route.abort("internetdisconnected")


def fails(route: Route) -> None:
    """Answer as a server that stumbles."""
    route.fulfill(status=500, body="")


@dataclass
class Pocket:
    """A phone and its way to the server. What is held comes through when it is let go."""

    stage: Stage
    phone: Phone
    person: int
    sending: Way = passes
    asking: Way = passes
    held: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route(re.compile(""), self._carry)

    @property
    def page(self) -> Page:
        return self.phone.page

    def _carry(self, route: Route) -> None:
        request = route.request
        if is_sent(request):
            self.sending(route)
        elif request.url.endswith("/outbox"):
            self.asking(route)
        else:
            route.fallback()

    def cut(self) -> None:
        """Let nothing be sent any more; pages still come, as if the phone had kept them."""
        self.sending = self.asking = is_cut

    def mend(self) -> None:
        """Let everything through again, and tell the page, which was touched: it stays."""
        self.page.keyboard.press("Shift")
        self.sending = self.asking = passes
        self.page.evaluate("() => dispatchEvent(new Event('online'))")

    def hold(self) -> None:
        """Hold what is sent from now on."""
        self.sending = self.held.append

    def let_go(self) -> None:
        """Let what was held come to the server."""
        self.sending = passes
        while self.held:
            self.held.pop(0).continue_()

    def state(self) -> Locator:
        """Find what the page says of what was pressed."""
        return self.page.locator(".kept-state:visible")

    def where(self, state: str) -> Locator:
        """Find the words that say where it is: waiting, sent or refused."""
        return self.page.locator(f".kept-state [data-when={state}]:visible")

    def press(self, name: str) -> None:
        """Press a button of the page once, by its words."""
        button(self.page, name).first.tap()

    def count(self, what: str) -> int:
        """Return how many items this phone has of one kind: waiting, refused or sent."""
        found: int = self.page.evaluate(COUNT, what)
        return found

    def boxes(self) -> list[Any]:
        """Return where everything stands that is seen."""
        self.page.evaluate(PAUSE)
        found: list[Any] = self.page.evaluate(BOXES)
        return found

    def changes(self) -> list[str]:
        """Return the verbs that the server has taken from this person, in their order."""
        with self.stage.database.session(reading=True) as session:
            mine = select(Change.verb).where(Change.actor_id == self.person)
            return list(session.scalars(mine.order_by(Change.id)))

    def faults(self) -> list[str]:
        """Return what went wrong; that the network was away was meant."""
        meant = ("net::ERR_", "status of 500", "status of 409", "imported module")
        return [each for each in self.phone.faults() if not any(word in each for word in meant)]


def is_sent(request: Request) -> bool:
    """Say whether an item is on its way: a page that is left with a form is none."""
    return request.method == "POST" and not request.is_navigation_request()
