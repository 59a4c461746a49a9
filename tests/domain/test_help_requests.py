"""Calls for help: never refused, seen and answered by the team, closed by the person."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import changes, help_lists
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.domain.help_lists import HelpState, get_request, open_requests_for, requests_for
from webapp.models.change import HistoryEntry, Outcome
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.person import Person

Make = Callable[..., Outcome]


@pytest.fixture
def make(session: Session, now: datetime) -> Make:
    """Give a function that asks for a change on a plan, each time under a new id."""
    asked = iter(range(1000))

    def ask(verb: str, actor: Person, participant: Person, **wanted: object) -> Outcome:
        client_id = f"change-{next(asked)}"
        return changes.make(session, actor, participant, Asked(client_id, verb, wanted), now)

    return ask


@pytest.fixture
def call(session: Session, cast: Cast, make: Make) -> HelpRequest:
    """Give a call of Ada's to the whole team."""
    make("help.ask", cast.ada, cast.ada, about="unwell")
    return last(session)


def last(session: Session) -> HelpRequest:
    return session.query(HelpRequest).order_by(HelpRequest.id.desc()).first()  # type: ignore[return-value]


def test_a_call_keeps_what_was_said(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    task = factories.task(session, cast.ada)
    said = {"to": str(cast.cora.id), "task": str(task.id), "day": "2026-11-23"}
    make("help.ask", cast.ada, cast.ada, about="not_found", sentence="Where is it?", **said)
    found = last(session)
    assert (found.about, found.to, found.task) == (HelpReason.NOT_FOUND, cast.cora, task)
    assert (found.sentence, found.day) == ("Where is it?", date(2026, 11, 23))
    assert (found.asked_at, help_lists.state_of(found)) == (now, HelpState.SENT)


@pytest.mark.parametrize("about", [None, "", "no such reason", "talk", 7, ["late"], {}])
def test_what_is_no_reason_is_something_else(
    session: Session, cast: Cast, make: Make, about: object
) -> None:
    assert make("help.ask", cast.ada, cast.ada, about=about) is Outcome.APPLIED
    assert last(session).about is HelpReason.SOMETHING_ELSE


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"to": "", "task": "", "day": "", "sentence": ""},
        {"to": "999999999999999999999", "task": "-1", "day": "soon", "sentence": None},
        {"to": "Cora", "task": "٣", "day": "2026-02-31"},
        {"to": ["1"], "task": {"id": 1}, "day": 7},
    ],
)
def test_no_mistake_ever_refuses_a_call(
    session: Session, cast: Cast, make: Make, said: dict[str, object]
) -> None:
    assert make("help.ask", cast.ada, cast.ada, **said) is Outcome.APPLIED
    found = last(session)
    assert (found.to_id, found.task_id, found.day, found.sentence) == (None,) * 4


def test_strangers_and_their_tasks_are_left_out(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    theirs, gone = factories.task(session, cast.ben), factories.task(session, cast.ada)
    gone.removed_at = now
    session.flush()
    for task in (theirs, gone):
        make("help.ask", cast.ada, cast.ada, to=str(cast.dan.id), task=str(task.id))
        assert (last(session).to_id, last(session).task_id) == (None, None)


def test_seen_then_answered_then_closed_and_open_again(
    session: Session, cast: Cast, make: Make, call: HelpRequest, now: datetime
) -> None:
    def state() -> HelpState:
        return help_lists.state_of(get_request(session, cast.ada, call.id, now))

    states = [state()]
    make("help.seen", cast.cora, cast.ada, request=call.id)
    states.append(state())
    make("help.answer", cast.cora, cast.ada, request=call.id, sentence="I call you.")
    states.append(state())
    make("help.close", cast.ada, cast.ada, request=call.id)
    states.append(state())
    make("help.reopen", cast.ada, cast.ada, request=call.id)
    states.append(state())
    assert states == ["sent", "seen", "answered", "closed", "answered"]
    assert (call.seen_at, call.seen_by) == (now, cast.cora)
    assert [(each.author, each.sentence) for each in call.answers] == [(cast.cora, "I call you.")]


def test_who_answers_has_seen_it_and_the_first_one_is_kept(
    session: Session, cast: Cast, make: Make, call: HelpRequest, now: datetime
) -> None:
    other = factories.person(session, "Cleo", cast.cora.role, now)
    factories.support(session, other, cast.ada, now)
    comes_at = now + timedelta(minutes=15)
    make("help.answer", cast.cora, cast.ada, request=call.id, comes_at=comes_at.isoformat())
    make("help.seen", other, cast.ada, request=call.id)
    assert call.seen_by == cast.cora
    assert call.answers[0].comes_at == comes_at


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "no_answer"),
        ({"sentence": "", "comes_at": "soon"}, "no_answer"),
        ({"comes_at": "2026-11-23T15:00:00"}, "no_answer"),
        ({"comes_at": "9999-12-31T23:59:59+00:00"}, "no_answer"),
        ({"comes_at": "2026-11-23T13:00:00+00:00"}, "in_the_past"),
    ],
)
def test_an_answer_says_something(
    cast: Cast, make: Make, call: HelpRequest, said: dict[str, str], code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        make("help.answer", cast.cora, cast.ada, request=call.id, **said)
    assert broken.value.code == code


def test_a_coach_neither_asks_nor_closes_and_ada_answers_nothing(
    cast: Cast, make: Make, call: HelpRequest
) -> None:
    for verb in ("help.ask", "help.close", "help.reopen"):
        with pytest.raises(NotAllowed):
            make(verb, cast.cora, cast.ada, request=call.id)
    for verb in ("help.seen", "help.answer"):
        with pytest.raises(NotAllowed):
            make(verb, cast.ada, cast.ada, request=call.id, sentence="Yes.")
    assert (call.seen_at, call.closed_at) == (None, None)


def test_strangers_find_nothing(
    session: Session, cast: Cast, make: Make, call: HelpRequest, now: datetime
) -> None:
    for stranger in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        with pytest.raises(NotFound):
            get_request(session, stranger, call.id, now)
        assert open_requests_for(session, stranger, now) == []
    for number in (call.id, 0, None, "x", 2**40):
        with pytest.raises(NotFound):
            make("help.seen", cast.dan, cast.ben, request=number)
    assert requests_for(session, cast.ben) == []


def test_who_is_named_sees_the_call_and_the_coaches_too(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    make("help.ask", cast.ada, cast.ada, to=str(cast.mia.id))
    named = last(session)
    for person in (cast.ada, cast.cora, cast.mia):
        assert get_request(session, person, named.id, now) == named
    assert open_requests_for(session, cast.mia, now) == [named]
    make("help.answer", cast.mia, cast.ada, request=named.id, sentence="I come.")
    make("help.ask", cast.ada, cast.ada, to=str(cast.cora.id))
    with pytest.raises(NotFound):
        get_request(session, cast.mia, last(session).id, now)
    with pytest.raises(NotFound):
        make("help.seen", cast.mia, cast.ada, request=last(session).id)


def test_a_coach_who_has_left_sees_no_call(
    session: Session, cast: Cast, call: HelpRequest, now: datetime
) -> None:
    gone = factories.person(session, "Gil", cast.cora.role, now)
    factories.support(session, gone, cast.ada, now, ended_at=now)
    assert open_requests_for(session, gone, now) == []
    assert open_requests_for(session, cast.cora, now) == [call]


def test_what_nobody_has_seen_comes_first_then_the_newest(
    session: Session, cast: Cast, make: Make, now: datetime
) -> None:
    calls = []
    for _number in range(4):
        make("help.ask", cast.ada, cast.ada)
        calls.append(last(session))
    make("help.seen", cast.cora, cast.ada, request=calls[3].id)
    make("help.close", cast.ada, cast.ada, request=calls[2].id)
    assert open_requests_for(session, cast.cora, now) == [calls[1], calls[0], calls[3]]
    assert requests_for(session, cast.ada) == [calls[3], calls[1], calls[0], calls[2]]


def test_the_history_tells_each_step(
    session: Session, cast: Cast, make: Make, call: HelpRequest
) -> None:
    make("help.seen", cast.cora, cast.ada, request=call.id)
    make("help.close", cast.ada, cast.ada, request=call.id)
    make("help.close", cast.ada, cast.ada, request=call.id)
    lines = session.query(HistoryEntry).order_by(HistoryEntry.id).all()
    assert [(line.before or {}).get("state") for line in lines] == [None, "sent", "seen", "closed"]
    assert [(line.after or {})["state"] for line in lines] == ["sent", "seen", "closed", "closed"]
    assert {(line.after or {})["request"] for line in lines} == {call.id}


def test_only_who_may_answer_can_be_asked(cast: Cast) -> None:
    team = [cast.cora, cast.mia, cast.emil]
    assert help_lists.who_can_be_asked(team, cast.ada) == [cast.cora, cast.mia]


def test_a_list_of_calls_costs_one_statement(
    session: Session, cast: Cast, make: Make, now: datetime, statements: list[str]
) -> None:
    for number in range(3):
        make("help.ask", cast.ada, cast.ada)
        make("help.answer", cast.cora, cast.ada, request=last(session).id, sentence=str(number))
    session.expire_all()
    assert cast.cora.id and cast.ada.id
    del statements[:]
    found = open_requests_for(session, cast.cora, now)
    assert [(each.participant.name, each.answers[0].author.name) for each in found] == [
        ("Ada", "Cora")
    ] * 3
    assert len(statements) == 1
