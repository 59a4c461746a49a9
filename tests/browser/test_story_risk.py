"""A step that can go wrong: three views, what helps, a decision, and a look back a week later."""

import re
import secrets
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from tests import factories
from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.stage import NOW, Stage
from tests.browser.telling import (
    COACH,
    Story,
    Told,
    begin,
    coach_of,
    days_later,
    go,
    place,
    send,
    waits,
)
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.person import Person, Role

MENTOR = "Robin"
SENTENCES = {"fr": "Je veux y aller le matin.", "en": "I want to go in the morning."}
HELPS = {"fr": "Nous y allons ensemble.", "en": "We go there together."}
WHY = {"fr": "Ensemble, c'est plus calme.", "en": "It is calmer together."}
IDEAS = {
    "fr": {"learn": "Apprendre", "tired": "fatigu", "crowd": "monde", "hurry": "temps"},
    "en": {"learn": "Learn", "tired": "tired", "crowd": "people", "hurry": "time"},
}
TRY = {"fr": "J'essaie", "en": "I try it"}
DIFFERENTLY = {"fr": "Autrement", "en": "Differently"}


def _give_view(page: Page, *ideas: str, sentence: str = "", feeling: int | None = None) -> None:
    """Answer the questions about a step that can go wrong, one a screen."""
    go(page.locator("a[href$='/try/view/well']"))
    for part in ("well", "wrong", "helps"):
        expect(page).to_have_url(re.compile(f"/view/{part}$"))
        for idea in ideas:
            for option in page.locator(f"[name=pictures][value={idea}]").all():
                option.check()
        if part == "wrong":
            page.locator("[name=sentence]").fill(sentence)
        send(page)
    if feeling:
        page.locator(f"[name=feeling][value='{feeling}']").check()
        send(page)


def _mentor_gives_view(story: Story, step: int) -> None:
    """Let the helper at work give a view; their own screens come later."""
    with story.stage.database.transaction() as session:
        person = session.get_one(Person, story.person)
        email = f"{MENTOR}.{story.language}@example.org".lower()
        mentor = session.scalars(select(Person).where(Person.email == email)).one()
        assert mentor.role is Role.MENTOR
        factories.support(session, mentor, person, NOW)
        wanted = {part: {"pictures": [], "sentence": {}} for part in ("well", "helps")}
        wrong = {"pictures": ["hurry"], "sentence": {}}
        asked = {"next_step": step, **wanted, "wrong": wrong, "feeling": None}
        changes.make(session, mentor, person, Asked(secrets.token_hex(8), "risk.view", asked), NOW)


def _coach_proposes_what_helps(coach: Page, language: str) -> None:
    go(coach.locator("a[href$='/try/plan/helps']"))
    coach.locator("[name=sentence]").fill(HELPS[language])
    send(coach)
    coach.locator(".picture-choice-option", has_text=COACH).tap()
    send(coach)
    coach.locator("[name=choice]").first.check()
    send(coach)
    coach.locator("[name=why]").fill(WHY[language])
    send(coach)


@pytest.mark.parametrize("language", LOCALES)
def test_a_risk_is_seen_by_three_decided_by_one_and_looked_back_on(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    story = begin(stage, phone, language)
    page, coach = story.page, story.coach
    title, step = _coach_marks_a_step(story)
    go(waits(page))
    expect(page.locator(".told-card")).to_contain_text(title)
    go(page.locator("form[action$='/noticed'] button"))
    _pick(page, title)
    _give_view(page, "learn", "crowd", sentence=SENTENCES[language], feeling=2)
    _give_view(coach, "tired")
    expect(coach.locator(".view-column")).to_have_count(2)
    _mentor_gives_view(story, step)
    _pick(page, title)
    _three_views_stand_side_by_side(story)
    _agree_what_helps(story)
    _decides(story, title)
    with days_later(stage, 7):
        go(_look_back(page).locator("a"))
        page.locator("[name=feeling][value='4']").check()
        go(page.locator("[name=look_back][value=differently]"))
        expect(page).to_have_url(re.compile("/next-steps/new"))
        expect(_look_back(page)).to_have_count(0)
        later = replace(story, coach=coach_of(stage, phone, language))  # staff sign in each day
        later.assert_told(_told(language, title))


def _told(language: str, title: str) -> list[Told]:
    """Return what the history holds at the end."""
    return [
        ("coach", "changed", title),
        ("me", "view", ""),
        ("coach", "view", ""),
        (MENTOR, "view", ""),
        ("coach", "proposes", HELPS[language]),
        ("me", "yes", HELPS[language]),
        ("me", "changed", TRY[language]),
        ("me", "changed", DIFFERENTLY[language]),
    ]


def _coach_marks_a_step(story: Story) -> tuple[str, int]:
    """Let the coach say of the first step that something could go wrong; return it."""
    coach = story.coach
    story.coach_opens()
    place(coach, "/goals")
    go(coach.locator(".goal-card a[data-kind=plain]").first)
    go(coach.locator(".next-step-row").first)
    title = coach.locator("h1").inner_text()
    go(coach.locator("a[href$='/try']"))
    go(coach.locator(".risk-mark button"))
    return title, int(coach.url.split("/")[-2])


def _pick(page: Page, title: str) -> None:
    """Choose a step that can go wrong: that leads to the page about it."""
    place(page, "/goals")
    go(page.locator(".goal-card a[href$='/choose']").first)
    go(page.locator(".next-step-option", has_text=title))


def _agree_what_helps(story: Story) -> None:
    page, coach, language = story.page, story.coach, story.language
    _coach_proposes_what_helps(coach, language)
    expect(coach.locator(".notice")).to_contain_text(story.name)
    expect(coach.locator(".risk-facts")).to_have_count(0)
    go(waits(page))
    for words in (HELPS[language], COACH, WHY[language]):
        expect(page.locator(".proposal-card")).to_contain_text(words)
    story.says(page, "yes")


def _decides(story: Story, title: str) -> None:
    """Let the person decide to try it: the decision stands with the views, the step is theirs."""
    page, language = story.page, story.language
    _pick(page, title)
    expect(page.locator(".risk-facts")).to_contain_text(HELPS[language])
    go(page.locator("[name=decision][value=try]"))
    go(page.locator("a[href$='/try/decisions']"))
    expect(page.locator("h2")).to_have_text(TRY[language])
    _three_views_stand_side_by_side(story)
    place(page, "/goals")
    expect(page.locator(".next-step-card").first).to_contain_text(title)
    expect(_look_back(page)).to_have_count(0)


def _look_back(page: Page) -> Locator:
    """Come back to Today and find the question how the try was."""
    place(page, "/today")
    return page.locator(".look-back-card")


def _three_views_stand_side_by_side(story: Story) -> None:
    """See what each of the three thinks, in their own column and unmixed."""
    ideas, page = IDEAS[story.language], story.page
    columns = page.locator(".view-column")
    expect(columns).to_have_count(3)
    own, coach, mentor = (
        columns.filter(has=page.locator(".view-column-name", has_text=name))
        for name in (story.name, COACH, MENTOR)
    )
    for words in (ideas["learn"], ideas["crowd"], SENTENCES[story.language]):
        expect(own).to_contain_text(words)
    expect(coach).to_contain_text(ideas["tired"])
    expect(mentor).to_contain_text(ideas["hurry"])
    for other in (own, mentor):
        expect(other).not_to_contain_text(ideas["tired"])
    expect(coach).not_to_contain_text(ideas["hurry"])
    expect(columns.locator("a, button, input")).to_have_count(0)
