"""The plan that is open at the coach's: it follows the person, and never under the finger."""

import secrets
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import OpenPhone
from tests.browser.gestures import button, row
from tests.browser.phone import LOCALES
from tests.browser.stage import MONDAY, NOW, Stage
from tests.browser.words import FIRST_TASK, WORDS
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.person import Language, Person

SOON_MILLISECONDS = 15_000
TURN = 10_000
"""How often an open page asks, in milliseconds."""
CHANGED = {"fr": "Le plan a changé.", "en": "The plan has changed."}


@dataclass
class OpenPlan:
    """A plan that is open at the coach's, on a clock that the test moves."""

    stage: Stage
    page: Page
    person: int
    asked: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.clock.install()
        self.page.goto(f"/people/{self.person}/today")
        self.page.locator("fresh-plan:defined").wait_for(state="attached")
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        """Remember what the page asks for itself; where a redirect would lead is not asked."""
        if request.url == self.page.url:
            self.asked.append(request)

    @property
    def first(self) -> str:
        """Return the title of the first task."""
        return FIRST_TASK["en"]

    def person_does(self, verb: str) -> None:
        """Let the person say something of the first task."""
        wanted = {"task": self.stage.task_named(self.person, self.first), "day": str(MONDAY)}
        asked = Asked(secrets.token_hex(8), f"task.{verb}", wanted)
        with self.stage.database.transaction() as session:
            person = session.get_one(Person, self.person)
            changes.make(session, person, person, asked, NOW)

    def turn(self, times: int = 1) -> None:
        """Let as much time pass as lies between two questions."""
        self.page.clock.run_for(times * TURN)

    def asks(self) -> int:
        """Let one turn pass, and return how the server answered."""
        with self.page.expect_response(self.page.url) as answer:
            self.turn()
        return answer.value.status

    def rests(self) -> bool:
        """Let many turns pass, and say whether nothing was asked."""
        self.asked.clear()
        self.turn(6)
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(done))")
        return self.asked == []


@pytest.fixture
def plan(stage: Stage, phone: OpenPhone) -> OpenPlan:
    """Open the plan of somebody new at the coach's."""
    person = stage.newcomer(Language.EN)
    coach = phone(stage.homes[Language.EN].coach, language="en", reduced_motion="reduce")
    return OpenPlan(stage, coach, person)


@pytest.mark.parametrize("language", LOCALES)
def test_what_the_person_says_comes_to_the_coach(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    words, title = WORDS[language], FIRST_TASK[language]
    person = stage.newcomer(Language(language))
    coach = phone(stage.homes[Language(language)].coach, language=language)
    coach.goto(f"/people/{person}/today")
    coach.evaluate("() => { document.querySelector('h1').isTheSame = true; scrollTo(0, 90); }")
    expect(coach.locator("fresh-plan")).to_have_text("")

    page = phone(person, language=language)
    page.goto("/today")
    button(page, words.done).first.tap()
    expect(page.locator(".notice")).to_be_visible()

    expect(row(coach, title)).to_contain_text(words.done_state, timeout=SOON_MILLISECONDS)
    expect(coach.locator("fresh-plan")).to_have_text(CHANGED[language])
    assert coach.evaluate("() => [document.querySelector('h1').isTheSame, scrollY]") == [True, 90]
    assert coach.locator("h1").count() == 1


def test_nothing_new_is_not_sent(plan: OpenPlan) -> None:
    main = plan.page.locator("main").inner_text()
    assert [plan.asks(), plan.asks()] == [304, 304]
    plan.person_does("done")
    assert plan.asks() == 200
    expect(row(plan.page, plan.first)).to_be_visible()
    assert plan.asks() == 304
    plan.person_does("undo")
    assert plan.asks() == 200
    expect(row(plan.page, plan.first)).to_have_count(0)
    expect(plan.page.locator(".now-card")).to_contain_text(plan.first)
    assert plan.page.locator("main").inner_text() == main


def test_a_new_page_with_nothing_new_moves_nothing(plan: OpenPlan) -> None:
    plan.page.evaluate(
        "() => { document.querySelector('fresh-plan').dataset.version = 'old';"
        " for (const one of document.querySelectorAll('main *')) one.isTheSame = true; }"
    )
    assert plan.asks() == 200
    assert plan.asks() == 304
    assert plan.page.evaluate(
        "() => [...document.querySelectorAll('main *')].every(one => one.isTheSame)"
    )
    assert plan.page.locator("fresh-plan").inner_text() == ""


def test_what_only_time_has_moved_is_not_told(plan: OpenPlan) -> None:
    plan.page.evaluate(
        "() => { document.querySelector('fresh-plan').dataset.version = 'old';"
        " document.querySelector('.now-card').textContent = 'What came an hour ago'; }"
    )
    assert plan.asks() == 200
    expect(plan.page.locator(".now-card")).to_contain_text(plan.first)
    plan.turn()
    assert plan.page.locator("fresh-plan").inner_text() == ""


def test_a_hidden_page_rests(plan: OpenPlan) -> None:
    show = """hidden => {
      Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    plan.page.evaluate(show, True)
    plan.person_does("done")
    assert plan.rests()
    with plan.page.expect_response(plan.page.url):
        plan.page.evaluate(show, False)
    expect(row(plan.page, plan.first)).to_be_visible()


def test_nothing_moves_under_the_finger(plan: OpenPlan) -> None:
    plan.page.locator("h1").hover()
    plan.page.mouse.down()
    plan.person_does("done")
    assert plan.rests()
    plan.page.mouse.up()
    assert plan.asks() == 200
    expect(row(plan.page, plan.first)).to_be_visible()


def test_a_finger_that_comes_while_the_answer_is_on_its_way(plan: OpenPlan) -> None:
    plan.person_does("done")
    plan.page.locator("h1").hover()
    with plan.page.expect_response(plan.page.url), plan.page.expect_request(plan.page.url):
        plan.page.evaluate(
            "() => { const ask = window.fetch; window.fetch = (...all) => {"
            " dispatchEvent(new PointerEvent('pointerdown')); window.fetch = ask;"
            " return ask(...all); }; }"
        )
        plan.turn()
    assert plan.rests()
    assert row(plan.page, plan.first).count() == 0
    plan.page.evaluate("() => dispatchEvent(new PointerEvent('pointerup'))")
    assert plan.asks() == 200
    expect(row(plan.page, plan.first)).to_be_visible()


def test_nothing_is_replaced_around_the_focus(plan: OpenPlan) -> None:
    link = plan.page.locator("main a").first
    link.focus()
    plan.person_does("done")
    assert plan.rests()
    expect(link).to_be_focused()
    link.blur()
    assert plan.asks() == 200
    expect(row(plan.page, plan.first)).to_be_visible()


def test_who_is_signed_out_asks_once_more_and_no_longer(plan: OpenPlan) -> None:
    plan.page.context.clear_cookies()
    assert plan.asks() == 303
    assert plan.rests()


def test_a_server_that_stumbles_is_asked_again(plan: OpenPlan) -> None:
    plan.page.route("**/today", lambda route: route.fulfill(status=503, body=""))
    assert plan.asks() == 503
    plan.page.unroute("**/today")
    assert plan.asks() == 304
