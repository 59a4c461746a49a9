"""Today on a phone without network: it is arranged by the phone's clock and the person's marks."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.kept_day import KeptDay, KeptPlan, arranged, make_kept, open_kept
from tests.browser.stage import Stage
from webapp.domain import days
from webapp.domain.days import Day, Occurrence, Today
from webapp.models.mark import MarkState
from webapp.models.text import BilingualText

DAY = date(2026, 11, 23)
MINUTES_A_DAY = 24 * 60


def occurrence(task: int, at: int | None, minutes: int, mark: MarkState | None) -> Occurrence:
    """Make one thing of the day, as the server knows it."""
    nothing = BilingualText()
    clock = None if at is None else time(*divmod(at, 60))
    return Occurrence(
        task, DAY, DAY, clock, minutes, nothing, nothing, nothing, "task", False, 0, mark
    )


THINGS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.sampled_from([540, 570]), st.integers(0, MINUTES_A_DAY - 1)),
        st.sampled_from([5, 30, 60, 600]),
        st.sampled_from([None, *MarkState]),
    ),
    max_size=8,
)
ENDS = [540, 545, 570, 600, 630, 1140]
"""Minutes at which something may just begin or end."""
MINUTES = st.one_of(st.sampled_from(ENDS), st.integers(0, MINUTES_A_DAY - 1))
CASES = st.lists(st.tuples(THINGS, MINUTES), min_size=60, max_size=60)


def as_the_server_says(things: list[Occurrence], minute: int) -> dict[str, Any]:
    """Return what the rule of the domain makes of a day."""
    found = sorted(things, key=lambda each: (each.at or time.max, each.task_id))
    timed = tuple(each for each in found if each.at)
    any_time = tuple(each for each in found if each.at is None)
    current = days._what_comes_now(Day(DAY, timed, any_time), time(*divmod(minute, 60)))
    today = Today(DAY, current, (), (), None, minute)
    return {
        "now": current.task_id if current else None,
        "rest": [each.task_id for each in timed if each is not current],
        "any": [each.task_id for each in any_time if each is not current],
        "isFromEarlier": today.is_from_earlier,
    }


def as_the_phone_hears(each: Occurrence) -> dict[str, Any]:
    at = None if each.at is None else each.at.hour * 60 + each.at.minute
    return {"task": each.task_id, "at": at, "ends": each.ends_at_minute, "isOpen": each.is_open}


PHONE = """async (cases) => {
  const { whatComesNow } = await import("/static/any/js/what-comes-now.js");
  const name = (thing) => thing && thing.task;
  return cases.map(([things, minute]) => {
    const { now, rest, any, isFromEarlier } = whatComesNow(things, minute);
    return { now: name(now), rest: rest.map(name), any: any.map(name), isFromEarlier };
  });
}"""


@pytest.fixture(scope="module")
def rules(stage: Stage, blank: Page) -> Page:
    """Give a page that can load the rule of the phone."""
    blank.goto(f"{stage.url}/about")
    return blank


@settings(
    max_examples=8,
    deadline=None,
    # A day that differs is small enough to be read as it is.
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(cases=CASES)
def test_the_phone_and_the_server_have_one_rule(rules: Page, cases: list[Any]) -> None:
    made = [
        ([occurrence(task, *each) for task, each in enumerate(things, start=1)], minute)
        for things, minute in cases
    ]
    asked = [([as_the_phone_hears(each) for each in things], minute) for things, minute in made]
    assert rules.evaluate(PHONE, asked) == [as_the_server_says(*each) for each in made]


@pytest.fixture(scope="module")
def today(stage: Stage) -> KeptPlan:
    """Give what the phone keeps of somebody with three things: at 9, at 11, and at any time."""
    return make_kept(stage)


@pytest.fixture
def kept_day(today: KeptPlan, phone: OpenPhone) -> KeptDay:
    """Open it on its own day."""
    return open_kept(phone(today.person, language="en"), today)


def test_the_clock_of_the_plan_says_what_comes_now(kept_day: KeptDay) -> None:
    for minute, title, rest, is_from_earlier in (
        (0, "Sweep", ["Mop"], False),
        (9 * 60 + 29, "Sweep", ["Mop"], False),
        (9 * 60 + 30, "Mop", ["Sweep"], False),
        (11 * 60 + 30, "Drink water", ["Sweep", "Mop"], False),
    ):
        found = arranged(kept_day.page, {}, minute)
        assert (found.now, found.rest) == (title, rest)
        assert found.is_from_earlier is is_from_earlier


def test_what_is_open_from_earlier_is_not_lost(kept_day: KeptDay) -> None:
    found = arranged(kept_day.page, {kept_day.subject("Drink water"): {"state": "done"}}, 1200)
    assert (found.now, found.is_from_earlier) == ("Sweep", True)
    assert found.rest == ["Mop"]
    assert found.any == ["Drink water"]
    found = arranged(kept_day.page, {kept_day.subject("Drink water"): {"state": "done"}}, 540)
    assert (found.now, found.is_from_earlier) == ("Sweep", False)


def test_marks_change_the_day_at_once(kept_day: KeptDay) -> None:
    page, sweep, mop = kept_day.page, kept_day.subject("Sweep"), kept_day.subject("Mop")
    found = arranged(page, {sweep: {"state": "done"}}, 540)
    assert (found.now, found.rest, found.states) == ("Mop", ["Sweep"], ["done"])
    expect(page.locator(f"[data-subject={sweep}] button")).to_contain_text("Undo")
    marks = {each: {"state": "not_today"} for each in (sweep, mop)}
    found = arranged(page, {**marks, kept_day.subject("Drink water"): {"state": "done"}}, 540)
    assert (found.now, found.states) == (None, ["not_today", "not_today"])
    expect(page.locator(".empty-state")).to_have_text("Everything is done for today.")
    found = arranged(page, {sweep: {"state": None}}, 540)
    assert (found.now, found.states) == ("Sweep", ["open"])
    expect(page.locator(".empty-state")).to_have_count(0)


def test_later_moves_with_its_words(kept_day: KeptDay) -> None:
    page, sweep = kept_day.page, kept_day.subject("Sweep")
    later = {"state": "later", "on": "2026-11-23", "at": "16:30"}
    found = arranged(page, {sweep: later}, 540)
    assert (found.now, found.rest) == ("Mop", ["Sweep"])
    row = page.locator(f"[data-subject={sweep}]")
    expect(row.locator(".task-row-time")).to_have_text("at 4:30 in the afternoon")
    found = arranged(page, {sweep: later}, 16 * 60 + 40)
    assert (found.now, found.is_from_earlier) == ("Sweep", False)
    expect(page.locator(".now-card .fact-list > li").first).to_have_text("at 4:30 in the afternoon")
    found = arranged(page, {sweep: {"state": "later", "on": "2026-11-24", "at": None}}, 540)
    assert (found.now, found.rest, found.any) == ("Mop", [], ["Drink water"])
    found = arranged(page, {sweep: {"state": "later", "on": "2026-11-23", "at": None}}, 540)
    assert (found.now, found.any) == ("Mop", ["Sweep", "Drink water"])


def test_what_comes_from_another_day_is_not_lost(kept_day: KeptDay) -> None:
    mark = {"state": "later", "on": "2026-11-23", "at": "10:00", "title": "Feed the cat"}
    found = arranged(kept_day.page, {"task-999-2026-11-22": mark}, 540)
    assert found.rest == ["Feed the cat", "Mop"]
    link = kept_day.page.get_by_role("link", name="Feed the cat")
    expect(link).to_have_attribute("href", "/tasks/999/2026-11-22")
    expect(link.locator(".task-row-time")).to_have_text("at 10 in the morning")


def test_nothing_moves_under_a_finger_or_around_the_focus(kept_day: KeptDay) -> None:
    page, done = kept_day.page, {kept_day.subject("Sweep"): {"state": "done"}}
    page.locator(".now-card-title a").focus()
    assert arranged(page, done, 540).now == "Sweep"
    page.locator(".now-card-title a").blur()
    page.locator("h1").hover()
    page.mouse.down()
    assert arranged(page, done, 540).now == "Sweep"
    page.mouse.up()
    assert arranged(page, done, 540).now == "Mop"


def test_what_is_right_stays_the_same_element(kept_day: KeptDay) -> None:
    page = kept_day.page
    page.evaluate("() => document.querySelector('[data-place=rest] .task-row').isTheSame = true")
    arranged(page, {}, 540)
    arranged(page, {}, 541)
    same = "() => document.querySelector('[data-place=rest] .task-row').isTheSame"
    assert page.evaluate(same) is True


def test_each_minute_and_each_look_is_fresh(kept_day: KeptDay) -> None:
    page = kept_day.page
    assert arranged(page, None, None).now == "Sweep"
    kept_day.pass_minutes(9 * 60 + 31 - kept_day.begins)
    expect(page.locator(".now-card-title")).to_have_text("Mop")


def test_a_day_that_is_over_says_so(today: KeptPlan, phone: OpenPhone) -> None:
    kept_day = open_kept(phone(today.person, language="en"), today, days_later=2)
    expect(kept_day.page.locator(".day-plan-over")).to_contain_text("This day is over.")
    expect(kept_day.page.locator(".now-card-title")).to_have_text("Sweep")
