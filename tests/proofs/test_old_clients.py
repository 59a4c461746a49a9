"""A phone whose app is two versions old is understood: what it sends counts, once."""

import secrets

import pytest

from tests.proofs import rows
from tests.proofs.plain import PlainPhone
from tests.proofs.world import World
from webapp.models.change import Outcome


@pytest.fixture
def person(world: World) -> int:
    """Give a person with a plan."""
    return world.participant(2, 2, "en")


@pytest.fixture
def phone(world: World, person: int) -> PlainPhone:
    """Give the person's phone."""
    return PlainPhone(world.proxy.url, person, world.server.link(person))


def test_what_an_old_phone_sends_is_taken_once(
    world: World, person: int, phone: PlainPhone
) -> None:
    first, second = world.tasks_of(person)
    day, change = world.server.today, secrets.token_urlsafe(16)
    tick = f"/tasks/{first.id}/{day}/steps/{first.steps[0]}/tick"
    said = [phone.send(tick, change, ticked="1") for _twice in range(2)]
    assert [each["state"] for each in said] == ["taken", "taken"]
    assert {each["change"] for each in said} == {change}
    assert said[0]["clock"] == said[1]["clock"]
    assert phone.send(f"/tasks/{second.id}/{day}/done")["state"] == "taken"

    taken = rows.taken_of(world.server.database, person)
    assert [each.verb for each in taken] == ["step.tick", "task.done"]
    assert rows.ticks_of(world.server.database, person) == {first.steps[0]}


def test_old_and_new_phones_agree_on_the_order(
    world: World, person: int, phone: PlainPhone
) -> None:
    task, day = world.tasks_of(person)[0], world.server.today
    new = PlainPhone(world.proxy.url, person, world.server.link(person))
    done, not_today = (f"/tasks/{task.id}/{day}/{what}" for what in ("done", "not-today"))
    seen = new.outbox()["clock"]
    assert phone.send(not_today)["outcome"] == Outcome.APPLIED
    assert new.send(done, clock=seen + 9)["outcome"] == Outcome.APPLIED
    assert new.send(not_today, clock=seen + 8)["outcome"] == Outcome.OVERTAKEN
    assert rows.marks_of(world.server.database, person) == {(task.id, f"{day}"): "done"}
    assert phone.send(not_today)["outcome"] == Outcome.APPLIED


def test_what_can_never_be_done_is_said_for_good(world: World, phone: PlainPhone) -> None:
    said = phone.send(f"/tasks/999/{world.server.today}/done")
    assert said["state"] == "refused"
    assert said["words"]
