"""What pages that a phone keeps do by themselves: the day, the next times, what an address says."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPhone
from tests.browser.kept_day import KeptPlan, make_kept
from tests.browser.stage import NOW, Stage

WEDNESDAY = "2026-11-25"


@pytest.fixture(scope="module")
def plan(stage: Stage) -> KeptPlan:
    """Give what the phone keeps of somebody with three things a day."""
    return make_kept(stage)


def opened(page: Page, html: str, address: str, at: datetime = NOW) -> Page:
    """Open a kept page at its address, at an instant."""
    page.clock.install(time=at)
    page.route("**" + address, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address)
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    return page


def pass_time(page: Page, duration: timedelta) -> None:
    """Let time pass on the phone."""
    page.clock.fast_forward(int(duration.total_seconds()) * 1000)


def test_what_is_for_a_day_waits_for_the_day(plan: KeptPlan, phone: OpenPhone) -> None:
    kept, tasks = plan.pack, plan.tasks
    address = f"/tasks/{tasks['Mop']}/{WEDNESDAY}"
    page = opened(phone(plan.person, language="en"), kept.page(address), address)
    not_today = page.get_by_role("button", name="Not today")
    expect(not_today).to_be_hidden()
    expect(page.get_by_role("button", name="It's done").first).to_be_visible()
    pass_time(page, timedelta(days=2))
    expect(not_today).to_be_visible()


def offered(page: Page) -> list[str]:
    return page.locator(".choice-list-option:visible").all_inner_texts()


def test_later_offers_the_next_times_whenever_it_is_opened(
    plan: KeptPlan, phone: OpenPhone
) -> None:
    kept, tasks = plan.pack, plan.tasks
    address = f"/tasks/{tasks['Sweep']}/{WEDNESDAY}/later"
    html, midnight = kept.page(address, WEDNESDAY), NOW + timedelta(days=1, hours=14, minutes=40)
    tomorrow = ["Tomorrow at 9\u00a0in the morning", "Tomorrow, any time"]
    page = opened(phone(plan.person, language="en"), html, address, midnight)
    early = ["9:30\u00a0in the morning", "10\u00a0in the morning", "11\u00a0in the morning"]
    assert offered(page) == [*(f"Today at {at}" for at in early), *tomorrow]
    pass_time(page, timedelta(hours=14, minutes=55))
    late = ["4\u00a0in the afternoon", "5\u00a0in the afternoon", "6\u00a0in the evening"]
    assert offered(page) == [*(f"Today at {at}" for at in late), *tomorrow]
    pass_time(page, timedelta(hours=7))
    assert offered(page) == tomorrow


def test_who_goes_back_is_where_they_were(plan: KeptPlan, stage: Stage, phone: OpenPhone) -> None:
    page = phone(plan.person, language="en")
    html = plan.pack.page("/not-sent")

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(body=html, content_type="text/html")
        else:
            route.continue_()

    page.goto("/goals/new")
    page.route("**/goals/new*", cut)
    page.locator("#answer").fill("Feed the cat")
    page.locator("main form .button[data-kind=main]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maybe this was not sent")
    expect(page.locator(".go-back-words")).to_have_count(0)
    page.get_by_role("link", name="Go back").click()
    expect(page.locator("#answer")).to_be_visible()


CARRY = """async (address) => {
  const { carry } = await import("/static/any/js/offline/carried.js");
  carry(document, new URL(address, location));
  const links = [...document.querySelectorAll("main a[href^='/help']")];
  const fields = [...document.querySelectorAll("main form[data-waits] input[type=hidden]")];
  return [
    links.map((link) => link.getAttribute("href")),
    Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  ];
}"""


def test_a_call_for_help_carries_its_task(plan: KeptPlan, phone: OpenPhone) -> None:
    kept, tasks = plan.pack, plan.tasks
    about = f"task={tasks['Mop']}&day=2026-11-23"
    page = opened(phone(plan.person, language="en"), kept.page("/help/ask"), "/help/ask")
    links, _fields = page.evaluate(CARRY, f"/help/ask?{about}")
    assert links
    assert all(re.fullmatch(rf"/help/ask/\d\?{re.escape(about)}", link) for link in links)
    page = opened(phone(plan.person, language="en"), kept.page("/help/ask/3"), "/help/ask/3")
    _links, fields = page.evaluate(CARRY, f"/help/ask/3?{about}")
    assert (fields["task"], fields["day"]) == (str(tasks["Mop"]), "2026-11-23")
    assert fields["change_id"] == ""
    _links, fields = page.evaluate(CARRY, "/help/ask/3?answered=1&csrf_token=x")
    assert (fields["csrf_token"], "answered" in fields) == ("", False)
