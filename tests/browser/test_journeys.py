"""What people do with the app on an ordinary day, on a small phone that they touch."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import MONDAY, PASSWORD, Stage
from tests.browser.words import FIRST_TASK, MOVABLE_TASK, WORDS, Words
from webapp.models.person import Language

both_languages = pytest.mark.parametrize("language", LOCALES)


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def _row(page: Page, title: str) -> Locator:
    return page.locator(".task-row").filter(has_text=title)


def _step(page: Page) -> Locator:
    return page.locator(".task-steps-step:visible, .task-steps-finish:visible")


def _titles(page: Page) -> list[str]:
    return page.locator(".task-row-title").all_inner_texts()


def _open_task(page: Page, stage: Stage, person: int, title: str) -> None:
    page.goto(f"/tasks/{stage.task_named(person, title)}/{MONDAY}")


def _do_the_steps(page: Page, words: Words) -> None:
    """Do 3 steps one by one, look back once, leave in the middle and come back."""
    _link(page, words.start).tap()
    expect(_step(page)).to_contain_text(words.step.format(1, 3))
    _link(page, words.next).tap()
    expect(_step(page)).to_contain_text(words.step.format(2, 3))
    _link(page.locator("main"), words.back).tap()  # type: ignore[arg-type]
    expect(_step(page)).to_contain_text(words.step.format(1, 3))
    _button(page, words.step_done).tap()
    expect(_step(page)).to_contain_text(words.step.format(2, 3))
    task = page.url
    page.locator(".place-bar-link").first.tap()
    page.wait_for_url("**/today")
    page.goto(task.partition("#")[0])
    expect(_step(page)).to_contain_text(words.step.format(2, 3))
    _button(page, words.step_done).tap()
    expect(_step(page)).to_contain_text(words.step.format(3, 3))
    _button(page, words.step_done).tap()
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
    _button(page, words.its_me).tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(page.locator("h1")).to_contain_text(words.today)

    page.locator(".now-card-title a").tap()
    expect(page.locator("h1")).to_have_text(title)
    _do_the_steps(page, words)
    page.locator("#finish").get_by_role("button", name=words.done).tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(_row(page, title)).to_contain_text(words.done_state)

    coach = phone(stage.homes[Language(language)].coach, language=language, is_mobile=True)
    coach.goto(f"/people/{person}/today")
    expect(_row(coach, title)).to_contain_text(words.done_state)
    expect(_button(coach, words.done)).to_have_count(0)

    page.locator(".notice").get_by_role("button", name=words.undo).tap()
    expect(page.locator(".now-card-title")).to_have_text(title)


@both_languages
def test_the_card_opens_once(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    link, _code = stage.card(stage.newcomer(Language(language)))
    first, second = phone(language=language), phone(language=language)
    first.goto(link)
    _button(first, words.its_me).tap()
    expect(first).to_have_url(re.compile("/today$"))
    answer = second.goto(link)
    assert answer
    assert answer.status == 410
    expect(_button(second, words.its_me)).to_have_count(0)


@both_languages
def test_somebody_else_says_no_to_the_card(stage: Stage, phone: OpenPhone, language: str) -> None:
    link, _code = stage.card(stage.newcomer(Language(language)))
    page = phone(language=language)
    page.goto(link)
    _button(page, WORDS[language].no).tap()
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in$"))


@both_languages
def test_a_task_comes_later(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, title = WORDS[language], MOVABLE_TASK[language]
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    _open_task(page, stage, person, title)
    _link(page, words.later).tap()
    choice = page.locator("[name=choice]").first
    time = choice.locator(".choice-list-word").inner_text().partition(" ")[2]
    choice.tap()
    expect(page).to_have_url(re.compile("/today$"))
    expect(_row(page, title)).to_contain_text(time)
    page.locator(".notice").get_by_role("button", name=words.undo).tap()
    expect(_row(page, title)).not_to_contain_text(time)


@both_languages
def test_a_task_is_not_for_today(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, title = WORDS[language], MOVABLE_TASK[language]
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    _open_task(page, stage, person, title)
    _button(page, words.not_today).tap()
    expect(_row(page, title)).to_contain_text(words.not_today)
    _row(page, title).get_by_role("button").tap()
    expect(_row(page, title)).not_to_contain_text(words.not_today)


@both_languages
def test_a_time_fixed_by_the_workplace_offers_no_later(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    _open_task(page, stage, person, FIRST_TASK[language])
    expect(page.locator("h1")).to_have_text(FIRST_TASK[language])
    expect(_link(page, WORDS[language].later)).to_have_count(0)


@both_languages
def test_a_tick_leaves_every_row_in_its_place(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    """D2: nothing moves but what the person moved."""
    words = WORDS[language]
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    page.goto("/days")
    before = _titles(page)
    _open_task(page, stage, person, MOVABLE_TASK[language])
    page.locator("#task").get_by_role("button", name=words.done, exact=True).tap()
    expect(page).to_have_url(re.compile("/today$"))
    page.goto("/days")
    assert _titles(page) == before
    assert MOVABLE_TASK[language] in before

    page.goto("/today")
    rows = _titles(page)
    _row(page, MOVABLE_TASK[language]).get_by_role("button").tap()
    expect(page.locator(".notice")).to_be_visible()
    assert _titles(page) == rows
    now = page.locator(".now-card-title").inner_text()
    _button(page, words.done).tap()
    expect(_row(page, now)).to_contain_text(words.done_state)
    then = page.locator(".now-card-title").inner_text()
    assert _titles(page) == [now if title == then else title for title in rows]


@both_languages
def test_a_step_keeps_its_place_when_it_is_ticked(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    _open_task(page, stage, person, FIRST_TASK[language])
    texts = page.locator(".task-steps-text").all_text_contents()
    page.goto(f"{page.url}#step-2")
    _button(page, WORDS[language].step_done).tap()
    expect(_step(page)).to_contain_text(WORDS[language].step.format(3, 3))
    assert page.locator(".task-steps-text").all_text_contents() == texts


@both_languages
def test_the_language_changes_with_one_tap(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    other = "en" if language == "fr" else "fr"
    page = phone(stage.newcomer(Language(language)), language=language)
    page.goto("/days")
    _button(page, words.other_language).tap()
    expect(page.locator("html")).to_have_attribute("lang", LOCALES[other])
    expect(page).to_have_url(re.compile("/days$"))
    _button(page, WORDS[other].other_language).tap()
    expect(page.locator("html")).to_have_attribute("lang", LOCALES[language])


@both_languages
def test_the_language_changes_before_signing_in(phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    other = "en" if language == "fr" else "fr"
    page = phone(language=language)
    page.goto("/sign-in/code")
    _button(page, words.other_language).tap()
    expect(page.locator("html")).to_have_attribute("lang", LOCALES[other])
    expect(page.locator("h1")).to_have_text(WORDS[other].code)


@both_languages
def test_words_in_the_other_language_say_so(stage: Stage, phone: OpenPhone, language: str) -> None:
    home = stage.homes[Language(language)]
    other = "en" if language == "fr" else "fr"
    page = phone(home.full, language=language)
    page.goto(home.task_path(home.foreign))
    expect(page.locator(f"h1 [lang={other}], h1[lang={other}]")).to_have_count(1)
    page.goto(f"{page.url}#step-1")
    expect(_step(page).locator(f".task-steps-text [lang={other}]")).to_be_visible()
    page.goto("/today")
    expect(page.locator(f".task-row-title[lang={other}]")).to_have_count(1)
    expect(page.locator(f"main [lang={language}]")).to_have_count(0)


def test_listen_is_not_there_without_a_voice(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.homes[Language.FR].full)
    page.goto("/today")
    page.wait_for_function("() => customElements.get('listen-button')")
    expect(_button(page, WORDS["fr"].listen)).to_have_count(0)


@both_languages
def test_listen_reads_sentence_by_sentence(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, home = WORDS[language], stage.homes[Language(language)]
    page = phone(home.full, language=language, voices=True)
    page.goto(home.task_path(home.with_steps) + "#step-3")
    _button(page, words.listen).tap()
    texts = _step(page).locator(".task-steps-text .sentence").all_inner_texts()
    heard: list[dict[str, object]] = []
    while page.evaluate("() => speechSynthesis.now !== null"):
        heard = page.evaluate("() => speechSynthesis.said")
        expect(page.locator("[data-reading]")).to_have_count(1)
        expect(_button(page, words.stop)).to_be_visible()
        page.evaluate("() => endSentence()")
    assert [said["text"] for said in heard][-len(texts) :] == texts
    assert all(said["marked"] == [said["text"]] for said in heard)
    assert {said["lang"] for said in heard} == {LOCALES[language]}
    assert {said["voice"] for said in heard} == {"Québec" if language == "fr" else "Toronto"}
    expect(_button(page, words.listen)).to_be_visible()
    expect(page.locator("[data-reading]")).to_have_count(0)


@both_languages
def test_listen_reads_the_other_language_with_its_own_voice(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    home = stage.homes[Language(language)]
    page = phone(home.full, language=language, voices=True)
    page.goto(home.task_path(home.foreign))
    _button(page, WORDS[language].listen).tap()
    page.wait_for_function("() => speechSynthesis.said.length === 1")
    said = page.evaluate("() => speechSynthesis.said[0]")
    assert said["lang"] == ("en" if language == "fr" else "fr")
    assert said["voice"] in {"fr": {"Paris", "Québec"}, "en": {"London", "Toronto"}}[said["lang"]]


def test_listen_stops_when_asked(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.homes[Language.FR].full, voices=True)
    page.goto("/today")
    _button(page, WORDS["fr"].listen).tap()
    _button(page, WORDS["fr"].stop).tap()
    assert page.evaluate("() => speechSynthesis.now === null")
    expect(page.locator("[data-reading]")).to_have_count(0)


@both_languages
def test_signing_out_closes_the_plan(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    page = phone(stage.newcomer(Language(language)), language=language)
    page.goto("/today")
    _link(page, words.me).tap()
    _link(page, words.sign_out).tap()
    _button(page, words.yes_sign_out).tap()
    expect(page.locator("h1")).to_have_text(words.sign_in)
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in$"))


@both_languages
def test_a_coach_adds_somebody_whose_phone_signs_in(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    words, name = WORDS[language], f"Noor {language}"
    coach = phone(stage.homes[Language(language)].coach, language=language, size=(360, 800))
    coach.goto("/people")
    _link(coach, words.new_person).tap()
    coach.locator("[name=name]").fill(name)
    _button(coach, words.add).tap()
    coach.locator("[name=kind][value=shown]").tap()
    code = coach.locator(".sign-in-card-code").inner_text().replace("\n", "").replace(" ", "")
    assert re.fullmatch("[0-9]{8}", code)

    page = phone(language=language)
    page.goto("/sign-in")
    _link(page, words.code).tap()
    for key in (*code[:2], "0", words.key_delete, *code[2:]):
        _button(page, key).tap()
    expect(page.locator("[name=code]")).to_have_value(f"{code[:4]} {code[4:]}")
    _button(page, words.sign_in).tap()
    expect(page.locator("main")).to_contain_text(name)
    _button(page, words.its_me).tap()
    expect(page).to_have_url(re.compile("/today$"))
    coach.goto("/people")
    expect(coach.locator(".people-list")).to_contain_text(name)


@both_languages
def test_staff_sign_in_with_a_password(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    page = phone(language=language)
    page.goto("/sign-in/staff")
    page.locator("[name=email]").fill(f"camille.{language}@example.org")
    page.locator("[name=password]").fill("not this one")
    _button(page, words.sign_in).tap()
    expect(page.locator("error-summary")).to_be_focused()
    expect(page.locator("[name=email]")).to_have_value(f"camille.{language}@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    _button(page, words.sign_in).tap()
    expect(page).to_have_url(re.compile("/people$"))


@both_languages
def test_a_lost_phone_is_ended_by_the_coach(stage: Stage, phone: OpenPhone, language: str) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    page.goto("/today")
    coach = phone(stage.homes[Language(language)].coach, language=language)
    coach.goto(f"/people/{person}/me/phones")
    coach.locator(".device-row form button").tap()
    expect(coach.locator(".notice")).to_be_visible()
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
