"""Help without a network: the call is kept, and the telephone is offered at once."""

from playwright.sync_api import Page, expect

from tests.browser import sending
from tests.browser.conftest import OpenPhone
from tests.browser.stage import Stage
from webapp.models.person import Language


def ask(stage: Stage, phone: OpenPhone, *, is_cut: bool) -> Page:
    """Ask the coach for help."""
    page = phone(stage.newcomer(Language.EN), language="en")
    page.goto("/help/ask/3")
    if is_cut:
        sending.cut(page)
    page.locator(".help-people-one").first.click()
    return page


def test_a_call_that_waits_offers_the_telephone_of_whom_it_is_for(
    stage: Stage, phone: OpenPhone
) -> None:
    page = ask(stage, phone, is_cut=True)
    expect(page.locator(".kept-state")).to_contain_text("Kept on this phone", use_inner_text=True)
    instead = page.locator(".call-instead-ways")
    expect(instead).to_contain_text(
        "Your call goes out when there is a network.", use_inner_text=True
    )
    number = instead.locator("a[data-kind=main]")
    expect(number).to_have_text("Call Camille")
    expect(number).to_have_attribute("href", "tel:+15145550142")
    expect(number).to_be_in_viewport(ratio=1)
    sending.mend(page)
    expect(instead).to_have_count(0)
    expect(page.locator(".kept-state")).to_have_attribute("data-state", "sent")


def test_a_call_that_goes_out_at_once_leads_on_as_ever(stage: Stage, phone: OpenPhone) -> None:
    page = ask(stage, phone, is_cut=False)
    page.wait_for_url("**/help-requests/*")
