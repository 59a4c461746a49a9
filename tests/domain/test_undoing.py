"""Whose it is to take something back, and in which order."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.door import Door
from webapp.domain import days
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.change import Answer, Change, HistoryEntry, Outcome, Proposal
from webapp.models.help import HelpRequest
from webapp.models.plan import Goal, NextStep
from webapp.web.database import Database

STEP = {"title": {"en": "I ask for an hour."}, "description": {}, "picture": None}


@pytest.fixture
def door(session: Session, cast: Cast, now: datetime) -> Door:
    """Give the door to Ada's plan."""
    return Door(session, cast.ada, now)


@pytest.fixture
def goal(session: Session, cast: Cast) -> Goal:
    """Give Ada a goal."""
    return factories.goal(session, cast.ada)


def test_what_the_person_said_yes_to_a_coach_only_proposes_to_take_back(
    door: Door, cast: Cast, goal: Goal
) -> None:
    cast.ada.welcomed_at = None
    door.session.flush()
    assert door.ask(cast.cora, "next_step.add", goal=goal.id, **STEP) is Outcome.PROPOSED
    added = door.last()
    cast.ada.welcomed_at = door.now
    door.session.flush()
    door.does("proposal.answer", changes=[added.id], answer="yes")
    assert door.ask(cast.cora, "change.undo", change=added.id) is Outcome.PROPOSED
    assert added.answer is Answer.YES


def test_a_coach_does_not_take_away_what_the_person_has_chosen(
    door: Door, session: Session, cast: Cast, goal: Goal
) -> None:
    door.ask(cast.cora, "next_step.add", goal=goal.id, **STEP)
    added = door.last()
    step = session.scalars(select(NextStep).where(NextStep.change_id == added.id)).one()
    door.does("next_step.choose", next_step=step.id)
    with pytest.raises(RuleBroken, match="moved_on"):
        door.ask(cast.cora, "change.undo", change=added.id)
    assert step.removed_at is None


def test_the_person_takes_it_away_whatever_they_have_said_of_it(
    door: Door, session: Session, cast: Cast, goal: Goal
) -> None:
    door.ask(cast.cora, "next_step.add", goal=goal.id, **STEP)
    added = door.last()
    step = session.scalars(select(NextStep).where(NextStep.change_id == added.id)).one()
    door.does("next_step.choose", next_step=step.id)
    door.does("change.undo", change=added.id)
    assert step.removed_at is not None


def test_a_list_that_was_not_sent_is_not_there_to_be_answered(
    door: Door, cast: Cast, goal: Goal
) -> None:
    door.ask(cast.cora, "goal.reach", together=True, goal=goal.id)
    prepared = door.last()
    with pytest.raises(NotFound):
        door.does("proposal.answer", changes=[prepared.id], answer="yes")


def test_only_what_the_person_was_told_is_put_aside_or_called_a_problem(
    door: Door, session: Session, cast: Cast, goal: Goal
) -> None:
    door.ask(cast.cora, "goal.reach", goal=goal.id)
    proposed = door.last()
    for verb in ("change.noticed", "change.problem"):
        with pytest.raises(NotFound):
            door.does(verb, change=proposed.id)
    assert session.scalars(select(HelpRequest)).all() == []


def test_two_changes_of_the_same_words_are_taken_back_together(
    door: Door, cast: Cast, goal: Goal
) -> None:
    for title in ("I keep my job here.", "I keep my job for a year."):
        door.ask(cast.cora, "goal.change", together=True, goal=goal.id, title={"en": title})
    proposal = door.session.get_one(Proposal, door.last().proposal_id)
    both = [change.id for change in proposal.changes]
    door.ask(cast.cora, "proposal.send", proposal=proposal.id)
    door.does("proposal.answer", changes=both, answer="yes")
    assert goal.title.en == "I keep my job for a year."
    door.does("proposal.answer", changes=both, answer="no")
    assert goal.title.en == "I keep my job."


LETTER = {
    "title": {"en": "I post a letter."},
    "description": {},
    "picture": None,
    "place": {},
    "goal": None,
    "on": "2026-11-24",
    "at": "10:00",
    "minutes": 15,
    "repeat": None,
    "steps": [],
}


def shown(door: Door, first: int, last: int) -> list[int]:
    """Return the days of November, from the first to the last, on which something comes."""
    found = days.days_for(door.session, door.participant, _day(first), _day(last))
    return [day.on.day for day in found if day.timed or day.any_time]


def _day(number: int) -> date:
    return date(2026, 11, number)


def test_an_addition_taken_back_stays_on_the_days_that_have_passed(door: Door) -> None:
    added = door.does("task.add", **{**LETTER, "on": "2026-11-23", "repeat": "FREQ=DAILY"})
    door.now += timedelta(days=3)
    door.does("change.undo", change=added.id)
    assert shown(door, 23, 28) == [23, 24, 25]


def test_what_stopped_and_comes_again_leaves_the_days_between_empty(
    door: Door, session: Session, cast: Cast
) -> None:
    sweep = factories.task(session, cast.ada)
    stopped = door.does("task.stop", task=sweep.id, on="2026-11-24")
    door.now += timedelta(days=3)
    door.does("change.undo", change=stopped.id)
    assert shown(door, 23, 28) == [23, 26, 27, 28]


def test_what_comes_once_is_never_put_back_into_the_past(
    door: Door, session: Session, cast: Cast
) -> None:
    once = factories.task(session, cast.ada, repeat_rule=None, starts_on=_day(24))
    moved = door.does("task.move", task=once.id, **{**LETTER, "on": "2026-11-30"})
    door.now += timedelta(days=4)
    door.does("change.undo", change=moved.id)
    assert once.starts_on == _day(27)


def test_a_proposal_counts_from_the_yes_on(door: Door, cast: Cast) -> None:
    door.ask(cast.cora, "task.add", **LETTER)
    letter = door.last()
    door.ask(cast.cora, "task.add", **{**LETTER, "repeat": "FREQ=DAILY", "at": "16:00"})
    daily = door.last()
    door.now += timedelta(days=4)
    door.does("proposal.answer", changes=[daily.id], answer="yes")
    assert shown(door, 23, 28) == [27, 28]
    door.does("proposal.answer", changes=[daily.id], answer="no")
    door.does("proposal.answer", changes=[letter.id], answer="yes")
    assert shown(door, 23, 28) == [27]


def test_yes_again_is_the_same_thing_again(door: Door, session: Session, cast: Cast) -> None:
    door.ask(cast.cora, "goal.add", title={"en": "I swim."}, why={}, wanted_by=None, next_steps=[])
    added = door.last()
    for answer in ("yes", "no", "yes"):
        door.does("proposal.answer", changes=[added.id], answer=answer)
    goals = session.scalars(select(Goal)).all()
    assert [(goal.change_id, goal.removed_at) for goal in goals] == [(added.id, None)]


def test_nothing_old_is_believed_when_the_turn_comes(
    door: Door, session: Session, cast: Cast, goal: Goal, database: Database
) -> None:
    door.ask(cast.cora, "goal.reach", goal=goal.id)
    session.commit()
    proposed = door.last()
    withdrawn = update(Change).where(Change.id == proposed.id).values(withdrawn_at=door.now)
    with database.engine.connect().execution_options(reading=True) as other:
        if other.dialect.name == "sqlite":
            # Nobody comes between a look and what is written after it.
            other.exec_driver_sql("PRAGMA busy_timeout=0")
            with pytest.raises(OperationalError, match="locked"):
                other.execute(withdrawn)
            other.invalidate()
            return
        other.execute(withdrawn)
        other.commit()
    with pytest.raises(RuleBroken, match="withdrawn"):
        door.does("proposal.answer", changes=[proposed.id], answer="yes")


def test_a_move_that_waits_is_left_alone_when_words_are_taken_back(
    door: Door, session: Session, cast: Cast
) -> None:
    sweep = factories.task(session, cast.ada)
    friday = {"on": "2026-11-23", "at": "14:00", "minutes": 30, "repeat": "FREQ=DAILY"}
    door.does("task.move", task=sweep.id, **friday, **{"from": "2026-11-27"})
    explained = door.does("task.explain", task=sweep.id, title={"en": "Sweep well"})
    door.does("change.undo", change=explained.id)
    week = days.days_for(session, cast.ada, _day(24), _day(27))
    assert [day.timed[0].at.hour for day in week if day.timed[0].at] == [9, 9, 9, 14]


def test_the_person_takes_back_what_others_explained_of_a_fixed_task(
    door: Door, session: Session, cast: Cast
) -> None:
    shift = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    door.ask(cast.cora, "task.explain", task=shift.id, title={"en": "Sweep slowly"})
    door.does("change.undo", change=door.last().id)
    assert shift.title.en == "Sweep"


def test_an_empty_list_is_not_sent(door: Door, cast: Cast, goal: Goal) -> None:
    door.ask(cast.cora, "goal.reach", together=True, goal=goal.id)
    prepared = door.last()
    door.ask(cast.cora, "proposal.withdraw", changes=[prepared.id])
    with pytest.raises(RuleBroken, match="nothing_to_send"):
        door.ask(cast.cora, "proposal.send", proposal=prepared.proposal_id)


def test_what_stands_there_already_leaves_no_line(
    door: Door, session: Session, cast: Cast, goal: Goal
) -> None:
    door.does("goal.change", goal=goal.id, title={"en": goal.title.en})
    assert session.scalars(select(HistoryEntry)).all() == []
