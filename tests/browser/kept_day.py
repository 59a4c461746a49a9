"""A kept Today in a real browser: the page that /kept gives, at a time that the test chooses."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from playwright.sync_api import Page

from tests import factories
from tests.browser.stage import MONDAY, NOW, Stage
from tests.kept import Pack, kept
from tests.visitor import Visitor
from webapp.models.person import Role

THINGS = (("Sweep", time(9)), ("Mop", time(11)), ("Drink water", None))
ZONE = "America/Moncton"
BEGINS = 9 * 60 + 20
"""The minute of the day at which the tests play, in Moncton."""

LOOK = """([marks, minute]) => {
  const plan = document.querySelector("day-plan");
  if (marks) plan.arrange(new Map(Object.entries(marks)), minute);
  const words = (part) => [...plan.querySelectorAll(part)].map((each) => each.textContent.trim());
  const when = plan.querySelector(".now-card-when");
  return {
    now: words(".now-card-title")[0] ?? null,
    rest: words("[data-place=rest] .task-row-title"),
    any: words("[data-place=any] .task-row-title"),
    states: [...plan.querySelectorAll("[data-place=rest] .task-row")]
      .map((row) => row.dataset.state ?? "open"),
    is_from_earlier: Boolean(when) && !when.hidden,
  };
}"""


@dataclass(frozen=True)
class Arranged:
    """What the page shows: titles in their order, and the states of the rows that have a time."""

    now: str | None
    rest: list[str]
    any: list[str]
    states: list[str]
    is_from_earlier: bool


@dataclass(frozen=True)
class KeptPlan:
    """What the phone of a person keeps, and the tasks on it by their titles."""

    pack: Pack
    tasks: dict[str, int]
    person: int


@dataclass(frozen=True)
class KeptDay:
    """A kept Today that is open."""

    page: Page
    tasks: dict[str, int]
    begins: int = BEGINS

    def subject(self, title: str) -> str:
        """Return what a form about a task on that day speaks of."""
        return f"task-{self.tasks[title]}-{MONDAY}"

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass on the phone."""
        self.page.clock.run_for(minutes * 60_000)


def make_kept(stage: Stage) -> KeptPlan:
    """Make somebody with the three things, and return what their phone keeps.

    Nobody is named on the pages, so that no outbox has a say: the tests alone give marks.
    """
    with stage.database.transaction() as session:
        person = factories.person(session, "Kim", Role.PARTICIPANT, NOW, time_zone=ZONE)
        coach = factories.person(session, "Cleo", Role.COACH, NOW, telephone="+1 506 555 0101")
        factories.support(session, coach, person, NOW)
        tasks = {
            title: factories.task(session, person, title, at_time=at).id for title, at in THINGS
        }
    pack = kept(Visitor(stage.app, person))
    pack.content["lines"] = [line.replace(" data-person=", " data-x=") for line in pack["lines"]]
    return KeptPlan(pack, tasks, person.id)


def open_kept(page: Page, plan: KeptPlan, *, days_later: int = 0) -> KeptDay:
    """Open the page that a phone keeps of Today, on that day or some days after it."""
    html = plan.pack.page("/today")
    page.clock.install(time=NOW + timedelta(days=days_later))
    page.route("**/today", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/today")
    page.wait_for_function("() => customElements.get('day-plan')")
    return KeptDay(page, plan.tasks)


def arranged(page: Page, marks: dict[str, Any] | None, minute: int | None) -> Arranged:
    """Arrange the day for marks and a minute, and return what the page then shows."""
    return Arranged(**page.evaluate(LOOK, [marks, minute]))
