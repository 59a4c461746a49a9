"""The messages of a phone: how it stands in words, what the worker shows, and a try."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from tests.browser.handset import (
    AGENT,
    ANSWER,
    NO_PUSH,
    NO_REPAIR,
    PERMISSION,
    REGISTER,
    REMINDERS,
    WATCH,
    Handset,
    message,
)
from webapp.models.notice import Notice, NoticeKind, NoticeState


def state(page: Page) -> str:
    """Return how the phone stands."""
    page.locator("push-switch:defined").wait_for(state="attached")
    return page.locator("push-switch").get_attribute("data-state") or ""


def test_a_phone_asks_nothing_before_it_is_pressed(handset: Handset) -> None:
    handset.supposes(ANSWER, "granted")
    handset.supposes(WATCH, "connect")
    handset.supposes(PERMISSION, "default")
    page = handset.open()
    assert state(page) == "ready"
    expect(page.get_by_role("button", name="Remind me")).to_be_visible()
    assert page.evaluate("() => window.isCalled") is None


def test_a_phone_that_blocks_messages_says_so_and_what_to_do(handset: Handset) -> None:
    handset.supposes(PERMISSION, "denied")
    page = handset.open()
    assert state(page) == "denied"
    expect(page.get_by_text("This phone blocks our messages.")).to_be_visible()
    expect(page.get_by_role("link", name="What to do")).to_be_visible()


@pytest.mark.parametrize(("answer", "then"), [("denied", "denied"), ("default", "ready")])
def test_a_no_to_the_phone_is_taken_for_what_it_is(
    handset: Handset, answer: str, then: str
) -> None:
    handset.supposes(PERMISSION, "default")
    handset.supposes(ANSWER, answer)
    page = handset.open()
    assert state(page) == "ready"
    page.get_by_role("button", name="Remind me").tap()
    expect(page.locator(f"push-switch[data-state={then}]")).to_be_attached()
    assert page.url.endswith(REMINDERS)


@pytest.mark.parametrize(("agent", "then"), [("an iPhone", "install"), ("a box", "unsupported")])
def test_a_phone_that_cannot_show_messages_says_what_else_there_is(
    handset: Handset, agent: str, then: str
) -> None:
    handset.supposes(NO_PUSH, "PushManager")
    handset.supposes(AGENT, agent)
    page = handset.open()
    assert state(page) == then
    if then == "install":
        expect(page.get_by_role("link", name="Show me how")).to_have_attribute("href", "/install")
    page.get_by_role("button", name="Remind me").tap()
    page.wait_for_load_state()
    assert state(page) == then
    expect(page.get_by_text("Reminders are on.")).to_be_visible()


def test_a_push_service_that_says_no_leaves_the_button(handset: Handset) -> None:
    page = handset.open()
    assert state(page) == "ready"
    page.get_by_role("button", name="Remind me").tap()
    expect(page.locator("push-switch[data-state=failed]")).to_be_attached(timeout=20_000)
    expect(page.get_by_role("button", name="Remind me")).to_be_visible()


def test_the_worker_shows_what_comes_and_what_it_cannot_read(handset: Handset) -> None:
    handset.open("/today")
    worker = handset.worker()
    handset.receives(message("You have a reminder"))
    handset.receives("not to be read")
    assert set(handset.shown(worker, 2)) == {"You have a reminder", "You have a message"}


def steps(page: Page) -> list[str]:
    """Return how each step of a try stands."""
    lines = page.locator(".try-now-step")
    return [line.get_attribute("data-state") or "" for line in lines.all()]


@pytest.fixture
def trying(handset: Handset) -> Handset:
    """Give a phone that the server knows, with its reminders open."""
    handset.choose(reminders_on=True)
    handset.is_known()
    handset.supposes(NO_REPAIR, "")
    page = handset.open()
    page.locator("try-now:defined").wait_for(state="attached")
    return handset


def test_a_try_is_told_step_by_step(trying: Handset) -> None:
    page = trying.page
    page.evaluate(REGISTER)
    page.get_by_role("button", name="Try it now").tap()
    expect(page.locator("[data-step=sent][data-state=waiting]")).to_be_visible()
    assert steps(page) == ["yes", "yes", "waiting", ""]
    with trying.stage.database.transaction() as session:
        mine = (Notice.person_id == trying.person, Notice.kind == NoticeKind.TRY)
        [notice] = session.scalars(select(Notice.id).where(*mine))
        settled = update(Notice).where(Notice.id == notice).values(state=NoticeState.ACCEPTED)
        session.execute(settled)
    expect(page.locator("[data-step=shown][data-state=waiting]")).to_be_visible()
    trying.receives(message("This is a try.", notice))
    expect(page.locator("[data-step=shown][data-state=yes]")).to_be_visible()
    assert steps(page) == ["yes", "yes", "accepted", "yes"]


FETCH = """([begun, then]) => {
  window.fetch = async (address) => {
    if (!begun) throw new TypeError("no network");
    return {json: async () => (address.endsWith("/try") ? begun : {sent: then})};
  };
}"""
"""Answers in the place of the server; without a first answer there is no network."""

ENDS = {
    ("known", "no"): ({"notice": None, "code": "no_phone_here"}, ""),
    ("sent", "missed"): ({"notice": None, "code": "too_many_tries"}, ""),
    ("sent", "gone"): ({"notice": 7}, "gone"),
    ("sent", "our_fault"): ({"notice": 7}, "our_fault"),
    ("sent", "unreachable"): ({"notice": 7}, "unreachable"),
    ("sent", "offline"): (None, ""),
}


@pytest.mark.parametrize("end", ENDS, ids="-".join)
def test_a_try_that_ends_early_says_what_to_do(trying: Handset, end: tuple[str, str]) -> None:
    page, (step, how) = trying.page, end
    page.evaluate(FETCH, list(ENDS[end]))
    page.get_by_role("button", name="Try it now").tap()
    last = page.locator(f"[data-step={step}]")
    expect(last).to_have_attribute("data-state", how)
    expect(last.locator(f"[data-when={how}]")).to_be_visible()
    assert steps(page)[-1] == ""


def test_a_phone_that_blocks_messages_is_not_tried(trying: Handset) -> None:
    trying.supposes(PERMISSION, "denied")
    page = trying.open()
    page.locator("try-now:defined").wait_for(state="attached")
    page.get_by_role("button", name="Try it now").tap()
    expect(page.locator("[data-step=permission][data-state=no]")).to_be_visible()
    assert steps(page)[1:] == ["", "", ""]
