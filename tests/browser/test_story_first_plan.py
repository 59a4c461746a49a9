"""The first time: four screens of welcome, a plan that counts after a yes, one piece refused."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button, titles
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.telling import ANSWERS, COACH, arriving, go, place, send
from tests.browser.words import FIRST_TASK, MOVABLE_TASK, WORDS


@pytest.mark.parametrize("language", LOCALES)
def test_a_first_plan_is_looked_at_and_agreed_without_one_piece(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = arriving(stage, language)
    card, _code = stage.card(person)
    page = phone(language=language)
    page.goto(card)
    go(button(page, WORDS[language].its_me))
    expect(page.locator(".welcome-steps")).to_contain_text("1")
    send(page)
    expect(page.locator("main")).to_contain_text(COACH)
    send(page)
    pieces = page.locator(".welcome-plan > li")
    refused = pieces.filter(has_text=FIRST_TASK[language])
    expect(refused).to_have_count(1)
    expect(page.locator(".welcome-said")).to_have_count(0)

    go(page.locator(".welcome-answers a"))
    while not page.locator("h2", has_text=FIRST_TASK[language]).count():
        go(button(page, ANSWERS[language]["yes"]))
    go(button(page, ANSWERS[language]["no"]))
    go(page.locator(".top-bar-item").first)
    expect(refused.locator(".welcome-said")).to_contain_text(
        ANSWERS[language]["no"], ignore_case=True
    )
    go(page.locator(".welcome-answers [value=yes]"))
    expect(page.locator(".welcome-steps")).to_contain_text("4")
    send(page)

    expect(page).to_have_url(re.compile("/today$"))
    day = [page.locator(".now-card-title").inner_text(), *titles(page)]
    assert MOVABLE_TASK[language] in day
    assert FIRST_TASK[language] not in day
    place(page, "/days")
    expect(page.locator(".timeline-task-link").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(FIRST_TASK[language])
    place(page, "/goals")
    expect(page.locator(".goal-card").first).to_be_visible()


@pytest.mark.parametrize("language", LOCALES)
def test_nothing_counts_before_the_yes(stage: Stage, phone: OpenPhone, language: str) -> None:
    person = arriving(stage, language)
    card, _code = stage.card(person)
    page = phone(language=language)
    page.goto(card)
    go(button(page, WORDS[language].its_me))
    for _screen in range(3):
        send(page)
    send(page)
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.locator(".now-card, .task-row")).to_have_count(0)
    expect(page.locator(".waiting-card-link")).to_have_count(1)
    place(page, "/days")
    expect(page.locator(".timeline-task-link")).to_have_count(0)
