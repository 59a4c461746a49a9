"""Pages and places in the states that they have without a network, for `scenes`."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.sending import WORDS, cut, item, keep
from tests.browser.stage import Household, Stage

Act = Callable[[Page, Household, Stage], None]

PACK = "async () => (await fetch('/kept')).json()"
LONG_AGO = "() => { Date.prototype.toISOString = () => '2026-01-02T08:00:00.000Z'; }"
NO_ANSWER = """() => {
  const form = document.querySelector("main form[method=post]");
  form.dataset.sent = "yes";
  const data = { unsent: new URL(form.action).pathname };
  const ports = [new MessageChannel().port1];
  navigator.serviceWorker.dispatchEvent(new MessageEvent("message", { data, ports }));
}"""
"""Tells the page what the worker tells it when nothing has answered its form."""
CANNOT_KEEP = """() => {
  const words = document.getElementById("cannot-keep").content.cloneNode(true);
  document.querySelector(".notice-region").append(words);
}"""


def from_the_phone(page: Page, home: Household, stage: Stage) -> None:
    """See the page as the phone keeps it, on the day on which it was made."""
    path = urlsplit(page.url).path
    pack = page.evaluate(PACK)
    kept = next(each for each in pack["pages"] if each["path"] == path)
    lines = "\n".join(pack["lines"][number] for number in kept["lines"])
    page.route(
        f"**{path}",
        lambda route: route.fulfill(body=lines, content_type="text/html; charset=utf-8"),
        times=1,
    )
    page.goto(path)
    cut(page)


def pressed(where: str) -> Act:
    """Press what waits without a network."""

    def press(page: Page, home: Household, stage: Stage) -> None:
        cut(page)
        page.locator(f"{where} button:visible").first.click()
        page.locator(".kept-state:visible").first.wait_for()

    return press


def step_ticked(page: Page, home: Household, stage: Stage) -> None:
    """Tick a step without a network, and look at it again."""
    page.goto(f"{page.url}#step-1")
    cut(page)
    page.locator("#step-1 [data-when=open] button").click()
    page.wait_for_url("**#step-2")
    page.goto(page.url.partition("#")[0] + "#step-1")


def late(page: Page, home: Household, stage: Stage) -> None:
    """Keep something that has waited for long."""
    sweep, sort, done, _why = WORDS[home.language]
    page.evaluate(LONG_AGO)
    keep(page, item(sweep, done), item(sort, done))
    page.locator("network-line[data-state=late]").wait_for()


def draft(page: Page, home: Household, stage: Stage) -> None:
    """Press something of somebody else's plan without a network."""
    cut(page)
    page.locator("main form[data-waits] button").first.click()
    page.locator(".draft-kept").wait_for()


def not_answered(page: Page, home: Household, stage: Stage) -> None:
    """Send a form that cannot wait, where nothing answers."""
    page.wait_for_function("() => navigator.serviceWorker && document.readyState === 'complete'")
    page.evaluate(NO_ANSWER)
    page.locator("[data-no-answer]").wait_for()


def cannot_keep(page: Page, home: Household, stage: Stage) -> None:
    """Be told that the phone can keep nothing."""
    page.evaluate(CANNOT_KEEP)


def _at(path: str) -> Callable[[Household], str]:
    return lambda home: path


def _task(name: str, *more: str) -> Callable[[Household], str]:
    return lambda home: home.task_path(getattr(home, name), *more)


def _risk(*more: str) -> Callable[[Household], str]:
    return lambda home: home.risk_path(*more)


SCENES: tuple[tuple[str, str, Callable[[Household], str], Act], ...] = (
    ("today from the phone", "full", _at("/today"), from_the_phone),
    ("today from the phone, nothing left", "done", _at("/today"), from_the_phone),
    ("pause from the phone", "full", _at("/me/pace/pause"), from_the_phone),
    ("today, kept", "full", _at("/today"), pressed(".now-card .main-action")),
    ("task, kept", "full", _task("without_steps"), pressed(".main-action")),
    ("task done, kept", "full", _task("finished"), pressed(".task-state")),
    ("step, kept", "full", _task("with_steps"), step_ticked),
    ("later, kept", "full", _task("movable", "later"), pressed(".choice-list")),
    ("goal, kept", "full", lambda home: f"/goals/{home.goals.walked}", pressed(".goal-ways")),
    ("slower, kept", "full", _at("/me/pace/slower"), pressed(".pace-answers")),
    ("choice, kept", "asked", lambda home: home.choices.path("single"), pressed("main form")),
    ("risk, kept", "done", _risk(), pressed(".choice-list")),
    ("risk, feeling, kept", "done", _risk("view", "feeling"), pressed("main .main-action")),
    ("today, waits for long", "full", _at("/today"), late),
    ("people, a draft", "coach", lambda home: f"/help-requests/{home.calls.waiting}", draft),
    ("photo, nothing answers", "full", _at("/me/photo/remove"), not_answered),
    ("me, cannot keep", "full", _at("/me"), cannot_keep),
)
"""Name, who, where, and what is done there first."""
