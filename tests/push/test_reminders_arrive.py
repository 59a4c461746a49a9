"""Reminders in real browsers: asked for, they arrive, lead to their task, and can be answered."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.gestures import button, row
from tests.browser.words import MOVABLE_TASK
from tests.browser.words import WORDS as WORDS_OF_PAGES
from tests.push.outside import Due, Outside
from webapp.models.change import Change
from webapp.models.mark import Mark, MarkState


def test_a_reminder_arrives_and_leads_to_its_task(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)
    page.goto("/today")

    due = outside.next_reminder(person)
    shown = phone.desktop.wait_for_one()
    assert shown.summary == outside.words.reminder
    assert due.title not in shown.body
    phone.desktop.click(shown)
    expect(page).to_have_url(due.address)
    expect(page.locator("h1")).to_have_text(due.title)
    assert len(phone.open_pages()) == 1

    _choose(page, "lock-screen", "full")
    due = outside.next_reminder(person)
    shown = phone.desktop.wait_for_one(2)
    assert shown.summary == due.title

    due = outside.next_reminder(person, MOVABLE_TASK[outside.language])
    shown = phone.desktop.wait_for_one(3)
    phone.desktop.click(shown, outside.words.later)
    expect(page).to_have_url(re.compile(f"/tasks/{due.task}/{due.day}/later$"))


def test_its_done_is_kept_once_from_two_phones(outside: Outside) -> None:
    person = outside.newcomer()
    (first, page), (second, other_page) = outside.phone(person), outside.phone(person)
    outside.remind_me(page)
    outside.remind_me(other_page)
    page.goto("/today")

    due = outside.next_reminder(person)
    for phone in (first, second):
        shown = phone.desktop.wait_for_one()
        phone.desktop.click(shown, outside.words.done)
    address = f"/tasks/{due.task}/{due.day}/done"
    outside.until_answered(lambda: outside.answers(address) == [303, 303], "both to be taken")
    done_state = WORDS_OF_PAGES[outside.language].done_state
    expect(row(page, due.title)).to_contain_text(done_state)
    assert _marks(outside, due) == [MarkState.DONE]
    assert _changes(outside, person) == ["task.done"]


def test_a_message_that_was_sent_twice_is_shown_once(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)

    due = outside.next_reminder(person)
    phone.desktop.wait_for_one()
    outside.send_again(due)
    phone.desktop.wait_for_one(2)
    phone.desktop.until(lambda: len(phone.desktop.shown) == 1, "the first to be replaced")


def test_whatever_comes_is_shown(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)
    strange = (b"no JSON", b'{"web_push": 8030, "notification": {"title": 5}}')

    for count, payload in enumerate(strange, 1):
        outside.send_octets(person, payload)
        assert phone.desktop.wait_for_one(count).summary == outside.words.message


def test_try_it_now_says_each_step(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)

    button(page, outside.words.try_now).click()
    expect(page.locator("[data-step=sent]")).to_have_attribute("data-state", "waiting")
    outside.send()
    assert phone.desktop.wait_for_one().summary == outside.words.a_try
    steps = ("permission", "yes"), ("known", "yes"), ("sent", "accepted"), ("shown", "yes")
    for step, state in steps:
        expect(page.locator(f"[data-step={step}]")).to_have_attribute("data-state", state)
    expect(page.get_by_text(outside.words.works)).to_be_visible()


IS_SENT = """here => location.pathname !== here
    || Boolean(document.querySelector('.kept-state[data-state=sent]'))"""


def _choose(page: Page, question: str, value: str) -> None:
    """Choose something, and wait until the server knows it."""
    here = f"/me/reminders/{question}"
    page.goto(here)
    page.locator(f"[name=value][value={value}]").click()
    page.wait_for_function(IS_SENT, arg=here)


def _marks(outside: Outside, due: Due) -> list[MarkState]:
    wanted = select(Mark.state).where(Mark.task_id == due.task, Mark.day == due.day)
    with outside.stage.database.session(reading=True) as session:
        return list(session.scalars(wanted))


def _changes(outside: Outside, person: int) -> list[str]:
    wanted = select(Change.verb).where(Change.participant_id == person, Change.verb == "task.done")
    with outside.stage.database.session(reading=True) as session:
        return list(session.scalars(wanted))
