"""Asking for a human: two taps from a task, seen, answered, closed, and open again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import link
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.telling import COACH, Story, begin, go, place, waits
from tests.browser.words import FIRST_TASK, WORDS

NOT_FOUND = {"fr": "Je ne trouve pas", "en": "I can't find it"}
ANSWER = {"fr": "Je pose la boîte devant la porte.", "en": "I put the box at the door."}
SEEN = {"fr": "Camille l'a vu.", "en": "Camille has seen it."}
ANSWERED = {"fr": "Camille a répondu.", "en": "Camille has answered."}


@pytest.mark.parametrize("language", LOCALES)
def test_help_is_asked_for_and_comes(stage: Stage, phone: OpenPhone, language: str) -> None:
    story = begin(stage, phone, language)
    _person_asks(story)
    _coach_sees_it_first(story)
    _coach_answers(story)
    _person_closes_and_opens_again(story)
    story.assert_told(
        [
            ("me", "asked", ""),
            ("coach", "saw", ""),
            ("coach", "answered", ""),
            ("me", "closed", ""),
            ("me", "reopened", ""),
        ]
    )


def _person_asks(story: Story) -> None:
    """Let the person ask from a task: what it is about, whom; that was all."""
    page, language, title = story.page, story.language, FIRST_TASK[story.language]
    go(page.locator(".now-card-title a"))
    go(link(page, WORDS[language].help))
    expect(page.locator(".task-reminder")).to_contain_text(title)
    go(page.locator(".help-reasons-link", has_text=NOT_FOUND[language]))
    go(page.locator(".help-people-one", has_text=COACH))
    expect(page).to_have_url(re.compile("/help-requests/[0-9]+$"))
    expect(page.locator("h1")).to_contain_text(COACH)
    for words in (NOT_FOUND[language], title):
        expect(page.locator(".help-call")).to_contain_text(words)


def _coach_sees_it_first(story: Story) -> None:
    page, coach, language = story.page, story.coach, story.language
    coach.reload()
    call = coach.locator(".people-calls .help-call").first
    for words in (story.name, NOT_FOUND[language], FIRST_TASK[language]):
        expect(call).to_contain_text(words)
    go(call.locator("form[action$='/seen'] button"))
    expect(coach.locator(".notice")).to_contain_text(story.name)
    place(page, "/help")
    expect(page.locator(".help-call-state")).to_have_text(SEEN[language])


def _coach_answers(story: Story) -> None:
    coach = story.coach
    call = coach.locator(".people-calls .help-call").filter(has_text=story.name)
    go(call.locator("a.button[href^='/help-requests/']"))
    coach.locator("[name=sentence]").fill(ANSWER[story.language])
    go(coach.locator(".help-form button"))
    expect(coach).to_have_url(re.compile("/people$"))


def _person_closes_and_opens_again(story: Story) -> None:
    page, language = story.page, story.language
    expect(waits(page)).to_have_count(1)
    go(waits(page))
    expect(page.locator(".help-call-state")).to_have_text(ANSWERED[language])
    expect(page.locator(".help-call-told")).to_contain_text(COACH)
    go(page.locator("a.help-call-head"))
    expect(page.locator(".help-call q")).to_have_text(ANSWER[language])
    go(page.locator("form[action$='/close'] button"))
    expect(page.locator(".help-call")).to_have_count(0)
    go(page.locator(".notice").get_by_role("button", name=WORDS[language].undo))
    place(page, "/help")
    expect(page.locator(".help-call")).to_contain_text(NOT_FOUND[language])
