"""A server that was set back to a copy of yesterday: phones send again what it has lost."""

import pytest

from tests.proofs import ledger, rows
from tests.proofs.conftest import GivePhone
from tests.proofs.phones import LANGUAGES
from tests.proofs.story import Story
from tests.proofs.world import Misfortunes, World

TASKS, STEPS = 4, 3


@pytest.mark.parametrize("kind", LANGUAGES)
def test_no_confirmed_mark_is_lost(kind: str, world: World, give_phone: GivePhone) -> None:
    person = world.participant(TASKS, STEPS, LANGUAGES[kind])
    walker = give_phone(kind, person)
    server, database = world.server, world.server.database
    story = Story(walker, Misfortunes(walker.chance, world, is_fair=True), server.today)
    first, *others = world.tasks_of(person)
    story.do(first)
    walker.wait_until_sent()
    copy = server.back_up()
    for task in others:
        story.do(task)
    walker.wait_until_sent()
    confirmed = {each.id: each.asked for each in rows.taken_of(database, person)}
    marks, ticks = rows.marks_of(database, person), rows.ticks_of(database, person)
    world.proxy.cut()

    server.restore(copy)
    assert len(rows.taken_of(database, person)) < len(confirmed)
    world.proxy.mend()
    walker.go("/today")
    world.proxy.until(
        lambda: len(rows.taken_of(database, person)) == len(confirmed), "all to be there again"
    )
    walker.wait_until_sent()
    seen = ledger.evidence(database, person, [walker.ledger], world.proxy.passages)
    assert {each.id: each.asked for each in seen.taken} == confirmed
    assert (rows.marks_of(database, person), rows.ticks_of(database, person)) == (marks, ticks)
    assert not [*ledger.faults_of(seen), *walker.ledger.faults, *walker.phone.mistakes]
