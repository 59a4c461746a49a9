"""Two phones of one person, each with its own network: both end up with what was said last."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import expect

from tests.proofs import ledger, rows
from tests.proofs.conftest import GivePhone
from tests.proofs.phones import CHROMIUM, FIREFOX
from tests.proofs.proxy import FAIR, STORM, Proxy, free_port
from tests.proofs.story import Story
from tests.proofs.walking import Walker
from tests.proofs.world import Misfortunes, World
from webapp.models.change import Outcome

LANGUAGE = "en"
TASKS, STEPS = 4, 3
MARKS = TASKS * (STEPS + 1)
OPENINGS = 3
"""How often each phone is opened while the network is bad."""

ENDINGS = {"done": 1, "not_today": 1, "later": 1}


@pytest.fixture
def other_proxy(world: World) -> Iterator[Proxy]:
    """Give the network of the second phone."""
    with Proxy(free_port(), world.server.port, world.seed + 1) as proxy:
        yield proxy


def test_both_end_with_what_was_said_last(
    world: World, other_proxy: Proxy, give_phone: GivePhone
) -> None:
    person = world.participant(TASKS, STEPS, LANGUAGE)
    networks = {
        world.proxy: give_phone(CHROMIUM, person, language=LANGUAGE),
        other_proxy: give_phone(FIREFOX, person, site=other_proxy.url, language=LANGUAGE),
    }
    for proxy, walker in networks.items():
        proxy.cut()
        luck = Misfortunes(walker.chance, world, {walker.chance.randrange(2, MARKS)}, is_fair=True)
        story = Story(walker, luck, world.server.today, ENDINGS)
        for task in world.tasks_of(person):
            story.do(task)
    for proxy, walker in networks.items():
        proxy.weather = STORM
        proxy.mend()
        for _time in range(OPENINGS):
            walker.go("/today")
        proxy.weather = FAIR
        walker.go("/today")
        walker.wait_until_sent()
    all_agree(world, person, networks)


def all_agree(world: World, person: int, networks: Mapping[Proxy, Walker]) -> None:
    """Compare what the phones show, what the plan says, and what was said last."""
    walkers, database = networks.values(), world.server.database
    passages = [passage for proxy in networks for passage in proxy.passages]
    seen = ledger.evidence(database, person, [each.ledger for each in walkers], passages)
    mistakes = [
        mistake for each in walkers for mistake in (*each.ledger.faults, *each.phone.mistakes)
    ]
    assert not [*ledger.faults_of(seen), *mistakes]
    marks = rows.marks_of(database, person)
    assert marks == rows.marks_after(seen.taken)
    assert rows.ticks_of(database, person) == rows.ticks_after(seen.taken)
    assert {each.outcome for each in seen.taken} <= {Outcome.APPLIED, Outcome.OVERTAKEN}
    for walker in walkers:
        walker.go("/today")
        walker.expect_marks(rows.marks_shown_of(database, person))


def test_an_older_choice_that_comes_later_undoes_nothing(
    world: World, other_proxy: Proxy, give_phone: GivePhone
) -> None:
    person = world.participant(1, 1, LANGUAGE)
    first = give_phone(CHROMIUM, person, language=LANGUAGE)
    second = give_phone(FIREFOX, person, site=other_proxy.url, language=LANGUAGE)
    [task] = world.tasks_of(person)
    path, place = f"/tasks/{task.id}/{world.server.today}", (task.id, f"{world.server.today}")
    world.proxy.cut()
    press(first, path, "not-today")

    press(second, path, "done")
    second.wait_until_sent()
    press(second, path, "undo")
    second.wait_until_sent()
    press(second, path, "done")
    second.wait_until_sent()
    world.proxy.mend()
    first.go("/today")
    first.wait_until_sent()
    assert rows.marks_of(world.server.database, person) == {place: "done"}
    first.go("/today")
    expect(
        first.page.locator(f".task-row[data-subject='task-{task.id}-{place[1]}']")
    ).to_have_attribute("data-state", "done")


def press(walker: Walker, path: str, what: str) -> None:
    """Say something of a task on its page."""
    walker.go(path)
    walker.tap(walker.page.locator(f"form[action$='/{what}'] button").filter(visible=True).first)
