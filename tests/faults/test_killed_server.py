"""The server is killed in the middle of requests: every item is applied once, and none is lost."""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from tests import factories
from tests.faults.phones import Phone, Progress, last_words, sending
from tests.faults.senders import settings
from tests.faults.servers import DyingServer, free_port
from tests.visitor import rows
from webapp.clock import utc_now
from webapp.domain.repeats import today_in
from webapp.models.change import Change, Outcome, Receipt
from webapp.models.mark import Mark, StepTick
from webapp.models.person import Person, Role
from webapp.models.plan import Task
from webapp.web.database import Database

PEOPLE = 2
PHONES = 2
ITEMS = 24
LONGEST_SECONDS = 60
KILLS = ("one", "all", "one", "all")
"""One of the processes that answer, or the server with all of them."""

THEMES = ("light", "dark", "contrast")


def test_what_was_said_to_be_taken_is_there_once(
    seed: int,
    app: Flask,
    session: Session,
    database: Database,
    migrated_url: str,
    tmp_path: Path,
) -> None:
    chance, port = random.Random(seed), free_port()  # noqa: S311 - it comes again, no secret
    owners = [owner(session, app, number, port, chance) for number in range(PEOPLE)]
    session.commit()
    phones = [phone for _person, _task, some in owners for phone in some]
    progress, every = Progress(), len(phones) * ITEMS
    with (
        DyingServer(port, tmp_path, settings(migrated_url, tmp_path)) as server,
        sending(phones, seed, progress),
    ):
        for number, kill in enumerate(KILLS, start=1):
            soon = every * number // (len(KILLS) + 1) - chance.randrange(8)
            assert progress.wait_for(soon, LONGEST_SECONDS), server.said.read_text("utf-8")
            if kill == "one":
                server.kill_one(chance)
            else:
                server.kill_and_begin_again()
        assert progress.wait_for(every, LONGEST_SECONDS), server.said.read_text("utf-8")
    assert sum(phone.lost for phone in phones) > 0, "nothing was ever lost on its way"
    every_item_counts_once(database, phones)
    for person, task, some in owners:
        everything_stands_as_it_was_said_last(database, person, task, some)


def owner(
    session: Session, app: Flask, number: int, port: int, chance: random.Random
) -> tuple[Person, Task, list[Phone]]:
    """Make somebody with a task and two phones, on which much was said without a network."""
    person = factories.person(session, f"Ada {number}", Role.PARTICIPANT, utc_now())
    today = today_in(person.time_zone, utc_now())
    task = factories.task(session, person, starts_on=today)
    steps = [step.id for step in factories.steps(session, task, "I look.", "I sweep.")]
    phones = [Phone(app, session, person, port) for _phone in range(PHONES)]
    for phone in phones:
        for _item in range(ITEMS):
            day = today + timedelta(days=chance.randrange(3))
            say_something(phone, chance, f"/tasks/{task.id}/{day}", str(day), chance.choice(steps))
    return person, task, phones


def say_something(phone: Phone, chance: random.Random, task: str, day: str, step: int) -> None:
    """Mark a task, tick a step, or choose colours."""
    what = chance.randrange(3)
    if what == 0:
        state = chance.choice(["done", "not-today"])
        phone.say(f"{task}/{state}", f"mark {day}", state.replace("-", "_"))
    elif what == 1:
        ticked = chance.choice(["1", "0"])
        phone.say(f"{task}/steps/{step}/tick", f"tick {step} {day}", ticked, ticked=ticked)
    else:
        theme = chance.choice(THEMES)
        phone.say("/me/theme", "theme", theme, value=theme)


def every_item_counts_once(database: Database, phones: list[Phone]) -> None:
    said = {(phone.person_id, item.id) for phone in phones for item in phone.items}
    kept = rows(database, Receipt)
    assert {(each.actor_id, each.client_id) for each in kept} == said
    assert len(rows(database, Change)) == len(kept) == len(said)
    outcomes = {each.id: each.outcome for each in rows(database, Change)}
    found = {each.client_id: outcomes[each.change_id or 0] for each in kept}
    for phone in phones:
        for name, answer in phone.answers.items():
            assert (answer["state"], answer["outcome"]) == ("taken", found[name])
    assert Counter(outcomes.values()).keys() <= {Outcome.APPLIED, Outcome.OVERTAKEN}


def everything_stands_as_it_was_said_last(
    database: Database, person: Person, task: Task, phones: list[Phone]
) -> None:
    last = last_words(phones)
    marks = {
        f"mark {each.day}": each.state.value
        for each in rows(database, Mark)
        if each.task_id == task.id
    }
    assert marks == {about: says for about, says in last.items() if about.startswith("mark")}
    ticks = {f"tick {each.step_id} {each.day}" for each in rows(database, StepTick)}
    wanted = {about for about, says in last.items() if about.startswith("tick") and says == "1"}
    assert {each for each in ticks if each in last} == wanted
    [kept] = [each for each in rows(database, Person) if each.id == person.id]
    assert kept.theme.value == last.get("theme", "system")
