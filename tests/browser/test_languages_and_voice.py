"""The two languages, and the voice that reads aloud."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button, step
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.words import WORDS
from webapp.models.person import Language

both_languages = pytest.mark.parametrize("language", LOCALES)


@both_languages
def test_the_language_changes_with_one_tap(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    other = "en" if language == "fr" else "fr"
    page = phone(stage.newcomer(Language(language)), language=language)
    page.goto("/days")
    button(page, words.other_language).tap()
    expect(page.locator("html")).to_have_attribute("lang", LOCALES[other])
    expect(page).to_have_url(re.compile("/days$"))
    button(page, WORDS[other].other_language).tap()
    expect(page.locator("html")).to_have_attribute("lang", LOCALES[language])


@both_languages
def test_the_language_changes_before_signing_in(phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    other = "en" if language == "fr" else "fr"
    page = phone(language=language)
    page.goto("/sign-in/code")
    button(page, words.other_language).tap()
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
    expect(step(page).locator(f".task-steps-text [lang={other}]")).to_be_visible()
    page.goto("/today")
    expect(page.locator(f".task-row-title[lang={other}]")).to_have_count(1)
    expect(page.locator(f"main [lang={language}]")).to_have_count(0)


def test_listen_is_not_there_without_a_voice(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.homes[Language.FR].full)
    page.goto("/today")
    page.wait_for_function("() => customElements.get('listen-button')")
    expect(button(page, WORDS["fr"].listen)).to_have_count(0)


@both_languages
def test_listen_reads_sentence_by_sentence(stage: Stage, phone: OpenPhone, language: str) -> None:
    words, home = WORDS[language], stage.homes[Language(language)]
    page = phone(home.full, language=language, voices=True)
    page.goto(home.task_path(home.with_steps) + "#step-3")
    button(page, words.listen).tap()
    texts = step(page).locator(".task-steps-text .sentence").all_inner_texts()
    heard: list[dict[str, object]] = []
    while page.evaluate("() => speechSynthesis.now !== null"):
        heard = page.evaluate("() => speechSynthesis.said")
        expect(page.locator("[data-reading]")).to_have_count(1)
        expect(button(page, words.stop)).to_be_visible()
        page.evaluate("() => endSentence()")
    assert [said["text"] for said in heard][-len(texts) :] == texts
    assert all(said["marked"] == [said["text"]] for said in heard)
    assert {said["lang"] for said in heard} == {LOCALES[language]}
    assert {said["voice"] for said in heard} == {"Québec" if language == "fr" else "Toronto"}
    expect(button(page, words.listen)).to_be_visible()
    expect(page.locator("[data-reading]")).to_have_count(0)


@both_languages
def test_listen_reads_the_other_language_with_its_own_voice(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    home = stage.homes[Language(language)]
    page = phone(home.full, language=language, voices=True)
    page.goto(home.task_path(home.foreign))
    button(page, WORDS[language].listen).tap()
    page.wait_for_function("() => speechSynthesis.said.length === 1")
    said = page.evaluate("() => speechSynthesis.said[0]")
    assert said["lang"] == ("en" if language == "fr" else "fr")
    assert said["voice"] in {"fr": {"Paris", "Québec"}, "en": {"London", "Toronto"}}[said["lang"]]


def test_listen_stops_when_asked(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.homes[Language.FR].full, voices=True)
    page.goto("/today")
    button(page, WORDS["fr"].listen).tap()
    button(page, WORDS["fr"].stop).tap()
    assert page.evaluate("() => speechSynthesis.now === null")
    expect(page.locator("[data-reading]")).to_have_count(0)
