"""A session that ended while the phone had no network: all is kept, for that person alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.gestures import button
from tests.proofs import rows
from tests.proofs.conftest import GivePhone
from tests.proofs.phones import LANGUAGES
from tests.proofs.story import Story
from tests.proofs.walking import Walker
from tests.proofs.world import Misfortunes, World

SIGN_IN = re.compile(r"/sign-in$")


@pytest.mark.parametrize("kind", LANGUAGES)
def test_it_goes_on_after_the_same_person_has_signed_in(
    kind: str, world: World, give_phone: GivePhone
) -> None:
    walker = with_kept_work(kind, world, give_phone)
    kept, _sent = walker.rows()
    sign_in(walker, world, walker.person)
    walker.wait_until_sent()
    taken = rows.taken_of(world.server.database, walker.person)
    assert {each.id for each in taken} == {each["id"] for each in kept}


@pytest.mark.parametrize("kind", LANGUAGES)
def test_nobody_else_can_see_or_send_it(kind: str, world: World, give_phone: GivePhone) -> None:
    walker = with_kept_work(kind, world, give_phone)
    kept, _sent = walker.rows()
    other = world.participant(1, 1, LANGUAGES[kind])
    sign_in(walker, world, other)
    walker.go("/today")
    expect(walker.page.locator("html")).to_have_attribute("data-person", f"{other}")
    expect(walker.page.locator(".kept-state")).to_have_count(0)
    task = world.tasks_of(other)[0]
    Story(walker, Misfortunes(walker.chance, world, is_fair=True), world.server.today).do(task)
    world.proxy.until(
        lambda: rows.taken_of(world.server.database, other), "what the other person said"
    )
    assert rows.taken_of(world.server.database, walker.person) == []
    assert walker.rows()[0] == kept

    sign_in(walker, world, walker.person)
    walker.wait_until_sent()
    taken = rows.taken_of(world.server.database, walker.person)
    assert {each.id for each in taken} == {each["id"] for each in kept}
    mine = {each.id for each in world.tasks_of(walker.person)}
    assert {each.wanted["task"] for each in taken} <= mine


def with_kept_work(kind: str, world: World, give_phone: GivePhone) -> Walker:
    """Give a phone with work that waits, and whose session has ended meanwhile."""
    walker = give_phone(kind, world.participant(1, 3, LANGUAGES[kind]))
    world.proxy.cut()
    story = Story(walker, Misfortunes(walker.chance, world, is_fair=True), world.server.today)
    story.do(world.tasks_of(walker.person)[0])
    world.server.end_sessions(walker.person)
    world.proxy.mend()
    walker.go("/today")
    expect(walker.page).to_have_url(SIGN_IN)
    assert len(walker.rows()[0]) == len(walker.ledger.taps)
    return walker


def sign_in(walker: Walker, world: World, person: int) -> None:
    """Sign a person in on the phone, with a new link."""
    walker.go(world.server.link(person))
    button(walker.page, walker.words.its_me).click()
    expect(walker.page).to_have_url(re.compile("/today$"))
