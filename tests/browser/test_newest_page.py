"""A kept page that stays when the server answers again: the newest one is offered, and waits."""

import threading

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sending
from tests.browser.conftest import OpenPhone
from tests.browser.kept_phone import title
from tests.browser.kept_site import Site
from tests.browser.stage import NOW, Stage
from tests.kept import kept
from tests.visitor import Visitor
from webapp.models.person import Language, Person

WORDS = {
    "fr": ("Pas de réseau", "Le réseau est revenu. Voir la page à jour"),
    "en": ("No network", "The network is back. Show the newest page"),
}
SIZES = {"usual": ((360, 800), 20), "smallest": ((320, 568), 32)}
LONGER_THAN_THE_SHORT_LIMIT_SECONDS = 1.5
TRY = """async () => {
  const heard = new Promise((done) => {
    document.addEventListener("outbox", ({ detail }) => detail.why !== undefined && done());
  });
  dispatchEvent(new Event("online"));
  await heard;
}"""
"""Lets the page try to reach the server, and waits until it knows."""
TOPS = """() => [...document.querySelectorAll("main *")]
  .map((each) => each.getBoundingClientRect().top)
  .filter((top) => top > 0 && top < innerHeight)"""
"""Where all that is on the screen begins."""
LINE = "network-line"


def opened(page: Page, stage: Stage, person: int, path: str = "/today") -> Page:
    """Open a page of a person as their phone keeps it, at the time of the stage."""
    with stage.database.session(reading=True) as session:
        whose = session.get_one(Person, person)
    html = kept(Visitor(stage.app, whose)).page(path)
    page.clock.install(time=NOW)
    page.route(f"**{path}", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(path)
    page.wait_for_function("() => !document.querySelector(':not(:defined)')")
    page.unroute(f"**{path}")
    return page


def words_of_the_line(page: Page) -> str:
    """Read what the line says now."""
    return " ".join(page.locator(LINE).inner_text().split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", WORDS)
def test_the_newest_page_is_offered_and_nothing_moves(
    stage: Stage, phone: OpenPhone, language: str, size: str
) -> None:
    (cut, back), (screen, text_size) = WORDS[language], SIZES[size]
    person = stage.newcomer(Language(language))
    stage.choose(person, text_size=text_size)
    page = opened(phone(person, language=language, size=screen), stage, person)
    expect(page.locator(LINE)).to_have_attribute("data-state", "offline")
    assert words_of_the_line(page) == cut
    before = page.evaluate(TOPS)
    page.evaluate(TRY)
    offer = page.locator(LINE).get_by_role("button")
    expect(offer).to_be_visible()
    assert words_of_the_line(page) == back
    assert page.evaluate(TOPS) == before
    assert page.evaluate("document.documentElement.scrollWidth") == screen[0]
    expect(page.locator("html[data-kept]")).to_have_count(1)
    offer.click()
    expect(page.locator("html:not([data-kept]) .now-card")).to_be_visible()


def test_what_waits_is_told_first_and_drafts_are_not(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    page = opened(phone(person, language="en"), stage, person)
    sending.keep(page, sending.item("Sweep", "Done", state="draft"))
    expect(page.locator(LINE)).to_have_attribute("data-state", "draft-offline")
    page.evaluate(TRY)
    expect(page.locator(LINE)).to_have_attribute("data-state", "back")
    page.evaluate(sending.CUT)
    sending.keep(page, sending.item("Mop", "Done"))
    expect(page.locator(LINE)).to_have_attribute("data-state", "waiting-offline")


def no_offer(page: Page) -> None:
    """Try to reach the server; the line says nothing then."""
    page.evaluate(TRY)
    expect(page.locator(LINE)).to_have_attribute("data-state", "")
    expect(page.locator(LINE).get_by_role("button")).to_be_hidden()


def test_a_page_from_the_server_is_the_newest(stage: Stage, phone: OpenPhone) -> None:
    page = phone(stage.newcomer(Language.EN), language="en")
    page.goto("/today")
    sending.cut(page)
    page.evaluate("() => { globalThis.fetch = globalThis.uncut; }")
    no_offer(page)


def test_what_was_begun_is_not_put_at_risk(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    page = opened(phone(person, language="en"), stage, person, "/help/ask/3")
    page.evaluate(TRY)
    expect(page.locator(LINE)).to_have_attribute("data-state", "back")
    page.locator("main textarea, main input[type=text]").first.fill("I am here")
    expect(page.locator(LINE)).to_have_attribute("data-state", "")
    no_offer(page)


def test_the_answer_to_a_form_is_not_asked_for_anew(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    no_offer(opened(phone(person, language="en"), stage, person, "/not-sent"))


def test_where_somebody_else_is_signed_in_nothing_is_offered(
    stage: Stage, phone: OpenPhone
) -> None:
    person = stage.newcomer(Language.EN)
    page = opened(phone(person, language="en"), stage, person)
    other = {"person": person + 1, "csrf": "token", "clock": 1, "knows_latest": True}
    page.route("**/outbox", lambda route: route.fulfill(json=other))
    no_offer(page)


def test_a_page_that_is_asked_for_anew_is_waited_for(reader: Page, site: Site) -> None:
    site.slow = {"/today"}
    assert [title(reader, "/today") for _time in range(2)] == ["1 /today kept first"] * 2
    threading.Timer(LONGER_THAN_THE_SHORT_LIMIT_SECONDS, site.go_on.set).start()
    reader.reload()
    assert reader.title() == "1 /today from the network first"
