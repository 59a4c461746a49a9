"""A whole day without a network: everything is done, the phone is closed, and all arrives once."""

from collections import Counter

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from tests.proofs import rows
from tests.proofs.conftest import GivePhone
from tests.proofs.phones import LANGUAGES
from tests.proofs.plans import title_of
from tests.proofs.walking import Walker
from tests.proofs.world import World
from webapp.models.change import Answer, Change, Receipt
from webapp.models.help import HelpRequest

STEPS = 3
GOAL = {"en": "I take the bus alone.", "fr": "Je prends le bus sans aide."}
KEPT = {"en": "Kept on this phone", "fr": "Gardé sur ce téléphone"}
NO_NETWORK = {"en": "No network", "fr": "Pas de réseau"}
HELP_REASON = 1


@pytest.mark.parametrize("kind", LANGUAGES)
def test_a_day_in_the_basement(kind: str, world: World, give_phone: GivePhone) -> None:
    language, server = LANGUAGES[kind], world.server
    person = world.participant(4, STEPS, language)
    server.propose(person, GOAL[language])
    walker = give_phone(kind, person)
    walker.phone.close()
    world.proxy.cut()
    server.kill()

    walker.phone.start()
    walker.go("/today")
    expect(walker.page.locator("html")).to_have_attribute("data-kept", "")
    expect(walker.page.locator(".now-card-title")).to_have_text(title_of(1, language))
    expect(walker.page.locator("body")).to_contain_text(NO_NETWORK[language])
    do_the_day(walker, world)
    said = len(walker.ledger.taps)
    assert said == STEPS + 6

    walker.hear()
    walker.phone.close()
    walker.phone.start()
    walker.go("/today")
    first, second, third, fourth = (task.id for task in world.tasks_of(person))
    day = f"{server.today}"
    marked = {(first, day): "done", (second, day): "done", (third, day): "not_today"}
    walker.expect_marks(marked)
    assert len(walker.rows()[0]) == said

    server.start()
    server.wait()
    world.proxy.mend()
    walker.go("/today")
    walker.wait_until_sent()
    everything_is_there_once(world, person)
    assert rows.marks_of(server.database, person) == {**marked, (fourth, day): "later"}
    walker.go("/today")
    walker.expect_marks(marked)
    assert not [*walker.ledger.faults, *walker.phone.mistakes]


def do_the_day(walker: Walker, world: World) -> None:
    """Do all that the day has, and what else a person may say."""
    page, words, language = walker.page, walker.words, walker.phone.language
    first, second, third, fourth = (
        f"/tasks/{task.id}/{world.server.today}" for task in world.tasks_of(walker.person)
    )
    walker.go(first)
    for number in range(1, STEPS + 1):
        walker.go(f"{first}#step-{number}")
        press(walker, page.locator(f"#step-{number}").get_by_role("button", name=words.step_done))
    expect(page.locator("#finish")).to_be_visible()
    press(walker, page.locator("#finish").get_by_role("button", name=words.done))

    walker.go("/today")
    card = page.locator(".now-card")
    expect(card.locator(".now-card-title")).to_have_text(title_of(2, language))
    press(walker, card.get_by_role("button", name=words.done))
    expect(page.locator("body")).to_contain_text(KEPT[language])
    walker.go(third)
    press(walker, page.locator("form[action$='/not-today'] button").filter(visible=True))
    walker.go(f"{fourth}/later")
    press(walker, page.locator("[name=choice]").last)
    walker.go("/choices")
    expect(page.locator("main")).to_contain_text(GOAL[language])
    press(walker, page.locator("[name=answer][value=yes]"))
    walker.go("/help/ask")
    page.locator(".help-reasons a").nth(HELP_REASON).click()
    press(walker, page.locator("form.help-form button").filter(visible=True).first)


def press(walker: Walker, button: Locator) -> None:
    """Press a button; without a network the screen says that it is kept, and no more."""
    walker.tap(button)
    assert set(walker.ledger.taps[-1].said) == {"waiting"}


def everything_is_there_once(world: World, person: int) -> None:
    """Look what the server has of the day."""
    wanted = select(Change).join(Receipt).where(Receipt.actor_id == person)
    with world.server.database.session(reading=True) as session:
        verbs = Counter(each.verb for each in session.scalars(wanted))
        answers = set(session.scalars(select(Change.answer).where(Change.participant_id == person)))
        calls = session.scalars(select(HelpRequest)).all()
    assert verbs == {
        "step.tick": STEPS,
        "task.done": 2,
        "task.not_today": 1,
        "task.later": 1,
        "proposal.answer": 1,
        "help.ask": 1,
    }
    assert Answer.YES in answers
    assert len(calls) == 1
