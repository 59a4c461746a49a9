"""What every page does for the messages of its phone: the check at each start, and being true."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.handset import PERMISSION, Handset
from tests.browser.stage import Stage
from webapp.models.person import Language

COUNT = """() => {
  const post = ServiceWorker.prototype.postMessage;
  ServiceWorker.prototype.postMessage = function (wanted, ...more) {
    const isOfMessages = ["connect", "disconnect", "repair"].includes(wanted.ask);
    if (isOfMessages) sessionStorage.asked = (sessionStorage.asked ?? "") + wanted.ask + " ";
    return post.call(this, wanted, ...more);
  };
}"""
ASKED = "() => (sessionStorage.asked ?? '').trim()"
CHECKED = "() => sessionStorage.getItem('messages-checked') === new Date().toDateString()"


@pytest.fixture
def counted(handset: Handset) -> Handset:
    """Give a phone that counts what its pages ask of the worker; it was turned off from elsewhere.

    So the check comes to its end in a browser that has no push service.
    """
    handset.supposes(COUNT, "")
    handset.choose(reminders_on=True)
    handset.refuses()
    return handset


def test_the_first_page_of_a_start_compares_and_the_others_do_not(counted: Handset) -> None:
    page = counted.open("/today")
    page.wait_for_function(CHECKED)
    assert page.evaluate(ASKED) == "repair"
    counted.open("/days")
    counted.open("/goals")
    assert page.evaluate(ASKED) == "repair"


def test_the_page_of_reminders_compares_each_time(counted: Handset) -> None:
    page = counted.open("/today")
    page.wait_for_function(CHECKED)
    counted.open()
    page.wait_for_function("() => sessionStorage.asked === 'repair repair '")


def test_the_worker_learns_the_language_of_the_pages(counted: Handset) -> None:
    page = counted.open("/today")
    page.wait_for_function(CHECKED)
    kept = "async () => (await (await caches.match('/kept/language')).text())"
    assert page.evaluate(kept) == "en"


NOTHING_LOADED = "() => performance.getEntriesByType('resource').map(({name}) => name)"


def test_who_has_no_reminders_loads_nothing_for_them(handset: Handset) -> None:
    handset.supposes(COUNT, "")
    page = handset.open("/today")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate(NOTHING_LOADED)
    assert [name for name in loaded if name.endswith(("messages.js", "phone.js"))] == []
    assert page.evaluate(ASKED) == ""


def test_a_phone_that_was_never_asked_is_not_touched(handset: Handset) -> None:
    handset.supposes(COUNT, "")
    handset.supposes(PERMISSION, "default")
    handset.choose(reminders_on=True)
    page = handset.open("/today")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(ASKED) == ""


TELL = "() => new BroadcastChannel('messages').postMessage({changed: true})"


def test_an_open_page_shows_what_was_done_in_a_message(counted: Handset) -> None:
    page = counted.open("/today")
    page.wait_for_function(CHECKED)
    page.evaluate("() => { window.isOld = true; }")
    other = page.context.new_page()
    other.goto("/about")
    with page.expect_navigation():
        other.evaluate(TELL)
    assert page.evaluate("() => window.isOld") is None


def test_a_page_where_somebody_writes_stays_as_it_is(counted: Handset) -> None:
    page = counted.open("/goals/new")
    page.wait_for_function(CHECKED)
    page.evaluate("() => { window.isOld = true; }")
    page.locator("main input[type=text], main textarea").first.fill("I want to swim")
    page.evaluate(
        "() => { const c = new BroadcastChannel('messages');"
        " c.onmessage = () => { window.isHeard = true; }; }"
    )
    other = page.context.new_page()
    other.goto("/about")
    other.evaluate(TELL)
    page.wait_for_function("() => window.isHeard")
    assert page.evaluate("() => window.isOld") is True


def question(page: Page) -> bool:
    """Open Today, and say whether the page asks about its time zone."""
    page.goto("/today")
    page.locator("zone-question:defined").wait_for(state="attached")
    return page.locator("zone-question").is_visible()


@pytest.mark.parametrize(
    ("plan", "phone_zone", "kept", "is_asked"),
    [
        ("America/Toronto", "America/Toronto", None, False),
        ("America/Toronto", "Europe/Paris", None, True),
        ("America/Toronto", "Europe/Paris", "Europe/Paris", False),
        ("America/Toronto", "Asia/Tokyo", "Europe/Paris", True),
        ("America/Toronto", "America/Montreal", None, False),
        ("America/Toronto", "America/Panama", None, True),
        ("Europe/Paris", "Europe/Madrid", None, False),
    ],
)
def test_a_phone_in_another_zone_asks_once_whether_reminders_follow(
    stage: Stage, phone: OpenPhone, plan: str, phone_zone: str, kept: str | None, is_asked: bool
) -> None:
    person = stage.newcomer(Language.EN)
    stage.choose(person, time_zone=plan, kept_zone=kept)
    page = phone(person, language="en", timezone_id=phone_zone)
    assert question(page) is is_asked
    if is_asked:
        page.locator("zone-question a").tap()
        expect(page.locator("input[name=zone]")).to_have_value(phone_zone)
