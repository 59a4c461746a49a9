"""Two hundred marks in bad weather: server, phone and what the person was told agree exactly."""

import pytest

from tests.proofs import ledger, rows
from tests.proofs.conftest import IS_LONG, GivePhone
from tests.proofs.phones import CHROMIUM, FIREFOX, LANGUAGES
from tests.proofs.proxy import STORM
from tests.proofs.story import Story
from tests.proofs.walking import Walker
from tests.proofs.world import Misfortunes, World

STEPS = 10
TASKS = 60 if IS_LONG else 18
MARKS = TASKS * (STEPS + 1)
DEATHS = 20 if IS_LONG else 5
KILLS = 8 if IS_LONG else 2

ALWAYS = "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => %s });"
NEVER_TOLD = """for (const name of ["online", "offline"])
    addEventListener(name, (event) => event.stopImmediatePropagation(), true);"""
NO_SYNC = "delete window.SyncManager; delete window.ServiceWorkerRegistration?.prototype.sync;"
LIES = {
    CHROMIUM: [NO_SYNC, ALWAYS % "true", NEVER_TOLD],
    FIREFOX: [ALWAYS % "false", NEVER_TOLD],
}
"""What each browser pretends: that it can never sync by itself, that there is always a network,
that there never is one; and nobody is told when that changes."""


@pytest.mark.parametrize("kind", LANGUAGES)
def test_nothing_is_lost_doubled_or_untrue(kind: str, world: World, give_phone: GivePhone) -> None:
    person = world.participant(TASKS, STEPS, LANGUAGES[kind])
    walker = give_phone(kind, person, *LIES[kind])
    numbers = range(2, MARKS)
    deaths = set(walker.chance.sample(numbers, DEATHS))
    kills = set(walker.chance.sample(numbers, KILLS))
    misfortunes = Misfortunes(walker.chance, world, deaths, kills)
    story = Story(walker, misfortunes, world.server.today)
    for task in world.tasks_of(person):
        story.do(task)
    misfortunes.end()
    walker.go("/today")
    walker.wait_until_sent()

    seen = ledger.evidence(world.server.database, person, [walker.ledger], world.proxy.passages)
    assert not [*ledger.faults_of(seen), *walker.ledger.faults, *walker.phone.mistakes]
    assert len(walker.ledger.taps) >= MARKS
    all_agree(world, person, walker, seen.taken)
    the_weather_was_bad(world, walker)


def all_agree(world: World, person: int, walker: Walker, taken: list[rows.Taken]) -> None:
    """Compare what the phone remembers, what the plan shows, and what was said."""
    left, sent = walker.rows()
    assert left == []
    assert {each["id"] for each in sent} == {each.id for each in taken}
    marks = rows.marks_of(world.server.database, person)
    assert marks == rows.marks_after(taken)
    assert rows.ticks_of(world.server.database, person) == rows.ticks_after(taken)
    world.proxy.cut()
    walker.go("/today")
    walker.expect_marks(rows.marks_shown_of(world.server.database, person))


def the_weather_was_bad(world: World, walker: Walker) -> None:
    """A proof in good weather proves nothing."""
    missing = set(STORM) - set(world.proxy.counts)
    assert not missing, world.proxy.counts
    assert world.proxy.cuts > 1
    assert (walker.phone.deaths, world.server.kills) == (DEATHS, KILLS)
