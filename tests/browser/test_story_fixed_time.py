"""A time that the workplace has fixed: changed with a reason, told, a problem, and answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.telling import COACH, Story, begin, go, send, waits
from tests.browser.words import FIRST_TASK

WHY = {"fr": "La porte ouvre à 10 heures.", "en": "The door opens at 10."}
AT_TEN = {"fr": "10 heures du matin", "en": "10 in the morning"}
PROBLEM = {"fr": "Cela me pose un problème", "en": "This is a problem for me"}


@pytest.mark.parametrize("language", LOCALES)
def test_a_fixed_time_changes_and_is_a_problem(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    story = begin(stage, phone, language)
    page, coach, title = story.page, story.coach, FIRST_TASK[language]
    before = story.day(page, title)
    story.coach_asks_for_time(title, "10:00", WHY[language])
    expect(coach.locator("[name=together]")).to_have_count(0)
    send(coach)
    expect(coach.locator(".notice")).to_contain_text(story.name)

    expect(waits(page)).to_have_count(1)
    go(waits(page))
    expect(page.locator("h1")).to_contain_text(COACH)
    for words in (title, WHY[language], AT_TEN[language]):
        expect(page.locator(".told-card")).to_contain_text(words)
    go(page.get_by_role("button", name=PROBLEM[language], exact=True))
    expect(page).to_have_url(re.compile("/help$"))
    expect(page.locator(".notice")).to_be_visible()
    after = story.day(page, title)
    assert after[0] == before[0]
    assert all(AT_TEN[language] in line for line in after[1:])

    _coach_says_when_they_come(story)
    _person_reads_it_and_closes(story)
    story.assert_told(
        [
            ("coach", "changed", WHY[language]),
            ("me", "problem", title),
            ("coach", "answered", ""),
            ("me", "closed", ""),
        ]
    )


def _coach_says_when_they_come(story: Story) -> None:
    coach = story.coach
    go(coach.locator(".plan-frame-back"))
    call = coach.locator(".people-calls .help-call").first
    expect(call).to_contain_text(story.name)
    expect(call).to_contain_text(PROBLEM[story.language])
    go(call.locator("a[href^='/help-requests/']"))
    go(coach.locator("[name=comes_at]").first)
    expect(coach.locator(".notice")).to_be_visible()


def _person_reads_it_and_closes(story: Story) -> None:
    page = story.page
    go(waits(page))
    call = page.locator(".help-call")
    expect(call).to_contain_text(COACH)
    go(call.locator("a.help-call-head"))
    expect(page.locator("h1")).to_contain_text(COACH)
    go(page.locator("form[action$='/close'] button"))
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(".help-closed")).to_contain_text(PROBLEM[story.language])
    expect(waits(page)).to_have_count(0)
