"""Phones in real life: closed, started again, given another address, forgotten, and turned off."""

import pytest
from playwright.sync_api import expect

from tests.browser.gestures import button
from tests.push.mozilla import Mozilla
from tests.push.outside import FIREFOX, SAVED, Outside
from tests.push.watched import PATIENCE_SECONDS

ASK = """async (what) => {
    const { active } = await navigator.serviceWorker.ready;
    const answer = new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data);
        active.postMessage({ ask: what }, [port2]);
    });
    window.asked = [...(window.asked ?? []), answer];
}"""
"""Asks the worker as the pages do; the answers come to `window.asked`."""
LOSE_THE_ADDRESS = """async () => {
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription()).unsubscribe();
}"""
"""What emptying a browser's store does too: the app hears nothing of it."""


def test_a_message_waits_for_a_closed_browser(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)
    office = outside.service.office
    [box] = office.live_boxes()
    phone.close()
    office.until(lambda: not office.is_connected(box), "the browser to be gone")

    due = outside.next_reminder(person)
    assert not phone.desktop.notified
    phone.start()
    shown = phone.desktop.wait_for_one()
    with phone.context.expect_page() as opened:
        phone.desktop.click(shown)
    expect(opened.value).to_have_url(due.address)
    expect(opened.value.locator("h1")).to_have_text(due.title)


def test_a_phone_that_lost_its_address_is_let_go_and_comes_back(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)
    page.evaluate(LOSE_THE_ADDRESS)

    outside.next_reminder(person)
    assert outside.service.office.answers == [410]
    assert outside.endpoints(person) == []
    phone.context.new_page().goto("/today")
    outside.until_answered(lambda: outside.endpoints(person), "the phone to be known again")
    outside.next_reminder(person)
    assert phone.desktop.wait_for_one().summary == outside.words.reminder


def test_a_phone_gets_nothing_after_reminders_were_stopped_there(outside: Outside) -> None:
    person = outside.newcomer()
    (first, page), (second, other_page) = outside.phone(person), outside.phone(person)
    outside.remind_me(page)
    [before] = outside.service.office.live_boxes()
    page.goto("/me/reminders/stop")
    button(page, outside.words.stop).click()
    outside.service.office.until(lambda: before.is_gone, "the browser to end its subscription")

    outside.remind_me(other_page)
    outside.next_reminder(person)
    assert sorted(outside.service.office.answers) == [201, 410]
    assert len(outside.endpoints(person)) == 1
    second.desktop.wait_for_one()
    assert not first.desktop.notified


def test_a_phone_that_is_taken_off_the_list_ends_its_subscription(outside: Outside) -> None:
    person = outside.newcomer()
    _phone, page = outside.phone(person)
    outside.remind_me(page)
    [box] = outside.service.office.live_boxes()

    page.goto("/me/reminders/phones")
    page.locator("main a[href$='/remove']").click()
    page.locator("main form [type=submit], main form button").first.click()
    outside.service.office.until(lambda: box.is_gone, "the browser to end its subscription")
    assert outside.endpoints(person) == []


def test_a_phone_asks_again_when_our_key_has_changed(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)
    [box], [before] = outside.service.office.live_boxes(), outside.endpoints(person)
    page.goto("/today")

    outside.take_another_key()
    phone.context.new_page().goto("/today")
    outside.until_answered(lambda: outside.endpoints(person) != [before], "the new address")
    assert box.is_gone
    outside.next_reminder(person)
    assert phone.desktop.wait_for_one().summary == outside.words.reminder


def test_what_is_asked_at_once_is_done_one_by_one(outside: Outside) -> None:
    person = outside.newcomer()
    _phone, page = outside.phone(person)
    outside.remind_me(page)
    page.evaluate(LOSE_THE_ADDRESS)
    outside.next_reminder(person)
    outside.answered.clear()

    with outside.overtaking(SAVED) as is_held:
        page.evaluate(ASK, "repair")
        assert is_held.wait(PATIENCE_SECONDS)
        page.evaluate(ASK, "connect")
        assert page.evaluate("Promise.all(window.asked)") == ["done"] * 2
    [box] = outside.service.office.live_boxes()
    [endpoint] = outside.endpoints(person)
    assert endpoint.endswith(box.token)


@pytest.mark.parametrize("kind", [FIREFOX], indirect=True)
def test_a_worker_gives_its_new_address_by_itself(outside: Outside) -> None:
    person = outside.newcomer()
    phone, page = outside.phone(person)
    outside.remind_me(page)
    [before] = outside.endpoints(person)
    page.goto("about:blank")

    assert isinstance(outside.service.office, Mozilla)
    outside.service.office.forget()
    outside.until_answered(
        lambda: outside.endpoints(person) not in ([before], []), "the new address"
    )
    outside.next_reminder(person)
    assert phone.desktop.wait_for_one().summary == outside.words.reminder
