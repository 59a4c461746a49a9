"""What is done on a page before it is looked at, so that it shows one of its states."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.portraits import choose_no_photo
from tests.browser.stage import Household, Stage
from webapp.models.sign_in import CardKind

Come = Callable[[Page, Household, Stage], None]


def link(page: Page, home: Household, stage: Stage) -> None:
    page.goto(stage.card(home.full)[0])


def old_link(page: Page, home: Household, stage: Stage) -> None:
    old, _code = stage.card(home.full)
    stage.card(home.full)
    page.goto(old)


def card(kind: CardKind) -> Come:
    def choose(page: Page, home: Household, stage: Stage) -> None:
        page.locator(f"[name=kind][value={kind}]").click()
        page.wait_for_url("**/sign-in-cards/*")

    return choose


def send(page: Page, home: Household, stage: Stage) -> None:
    """Send the form of the page as it is, wrong as it is."""
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator("main form button[data-kind=main]:visible").click()
    page.locator("error-summary").wait_for()


def send_wrong_code(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=code]").fill("12")
    send(page, home, stage)


def send_wrong_person(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=telephone]").fill("call me")
    send(page, home, stage)


def send_easy_password(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=password]").fill("password1234")
    send(page, home, stage)


def step(number: int) -> Come:
    def go(page: Page, home: Household, stage: Stage) -> None:
        page.goto(f"{page.url}#step-{number}")
        page.locator(f"#step-{number}").wait_for()

    return go


def finish(page: Page, home: Household, stage: Stage) -> None:
    page.goto(f"{page.url}#finish")
    page.locator("#finish").wait_for()


def refused(page: Page, home: Household, stage: Stage) -> None:
    """Ask for what is another person's to do, through a form that is really there."""
    page.evaluate(
        "path => { const form = document.querySelector('.top-bar form');"
        " form.action = path; form.submit(); }",
        home.task_path(home.with_steps, "done"),
    )
    page.locator(".confirm-words").wait_for()


def impossible(page: Page, home: Household, stage: Stage) -> None:
    """Ask for a time that has passed."""
    page.evaluate(
        "() => { const one = document.querySelector('[name=choice]');"
        " delete one.form.dataset.waits; one.value = '2026-11-23T05:00'; one.click(); }"
    )
    page.locator(".confirm-words").wait_for()


def said_and_taken_back(page: Page, home: Household, stage: Stage) -> None:
    """Say that a thing is done and take it back, so that the page says what happened."""
    for form in (".now-card form:has([data-kind=main])", ".notice form"):
        with page.expect_navigation():
            page.locator(form).evaluate("form => HTMLFormElement.prototype.submit.call(form)")
    page.locator(".notice").wait_for()


def signed_out(page: Page, home: Household, stage: Stage) -> None:
    """Sign in as somebody on this phone alone, and out again."""
    cookie = {"name": "session", "value": stage.cookie(home.empty), "url": stage.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/sign-in/out")
    page.locator("form[action='/sign-in/out'] button").click()
    page.locator(".notice").wait_for()


def with_many_phones(page: Page, home: Household, stage: Stage) -> None:
    stage.cookie(home.full)
    page.reload()


def with_another_phone(page: Page, home: Household, stage: Stage) -> None:
    """Who rests is signed in by few scenes: their list of phones stays short."""
    stage.cookie(home.paused)
    page.reload()


def send_no_photo(page: Page, home: Household, stage: Stage) -> None:
    choose_no_photo(page)
    send(page, home, stage)


def send_past_day(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=other]").fill("2026-11-22")
    send(page, home, stage)


def send_no_answer(page: Page, home: Household, stage: Stage) -> None:
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator(".help-form button").click()
    page.locator("error-summary").wait_for()


def send_nothing(page: Page, home: Household, stage: Stage) -> None:
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator("main form.form button").click()
    page.locator("error-summary").wait_for()


def send_wrong_hours(page: Page, home: Household, stage: Stage) -> None:
    page.locator("[name=ends]").fill("06:00")
    send(page, home, stage)


def unfold(page: Page, home: Household, stage: Stage) -> None:
    """Open all that is behind one tap."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
