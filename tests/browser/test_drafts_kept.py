"""A coach without a network: what is pressed is kept as a draft until the coach sends it."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sending
from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button
from tests.browser.stage import NOW, Stage
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.help import HelpRequest
from webapp.models.person import Language, Person


@dataclass(frozen=True)
class Call:
    """A call for help that is open at the coach's."""

    stage: Stage
    page: Page
    number: int

    @property
    def is_seen(self) -> bool:
        """Say whether the server knows that somebody has seen it."""
        with self.stage.database.session(reading=True) as session:
            return session.get_one(HelpRequest, self.number).seen_at is not None


@pytest.fixture
def call(stage: Stage, phone: OpenPhone) -> Call:
    """Let somebody new call, and open the call on the coach's phone."""
    person_id = stage.newcomer(Language.EN)
    with stage.database.transaction() as session:
        person = session.get_one(Person, person_id)
        asked = Asked(f"draft-call-{person_id}", "help.ask", {"about": "late"})
        changes.make(session, person, person, asked, NOW)
        number = max(each.id for each in session.query(HelpRequest))
    page = phone(stage.homes[Language.EN].coach, language="en")
    page.goto(f"/help-requests/{number}")
    return Call(stage, page, number)


def test_with_a_network_it_goes_as_ever(call: Call) -> None:
    button(call.page, "I have seen it").click()
    call.page.wait_for_url("**/help-requests/*")
    expect(call.page.locator(".notice")).to_be_visible()
    assert call.is_seen


def test_without_a_network_it_is_a_draft_until_the_coach_sends_it(call: Call) -> None:
    page = call.page
    sending.cut(page)
    button(page, "I have seen it").click()
    told = page.locator(".draft-kept")
    expect(told).to_contain_text("Not sent yet.", use_inner_text=True)
    expect(page.locator("network-line")).to_contain_text("1 draft waits.", use_inner_text=True)
    sending.mend(page)
    page.locator("network-line[data-state=draft]").wait_for()
    assert not call.is_seen
    told.get_by_role("link").click()
    page.wait_for_url("**/me/sending")
    row = page.locator("waiting-list li")
    expect(row).to_contain_text("Not sent yet.", use_inner_text=True)
    row.get_by_role("button", name="Send").click()
    expect(row).to_have_attribute("data-state", "sent")
    assert call.is_seen


def test_it_is_thrown_away_only_after_a_question(call: Call) -> None:
    page = call.page
    sending.cut(page)
    button(page, "I have seen it").click()
    page.locator(".draft-kept").get_by_role("link").click()
    row = page.locator("waiting-list li")
    row.get_by_role("button", name="Throw away").click()
    expect(row).to_contain_text("Throw this away?", use_inner_text=True)
    row.get_by_role("button", name="No").click()
    expect(row.get_by_role("button", name="Send")).to_be_visible()
    row.get_by_role("button", name="Throw away").click()
    row.get_by_role("button", name="Yes, throw it away").click()
    expect(page.locator("waiting-list")).to_contain_text("Nothing waits.", use_inner_text=True)
    assert not call.is_seen
