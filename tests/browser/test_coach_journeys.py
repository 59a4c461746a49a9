"""What staff do: a new person, a password, a lost phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button, link
from tests.browser.phone import LOCALES
from tests.browser.stage import PASSWORD, Stage
from tests.browser.words import WORDS
from webapp.models.person import Language

both_languages = pytest.mark.parametrize("language", LOCALES)


@both_languages
def test_a_coach_adds_somebody_whose_phone_signs_in(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    words, name = WORDS[language], f"Noor {language}"
    coach = phone(stage.homes[Language(language)].coach, language=language, size=(360, 800))
    coach.goto("/people")
    link(coach, words.new_person).tap()
    coach.locator("[name=name]").fill(name)
    button(coach, words.add).tap()
    coach.locator("[name=kind][value=shown]").tap()
    code = coach.locator(".sign-in-card-code").inner_text().replace("\n", "").replace(" ", "")
    assert re.fullmatch("[0-9]{8}", code)

    page = phone(language=language)
    page.goto("/sign-in")
    link(page, words.code).tap()
    for key in (*code[:2], "0", words.key_delete, *code[2:]):
        button(page, key).tap()
    expect(page.locator("[name=code]")).to_have_value(f"{code[:4]} {code[4:]}")
    button(page, words.sign_in).tap()
    expect(page.locator("main")).to_contain_text(name)
    button(page, words.its_me).tap()
    expect(page).to_have_url(re.compile("/welcome$"))
    coach.goto("/people")
    expect(coach.locator(".people-list")).to_contain_text(name)


@both_languages
def test_staff_sign_in_with_a_password(stage: Stage, phone: OpenPhone, language: str) -> None:
    words = WORDS[language]
    page = phone(language=language)
    page.goto("/sign-in/staff")
    page.locator("[name=email]").fill(f"camille.{language}@example.org")
    page.locator("[name=password]").fill("not this one")
    button(page, words.sign_in).tap()
    expect(page.locator("error-summary")).to_be_focused()
    expect(page.locator("[name=email]")).to_have_value(f"camille.{language}@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    button(page, words.sign_in).tap()
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
