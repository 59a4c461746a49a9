"""A task on one day: what the person says of it, once, and what others may not say."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, rows
from webapp.models.change import HistoryEntry, Outcome
from webapp.models.mark import Mark, MarkState, StepTick
from webapp.models.plan import Step, Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]
DAY = factories.MONDAY.isoformat()


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9, with three steps."""
    task = factories.task(session, cast.ada, description=factories.text("Sweep it. Go slowly."))
    factories.steps(session, task, "I take the broom.", "I sweep.", "I put it back.")
    session.commit()
    return task


def address(task: Task, *more: str) -> str:
    return "/".join((f"/tasks/{task.id}/{DAY}", *more))


def states(database: Database) -> list[MarkState]:
    return [mark.state for mark in rows(database, Mark)]


def test_the_page_tells_all_of_a_task(ada: Visitor, sweep: Task) -> None:
    page = ada.get(address(sweep))
    assert page.title == "Sweep"
    for words in (
        "Today, Monday 23 November",
        "at 9 in the morning",
        "It takes 30 minutes",
        "Sweep it.",
        "You can ask Cora.",
        "+1 506 555 0101",
    ):
        assert words in page.words
    assert "tel:+15065550101" in page.links
    steps = page.main.all(class_="task-steps-step")
    assert [step.one("h2").words for step in steps] == [f"Step {n} of 3" for n in (1, 2, 3)]
    assert "I sweep." in steps[1].words


def test_done_and_taken_back(ada: Visitor, sweep: Task, database: Database) -> None:
    answer = ada.post(address(sweep, "done"))
    assert (answer.status, answer.location) == (303, "/today")
    assert states(database) == [MarkState.DONE]
    page = ada.follow(answer)
    assert page.notices == ["This is done."]
    assert address(sweep, "undo") in page.actions
    assert ada.follow(ada.post(address(sweep, "undo"))).notices == ["Everything is as before."]
    assert states(database) == []


def test_a_task_that_is_done_offers_undo_alone(ada: Visitor, sweep: Task) -> None:
    ada.post(address(sweep, "done"))
    page = ada.get(address(sweep))
    assert "Done" in page.main.one(class_="task-state").words
    assert address(sweep, "undo") in page.actions
    assert address(sweep, "done") not in page.actions
    assert address(sweep, "later") not in page.links


def test_not_today(ada: Visitor, sweep: Task, database: Database) -> None:
    page = ada.follow(ada.post(address(sweep, "not-today")))
    assert page.notices == ["This is not for today."]
    assert states(database) == [MarkState.NOT_TODAY]


def test_later_offers_moments_and_takes_one(ada: Visitor, sweep: Task, database: Database) -> None:
    page = ada.get(address(sweep, "later"))
    choices = {each["value"]: each.words for each in page.main.all("button", name="choice")}
    assert choices == {
        "2026-11-23T09:30": "Today at 9:30 in the morning",
        "2026-11-23T10:00": "Today at 10 in the morning",
        "2026-11-23T11:00": "Today at 11 in the morning",
        "2026-11-24T09:00": "Tomorrow at 9 in the morning",
        "2026-11-24": "Tomorrow, any time",
    }
    page = ada.follow(ada.post(address(sweep, "later"), choice="2026-11-23T10:00"))
    assert page.notices == ["This comes today at 10 in the morning."]
    assert "at 10 in the morning" in page.main.one(class_="now-card").words
    assert states(database) == [MarkState.LATER]


def test_later_until_tomorrow_at_any_time(ada: Visitor, sweep: Task, clock: Clock) -> None:
    ada.post(address(sweep, "later"), choice="2026-11-24")
    assert "Sweep" not in ada.get("/today").main.one(class_="empty-state").words
    clock.move(days=1)
    assert "Any time today" in ada.get("/today").words


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        ("2026-11-23T07:00", 409),
        ("2026-11-25T09:00", 409),
        ("2026-11-22", 409),
        ("2026-11-31", 400),
        ("2026-11-23T25:00", 400),
        ("soon", 400),
        ("", 400),
        (None, 400),
    ],
)
def test_a_moment_that_cannot_be(
    ada: Visitor, sweep: Task, database: Database, choice: str | None, status: int
) -> None:
    page = ada.post(address(sweep, "later"), choice=choice)
    assert page.status == status
    assert "/today" in page.links
    assert states(database) == []


def test_a_time_fixed_by_the_workplace(
    ada: Visitor, sweep: Task, session: Session, database: Database
) -> None:
    sweep.is_fixed_by_workplace = True
    session.commit()
    for page in (ada.get("/today"), ada.get(address(sweep))):
        assert address(sweep, "later") not in page.links
    assert "Your workplace chose this time." in ada.get(address(sweep)).words
    asked = ada.get(address(sweep, "later"))
    sent = ada.post(address(sweep, "later"), choice="2026-11-23T10:00")
    for page in (asked, sent):
        assert page.status == 409
        assert "Your workplace has fixed this time." in page.words
        assert "Nothing is lost." in page.words
    assert rows(database, Mark) == []


def test_a_step_is_ticked_and_the_tick_taken_back(
    ada: Visitor, sweep: Task, database: Database
) -> None:
    first = rows(database, Step)[0].id
    answer = ada.post(address(sweep, "steps", str(first), "tick"), ticked="1")
    assert (answer.status, answer.location) == (303, address(sweep))
    assert [tick.step_id for tick in rows(database, StepTick)] == [first]
    page = ada.follow(answer)
    assert "Done" in page.main.one(id="step-1").words
    ada.post(address(sweep, "steps", str(first), "tick"), ticked="0")
    assert rows(database, StepTick) == []


def test_a_step_of_another_task_is_not_here(
    ada: Visitor, sweep: Task, session: Session, cast: Cast
) -> None:
    [step] = factories.steps(session, factories.task(session, cast.ada, "Mop"), "I mop.")
    session.commit()
    page = ada.post(address(sweep, "steps", str(step.id), "tick"), ticked="1")
    assert page.status == 404


def test_the_same_change_sent_twice_is_made_once(
    ada: Visitor, sweep: Task, database: Database
) -> None:
    first = ada.post(address(sweep, "done"), change_id="one-and-the-same")
    ada.post(address(sweep, "undo"))
    again = ada.post(address(sweep, "done"), change_id="one-and-the-same")
    assert (again.status, again.location) == (first.status, first.location)
    assert states(database) == []
    assert len(rows(database, HistoryEntry)) == 2


def test_an_id_that_was_used_for_something_else(ada: Visitor, sweep: Task) -> None:
    ada.post(address(sweep, "done"), change_id="one-and-the-same")
    page = ada.post(address(sweep, "not-today"), change_id="one-and-the-same")
    assert page.status == 409
    assert "This was already sent." in page.words


@pytest.mark.parametrize("change_id", [None, "", "short", "x" * 65, "with a space", "é" * 10])
def test_a_change_needs_an_id(
    ada: Visitor, sweep: Task, database: Database, change_id: str | None
) -> None:
    for last in ("done", "undo", "not-today"):
        assert ada.post(address(sweep, last), change_id=change_id).status == 400
    assert rows(database, HistoryEntry) == []


def test_the_coach_is_refused_and_the_refusal_is_kept(
    visit: Visit, cast: Cast, sweep: Task, database: Database
) -> None:
    cora = visit(cast.cora)
    page = cora.get(address(sweep))
    assert page.actions == set()
    assert not any(link.endswith("later") for link in page.links)
    step = rows(database, Step)[0].id
    posts = {"done": {}, "undo": {}, "not-today": {}, "later": {"choice": "2026-11-24"}}
    for last, fields in {**posts, f"steps/{step}/tick": {"ticked": "1"}}.items():
        page = cora.post(address(sweep, last), **fields)
        assert page.status == 403
        assert page.title == "You cannot change this"
    lines = rows(database, HistoryEntry)
    assert {(line.event, line.actor_id, line.participant_id) for line in lines} == {
        (Outcome.REFUSED, cast.cora.id, cast.ada.id)
    }
    assert len(lines) == 5
    assert (rows(database, Mark), rows(database, StepTick)) == ([], [])


@pytest.mark.parametrize(
    "day", ["2026-11-22", "0001-01-01", "0000-01-01", "2026-02-30", "20261123", "２０２６-11-23"]
)
def test_a_day_without_the_task(ada: Visitor, sweep: Task, day: str) -> None:
    assert ada.get(f"/tasks/{sweep.id}/{day}").status == 404
    assert ada.post(f"/tasks/{sweep.id}/{day}/done").status == 404


def test_a_task_far_ahead_is_only_far_ahead(ada: Visitor, sweep: Task) -> None:
    page = ada.get(f"/tasks/{sweep.id}/9999-12-31")
    assert page.status == 200
    assert "Friday 31 December 9999" in page.words
    assert ada.get(f"/tasks/{sweep.id}/9999-12-31/later").status == 200


def test_what_comes_another_day_can_be_neither_put_off_nor_dropped_yet(
    ada: Visitor, sweep: Task
) -> None:
    page = ada.get(f"/tasks/{sweep.id}/2026-11-26")
    assert "Not today" not in [each.words for each in page.main.all("button")]
    assert not [each for each in page.main.all("a") if each["href"].endswith("/later")]


def test_undo_leads_back_to_where_it_was_pressed(ada: Visitor, sweep: Task) -> None:
    ada.post(address(sweep, "done"))
    ada.client.environ_base["HTTP_REFERER"] = "http://localhost/days"
    assert ada.post(address(sweep, "undo")).location == "/days"
    ada.client.environ_base["HTTP_REFERER"] = "https://example.org/days"
    assert ada.post(address(sweep, "undo")).location == "/today"
