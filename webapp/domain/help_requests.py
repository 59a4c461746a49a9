"""Calls for a human: a participant asks, somebody of the team sees it and answers."""

from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.access import team_of
from webapp.domain.effects import Effect, Snapshot
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.help_lists import get_request, state_of
from webapp.domain.rights import Kind, Right, cell
from webapp.models.change import Change
from webapp.models.help import HelpAnswer, HelpReason, HelpRequest
from webapp.models.person import Person
from webapp.models.plan import Task

LONGEST_WAIT = timedelta(days=31)
"""Nobody says a month ahead that they come to help."""

LARGEST_ID = 2**31 - 1
"""What a database can number. What is as long as this is no number of a row."""

CHOSEN_BY_PICTURE = (
    HelpReason.NOT_UNDERSTOOD,
    HelpReason.NOT_FOUND,
    HelpReason.LATE,
    HelpReason.NOT_NICE,
    HelpReason.UNWELL,
    HelpReason.SOMETHING_ELSE,
)
"""What a participant can choose on the help page; the other reasons come from a change."""


class Details(TypedDict, total=False):
    """What a call for help may carry: whom it is for (None: the whole team), and about what."""

    to_id: int | None
    sentence: str | None
    task_id: int | None
    day: date | None
    about_change_id: int | None


def open_request(
    session: Session,
    change: Change,
    participant: Person,
    about: HelpReason,
    now: datetime,
    **details: Unpack[Details],
) -> HelpRequest:
    """Keep a call for help that `change` asked for, with its number."""
    request = HelpRequest(
        participant_id=participant.id,
        change_id=change.id,
        about=about,
        asked_at=now,
        **details,
    )
    session.add(request)
    session.flush()
    return request


def open_about(
    session: Session,
    change: Change,
    participant: Person,
    about: HelpReason,
    spoken_of: Change,
    now: datetime,
) -> HelpRequest:
    """Keep a call for help that speaks of a change, and of its task where it has one."""
    details: Details = {"about_change_id": spoken_of.id, "task_id": spoken_of.wanted.get("task")}
    return open_request(session, change, participant, about, now, **details)


def ask_for_help(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Call for a human. Whatever cannot be read is left open, so that no call is ever refused."""
    wanted = change.wanted
    task = _task(session, participant, _number(wanted.get("task")))
    request = open_request(
        session,
        change,
        participant,
        read_reason(wanted.get("about")),
        now,
        to_id=_whom(session, participant, _number(wanted.get("to")), now),
        sentence=wanted.get("sentence") or None,
        task_id=task.id if task else None,
        day=_day(wanted.get("day")) if task else None,
    )
    return Effect(None, _snapshot(request))


def mark_seen(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Tell the participant that somebody has seen the call; the first who says so is kept."""
    request = _named(session, change, participant, now)
    before = _snapshot(request)
    _see(request, change.actor, now)
    return Effect(before, _snapshot(request))


def answer_request(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Answer a call in a sentence, or say when one comes. Who answers has also seen it.

    Raises RuleBroken where nothing is said, or a moment more than a month away ("no_answer"),
    and where the moment has passed ("in_the_past").
    """
    request = _named(session, change, participant, now)
    before = _snapshot(request)
    sentence = change.wanted.get("sentence") or None
    comes_at = None if sentence else _coming(change.wanted.get("comes_at"), now)
    request.answers.append(
        HelpAnswer(author_id=change.actor_id, sentence=sentence, comes_at=comes_at, answered_at=now)
    )
    _see(request, change.actor, now)
    session.flush()
    return Effect(before, _snapshot(request))


def close_request(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Say that the help is not needed any more."""
    return _set_closed(session, change, participant, now, is_closed=True)


def reopen_request(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Take back that the help is not needed any more."""
    return _set_closed(session, change, participant, now, is_closed=False)


def read_reason(said: object) -> HelpReason:
    """Return what the participant chose; whatever is no such choice is something else."""
    return next((each for each in CHOSEN_BY_PICTURE if each == said), HelpReason.SOMETHING_ELSE)


def find_task(session: Session, participant: Person, said: object) -> Task | None:
    """Return the task of the participant's plan whose number this is, or None."""
    return _task(session, participant, _number(said))


def _named(session: Session, change: Change, participant: Person, now: datetime) -> HelpRequest:
    """Return the call that a change speaks of, if who asks may see it."""
    number = _number(change.wanted.get("request"))
    session.flush()
    request = get_request(session, change.actor, number or 0, now)
    if request.participant_id != participant.id:
        raise NotFound
    return request


def _see(request: HelpRequest, actor: Person, now: datetime) -> None:
    if request.seen_at is None:
        request.seen_at, request.seen_by = now, actor


def _set_closed(
    session: Session, change: Change, participant: Person, now: datetime, *, is_closed: bool
) -> Effect:
    request = _named(session, change, participant, now)
    before = _snapshot(request)
    if (request.closed_at is not None) is not is_closed:
        request.closed_at = now if is_closed else None
    return Effect(before, _snapshot(request))


def _snapshot(request: HelpRequest) -> Snapshot:
    return {
        "request": request.id,
        "about": request.about.value,
        "to": request.to_id,
        "task": request.task_id,
        "title": request.task.title.as_json() if request.task else None,
        "picture": request.task.picture if request.task else None,
        "state": state_of(request).value,
    }


def _number(said: object) -> int | None:
    """Return the number of a row, or None for what is none."""
    text = str(said)
    is_number = text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_ID))
    return int(text) if is_number else None


def _task(session: Session, participant: Person, task_id: int | None) -> Task | None:
    if task_id is None:
        return None
    return session.scalars(
        select(Task).where(
            Task.id == task_id,
            Task.participant_id == participant.id,
            Task.removed_at.is_(None),
        )
    ).one_or_none()


def _whom(
    session: Session, participant: Person, person_id: int | None, now: datetime
) -> int | None:
    """Return who is asked, if they are of the team and may answer; None asks all of it."""
    team = team_of(session, participant, now) if person_id else []
    asked = next((each for each in team if each.id == person_id), None)
    may_answer = asked and cell(Kind.HELP_ANSWER, asked, participant).right is Right.DOES
    return person_id if may_answer else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _coming(said: Any, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(said)
        has_come, is_far = at <= now, at > now + LONGEST_WAIT
    except (TypeError, ValueError) as error:
        raise RuleBroken("no_answer") from error
    if has_come:
        raise RuleBroken("in_the_past")
    if is_far:
        raise RuleBroken("no_answer")
    return at
