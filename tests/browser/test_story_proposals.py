"""A story of proposals: asked, put off, talked about, agreed, taken back, sent as a list."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button
from tests.browser.phone import LOCALES
from tests.browser.stage import Stage
from tests.browser.telling import (
    ANSWERS,
    COACH,
    PROPOSE,
    TOMORROW,
    Story,
    begin,
    choose,
    go,
    place,
    send,
    waits,
    write,
)
from tests.browser.words import FIRST_TASK, MOVABLE_TASK, WORDS

both_languages = pytest.mark.parametrize("language", LOCALES)
WHY = {"fr": "La salle est calme alors.", "en": "The room is quiet then."}
AT_TWO = {"fr": "2 heures de l'après-midi", "en": "2 in the afternoon"}
STOPPED = {"fr": "Je nettoie un dégât", "en": "I shelve the books"}
GOAL = {"fr": "Je lis un livre par mois.", "en": "I read one book a month."}


def _propose_goal(story: Story, title: str, *, together: bool = False) -> None:
    """Let the coach propose a goal of that title, and nothing else about it."""
    story.coach_opens()
    place(story.coach, "/goals")
    go(story.coach.locator(".goal-ways a[href*='goal.add']"))
    write(story.coach, title)
    go(story.coach.locator("[name=skip]"))
    choose(story.coach, "none")
    go(story.coach.locator("[name=skip]"))
    if together:
        go(story.coach.locator("[name=together]"))
    else:
        go(button(story.coach, PROPOSE[story.language]))


def _change_answer(story: Story, answer: str) -> None:
    """Let the person change the last answer, from the page of their answers."""
    go(story.page.locator(".answered-one .button").first)
    story.says(story.page, answer)


@both_languages
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_proposal_is_put_off_talked_about_agreed_and_taken_back(
    stage: Stage, phone: OpenPhone, language: str, scripts: bool
) -> None:
    story = begin(stage, phone, language, java_script_enabled=scripts)
    page, title = story.page, MOVABLE_TASK[language]
    before = story.day(page, title)
    place(page, "/today")
    go(page.locator(".now-card").get_by_role("button", name=WORDS[language].done))
    _coach_proposes_a_time(story)
    assert story.day(page, title) == before
    _person_puts_it_off(story)
    assert story.day(page, title) == before
    _person_wants_to_talk(story)
    assert story.day(page, title) == before
    _open_answers(story)
    _change_answer(story, "yes")
    expect(page.locator(".answered-said")).to_contain_text(ANSWERS[language]["yes"])
    _assert_moved(before, story.day(page, title), AT_TWO[language])
    story.opens_me("/changes")
    go(page.locator(".history-line").first.locator("a"))
    story.says(page, "no")
    assert story.day(page, title) == before
    story.assert_told(
        [
            ("me", "done", FIRST_TASK[language]),
            ("coach", "proposes", WHY[language]),
            ("me", "not_now", title),
            ("me", "talk", title),
            ("me", "yes", AT_TWO[language]),
            ("me", "no", title),
        ]
    )


def _coach_proposes_a_time(story: Story) -> None:
    coach, language = story.coach, story.language
    story.coach_asks_for_time(MOVABLE_TASK[language], "14:00", WHY[language])
    expect(coach.locator(".answer-list")).to_contain_text(WHY[language])
    go(button(coach, PROPOSE[language]))
    expect(coach.locator(".notice")).to_contain_text(story.name)


def _person_puts_it_off(story: Story) -> None:
    page, language = story.page, story.language
    expect(waits(page)).to_have_count(1)
    go(waits(page))
    expect(page.locator("h1")).to_contain_text(COACH)
    card = page.locator(".proposal-card")
    for words in (MOVABLE_TASK[language], WHY[language], AT_TWO[language]):
        expect(card).to_contain_text(words)
    story.says(page, "not_now")
    go(page.locator(f"[name=until][value='{TOMORROW}']"))
    expect(waits(page)).to_have_count(0)


def _person_wants_to_talk(story: Story) -> None:
    """Let the person change "not now" to "let's talk"; the coach sees it in two places."""
    coach = story.coach
    _open_answers(story)
    _change_answer(story, "talk")
    go(coach.locator(".plan-frame-back"))
    call = coach.locator(".people-calls .help-call").filter(has_text=story.name)
    expect(call).to_contain_text(ANSWERS[story.language]["talk"])
    story.coach_opens_page("choices")
    row = coach.locator(".proposal-row[data-state=talk]")
    expect(row).to_contain_text(MOVABLE_TASK[story.language])
    expect(row.locator(".proposal-row-said")).to_contain_text(story.name)


def _assert_moved(before: list[str], after: list[str], at: str) -> None:
    """See that a task comes on the same days as before, at another time from tomorrow on."""
    assert after[0] == before[0]
    assert len(after) == len(before)
    assert all(at in line for line in after[1:])
    assert not any(at in line for line in before)


def _open_answers(story: Story) -> None:
    """Let the person come to what they have answered, from Today."""
    story.opens_me("/choices")
    go(story.page.locator("a[href='/choices/answered']"))


@both_languages
def test_a_list_is_sent_as_one_and_answered_one_by_one(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    story = begin(stage, phone, language)
    _coach_prepares_a_list(story)
    expect(waits(story.page)).to_have_count(0)
    send(story.coach)
    expect(story.coach.locator(".notice")).to_contain_text(story.name)
    _person_answers_each(story)
    story.coach_opens_page("choices")
    for answer, title in {"yes": STOPPED, "no": GOAL}.items():
        row = story.coach.locator(f".proposal-row[data-state={answer}]")
        expect(row).to_contain_text(title[language])
    story.assert_told(
        [
            ("coach", "proposes", GOAL[language]),
            ("coach", "sent", ""),
            ("me", "yes", STOPPED[language]),
            ("me", "no", GOAL[language]),
        ]
    )


def _coach_prepares_a_list(story: Story) -> None:
    coach, language = story.coach, story.language
    story.coach_asks(STOPPED[language], "task.stop")
    choose(coach, TOMORROW.isoformat())
    write(coach, WHY[language])
    go(coach.locator("[name=together]"))
    _propose_goal(story, GOAL[language], together=True)
    expect(coach.locator(".proposal-row")).to_have_count(2)


def _person_answers_each(story: Story) -> None:
    """Let the person look at each of two changes, and say yes to one and no to the other."""
    page, language = story.page, story.language
    expect(waits(page)).to_have_count(1)
    expect(waits(page)).to_contain_text("1")
    go(waits(page))
    expect(page.locator(".proposal-card-piece")).to_have_count(2)
    go(page.locator(".proposal-answers a").first)
    expect(page.locator("h2")).to_have_text(STOPPED[language])
    story.says(page, "yes")
    expect(page.locator("h2")).to_have_text(GOAL[language])
    story.says(page, "no")
    expect(waits(page)).to_have_count(0)
    assert len(story.day(page, STOPPED[language])) == 1
    place(page, "/goals")
    expect(page.locator("main")).not_to_contain_text(GOAL[language])


@both_languages
def test_a_proposal_is_withdrawn_while_it_is_open(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    story = begin(stage, phone, language)
    page, coach, title = story.page, story.coach, GOAL[language]
    _propose_goal(story, title)
    go(waits(page))
    expect(page.locator("h2")).to_have_text(title)
    story.coach_opens_page("choices")
    row = coach.locator(".proposal-row").filter(has_text=title)
    go(row.get_by_role("button"))
    expect(row).to_have_count(0)
    story.says(page, "yes")
    expect(page).to_have_url(re.compile("/choices/[0-9]+$"))
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(".proposal-answers")).to_have_count(0)
    expect(waits(page)).to_have_count(0)
    place(page, "/goals")
    expect(page.locator("main")).not_to_contain_text(title)
    story.assert_told([("coach", "proposes", title), ("coach", "withdrew", title)])
