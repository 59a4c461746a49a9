"""The whole daily loop on a phone without JavaScript: plain pages and plain forms."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import MONDAY, Stage
from tests.browser.words import FIRST_TASK, MOVABLE_TASK, WORDS
from webapp.models.person import Language

both_languages = pytest.mark.parametrize("language", LOCALES)


@pytest.fixture
def plain(phone: OpenPhone) -> OpenPhone:
    """Open phones that run no script."""

    def open_one(person: int | None = None, **wanted: object) -> Page:
        return phone(person, java_script_enabled=False, **wanted)

    return open_one


@both_languages
def test_a_day_without_scripts(stage: Stage, plain: OpenPhone, language: str) -> None:
    words, title = WORDS[language], FIRST_TASK[language]
    link, _code = stage.card(stage.newcomer(Language(language)))
    page = plain(language=language)
    page.goto(link)
    page.get_by_role("button", name=words.its_me, exact=True).tap()
    expect(page).to_have_url(re.compile("/today$"))
    page.locator(".now-card-title a").tap()
    steps = page.locator(".task-steps-step")
    expect(steps).to_have_count(3)
    for number in range(3):
        expect(steps.nth(number)).to_be_visible()
        steps.nth(number).get_by_role("button", name=words.step_done).tap()
        expect(steps.nth(number).get_by_role("button", name=words.step_done)).to_have_count(0)
        expect(steps.nth(number)).to_contain_text(words.done_state)
    steps.first.get_by_role("button", name=words.undo).tap()
    expect(steps.first.get_by_role("button", name=words.step_done)).to_be_visible()
    page.locator("#finish").get_by_role("button", name=words.done).tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.locator(".task-row").filter(has_text=title)).to_contain_text(words.done_state)
    page.locator(".notice").get_by_role("button", name=words.undo).tap()
    expect(page.locator(".now-card-title")).to_have_text(title)


@both_languages
def test_later_and_not_today_without_scripts(stage: Stage, plain: OpenPhone, language: str) -> None:
    words, title = WORDS[language], MOVABLE_TASK[language]
    person = stage.newcomer(Language(language))
    page = plain(person, language=language)
    task = f"/tasks/{stage.task_named(person, title)}/{MONDAY}"
    page.goto(task)
    page.get_by_role("link", name=words.later, exact=True).tap()
    choice = page.locator("[name=choice]").first
    time = choice.locator(".choice-list-word").inner_text().partition(" ")[2]
    choice.tap()
    row = page.locator(".task-row").filter(has_text=title)
    expect(row).to_contain_text(time)
    page.goto(task)
    page.get_by_role("button", name=words.not_today, exact=True).tap()
    expect(row).to_contain_text(words.not_today)
    row.get_by_role("button").tap()
    expect(row).not_to_contain_text(words.not_today)


@both_languages
def test_signing_in_with_a_code_without_scripts(
    stage: Stage, plain: OpenPhone, language: str
) -> None:
    words = WORDS[language]
    _link, code = stage.card(stage.newcomer(Language(language)))
    assert code
    page = plain(language=language)
    page.goto("/sign-in/code")
    expect(page.get_by_role("button", name="7", exact=True)).to_have_count(0)
    page.locator("[name=code]").fill(f"{code[:4]} {code[4:]}")
    page.get_by_role("button", name=words.sign_in, exact=True).tap()
    page.get_by_role("button", name=words.its_me, exact=True).tap()
    expect(page).to_have_url(re.compile("/today$"))
    page.get_by_role("button", name=words.other_language, exact=True).tap()
    expect(page.locator("html")).not_to_have_attribute("lang", LOCALES[language])
    page.goto("/me")
    page.locator("a[href='/sign-in/out']").tap()
    page.locator("form[action='/sign-in/out'] button").tap()
    expect(page).to_have_url(re.compile("/sign-in$"))


@both_languages
def test_a_coach_sends_a_link_without_scripts(
    stage: Stage, plain: OpenPhone, language: str
) -> None:
    words = WORDS[language]
    page = plain(stage.homes[Language(language)].coach, language=language)
    page.goto("/people/new")
    page.get_by_role("button", name=words.add, exact=True).tap()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    page.locator("[name=name]").fill("Inès")
    page.get_by_role("button", name=words.add, exact=True).tap()
    page.locator("[name=kind][value=sent]").tap()
    link = page.locator(".copy-link input").input_value()
    assert link.startswith(f"{stage.url}/sign-in/link/")
    expect(page.locator(".copy-link button")).not_to_be_visible()
