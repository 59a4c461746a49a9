"""A step that can go wrong: own views only, the person decides, and the day to look back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.risk_door import Door, said
from webapp.domain import access, changes, drafts, risks
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.change import HistoryEntry, Outcome
from webapp.models.plan import NextStep, NextStepState
from webapp.models.risk import RiskView

MONDAY = factories.MONDAY
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def step(session: Session, cast: Cast) -> NextStep:
    """Give Ada a goal with a step that can go wrong."""
    [made] = factories.goal(session, cast.ada).next_steps
    made.could_go_wrong = True
    session.commit()
    return made


@pytest.fixture
def door(session: Session, cast: Cast, step: NextStep, now: datetime) -> Door:
    """Give what asks for changes of that step."""
    return Door(session, cast.ada, step, now)


def last_line(session: Session) -> HistoryEntry:
    found = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert found
    return found


def test_a_coach_marks_a_step_and_the_person_is_told(
    door: Door, session: Session, cast: Cast
) -> None:
    door.step.could_go_wrong = False
    assert door.ask(cast.cora, "next_step.warn", could_go_wrong=True) is Outcome.APPLIED
    assert door.step.could_go_wrong
    assert last_line(session).change.person_is_told
    door.undo()
    assert not door.step.could_go_wrong


def test_everybody_writes_only_their_own_view(door: Door, session: Session, cast: Cast) -> None:
    door.view(cast.ada, well=said("work", "learn", sentence="I like it."), feeling=2)
    door.view(cast.cora, wrong=said("tired"), feeling=5)
    door.view(cast.mia, helps=said("list"))
    views = {view.author_id: view for view in risks.views_of(session, door.step)}
    assert views[cast.ada.id].well == said("learn", "work", sentence="I like it.")
    assert (views[cast.ada.id].feeling, views[cast.cora.id].feeling) == (2, None)
    assert views[cast.cora.id].wrong == said("tired")
    assert list(views) == [cast.ada.id, cast.cora.id, cast.mia.id]
    door.view(cast.cora, wrong=said("lost"))
    assert len(session.scalars(select(RiskView)).all()) == 3
    line = last_line(session)
    assert line.before is not None
    assert line.after is not None
    assert (line.before["wrong"], line.after["wrong"]) == (said("tired"), said("lost"))


@pytest.mark.parametrize(
    "wrong", [{"well": said("nothing")}, {"feeling": 6}, {"feeling": 0}, {"helps": said("work")}]
)
def test_what_is_not_offered_is_no_view(
    door: Door, cast: Cast, session: Session, wrong: dict[str, Any]
) -> None:
    with pytest.raises(RuleBroken, match="unknown_choice"):
        door.view(cast.ada, **wrong)


def test_what_helps_is_agreed_and_taken_back(door: Door, cast: Cast) -> None:
    day = NEXT_MONDAY.isoformat()
    door.agree(cast.ada, helps={"en": "A list."}, who=cast.cora.id, look_again_on=day)
    plan = door.plan
    assert (plan.helps.en, plan.who_id, plan.look_again_on) == (
        "A list.",
        cast.cora.id,
        NEXT_MONDAY,
    )
    door.undo()
    assert (plan.helps.en, plan.who_id, plan.look_again_on) == (None, None, None)


def test_only_the_person_and_their_team_can_be_who_does_it(door: Door, cast: Cast) -> None:
    door.agree(cast.ada, who=cast.ada.id)
    with pytest.raises(NotFound):
        door.agree(cast.ada, who=cast.dan.id)


def test_a_coach_proposes_what_helps(door: Door, session: Session, cast: Cast) -> None:
    risks.prepare(session, door.step)
    assert door.agree(cast.cora, helps={"en": "A list."}) is Outcome.PROPOSED
    assert not door.plan.helps
    proposed = last_line(session).change
    answer = {"changes": [proposed.id], "answer": "yes"}
    asked = Asked("answer-1", "proposal.answer", answer)
    changes.make(session, cast.ada, cast.ada, asked, door.now)
    assert door.plan.helps.en == "A list."


def test_a_try_is_the_chosen_step_with_the_views_as_they_were(
    door: Door, session: Session, cast: Cast
) -> None:
    other = NextStep(
        goal_id=door.step.goal_id,
        position=1,
        title=factories.text("Other"),
        description=factories.text(""),
        state=NextStepState.CHOSEN,
    )
    session.add(other)
    door.view(cast.ada, well=said("learn"), feeling=3)
    door.view(cast.cora, wrong=said("tired"))
    door.decide("try")
    assert (door.step.state, other.state) == (NextStepState.CHOSEN, NextStepState.OPEN)
    decided = last_line(session).change
    door.view(cast.ada, well=said("money"), feeling=5)
    kept = decided.wanted["_views"]
    assert [(view["name"], view["feeling"]) for view in kept] == [("Ada", 3), ("Cora", None)]
    assert kept[0]["well"] == said("learn")


def test_the_same_decision_sent_twice_is_one(door: Door, session: Session, cast: Cast) -> None:
    door.view(cast.ada, feeling=3)
    door.decide("try")
    door.asked -= 1
    assert door.decide("try") is Outcome.APPLIED
    lines = session.scalars(select(HistoryEntry)).all()
    assert [line.change.verb for line in lines] == ["risk.view", "risk.decide"]


@pytest.mark.parametrize("decision", ["smaller", "not_now"])
def test_what_is_not_tried_comes_later_and_can_be_undone(door: Door, decision: str) -> None:
    door.decide(decision)
    assert door.step.state is NextStepState.LATER
    assert door.plan.decision == decision
    door.undo()
    assert door.step.state is NextStepState.OPEN
    assert door.plan.decision is None


def test_nobody_decides_for_the_person(door: Door, session: Session, cast: Cast) -> None:
    risks.prepare(session, door.step)
    assert door.decide("try", cast.cora) is Outcome.PROPOSED
    assert (door.plan.decision, door.step.state) == (None, NextStepState.OPEN)
    with pytest.raises(NotAllowed):
        door.decide("try", cast.mia)


def test_a_decision_that_does_not_exist(door: Door) -> None:
    with pytest.raises(RuleBroken, match="unknown_choice"):
        door.decide("forbidden")


def test_nothing_is_said_of_a_step_without_the_mark(door: Door, cast: Cast) -> None:
    door.step.could_go_wrong = False
    for ask in (door.agree, door.view):
        with pytest.raises(RuleBroken, match="not_marked"):
            ask(cast.ada)
    with pytest.raises(RuleBroken, match="not_marked"):
        door.decide("try")


def test_the_step_of_another_plan_is_not_there(door: Door, cast: Cast) -> None:
    asked = Asked("one-change", "risk.decide", {"next_step": door.step.id, "decision": "try"})
    with pytest.raises(NotFound):
        changes.make(door.session, cast.ben, cast.ben, asked, door.now)


def test_a_next_step_is_loaded_through_the_actor(
    door: Door, session: Session, cast: Cast, now: datetime
) -> None:
    for actor in (cast.ada, cast.cora):
        found = access.get_next_step(session, actor, door.step.id, now)
        assert found == (door.step, cast.ada)
    for stranger in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        with pytest.raises(NotFound):
            access.get_next_step(session, stranger, door.step.id, now)
    door.step.removed_at = now
    session.flush()
    with pytest.raises(NotFound):
        access.get_next_step(session, cast.ada, door.step.id, now)


def test_a_draft_is_its_owners_and_stays_until_it_is_thrown_away(
    session: Session, cast: Cast, now: datetime
) -> None:
    drafts.keep(session, cast.cora, cast.ada, "risk.view:1", answers={"well": {}}, now=now)
    drafts.keep(session, cast.cora, cast.ada, "risk.view:1", answers={"wrong": {}}, now=now)
    session.flush()
    assert drafts.find(session, cast.cora, cast.ada, "risk.view:1") == {"wrong": {}}
    assert drafts.find(session, cast.ada, cast.ada, "risk.view:1") is None
    assert drafts.begun(session, cast.cora, cast.ada) == {"risk.view:1"}
    assert drafts.begun(session, cast.ada, cast.ada) == set()
    drafts.throw_away(session, cast.cora, cast.ada, "risk.view:1")
    drafts.throw_away(session, cast.cora, cast.ada, "risk.view:1")
    session.flush()
    assert drafts.begun(session, cast.cora, cast.ada) == set()
