"""Every page in every state that somebody may see, and how to come there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.stage import Household, Stage
from webapp.models.sign_in import CardKind

Come = Callable[[Page, Household, Stage], None]


@dataclass(frozen=True)
class Scene:
    """A page in one state: who looks, where it is, and what is done there first."""

    name: str
    who: str
    path: Callable[[Household], str]
    status: int = 200
    act: Come | None = None

    @property
    def is_staff(self) -> bool:
        """Say whether only staff see this page."""
        return self.who in {"coach", "lonely"} or "staff" in self.name

    @property
    def has_mistakes(self) -> bool:
        """Say whether a form came back: then what matters first is the list of its mistakes."""
        return "mistake" in self.name

    @property
    def is_long_form(self) -> bool:
        """Say whether this is a form of many questions: what comes first is the first of them."""
        return self.name == "new person"

    def open(self, page: Page, home: Household, stage: Stage) -> None:
        """Come to the page, and make sure that it is the one that was meant."""
        answer = page.goto(self.path(home))
        assert answer
        if self.act is None:
            assert answer.status == self.status, f"{self.name}: {answer.status}"
            return
        self.act(page, home, stage)

    def person(self, home: Household) -> int | None:
        """Return who looks at it, or None for somebody who is not signed in."""
        found: int | None = getattr(home, self.who) if self.who else None
        return found


def _fixed(path: str) -> Callable[[Household], str]:
    return lambda home: path


def _task(name: str, *more: str) -> Callable[[Household], str]:
    return lambda home: home.task_path(getattr(home, name), *more)


def _plan(last: str, who: str = "full") -> Callable[[Household], str]:
    return lambda home: f"/people/{getattr(home, who)}/{last}"


def _link(page: Page, home: Household, stage: Stage) -> None:
    page.goto(stage.card(home.full)[0])


def _old_link(page: Page, home: Household, stage: Stage) -> None:
    old, _code = stage.card(home.full)
    stage.card(home.full)
    page.goto(old)


def _card(kind: CardKind) -> Come:
    def choose(page: Page, home: Household, stage: Stage) -> None:
        page.locator(f"[name=kind][value={kind}]").click()
        page.wait_for_url("**/sign-in-cards/*")

    return choose


def _send(page: Page, home: Household, stage: Stage) -> None:
    """Send the form of the page as it is, wrong as it is."""
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator("main form button[data-kind=main]").click()
    page.locator("error-summary").wait_for()


def _send_wrong_code(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=code]").fill("12")
    _send(page, home, stage)


def _send_wrong_person(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=telephone]").fill("call me")
    _send(page, home, stage)


def _send_easy_password(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=password]").fill("password1234")
    _send(page, home, stage)


def _step(number: int) -> Come:
    def go(page: Page, home: Household, stage: Stage) -> None:
        page.goto(f"{page.url}#step-{number}")
        page.locator(f"#step-{number}").wait_for()

    return go


def _finish(page: Page, home: Household, stage: Stage) -> None:
    page.goto(f"{page.url}#finish")
    page.locator("#finish").wait_for()


def _refused(page: Page, home: Household, stage: Stage) -> None:
    """Ask for what is another person's to do, through a form that is really there."""
    page.evaluate(
        "path => { const form = document.querySelector('.top-bar form');"
        " form.action = path; form.submit(); }",
        home.task_path(home.with_steps, "done"),
    )
    page.locator(".confirm-words").wait_for()


def _impossible(page: Page, home: Household, stage: Stage) -> None:
    """Ask for a time that has passed."""
    page.evaluate(
        "() => { const one = document.querySelector('[name=choice]');"
        " one.value = '2026-11-23T05:00'; one.click(); }"
    )
    page.locator(".confirm-words").wait_for()


def _said_and_taken_back(page: Page, home: Household, stage: Stage) -> None:
    """Say that a thing is done and take it back, so that the page says what happened."""
    page.locator(".now-card [data-kind=main]").click()
    page.locator(".notice form button").click()
    page.locator(".notice").wait_for()


def _signed_out(page: Page, home: Household, stage: Stage) -> None:
    """Sign in as somebody on this phone alone, and out again."""
    cookie = {"name": "session", "value": stage.cookie(home.empty), "url": stage.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/sign-in/out")
    page.locator("form[action='/sign-in/out'] button").click()
    page.locator(".notice").wait_for()


def _with_many_phones(page: Page, home: Household, stage: Stage) -> None:
    stage.cookie(home.full)
    page.reload()


SETTINGS = ("language", "region", "text-size", "theme", "voice-speed", "time-style")

SCENES = (
    Scene("sign-in", "", _fixed("/sign-in")),
    Scene("sign-in after signing out", "", _fixed("/sign-in"), act=_signed_out),
    Scene("code", "", _fixed("/sign-in/code")),
    Scene("code with a mistake", "", _fixed("/sign-in/code"), act=_send_wrong_code),
    Scene("staff", "", _fixed("/sign-in/staff")),
    Scene("staff with mistakes", "", _fixed("/sign-in/staff"), act=_send),
    Scene("confirm", "", _fixed("/sign-in"), act=_link),
    Scene("old card", "", _fixed("/sign-in"), act=_old_link),
    Scene("about, nobody", "", _fixed("/about")),
    Scene("error 404, nobody", "", _fixed("/nowhere"), 404),
    Scene("today full", "full", _fixed("/today")),
    Scene("today with a notice", "full", _fixed("/today"), act=_said_and_taken_back),
    Scene("today empty", "empty", _fixed("/today")),
    Scene("today all done", "done", _fixed("/today")),
    Scene("task with steps", "full", _task("with_steps")),
    Scene("task, step 1", "full", _task("with_steps"), act=_step(1)),
    Scene("task, step 2", "full", _task("with_steps"), act=_step(2)),
    Scene("task, end of the steps", "full", _task("with_steps"), act=_finish),
    Scene("task without steps", "full", _task("without_steps")),
    Scene("task done", "full", _task("finished")),
    Scene("task not today", "full", _task("not_today")),
    Scene("task in the other language", "full", _task("foreign")),
    Scene("step in the other language", "full", _task("foreign"), act=_step(1)),
    Scene("later", "full", _task("movable", "later")),
    Scene("days", "full", _fixed("/days")),
    Scene("days empty", "empty", _fixed("/days")),
    Scene("goals", "full", _fixed("/goals")),
    Scene("goals empty", "empty", _fixed("/goals")),
    Scene("help", "full", _fixed("/help")),
    Scene("me", "full", _fixed("/me")),
    *(Scene(f"setting {name}", "full", _fixed(f"/me/{name}")) for name in SETTINGS),
    Scene("phones", "full", _fixed("/me/phones"), act=_with_many_phones),
    Scene("sign out", "full", _fixed("/sign-in/out")),
    Scene("about", "full", _fixed("/about")),
    Scene("error 404", "full", _fixed("/nowhere"), 404),
    Scene("error 409", "full", _task("movable", "later"), act=_impossible),
    Scene("error 500", "full", _fixed("/broken"), 500),
    Scene("people", "coach", _fixed("/people")),
    Scene("people empty", "lonely", _fixed("/people")),
    Scene("person today", "coach", _plan("today")),
    Scene("person today empty", "coach", _plan("today", "empty")),
    Scene("person today all done", "coach", _plan("today", "done")),
    Scene("person days", "coach", _plan("days")),
    Scene("person goals", "coach", _plan("goals")),
    Scene("person goals empty", "coach", _plan("goals", "empty")),
    Scene("person help", "coach", _plan("help")),
    Scene("person me", "coach", _plan("me")),
    Scene("person phones", "coach", _plan("me/phones"), act=_with_many_phones),
    Scene("person phones, none", "coach", _plan("me/phones", "empty")),
    Scene("person task", "coach", _task("with_steps")),
    Scene("person task, step 1", "coach", _task("with_steps"), act=_step(1)),
    Scene("person task done", "coach", _task("finished")),
    Scene("new person", "coach", _fixed("/people/new")),
    Scene("new person with mistakes", "coach", _fixed("/people/new"), act=_send_wrong_person),
    Scene("card choice", "coach", _plan("sign-in-card")),
    Scene("card shown", "coach", _plan("sign-in-card"), act=_card(CardKind.SHOWN)),
    Scene("card sent", "coach", _plan("sign-in-card"), act=_card(CardKind.SENT)),
    Scene("coach me", "coach", _fixed("/me")),
    Scene("coach signs out", "coach", _fixed("/sign-in/out")),
    Scene("password", "coach", _fixed("/me/password")),
    Scene("password with a mistake", "coach", _fixed("/me/password"), act=_send_easy_password),
    Scene("error 403", "coach", _plan("today"), act=_refused),
)
