"""How pages are made for a phone that keeps them: for another day, small, and never by a client."""

import gzip
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from flask import Flask, g
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import NOW, Clock
from tests.kept import ask, kept
from tests.visitor import Visitor
from webapp.domain import plans
from webapp.domain.days import get_occurrence
from webapp.domain.later import later_choices
from webapp.models.person import Person
from webapp.models.plan import Task
from webapp.web.who import KEEPING, Keeping, is_kept, now
from webapp.web.zone_offsets import zone_offsets

Visit = Callable[..., Visitor]

LARGEST_BYTES = 500 * 1000
"""Standards K2: everything that is kept, without photos."""
SAMPLES = Path(__file__).parent.parent / "samples"
WEDNESDAY = "2026-11-25"


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada something to do every day at 9."""
    task = factories.task(session, cast.ada)
    session.commit()
    return task


def test_now_is_the_beginning_of_the_day_that_is_looked_at(app: Flask) -> None:
    begins = datetime(2026, 11, 25, 5, tzinfo=UTC)
    for keeping, expected in (
        (Keeping(date(2026, 11, 25), begins, False), begins),
        (Keeping(date(2026, 11, 23), None, False), NOW),
    ):
        with app.test_request_context("/", environ_overrides={KEEPING: keeping}):
            assert (now(), is_kept()) == (expected, True)
    with app.test_request_context("/"):
        assert (now(), is_kept()) == (NOW, False)


def test_no_client_can_ask_for_another_day(visit: Visit, cast: Cast, sweep: Task) -> None:
    ada = visit(cast.ada)
    page = ada.get("/today", **{KEEPING: "yes", "webapp_keeping": "yes", "keeping": "yes"})
    assert "data-as-of" not in page.text
    assert page.title == "Today, Monday 23 November"


def shown(visitor: Visitor, path: str, as_of: str | None = None) -> str:
    """Return the words of a kept page, without its templates."""
    html = kept(visitor).page(path, as_of)
    return re.sub(r"<template.*?</template>|<[^>]*>|\s+", " ", html, flags=re.DOTALL)


def test_each_day_has_its_own_today(visit: Visit, cast: Cast, sweep: Task) -> None:
    ada = visit(cast.ada)
    assert "Today, Monday 23 November" in shown(ada, "/today")
    assert "Today, Wednesday 25 November" in shown(ada, "/today", WEDNESDAY)
    assert "Today, Wednesday 25 November" in shown(ada, "/days", WEDNESDAY)
    assert f"/tasks/{sweep.id}/{WEDNESDAY}/done" in kept(ada).page("/today", WEDNESDAY)


def test_what_is_looked_at_on_many_days_calls_none_today(
    visit: Visit, session: Session, cast: Cast, sweep: Task, now: datetime
) -> None:
    factories.help_request(session, cast.ada, now)
    cast.cora.answers_on, cast.cora.answers_from = "MO,TU", time(8)
    cast.cora.answers_until = time(18)
    session.add(cast.cora)
    session.commit()
    ada = visit(cast.ada)
    assert "Today, Monday" in ada.get(f"/tasks/{sweep.id}/2026-11-23").words
    for path in (f"/tasks/{sweep.id}/2026-11-23", "/days/2026-11-23"):
        assert "Today, Monday" not in shown(ada, path)
        assert "Monday 23 November" in shown(ada, path)
    assert "Cora answers" in ada.get("/help").words
    assert "Cora answers" not in shown(ada, "/help")
    assert "Asked on Monday 23 November at 8 in the morning." in shown(ada, "/help").replace(
        "\u00a0", " "
    )
    assert "Now" in ada.get("/days").words
    assert "timeline-now" not in kept(ada).page("/days")


def test_a_kept_today_holds_each_thing_in_every_state(
    visit: Visit, cast: Cast, sweep: Task
) -> None:
    html = kept(visit(cast.ada)).page("/today")
    [template] = re.findall(r"<template data-occurrence.*?</template>", html, flags=re.DOTALL)
    subject = f"task-{sweep.id}-2026-11-23"
    for part in (
        f'data-occurrence="{subject}"',
        'data-at="540" data-ends="570" data-minutes="30" data-mark=""',
        '<article class="now-card"',
        '<li class="task-row" data-subject',
        'data-state="done"',
        'data-state="not_today"',
        "From earlier today",
    ):
        assert part in template, part
    assert "<day-plan" not in visit(cast.ada).get("/today").text


def test_a_coach_has_no_buttons_on_the_kept_day(visit: Visit, cast: Cast, sweep: Task) -> None:
    html = kept(visit(cast.cora)).page(f"/people/{cast.ada.id}/today")
    assert "<day-plan" in html
    assert "/done" not in html


def test_later_is_offered_for_the_whole_day(session: Session, cast: Cast, sweep: Task) -> None:
    ada = session.get_one(Person, cast.ada.id)
    task = session.get_one(Task, sweep.id)
    found = get_occurrence(session, task, factories.MONDAY)
    usual = later_choices(found, ada, NOW)
    whole = later_choices(found, ada, NOW, for_later=True)
    assert [at for _day, at in usual] == [time(9, 30), time(10), time(11), time(9), None]
    today = [at for day, at in whole if day == factories.MONDAY]
    assert today == [time(9, 30), time(10), time(11), *(time(hour) for hour in range(12, 22))]
    assert whole[-2:] == usual[-2:]


def test_what_is_kept_can_be_done_on_its_own_day_only(
    visit: Visit, cast: Cast, sweep: Task
) -> None:
    pack = kept(visit(cast.ada))
    today, wednesday = (pack.page(f"/tasks/{sweep.id}/{x}") for x in ("2026-11-23", WEDNESDAY))
    assert "<on-the-day" not in today
    assert "/later" in today
    [waits] = re.findall(r"<on-the-day.*?</on-the-day>", wednesday, flags=re.DOTALL)
    offsets = zone_offsets("America/Toronto", factories.MONDAY)
    assert f'data-day="{WEDNESDAY}" data-offsets="{offsets}"' in waits
    assert "/later" in waits
    assert "/not-today" in waits
    assert f"/tasks/{sweep.id}/{WEDNESDAY}/later" not in wednesday.replace(waits, "")


def test_a_pause_is_chosen_without_another_page(visit: Visit, cast: Cast) -> None:
    html = kept(visit(cast.ada)).page("/me/pace/pause")
    assert len(re.findall(r'name="until" value="2026-[\d-]+"', html)) >= 4
    assert "?until=" not in html


def weight(visitor: Visitor) -> int:
    """Return what a phone keeps, as it keeps it: files as they are, pages made small."""
    answer = ask(visitor)
    files = (visitor.client.get(path) for path in answer.json["files"])
    return len(gzip.compress(answer.data, 6)) + sum(len(file.data) for file in files)


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.json")))
def test_what_is_kept_of_a_plan_is_small(visit: Visit, session: Session, name: str) -> None:
    content = (SAMPLES / f"{name}.json").read_bytes()
    person = plans.add_plan(session, plans.read(content).plan, NOW)
    session.commit()
    assert weight(visit(person)) <= LARGEST_BYTES


def test_what_is_kept_of_a_full_plan_is_small(visit: Visit, session: Session, cast: Cast) -> None:
    for number in range(20):
        words = f"I clean room {number} and put the towels number {number} on the shelf."
        task = factories.task(
            session,
            cast.ada,
            f"Room {number}",
            at_time=time(6 + number // 2, 30 * (number % 2)),
            position=number,
            description=factories.text(words),
        )
        factories.steps(session, task, *(f"{part}: {words}" for part in "ABCDEF"))
    session.commit()
    visitor = visit(cast.ada)
    assert len(kept(visitor)["pages"]) > 300
    assert weight(visitor) <= LARGEST_BYTES


def test_the_pages_of_a_day_that_begins_late_are_of_that_day(
    visit: Visit, session: Session, cast: Cast, clock: Clock
) -> None:
    """In Cairo, the clocks leap from midnight to 1 on 24 April 2026."""
    clock.now = datetime(2026, 4, 22, 12, tzinfo=UTC)
    cast.ada.time_zone = "Africa/Cairo"
    session.add(cast.ada)
    session.commit()
    pack = kept(visit(cast.ada))
    assert "Friday 24 April" in pack.page("/today", "2026-04-24").replace("\u00a0", " ")


def test_a_page_outside_a_request_is_not_kept(app: Flask) -> None:
    with app.app_context():
        assert now() == NOW
        assert not is_kept()
        assert g.now == NOW
