"""Half-typed words that the server did not take go once more when their page goes."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.offline.conftest import ORIGIN

FORM = """<kept-draft><form method="post" action="/words"><textarea name="said"></textarea></form>
<p class="kept-draft-said"></p><template><span>Kept.</span></template></kept-draft>"""
START = "() => import('/js/elements/kept-draft.js')"
ASK_FOR_ANSWERS = """() => {
    window.asked = [];
    window.fetch = () => new Promise((answer) => asked.push(answer));
}"""
"""Lets the test give the answers."""
LEAVE = "() => { dispatchEvent(new Event('pagehide')); }"


@pytest.mark.parametrize("status", [503, 401, 200], ids=["away", "signed out", "another page"])
def test_words_that_were_not_taken_go_again_when_the_page_goes(page: Page, status: int) -> None:
    answers, sent = [204, status], list[str]()

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=answers.pop())

    page.goto(ORIGIN)
    page.route(f"{ORIGIN}/words", answer)
    page.set_content(FORM)
    page.evaluate(START)
    with page.expect_response("**/words") as first:
        page.locator("textarea").fill("I have thought about it")
    assert first.value.status == status
    expect(page.locator(".kept-draft-said")).to_be_empty()
    with page.expect_response("**/words"):
        page.evaluate(LEAVE)
    expect(page.locator(".kept-draft-said")).to_have_text("Kept.")
    page.unroute(f"{ORIGIN}/words")
    assert len(sent) == 2
    assert all("I have thought about it" in each for each in sent)


def test_what_was_sent_meanwhile_does_not_go_again(page: Page) -> None:
    """A word that comes after the form itself would begin a new draft."""
    page.goto(ORIGIN)
    page.set_content(FORM)
    page.evaluate(ASK_FOR_ANSWERS)
    page.evaluate(START)
    page.locator("textarea").fill("I have thought about it")
    page.wait_for_function("() => asked.length === 1")
    page.evaluate("() => { document.forms[0].dispatchEvent(new Event('submit')); }")
    page.evaluate("() => asked[0](new Response(null, { status: 503 }))")
    page.evaluate(LEAVE)
    assert page.evaluate("() => asked.length") == 1
