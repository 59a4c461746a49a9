"""What must be done: the coach adds and checks it by a rule, the person says a sentence."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.door import Door
from tests.domain.proposing import Table
from webapp.domain import follow_ups, history, waiting
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.change import Change, Outcome
from webapp.models.follow_up import FollowUp, FollowUpComment
from webapp.models.text import BilingualText

RULE = "The rule of the town"
TITLE = {"en": "Sign the paper"}


@pytest.fixture
def door(session: Session, cast: Cast, now: datetime) -> Door:
    """Give the door to Ada's plan, at the time of the tests."""
    return Door(session, cast.ada, now)


@pytest.fixture
def step(door: Door, cast: Cast) -> FollowUp:
    """Let Cora add something that must be done."""
    assert door.ask(cast.cora, "follow_up.add", why=RULE, title=TITLE) is Outcome.APPLIED
    return the_step(door.session)


def the_step(session: Session) -> FollowUp:
    return session.scalars(select(FollowUp)).one()


def check(door: Door, cast: Cast, step: FollowUp, *, checked: bool = True) -> Outcome:
    return door.ask(cast.cora, "follow_up.check", why="x", follow_up=step.id, checked=checked)


def test_a_coach_adds_it_and_the_person_is_told_with_the_rule(
    door: Door, cast: Cast, step: FollowUp
) -> None:
    assert (step.title.en, step.rule.en) == ("Sign the paper", RULE)
    [told] = waiting.told_to(door.session, cast.ada)
    assert told.change.why.en == RULE
    assert told.effect.before == {f"follow_up:{step.id}": None}


def test_without_a_rule_or_a_title_nothing_is_added(
    door: Door, session: Session, cast: Cast
) -> None:
    session.commit()
    for why, title, code in (("", TITLE, "needs_reason"), (RULE, {}, "title_missing")):
        with pytest.raises(RuleBroken) as broken:
            door.ask(cast.cora, "follow_up.add", why=why, title=title)
        assert broken.value.code == code
        session.rollback()
    assert session.scalars(select(FollowUp)).all() == []
    assert session.scalars(select(Change)).all() == []


def test_a_coach_checks_it_off_and_takes_that_back(
    door: Door, cast: Cast, step: FollowUp, now: datetime
) -> None:
    step.rule = BilingualText(en=RULE, fr="Le règlement de la ville")
    assert check(door, cast, step) is Outcome.APPLIED
    assert (step.checked_at, step.checked_by_id) == (now, cast.cora.id)
    assert door.last().why == step.rule
    assert door.last().person_is_told
    assert check(door, cast, step, checked=False) is Outcome.APPLIED
    assert (step.checked_at, step.checked_by_id) == (None, None)
    assert len(waiting.told_to(door.session, cast.ada)) == 3


def test_checking_needs_the_rule_and_something_to_change(
    door: Door, cast: Cast, step: FollowUp
) -> None:
    with pytest.raises(RuleBroken, match="needs_reason"):
        door.ask(cast.cora, "follow_up.check", follow_up=step.id, checked=True)
    with pytest.raises(RuleBroken, match="nothing_to_undo"):
        check(door, cast, step, checked=False)
    check(door, cast, step)
    with pytest.raises(RuleBroken, match="is_done"):
        check(door, cast, step)


def test_the_person_says_a_sentence(door: Door, cast: Cast, step: FollowUp) -> None:
    door.does("follow_up.comment", follow_up=step.id, sentence=" I have the paper. ")
    [said] = follow_ups.steps_for(door.session, cast.ada)[0].comments
    assert (said.sentence, said.author_id) == ("I have the paper.", cast.ada.id)
    with pytest.raises(RuleBroken, match="sentence_missing"):
        door.ask(cast.ada, "follow_up.comment", follow_up=step.id, sentence="  ")


def test_each_keeps_to_their_part(door: Door, cast: Cast, step: FollowUp) -> None:
    by_coach = {"follow_up.add": {"title": TITLE}, "follow_up.check": {"follow_up": step.id}}
    for actor in (cast.ada, cast.mia, cast.emil, cast.ben):
        for verb, wanted in by_coach.items():
            with pytest.raises(NotAllowed):
                door.ask(actor, verb, why=RULE, checked=True, **wanted)
    for actor in (cast.cora, cast.mia, cast.ben):
        with pytest.raises(NotAllowed):
            door.ask(actor, "follow_up.comment", follow_up=step.id, sentence="Hello.")
    assert step.checked_at is None
    assert door.session.scalars(select(FollowUpComment)).all() == []


def test_strangers_and_other_plans_find_nothing(
    door: Door, cast: Cast, step: FollowUp, now: datetime
) -> None:
    session = door.session
    for actor in (cast.ada, cast.cora):
        assert follow_ups.get_step(session, actor, step.id, now) == (step, cast.ada)
    for actor in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        with pytest.raises(NotFound):
            follow_ups.get_step(session, actor, step.id, now)
    bens = Door(session, cast.ben, now)
    with pytest.raises(NotFound):
        bens.ask(cast.ben, "follow_up.comment", follow_up=step.id, sentence="Hello.")
    assert not follow_ups.has_steps(session, cast.ben)


def test_before_the_first_welcome_it_is_a_part_of_the_first_plan(
    session: Session, cast: Cast, now: datetime
) -> None:
    cast.ada.welcomed_at = None
    session.commit()
    table = Table(session, cast, now)
    with pytest.raises(RuleBroken, match="needs_reason"):
        table.propose("follow_up.add", title=TITLE)
    session.rollback()
    added = table.propose("follow_up.add", why=RULE, title=TITLE)
    assert follow_ups.steps_for(session, cast.ada) == []
    table.answer(added, said="yes")
    [step] = follow_ups.steps_for(session, cast.ada)
    assert step.rule.en == RULE
    checked = table.propose("follow_up.check", why=RULE, follow_up=step.id, checked=True)
    assert step.checked_at is None
    table.answer(checked, said="yes")
    assert step.checked_by_id == cast.cora.id
    table.answer(checked, said="no")
    assert step.checked_by_id is None
    table.answer(checked, said="yes")
    table.answer(added, said="no")
    assert follow_ups.steps_for(session, cast.ada) == []
    table.answer(added, said="yes")
    assert follow_ups.has_steps(session, cast.ada)


def test_the_history_speaks_of_the_step_and_offers_no_undo(
    door: Door, cast: Cast, step: FollowUp
) -> None:
    check(door, cast, step)
    door.does("follow_up.comment", follow_up=step.id, sentence="I have the paper.")
    for reader in (cast.ada, cast.cora):
        lines, _more = history.lines_for(door.session, reader, cast.ada)
        assert [each.entry.change.verb for each in lines] == [
            "follow_up.comment",
            "follow_up.check",
            "follow_up.add",
        ]
        assert all(each.subjects and not each.may_undo for each in lines)
    with pytest.raises(RuleBroken, match="nothing_to_undo"):
        door.ask(cast.cora, "change.undo", change=door.last().id)
