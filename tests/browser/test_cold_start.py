"""The phone was off, the server is gone, and there is no network: the app opens all the same."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import CDPSession, Error, Page, Playwright, expect

from tests.browser.cold import (
    GOAL,
    NEW_GOAL,
    STORED,
    TELEPHONE,
    Cold,
    Somebody,
    in_the_cold,
    keep,
)
from tests.browser.kept_phone import until
from tests.proofs.phones import CHROMIUM, LANGUAGES, Phone
from tests.proofs.plans import title_of
from webapp.clock import utc_now

AS_OF = "document.documentElement.dataset.asOf"
IS_STYLED = "getComputedStyle(document.body).fontSize"


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory, playwright: Playwright) -> Iterator[Cold]:
    """Give the app behind a line that can be cut."""
    with in_the_cold(tmp_path_factory.mktemp("cold"), playwright) as one:
        yield one


@pytest.fixture(autouse=True)
def warm(cold: Cold) -> Iterator[None]:
    """Let each test begin with a whole line, and with the real time."""
    cold.line.mend()
    cold.stage.clock.now = utc_now()
    yield
    cold.put_away()


@pytest.fixture(params=LANGUAGES)
def kind(request: pytest.FixtureRequest) -> str:
    """Say which browser a test is for: each of them, in its language."""
    return str(request.param)


def started_cold(cold: Cold, kind: str, somebody: int) -> Phone:
    """Start a phone that kept what it could, after all was turned off."""
    phone = cold.phone(kind, somebody)
    phone.page.goto("/today" if kind else "/")
    keep(phone.page)
    phone.close()
    cold.line.cut()
    phone.start()
    return phone


def heading(page: Page, path: str) -> str:
    page.goto(path)
    return page.locator("h1").inner_text()


def test_the_day_is_there(cold: Cold, kind: str) -> None:
    language = LANGUAGES[kind]
    somebody = cold.somebody(language)
    phone = started_cold(cold, kind, somebody.id)
    page = phone.page
    page.goto("/today")
    expect(page.get_by_text(title_of(1, language)).first).to_be_visible()
    assert page.evaluate(IS_STYLED) == "20px"
    see_the_other_pages(page, somebody, language, cold)
    assert phone.mistakes == []


def see_the_other_pages(page: Page, somebody: Somebody, language: str, cold: Cold) -> None:
    """See all that a person needs in a day, and that what is not there says so."""
    page.goto("/days")
    expect(page.get_by_text(title_of(2, language)).first).to_be_visible()
    page.goto("/goals")
    expect(page.get_by_text(GOAL[language]).first).to_be_visible()
    page.goto(f"/tasks/{somebody.task}/{cold.today}")
    expect(
        page.get_by_text({"en": "I do step 3.", "fr": "Je fais l'étape 3."}[language])
    ).to_have_count(1)
    page.goto(f"/choices/{somebody.choice}")
    expect(page.get_by_text(NEW_GOAL[language]).first).to_be_visible()
    page.goto("/help")
    number = page.locator("a[href^='tel:']").first
    expect(number).to_be_visible()
    assert number.get_attribute("href") == f"tel:{TELEPHONE.replace(' ', '')}"
    photo = page.locator("img[src^='/photos/']").first
    expect(photo).to_have_js_property("complete", True)
    assert photo.evaluate("(image) => image.naturalWidth") > 0
    not_kept = heading(page, "/not-kept")
    assert heading(page, "/me/photo") == not_kept


def test_the_next_day_has_its_own_page(cold: Cold, kind: str) -> None:
    somebody = cold.somebody(LANGUAGES[kind])
    cold.stage.clock.now = utc_now() - timedelta(days=1)
    phone = started_cold(cold, kind, somebody.id)
    phone.page.goto("/today")
    assert phone.page.evaluate(AS_OF) == str(cold.today)
    expect(phone.page.get_by_text(title_of(1, LANGUAGES[kind])).first).to_be_visible()


WRITTEN = {"en": "I go to the choir.", "fr": "Je chante dans la chorale."}
PRESS = "() => document.querySelector('main form [type=submit], main form button').click()"
IS_TOLD = "async () => document.querySelector('[data-no-answer]')?.textContent.trim()"
READ = "document.querySelector('main form input[type=text], main form textarea').value"


def test_what_was_written_stays_where_nothing_answers(cold: Cold, kind: str) -> None:
    page = cold.phone(kind, cold.somebody(LANGUAGES[kind]).id).page
    page.goto("/today")
    keep(page)
    page.goto("/goals/new")
    page.locator("main form").locator("input[type=text], textarea").first.fill(
        WRITTEN[LANGUAGES[kind]]
    )
    cold.line.cut()
    page.evaluate(PRESS)
    until(page, IS_TOLD)
    assert page.evaluate(READ) == WRITTEN[LANGUAGES[kind]]
    cold.line.mend()
    page.evaluate(PRESS)
    cold.line.until(lambda: cold.has_taken("/goals/new"), "the form to come")


def test_a_coach_reads_too(cold: Cold) -> None:
    somebody = cold.somebody("en")
    phone = cold.phone(CHROMIUM, somebody.coach)
    phone.page.goto("/people")
    keep(phone.page)
    phone.close()
    cold.line.cut()
    phone.start()
    phone.page.goto("/people")
    expect(phone.page.get_by_text("Nadia").first).to_be_visible()
    phone.page.goto(f"/people/{somebody.id}/today")
    expect(phone.page.get_by_text(title_of(1, "en")).first).to_be_visible()


def test_the_next_person_on_the_phone_finds_nothing_of_the_first(cold: Cold) -> None:
    first, second = cold.somebody("en"), cold.somebody("en")
    phone = cold.phone(CHROMIUM, first.id)
    phone.page.goto("/today")
    keep(phone.page)
    cold.sign_in(phone, second.id)
    phone.page.goto("/today")
    keep(phone.page)
    names = [*phone.page.evaluate(STORED)]
    assert sorted(name for name in names if not name.startswith("static-")) == [
        "kept",
        f"kept-{second.id}",
        f"photos-{second.id}",
    ]
    cold.line.cut()
    phone.page.goto("/today")
    assert phone.page.evaluate("document.documentElement.dataset.person") == str(second.id)
    not_there = heading(phone.page, f"/tasks/{first.task}/{cold.today}")
    assert "not on this phone" in not_there


IS_EMPTY = """async () => !(await caches.keys()).some((name) => /^(kept|photos)-/.test(name))"""


def test_who_is_signed_out_from_elsewhere_leaves_no_pages(cold: Cold) -> None:
    phone = cold.phone(CHROMIUM, cold.somebody("en").id)
    phone.page.goto("/today")
    keep(phone.page)
    phone.context.clear_cookies()
    phone.page.goto("/today")
    expect(phone.page).to_have_url(re.compile("/sign-in$"))
    until(phone.page, IS_EMPTY)


ALLOWED = (
    "/kept/",
    "/photos/",
    "/static/",
)
"""All that may lie in the caches of a phone (H19); the pages themselves are one pack."""


def test_only_what_may_be_is_kept(cold: Cold) -> None:
    phone = cold.phone(CHROMIUM, cold.somebody("en").id)
    for path in ("/today", "/me", "/help", "/changes", "/me/devices"):
        phone.page.goto(path)
    keep(phone.page)
    found = phone.page.evaluate(STORED)
    strange = [path for paths in found.values() for path in paths if not path.startswith(ALLOWED)]
    assert strange == []
    kept = [path for name, paths in found.items() if name.startswith("kept") for path in paths]
    assert sorted(set(kept)) == ["/kept/asked", "/kept/pages", "/kept/person"]


SYNC = ("dispatchSyncEvent", {"tag": "send", "lastChance": False})
MOST_ASKINGS = 100
PUSH = ("deliverPushMessage", {"data": "not to be read"})
"""What browsers may let happen to a worker that has no page."""
WAITING = """async () => {
    const { outbox } = await import(document.scripts[0].src.replace("app.js", "offline.js"));
    return (await (await outbox()).store.waiting()).length;
}"""


@pytest.mark.parametrize("happens", [SYNC, PUSH], ids=["sync", "push"])
def test_what_waits_goes_without_a_page(cold: Cold, happens: tuple[str, dict[str, object]]) -> None:
    somebody = cold.somebody("en")
    page = cold.phone(CHROMIUM, somebody.id).page
    page.goto("/today")
    keep(page)
    tools = page.context.new_cdp_session(page)
    worker = worker_of(tools)
    cold.line.cut()
    page.goto(f"/tasks/{somebody.task}/{cold.today}")
    page.locator("form[data-waits][action$='/done'] button").first.click()
    until(page, WAITING)
    page.goto("about:blank")
    assert cold.marks(somebody) == []
    cold.line.mend()
    asked, more = happens
    tools.send(f"ServiceWorker.{asked}", {"origin": cold.line.url, **worker, **more})
    cold.line.until(lambda: cold.marks(somebody), "the mark to come")
    assert cold.marks(somebody) == ["done"]


def worker_of(tools: CDPSession) -> dict[str, str]:
    """Return how the tools of a browser call the worker of its page."""
    found: list[str] = []

    def note(event: dict[str, list[dict[str, str]]]) -> None:
        found.extend(each["registrationId"] for each in event["registrations"])

    tools.on("ServiceWorker.workerRegistrationUpdated", note)
    for _asking in range(MOST_ASKINGS):
        tools.send("ServiceWorker.enable")
        if found:
            return {"registrationId": found[-1]}
        tools.send("ServiceWorker.disable")
    raise AssertionError("the browser tells of no worker")


def test_a_browser_may_put_it_on_the_home_screen(cold: Cold) -> None:
    page = cold.phone(CHROMIUM, cold.somebody("en").id).page
    page.goto("/today")
    tools = page.context.new_cdp_session(page)
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_after_sign_out_nothing_is_left(cold: Cold) -> None:
    page = cold.phone(CHROMIUM, cold.somebody("en").id).page
    page.goto("/today")
    keep(page)
    page.goto("/sign-in/out")
    page.locator("form.ask-first button").click()
    page.wait_for_url("**/sign-in")
    left = page.evaluate(STORED)
    assert [name for name in left if name.startswith(("kept-", "photos-"))] == []
    cold.line.cut()
    with pytest.raises(Error):
        page.goto("/today")
