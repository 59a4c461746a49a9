"""The messages that a change causes: to whom, once, in its own transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import changes, notices
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.models.change import Change, Proposal
from webapp.models.help import HelpRequest
from webapp.models.notice import Notice, NoticeKind, NoticeState
from webapp.models.person import Pace, Person
from webapp.models.text import BilingualText

Make = Callable[..., Change]
GOAL = {"title": {"en": "I cook alone."}}


@pytest.fixture
def make(session: Session, cast: Cast, now: datetime) -> Make:
    """Give a function that asks for a change on Ada's plan; all want messages."""
    for person in vars(cast).values():
        person.reminders_on = True
    numbers = iter(range(1000))

    def ask(
        actor: Person, verb: str, *, why: str = "", together: bool = False, **wanted: object
    ) -> Change:
        because = BilingualText(en=why) if why else BilingualText()
        asked = Asked(f"change-{next(numbers)}", verb, wanted, because, together)
        changes.make(session, actor, cast.ada, asked, now)
        return session.scalars(select(Change).order_by(Change.id.desc())).first()  # type: ignore[return-value]

    return ask


def written(session: Session) -> list[tuple[str, NoticeKind]]:
    """Return to whom which messages go, oldest first."""
    rows = session.execute(
        select(Person.name, Notice.kind).join(Person, Person.id == Notice.person_id)
    )
    return sorted((name, kind) for name, kind in rows)


def test_what_is_proposed_reaches_the_person(session: Session, cast: Cast, make: Make) -> None:
    change = make(cast.cora, "goal.add", **GOAL)
    notice = session.scalars(select(Notice)).one()
    assert (notice.person_id, notice.kind) == (cast.ada.id, NoticeKind.PROPOSAL)
    assert (notice.change_id, notice.key) == (change.id, f"proposal:{change.proposal_id}")
    assert notice.due_at == notice.next_try_at == change.made_at
    assert notice.state is NoticeState.PLANNED
    assert notice.useful_until - notice.due_at == timedelta(days=3)


def test_a_list_of_changes_is_one_message_when_it_is_sent(
    session: Session, cast: Cast, make: Make
) -> None:
    make(cast.cora, "goal.add", together=True, **GOAL)
    make(cast.cora, "goal.add", together=True, **GOAL)
    assert written(session) == []
    proposal = session.scalars(select(Proposal)).one()
    make(cast.cora, "proposal.send", proposal=proposal.id)
    make(cast.cora, "proposal.send", proposal=proposal.id)
    assert written(session) == [("Ada", NoticeKind.PROPOSAL)]


def test_the_same_change_sent_again_writes_nothing(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    asked = Asked("the-same-id", "goal.add", dict(GOAL))
    for _time in range(2):
        changes.make(session, cast.cora, cast.ada, asked, now)
    assert written(session) == [("Ada", NoticeKind.PROPOSAL)]


def test_what_was_done_without_the_person_is_told(session: Session, cast: Cast, make: Make) -> None:
    task = factories.task(session, cast.ada)
    words = {"description": {"en": "Take the blue broom."}}
    make(cast.cora, "task.explain", task=task.id, **words)
    assert written(session) == [("Ada", NoticeKind.TOLD)]


def test_what_changes_nothing_is_not_told(session: Session, cast: Cast, make: Make) -> None:
    task = factories.task(session, cast.ada)
    make(cast.cora, "task.explain", task=task.id)
    assert written(session) == []


def test_an_answer_reaches_who_proposed(session: Session, cast: Cast, make: Make) -> None:
    change = make(cast.cora, "goal.add", **GOAL)
    make(cast.ada, "proposal.answer", changes=[change.id], answer="yes")
    assert written(session) == [("Ada", NoticeKind.PROPOSAL), ("Cora", NoticeKind.ANSWER)]


@pytest.mark.parametrize("answer", ["not_now", "no"])
def test_every_answer_reaches_who_proposed(
    session: Session, cast: Cast, make: Make, answer: str
) -> None:
    change = make(cast.cora, "goal.add", **GOAL)
    make(cast.ada, "proposal.answer", changes=[change.id], answer=answer)
    assert ("Cora", NoticeKind.ANSWER) in written(session)


def test_no_answer_reaches_who_stands_beside_the_person_no_more(
    session: Session, cast: Cast, make: Make
) -> None:
    change = make(cast.cora, "goal.add", **GOAL)
    make(cast.ada, "accompaniment.stop")
    make(cast.ada, "proposal.answer", changes=[change.id], answer="yes")
    assert written(session) == [("Ada", NoticeKind.PROPOSAL)]


def test_what_waits_for_the_team_ends_with_the_support(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    make(cast.cora, "goal.add", **GOAL)
    make(cast.ada, "help.ask", about="unwell", to=str(cast.cora.id))
    waiting = session.scalars(select(Notice).where(Notice.person_id == cast.cora.id)).one()
    waiting.claim, waiting.next_try_at = "somebody", now + timedelta(minutes=1)
    session.flush()
    make(cast.ada, "accompaniment.stop")
    session.refresh(waiting)
    assert (waiting.state, waiting.settled_at) == (NoticeState.SILENT, now)
    own = session.scalars(select(Notice).where(Notice.person_id == cast.ada.id)).one()
    assert own.state is NoticeState.PLANNED


def test_lets_talk_is_a_call_for_those_who_see_all_calls(
    session: Session, cast: Cast, make: Make
) -> None:
    change = make(cast.cora, "goal.add", **GOAL)
    make(cast.ada, "proposal.answer", changes=[change.id], answer="talk")
    assert written(session) == [
        ("Ada", NoticeKind.PROPOSAL),
        ("Cora", NoticeKind.HELP_REQUEST),
    ]


def test_a_call_for_one_person_reaches_that_one(session: Session, cast: Cast, make: Make) -> None:
    make(cast.ada, "help.ask", about="unwell", to=str(cast.cora.id))
    assert written(session) == [("Cora", NoticeKind.HELP_REQUEST)]
    notice = session.scalars(select(Notice)).one()
    call = session.scalars(select(HelpRequest)).one()
    assert (notice.help_request_id, notice.participant_id) == (call.id, cast.ada.id)


def test_a_call_for_a_helper_at_work_reaches_who_has_a_page_for_it(
    session: Session, cast: Cast, make: Make
) -> None:
    make(cast.ada, "help.ask", about="unwell", to=str(cast.mia.id))
    assert written(session) == [("Cora", NoticeKind.HELP_REQUEST)]


def test_who_sees_a_call_and_answers_reaches_the_person(
    session: Session, cast: Cast, make: Make
) -> None:
    make(cast.ada, "help.ask", about="unwell", to=str(cast.cora.id))
    call = session.scalars(select(HelpRequest)).one()
    make(cast.cora, "help.seen", request=call.id)
    make(cast.cora, "help.answer", request=call.id, sentence="I come.")
    assert written(session) == [
        ("Ada", NoticeKind.HELP_ANSWER),
        ("Ada", NoticeKind.HELP_ANSWER),
        ("Cora", NoticeKind.HELP_REQUEST),
    ]
    to_ada = session.scalars(select(Notice).where(Notice.person_id == cast.ada.id))
    assert {each.help_request_id for each in to_ada} == {call.id}


def test_asking_about_a_fixed_time_is_a_call(session: Session, cast: Cast, make: Make) -> None:
    task = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    make(
        cast.ada,
        "task.move",
        task=task.id,
        **{"on": "2026-11-25", "from": "2026-11-25", "at": "10:00"},
        minutes=30,
        repeat="FREQ=DAILY",
    )
    assert ("Cora", NoticeKind.HELP_REQUEST) in written(session)


def test_a_comment_on_what_must_be_done_reaches_the_coach(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    step = factories.follow_up(session, cast.ada, now)
    make(cast.ada, "follow_up.comment", follow_up=step.id, sentence="I have no paper.")
    assert written(session) == [("Cora", NoticeKind.COMMENT)]


def test_who_wants_no_messages_gets_none(session: Session, cast: Cast, make: Make) -> None:
    cast.ada.reminders_on = False
    make(cast.cora, "goal.add", **GOAL)
    cast.ada.reminders_on, cast.ada.reminders_paused = True, True
    make(cast.cora, "goal.add", **GOAL)
    assert written(session) == []


def test_a_pause_of_the_pace_keeps_proposals_but_not_answers_to_a_call(
    session: Session, cast: Cast, make: Make
) -> None:
    make(cast.ada, "pace.set", pace=Pace.PAUSE.value, until="2026-12-01")
    make(cast.ada, "help.ask", about="unwell")
    call = session.scalars(select(HelpRequest)).one()
    make(cast.cora, "goal.add", **GOAL)
    make(cast.cora, "help.answer", request=call.id, sentence="I come.")
    to_ada = [kind for name, kind in written(session) if name == "Ada"]
    assert to_ada == [NoticeKind.HELP_ANSWER]


def test_what_is_refused_or_broken_writes_nothing(session: Session, cast: Cast, make: Make) -> None:
    with pytest.raises(NotAllowed):
        make(cast.cora, "task.done", task=1, day="2026-11-23")
    with pytest.raises(RuleBroken):
        make(cast.cora, "goal.add", title={})
    assert written(session) == []


def test_a_message_and_what_causes_it_stand_or_fall_together(
    session: Session, cast: Cast, make: Make
) -> None:
    session.commit()
    make(cast.cora, "goal.add", **GOAL)
    session.rollback()
    assert written(session) == []


def test_no_message_goes_to_who_does_it(session: Session, cast: Cast, make: Make) -> None:
    make(cast.ada, "goal.add", **GOAL)
    assert written(session) == []
    notices.add(session, cast.ada, NoticeKind.TRY, "try:1", cast.ada.created_at)
    notices.add(session, cast.ada, NoticeKind.TRY, "try:1", cast.ada.created_at)
    assert written(session) == [("Ada", NoticeKind.TRY)]
