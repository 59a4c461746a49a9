"""When a page comes from the network, and when from the phone: with a site that can fail."""

import threading

import pytest
from playwright.sync_api import Page

from tests.browser.kept_phone import SEND, TOLD, ask, is_unreachable, title
from tests.browser.kept_site import NO_ANSWER, POLICY, Site

LONGER_THAN_THE_LIMIT_SECONDS = 3.5


def test_with_a_network_pages_come_from_there(reader: Page, site: Site) -> None:
    assert title(reader, "/today") == "1 /today from the network first"
    assert title(reader, "/unknown") == "1 /unknown from the network first"


def test_without_a_network_they_come_from_the_phone(reader: Page, site: Site) -> None:
    site.close()
    assert title(reader, "/today") == "1 /today kept first"
    assert title(reader, "/help?reason=1#top") == "1 /help kept first"
    assert title(reader, "/") == "1 /today kept first"
    assert title(reader, "/tasks/7") == "1 /not-kept kept first"
    assert reader.evaluate("document.scripts.length") == 1
    assert ask(reader, "kept")["person"] == "1"


def test_a_kept_page_is_as_closed_as_one_from_the_server(reader: Page, site: Site) -> None:
    site.close()
    answer = reader.goto("/today")
    assert answer
    assert answer.from_service_worker
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_is_away_is_no_network(reader: Page, site: Site, status: int) -> None:
    site.broken = {"/today": status, "/unknown": status}
    assert title(reader, "/today") == "1 /today kept first"
    assert title(reader, "/unknown") == "1 /not-kept kept first"


@pytest.mark.parametrize("status", [403, 404, 500])
def test_any_other_answer_is_shown(reader: Page, site: Site, status: int) -> None:
    site.broken = {"/today": status}
    answer = reader.goto("/today")
    assert answer
    assert answer.status == status


def test_a_page_that_takes_too_long_comes_from_the_phone(reader: Page, site: Site) -> None:
    site.slow = {"/today", "/help"}
    assert title(reader, "/today") == "1 /today kept first"
    assert title(reader, "/help") == "1 /help kept first"
    site.go_on.set()
    assert title(reader, "/today") == "1 /today from the network first"


def test_what_follows_a_form_is_waited_for(reader: Page, site: Site) -> None:
    reader.goto("/help")
    site.slow = {"/today"}
    threading.Timer(LONGER_THAN_THE_LIMIT_SECONDS, site.go_on.set).start()
    with reader.expect_navigation(url="**/today"):
        reader.evaluate(SEND)
    assert reader.title() == "1 /today from the network first"


def test_what_is_not_kept_is_waited_for(reader: Page, site: Site) -> None:
    site.slow = {"/unknown"}
    threading.Timer(LONGER_THAN_THE_LIMIT_SECONDS, site.go_on.set).start()
    assert title(reader, "/unknown") == "1 /unknown from the network first"


def test_a_form_goes_to_the_server_or_nowhere(reader: Page, site: Site) -> None:
    reader.goto("/help")
    site.close()
    with reader.expect_navigation():
        reader.evaluate(SEND)
    assert reader.title() == "1 /not-sent kept first"
    site.open()
    assert site.count("POST", "/help") == 0
    reader.goto("/help")
    with reader.expect_navigation(url="**/today"):
        reader.evaluate(SEND)
    assert site.count("POST", "/help") == 1
    assert reader.title() == "1 /today from the network first"


@pytest.mark.parametrize("cut", ["no network", "502"])
def test_a_form_that_does_not_get_through_stays_with_all_that_was_written(
    reader: Page, site: Site, cut: str
) -> None:
    site.said = NO_ANSWER
    reader.goto("/write")
    reader.locator("input").fill("I have thought about it")
    site.close() if cut == "no network" else site.broken.update({"/write": 502})
    for _time in range(2):
        reader.evaluate(SEND)
        assert reader.evaluate(TOLD) == ["Nothing answers.", "I have thought about it"]
    if cut == "no network":
        site.open()
    site.broken.clear()
    with reader.expect_navigation(url="**/today"):
        reader.evaluate(SEND)


def test_sign_in_is_never_touched(reader: Page, site: Site) -> None:
    site.broken = {"/sign-in": 503}
    answer = reader.goto("/sign-in")
    assert answer
    assert answer.status == 503
    assert not answer.from_service_worker
    site.close()
    assert is_unreachable(reader, "/sign-in")


def test_the_question_before_signing_out_needs_a_network(reader: Page, site: Site) -> None:
    site.close()
    assert title(reader, "/sign-in/out") == "1 /not-kept kept first"


def test_a_file_of_another_release_comes_from_the_one_that_is_kept(
    reader: Page, site: Site
) -> None:
    site.close()
    reader.goto("/today")
    script = "address => fetch(address).then(({ status }) => status)"
    assert reader.evaluate(script, "/static/older/js/start.js") == 200
