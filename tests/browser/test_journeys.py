"""What people do with the app on an ordinary day, on a small phone that they touch."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button, link, open_task, row, step, titles
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.words import FIRST_TASK, MOVABLE_TASK, WORDS, Words
from webapp.models.person import Language

both_languages = pytest.mark.parametrize("language", LOCALES)


def _do_the_steps(page: Page, words: Words) -> None:
    """Do 3 steps one by one, look back once, leave in the middle and come back."""
    link(page, words.start).tap()
    expect(step(page)).to_contain_text(words.step.format(1, 3))
    link(page, words.next).tap()
    expect(step(page)).to_contain_text(words.step.format(2, 3))
    link(page.locator("main"), words.back).tap()  # type: ignore[arg-type]
    expect(step(page)).to_contain_text(words.step.format(1, 3))
    button(page, words.step_done).tap()
    expect(step(page)).to_contain_text(words.step.format(2, 3))
    task = page.url
    page.locator(".place-bar-link").first.tap()
    page.wait_for_url("**/today")
    page.goto(task.partition("#")[0])
    expect(step(page)).to_contain_text(words.step.format(2, 3))
    button(page, words.step_done).tap()
    expect(step(page)).to_contain_text(words.step.format(3, 3))
    button(page, words.step_done).tap()
    expect(page.locator("#finish")).to_be_visible()


@both_languages
def test_a_day_from_the_card_to_the_coach(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, title = WORDS[language], FIRST_TASK[language]
    person = stage.newcomer(Language(language))
    link, _code = stage.card(person)
    page = phone(language=language, is_mobile=True)

    page.goto(link)
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in$"))  # looking at the card signed nobody in
    page.goto(link)
    button(page, words.its_me).tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.locator("h1")).to_contain_text(words.today)

    page.locator(".now-card-title a").tap()
    expect(page.locator("h1")).to_have_text(title)
    _do_the_steps(page, words)
    page.locator("#finish").get_by_role("button", name=words.done).tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(row(page, title)).to_contain_text(words.done_state)

    coach = phone(stage.homes[Language(language)].coach, language=language, is_mobile=True)
    coach.goto(f"/people/{person}/today")
    expect(row(coach, title)).to_contain_text(words.done_state)
    expect(button(coach, words.done)).to_have_count(0)

    page.locator(".notice").get_by_role("button", name=words.undo).tap()
    expect(page.locator(".now-card-title")).to_have_text(title)


@both_languages
def test_the_card_opens_once(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    link, _code = stage.card(stage.newcomer(Language(language)))
    first, second = phone(language=language), phone(language=language)
    first.goto(link)
    button(first, words.its_me).tap()
    expect(first).to_have_url(re.compile("/today$"))
    answer = second.goto(link)
    assert answer
    assert answer.status == 410
    expect(button(second, words.its_me)).to_have_count(0)


@both_languages
def test_somebody_else_says_no_to_the_card(stage: Stage, phone: OpenPhone, language: str) -> None:
    link, _code = stage.card(stage.newcomer(Language(language)))
    page = phone(language=language)
    page.goto(link)
    button(page, WORDS[language].no).tap()
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in$"))


@both_languages
def test_a_task_comes_later(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, title = WORDS[language], MOVABLE_TASK[language]
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    open_task(page, stage, person, title)
    link(page, words.later).tap()
    choice = page.locator("[name=choice]").first
    time = choice.locator(".choice-list-word").inner_text().partition(" ")[2]
    choice.tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(row(page, title)).to_contain_text(time)
    page.locator(".notice").get_by_role("button", name=words.undo).tap()
    expect(row(page, title)).not_to_contain_text(time)


@both_languages
def test_a_task_is_not_for_today(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, title = WORDS[language], MOVABLE_TASK[language]
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    open_task(page, stage, person, title)
    button(page, words.not_today).tap()
    expect(row(page, title)).to_contain_text(words.not_today)
    row(page, title).get_by_role("button").tap()
    expect(row(page, title)).not_to_contain_text(words.not_today)


@both_languages
def test_a_time_fixed_by_the_workplace_offers_no_later(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    open_task(page, stage, person, FIRST_TASK[language])
    expect(page.locator("h1")).to_have_text(FIRST_TASK[language])
    expect(link(page, WORDS[language].later)).to_have_count(0)


@both_languages
def test_a_tick_leaves_every_row_in_its_place(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    """D2: nothing moves but what the person moved."""
    words = WORDS[language]
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    page.goto("/days")
    before = titles(page)
    open_task(page, stage, person, MOVABLE_TASK[language])
    page.locator("#task").get_by_role("button", name=words.done, exact=True).tap()
    expect(page).to_have_url(re.compile("/today$"))
    page.goto("/days")
    assert titles(page) == before
    assert MOVABLE_TASK[language] in before

    page.goto("/today")
    rows = titles(page)
    row(page, MOVABLE_TASK[language]).get_by_role("button").tap()
    expect(page.locator(".notice")).to_be_visible()
    assert titles(page) == rows
    now = page.locator(".now-card-title").inner_text()
    button(page, words.done).tap()
    expect(row(page, now)).to_contain_text(words.done_state)
    then = page.locator(".now-card-title").inner_text()
    assert titles(page) == [now if title == then else title for title in rows]


@both_languages
def test_a_step_keeps_its_place_when_it_is_ticked(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    open_task(page, stage, person, FIRST_TASK[language])
    texts = page.locator(".task-steps-text").all_text_contents()
    page.goto(f"{page.url}#step-2")
    button(page, WORDS[language].step_done).tap()
    expect(step(page)).to_contain_text(WORDS[language].step.format(3, 3))
    assert page.locator(".task-steps-text").all_text_contents() == texts


@both_languages
def test_signing_out_closes_the_plan(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    page = phone(stage.newcomer(Language(language)), language=language)
    page.goto("/today")
    link(page, words.me).tap()
    link(page, words.sign_out).tap()
    button(page, words.yes_sign_out).tap()
    expect(page.locator("h1")).to_have_text(words.sign_in)
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in$"))


@both_languages
def test_the_text_grows_and_the_colours_change(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    page = phone(stage.newcomer(Language(language)), language=language)
    page.goto("/me/text-size")
    page.locator("[name=value][value='32']").tap()
    expect(page).to_have_url(re.compile("/me$"))
    page.goto("/me/theme")
    page.locator("[name=value][value=dark]").tap()
    expect(page).to_have_url(re.compile("/me$"))
    page.goto("/today")
    size = page.evaluate("() => getComputedStyle(document.querySelector('main')).fontSize")
    assert size == "32px"
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/me/text-size")
    expect(page.locator("[aria-current=true]")).to_have_attribute("value", "32")
