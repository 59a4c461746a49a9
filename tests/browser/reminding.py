"""Reminders in the states that their pages show, for the browser tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from sqlalchemy import delete, select

from tests import factories
from tests.browser.stage import NOW, Household, Stage
from webapp.models.notice import PushSubscription
from webapp.models.person import Person
from webapp.models.sign_in import Device

Path = Callable[[Household], str]
WANTED = {"reminders_on": True, "remind_all_minutes": 10}


@contextmanager
def _wanted(home: Household, stage: Stage, **more: object) -> Iterator[None]:
    """Let the person of the full plan want reminders for a while, on the phone in their hand."""
    wanted = {**WANTED, **more}
    with stage.database.transaction() as session:
        before = {name: getattr(session.get_one(Person, home.full), name) for name in wanted}
        newest = select(Device).where(Device.person_id == home.full).order_by(Device.id.desc())
        factories.subscription(session, session.scalars(newest.limit(1)).one(), NOW)
    stage.choose(home.full, **wanted)
    try:
        yield
    finally:
        stage.choose(home.full, **before)
        with stage.database.transaction() as session:
            session.execute(delete(PushSubscription))


def are_on(page: Page, home: Household, stage: Stage) -> None:
    """See a page while reminders come."""
    with _wanted(home, stage):
        page.reload()


def are_paused(page: Page, home: Household, stage: Stage) -> None:
    """See a page while everything is on pause."""
    with _wanted(home, stage, reminders_paused=True):
        page.reload()


def unfold(page: Page, home: Household, stage: Stage) -> None:
    """See what is chosen less often."""
    are_on(page, home, stage)
    page.locator(".fold-heading").click()


def tried(page: Page, home: Household, stage: Stage) -> None:
    """Try it on a phone that was not asked yet, and read the first step."""
    with _wanted(home, stage):
        page.reload()
        page.locator("try-now button").click()
        page.locator("[data-step=permission] [data-when=ask]").wait_for()


def remove(page: Page, home: Household, stage: Stage) -> None:
    """Come to the question whether a phone goes off the list."""
    with _wanted(home, stage):
        page.reload()
        page.locator(".device-row a").click()
        page.wait_for_url("**/remove")


def send_wrong_mail(page: Page, home: Household, stage: Stage) -> None:
    """Send what is no address."""
    page.locator("[name=mail_to]").fill("nobody")
    with page.expect_response(lambda answer: answer.status == 422):
        page.locator("main form.form button").click()
    page.locator("error-summary").wait_for()


def _fixed(path: str) -> Path:
    return lambda home: path


PAGES: tuple[tuple[str, str, Path], ...] = (
    ("reminders off", "full", _fixed("/me/reminders")),
    ("reminders, stop", "full", _fixed("/me/reminders/stop")),
    *(
        (f"reminders, {name}", "full", _fixed(f"/me/reminders/{name}"))
        for name in ("when", "quiet", "quiet/hours", "most", "again", "lock-screen")
    ),
    ("reminders blocked", "full", _fixed("/me/reminders/blocked")),
    ("reminders by e-mail", "full", _fixed("/me/reminders/mail")),
    ("reminders, which time", "full", _fixed("/me/reminders/zone?zone=Europe/Paris")),
    ("reminders on no phone", "full", _fixed("/me/reminders/phones")),
    ("coach messages off", "coach", _fixed("/me/reminders")),
    ("reminder of a task", "full", lambda home: f"/tasks/{home.with_steps}/remind"),
)
"""Pages for `scenes`: a name, who looks, and where it is."""

DONE: tuple[tuple[str, str, Callable[[Page, Household, Stage], None]], ...] = (
    ("reminders on", "/me/reminders", are_on),
    ("reminders, more", "/me/reminders", unfold),
    ("reminders on pause", "/me/reminders", are_paused),
    ("reminders tried", "/me/reminders", tried),
    ("reminders on phones", "/me/reminders/phones", are_on),
    ("reminders, remove a phone", "/me/reminders/phones", remove),
    ("reminders by e-mail, a mistake", "/me/reminders/mail", send_wrong_mail),
)
"""Pages to which something is done first: a name, where it is, and what is done."""
