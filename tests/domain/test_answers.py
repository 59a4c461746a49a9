"""What the person answers: applied once and whole, and changed as often as they wish."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.proposing import ON_TUESDAY, Table
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.change import Answer, Change, HistoryEntry, Outcome
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.plan import Goal, Task

TOMORROW = "2026-11-24"


@pytest.fixture
def table(session: Session, cast: Cast, now: datetime) -> Table:
    """Let Cora and Ada sit down together."""
    return Table(session, cast, now)


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


@pytest.fixture
def move(table: Table, sweep: Task) -> Change:
    """Let Cora propose another time for it."""
    return table.propose("task.move", task=sweep.id, **ON_TUESDAY)


def lines(session: Session, change: Change) -> list[Outcome]:
    found = select(HistoryEntry).where(HistoryEntry.change_id == change.id)
    return [line.event for line in session.scalars(found.order_by(HistoryEntry.id))]


def test_yes_applies_it_by_the_same_code(table: Table, sweep: Task, move: Change) -> None:
    assert table.answer(move, said="yes") is Outcome.APPLIED
    assert sweep.at_time == time(14)
    assert (move.answer, move.answered_at) == (Answer.YES, table.now)
    assert lines(table.session, move) == [Outcome.PROPOSED, Outcome.APPLIED]
    assert table.waiting() == []


@pytest.mark.parametrize("said", ["not_now", "no", "talk"])
def test_every_other_answer_leaves_the_plan_as_it_is(
    table: Table, sweep: Task, move: Change, said: str
) -> None:
    table.answer(move, said=said)
    assert sweep.at_time == time(9)
    assert move.answer == said
    assert table.waiting() == []


@pytest.mark.parametrize("first", Answer)
@pytest.mark.parametrize("second", Answer)
def test_every_answer_can_be_changed_later(
    table: Table, sweep: Task, move: Change, first: Answer, second: Answer
) -> None:
    table.answer(move, said=first)
    table.answer(move, said=second)
    assert move.answer is second
    assert sweep.at_time == (time(14) if second is Answer.YES else time(9))


def test_a_yes_is_taken_back_only_where_nothing_else_came_since(
    table: Table, sweep: Task, move: Change
) -> None:
    table.answer(move, said="yes")
    table.ask(table.cast.ada, "task.move", task=sweep.id, **{**ON_TUESDAY, "at": "16:00"})
    with pytest.raises(RuleBroken, match="moved_on"):
        table.answer(move, said="no")
    table.session.expire_all()
    assert sweep.at_time == time(16)


def test_not_now_comes_back_on_its_day_and_not_before(table: Table, move: Change) -> None:
    table.answer(move, said="not_now", until=TOMORROW)
    assert table.waiting() == []
    table.now += timedelta(days=1)
    assert len(table.waiting()) == 1
    table.answer(move, said="no")
    assert table.waiting() == []
    assert move.comes_back_on is None


def test_not_now_until_the_person_says_so_never_comes_back_by_itself(
    table: Table, move: Change
) -> None:
    table.answer(move, said="not_now")
    table.now += timedelta(days=400)
    assert table.waiting() == []


def test_silence_is_never_yes(table: Table, sweep: Task, move: Change) -> None:
    table.now += timedelta(days=4000)
    assert len(table.waiting()) == 1
    assert move.answer is None
    assert sweep.at_time == time(9)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"said": "maybe"}, "unknown_answer"),
        ({"said": ""}, "unknown_answer"),
        ({"said": "not_now", "until": "soon"}, "unknown_answer"),
        ({"said": "not_now", "until": "2026-11-23"}, "not_a_later_day"),
        ({"said": "not_now", "until": "2027-11-26"}, "not_a_later_day"),
    ],
)
def test_an_answer_that_does_not_exist(
    table: Table, move: Change, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        table.answer(move, **more)


def test_lets_talk_reaches_a_human(table: Table, move: Change) -> None:
    table.answer(move, said="talk")
    [request] = table.session.scalars(select(HelpRequest))
    assert (request.about, request.about_change_id) == (HelpReason.TALK, move.id)


def test_this_is_a_problem_for_me_reaches_a_human(table: Table, sweep: Task) -> None:
    sweep.is_fixed_by_workplace = True
    asked = Asked(
        "moved", "task.move", {"task": sweep.id, **ON_TUESDAY}, factories.text("The shop opens.")
    )
    cast = table.cast
    assert changes.make(table.session, cast.cora, cast.ada, asked, table.now) is Outcome.APPLIED
    [made] = [each for each in table.session.scalars(select(Change)) if each.verb == "task.move"]
    assert made.person_is_told
    table.ask(cast.ada, "change.problem", change=made.id)
    [request] = table.session.scalars(select(HelpRequest))
    assert (request.about, request.about_change_id) == (HelpReason.PROBLEM, made.id)


def test_only_the_person_answers(table: Table, session: Session, move: Change) -> None:
    wanted = {"changes": [move.id], "answer": "yes", "until": None, "seen": table.seen(move)}
    for actor in (table.cast.cora, table.cast.mia, table.cast.ben):
        with pytest.raises(NotAllowed):
            table.ask(actor, "proposal.answer", **wanted)
    asked = Asked("from-ben", "proposal.answer", wanted)
    with pytest.raises(NotFound):
        changes.make(session, table.cast.ben, table.cast.ben, asked, table.now)
    assert move.answer is None


def test_one_yes_to_several_is_applied_whole_or_not_at_all(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", together=True, task=sweep.id, **ON_TUESDAY)
    stop = table.propose("task.stop", together=True, task=sweep.id, on="2026-12-01")
    cook = table.propose("goal.add", together=True, title={"en": "I cook."})
    table.ask(table.cast.cora, "proposal.send", proposal=move.proposal_id)
    page = table.seen(move, stop, cook)
    table.ask(table.cast.ada, "task.stop", task=sweep.id, on="2026-12-24")
    table.session.commit()
    with pytest.raises(RuleBroken, match="plan_moved_on"):
        table.answer(move, stop, cook, said="yes", seen=page)
    table.session.rollback()
    assert [each.answer for each in (move, stop, cook)] == [None, None, None]
    assert table.session.scalars(select(Goal)).all() == []
    table.answer(stop, cook, said="yes")
    assert sweep.stopped_on is not None
    assert sweep.stopped_on.isoformat() == "2026-12-01"
    assert len(table.session.scalars(select(Goal)).all()) == 1


def test_each_of_several_is_answered_alone(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", together=True, task=sweep.id, **ON_TUESDAY)
    cook = table.propose("goal.add", together=True, title={"en": "I cook."})
    table.ask(table.cast.cora, "proposal.send", proposal=move.proposal_id)
    table.answer(cook, said="yes")
    table.answer(move, said="no")
    assert sweep.at_time == time(9)
    assert len(table.session.scalars(select(Goal)).all()) == 1


def test_the_same_answer_sent_again_is_taken_once(table: Table, move: Change) -> None:
    page = table.seen(move)
    for _time in range(2):
        assert table.answer(move, said="yes", client_id="one-id", seen=page) is Outcome.APPLIED
    assert lines(table.session, move) == [Outcome.PROPOSED, Outcome.APPLIED]


def test_the_same_answer_under_another_id_changes_nothing_more(
    table: Table, sweep: Task, move: Change
) -> None:
    page = table.seen(move)
    table.answer(move, said="yes", seen=page)
    table.answer(move, said="yes", seen=page)
    assert lines(table.session, move) == [Outcome.PROPOSED, Outcome.APPLIED]
    assert [row["until"] for row in sweep.earlier] == [TOMORROW]
