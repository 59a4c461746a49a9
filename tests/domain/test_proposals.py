"""Proposals: one or many changes that wait, are sent, withdrawn, and meet a plan that moved on."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.proposing import ON_TUESDAY, Table
from webapp.domain import proposals, seen, waiting
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.domain.seen import Standing
from webapp.models.change import Change, Outcome
from webapp.models.person import Pace
from webapp.models.plan import Goal, Task

TODAY = factories.MONDAY


@pytest.fixture
def table(session: Session, cast: Cast, now: datetime) -> Table:
    """Let Cora and Ada sit down together."""
    return Table(session, cast, now)


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


def goal(table: Table, title: str = "I cook alone.") -> Change:
    return table.propose("goal.add", title={"en": title})


def test_what_is_proposed_waits_and_changes_nothing(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", task=sweep.id, why="The bus is late.", **ON_TUESDAY)
    assert sweep.at_time == time(9)
    [sheet] = table.waiting()
    assert [piece.change for piece in sheet.pieces] == [move]
    assert sheet.pieces[0].change.why.en == "The bus is late."
    [piece] = seen.compare(table.session, table.cast.ada, sheet).pieces
    assert piece.standing is Standing.AS_PROPOSED
    assert piece.effect.before is not None
    assert piece.effect.after is not None
    name = f"task:{sweep.id}"
    assert (piece.effect.before[name]["at"], piece.effect.after[name]["at"]) == ("09:00", "14:00")


def test_the_oldest_waits_first_and_each_is_a_proposal_of_its_own(table: Table) -> None:
    first, second = goal(table), goal(table, "I take the bus.")
    assert [sheet.pieces[0].change for sheet in table.waiting()] == [first, second]
    assert first.proposal_id != second.proposal_id


def test_a_list_is_seen_when_it_is_sent(table: Table, session: Session) -> None:
    wishes = ("I cook alone.", "I take the bus.")
    made = [table.propose("goal.add", together=True, title={"en": wish}) for wish in wishes]
    assert table.waiting() == []
    prepared = proposals.find_list(session, table.cast.ada, table.cast.cora.id)
    assert prepared is not None
    with pytest.raises(NotFound):
        seen.get_sheet(session, table.cast.ada, prepared.id)
    table.ask(table.cast.cora, "proposal.send", proposal=prepared.id)
    table.ask(table.cast.cora, "proposal.send", proposal=prepared.id)
    [sheet] = table.waiting()
    assert [piece.change for piece in sheet.pieces] == made
    assert proposals.find_list(session, table.cast.ada, table.cast.cora.id) is None


def test_only_who_prepared_a_list_sends_it(table: Table, session: Session, now: datetime) -> None:
    made = table.propose("goal.add", together=True, title={"en": "I cook."})
    factories.support(session, table.cast.dan, table.cast.ada, now)
    with pytest.raises(NotFound):
        table.ask(table.cast.dan, "proposal.send", proposal=made.proposal_id)
    with pytest.raises(NotAllowed):
        table.ask(table.cast.ada, "proposal.send", proposal=made.proposal_id)


def test_what_is_withdrawn_waits_no_more_and_takes_no_answer(table: Table) -> None:
    made = goal(table)
    page = table.seen(made)
    table.ask(table.cast.cora, "proposal.withdraw", changes=[made.id])
    assert table.waiting() == []
    with pytest.raises(RuleBroken, match="withdrawn"):
        table.ask(
            table.cast.ada,
            "proposal.answer",
            changes=[made.id],
            answer="yes",
            until=None,
            seen=page,
        )
    assert table.session.scalars(select(Goal)).all() == []


def test_only_ones_own_proposals_can_be_withdrawn(
    table: Table, session: Session, now: datetime
) -> None:
    made = goal(table)
    factories.support(session, table.cast.dan, table.cast.ada, now)
    with pytest.raises(NotFound):
        table.ask(table.cast.dan, "proposal.withdraw", changes=[made.id])
    with pytest.raises(NotAllowed):
        table.ask(table.cast.ada, "proposal.withdraw", changes=[made.id])


def test_what_counts_already_cannot_be_withdrawn(table: Table) -> None:
    made = goal(table)
    table.answer(made, said="yes")
    with pytest.raises(RuleBroken, match="already_yes"):
        table.ask(table.cast.cora, "proposal.withdraw", changes=[made.id])


def test_a_stranger_finds_no_proposal(table: Table, session: Session) -> None:
    made = goal(table)
    with pytest.raises(NotFound):
        seen.get_sheet(session, table.cast.ben, made.proposal_id or 0)
    with pytest.raises(NotFound):
        proposals.find_changes(session, table.cast.ben, table.cast.ben.id, [made.id])
    assert seen.sheets_made(session, table.cast.ben) == []


def test_two_proposals_on_the_same_thing_the_second_asks_again(table: Table, sweep: Task) -> None:
    first = table.propose("task.move", task=sweep.id, **ON_TUESDAY)
    second = table.propose("task.move", task=sweep.id, **{**ON_TUESDAY, "at": "16:00"})
    page_before = table.seen(second)
    table.answer(first, said="yes")
    with pytest.raises(RuleBroken, match="plan_moved_on"):
        table.answer(second, said="yes", seen=page_before)
    assert sweep.at_time == time(14)
    [piece] = seen.get_sheet(table.session, table.cast.ada, second.proposal_id or 0).pieces
    assert piece.standing is Standing.MOVED_ON
    name = f"task:{sweep.id}"
    assert piece.meanwhile.before is not None
    assert piece.meanwhile.after is not None
    assert piece.meanwhile.before[name]["at"] == "09:00"
    assert piece.meanwhile.after[name]["at"] == "14:00"
    table.answer(second, said="yes")
    assert sweep.at_time == time(16)


def test_what_moved_on_elsewhere_in_the_same_thing_asks_nothing_again(
    table: Table, sweep: Task
) -> None:
    move = table.propose("task.move", task=sweep.id, **ON_TUESDAY)
    page = table.seen(move)
    table.ask(table.cast.ada, "task.explain", task=sweep.id, title={"en": "Sweep the hall"})
    table.answer(move, said="yes", seen=page)
    assert (sweep.at_time, sweep.title.en) == (time(14), "Sweep the hall")


def test_a_proposal_that_the_plan_has_come_to_by_itself(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", task=sweep.id, **ON_TUESDAY)
    table.ask(table.cast.ada, "task.move", task=sweep.id, **ON_TUESDAY)
    [piece] = seen.get_sheet(table.session, table.cast.ada, move.proposal_id or 0).pieces
    assert piece.standing is Standing.ALREADY


def test_a_proposal_on_a_thing_that_was_stopped_is_gone(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", task=sweep.id, **ON_TUESDAY)
    table.ask(table.cast.ada, "task.stop", task=sweep.id, on=TODAY.isoformat())
    [piece] = seen.get_sheet(table.session, table.cast.ada, move.proposal_id or 0).pieces
    assert piece.standing is Standing.GONE
    with pytest.raises(RuleBroken):
        table.answer(move, said="yes")
    table.answer(move, said="no")
    assert table.waiting() == []


def test_a_proposal_on_a_thing_that_was_taken_away_is_gone(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", task=sweep.id, **ON_TUESDAY)
    page = table.seen(move)
    sweep.removed_at = table.now
    table.session.flush()
    [piece] = seen.get_sheet(table.session, table.cast.ada, move.proposal_id or 0).pieces
    assert piece.standing is Standing.GONE
    with pytest.raises(RuleBroken, match="plan_moved_on"):
        table.answer(move, said="yes", seen=page)
    table.answer(move, said="not_now", until="2026-11-24")


def test_of_a_list_what_is_gone_is_left_out_of_one_yes(table: Table, sweep: Task) -> None:
    move = table.propose("task.move", together=True, task=sweep.id, **ON_TUESDAY)
    cook = table.propose("goal.add", together=True, title={"en": "I cook."})
    table.ask(table.cast.cora, "proposal.send", proposal=move.proposal_id)
    sweep.removed_at = table.now
    table.session.flush()
    sheet = seen.get_sheet(table.session, table.cast.ada, move.proposal_id or 0)
    assert [piece.change for piece in sheet.to_ask(TODAY)] == [cook]
    table.answer(cook, said="yes")
    sheet = seen.get_sheet(table.session, table.cast.ada, move.proposal_id or 0)
    assert [piece.change for piece in sheet.to_ask(TODAY)] == [move]


def test_a_proposed_day_that_has_passed_begins_tomorrow(table: Table, sweep: Task) -> None:
    said = {**ON_TUESDAY, "from": "2026-11-24"}
    move = table.propose("task.move", task=sweep.id, **said)
    table.now += timedelta(days=7)
    table.answer(move, said="yes")
    assert sweep.at_time == time(14)
    assert [row["until"] for row in sweep.earlier] == ["2026-12-01"]


def test_a_proposed_end_that_has_passed_is_today(table: Table, sweep: Task) -> None:
    stop = table.propose("task.stop", task=sweep.id, on="2026-11-24")
    table.now += timedelta(days=7)
    table.answer(stop, said="yes")
    assert sweep.stopped_on == date(2026, 11, 30)


def test_how_much_waits_is_known_in_one_statement(
    table: Table, session: Session, statements: list[str]
) -> None:
    ada = table.cast.ada
    assert waiting.find_waiting(session, ada, TODAY).is_empty
    assert len(statements) == 1


def test_the_pace_says_how_many_proposals_are_shown_at_once(table: Table) -> None:
    ada = table.cast.ada
    for number in range(7):
        goal(table, f"Goal {number}")
    shown = {}
    for pace in Pace:
        ada.paces = [(TODAY.isoformat(), pace.value)]
        shown[pace] = waiting.find_waiting(table.session, ada, TODAY).proposals
    assert shown == {Pace.SLOWER: 1, Pace.STEADY: 3, Pace.FASTER: 5, Pace.PAUSE: 0}


def test_who_is_waited_for_is_known_in_one_statement(
    table: Table, session: Session, now: datetime
) -> None:
    goal(table), goal(table)
    people = [table.cast.ada, table.cast.ben]
    assert waiting.waiting_by_person(session, people, TODAY) == {table.cast.ada.id: 2}


def test_what_others_changed_is_told_until_the_person_has_noticed(
    table: Table, session: Session, sweep: Task
) -> None:
    ada, cora = table.cast.ada, table.cast.cora
    said = {"task": sweep.id, "title": {"en": "Sweep the hall"}}
    assert table.ask(cora, "task.explain", **said) is Outcome.APPLIED
    assert waiting.find_waiting(session, ada, TODAY).told == 1
    [told] = waiting.told_to(session, ada)
    assert told.change.actor is cora
    with pytest.raises(NotAllowed):
        table.ask(cora, "change.noticed", change=told.change.id)
    table.ask(ada, "change.noticed", change=told.change.id)
    assert waiting.told_to(session, ada) == []


def test_taking_back_what_was_told_is_noticing_it(
    table: Table, session: Session, sweep: Task
) -> None:
    said = {"task": sweep.id, "title": {"en": "Sweep the hall"}}
    table.ask(table.cast.cora, "task.explain", **said)
    [told] = waiting.told_to(session, table.cast.ada)
    table.ask(table.cast.ada, "change.undo", change=told.change.id)
    assert sweep.title.en == "Sweep"
    assert waiting.told_to(session, table.cast.ada) == []


def test_the_first_plan_is_one_proposal_and_nothing_counts_before_a_yes(
    table: Table, session: Session, sweep: Task
) -> None:
    ada = table.cast.ada
    ada.welcomed_at = None
    session.flush()
    cook = goal(table)
    words = table.propose("task.explain", task=sweep.id, title={"en": "Sweep the hall"})
    assert cook.proposal_id == words.proposal_id
    assert sweep.title.en == "Sweep"
    plan = seen.find_first_plan(session, ada)
    assert plan is not None
    assert plan.proposal.is_first_plan
    table.ask(ada, "plan.welcome")
    assert ada.welcomed_at == table.now
    assert sweep.title.en == "Sweep"
    assert len(table.waiting()) == 1
    later = goal(table, "I take the bus.")
    assert later.proposal_id != cook.proposal_id
