"""The messages that a change causes: written in its own transaction, to those whom it concerns."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.domain.access import SEES_THE_PLAN, team_of
from webapp.domain.paces import is_paused
from webapp.domain.repeats import today_in
from webapp.domain.rights import Kind, Right, cell
from webapp.models.change import Answer, Change, Outcome, Proposal
from webapp.models.help import HelpRequest
from webapp.models.notice import Notice, NoticeKind, NoticeState
from webapp.models.person import Person

OF_USE = timedelta(days=3)
"""How long a message that names no time is worth sending."""


class About(TypedDict, total=False):
    """What a message is about."""

    change_id: int | None
    help_request_id: int | None
    participant_id: int | None


def write(session: Session, change: Change, participant: Person, now: datetime) -> None:
    """Write the messages that a change causes; each of them exists once, whatever is sent again."""
    if change.actor_id == participant.id:
        _to_the_team(session, change, participant, now)
    else:
        _to_the_participant(session, change, participant, now)


def add(
    session: Session,
    person: Person,
    kind: NoticeKind,
    key: str,
    now: datetime,
    **about: Unpack[About],
) -> None:
    """Add one message, due now, unless it exists or the person wants none."""
    if not wants_messages(person) or _exists(session, key):
        return
    session.add(
        Notice(
            person_id=person.id,
            kind=kind,
            key=key,
            due_at=now,
            next_try_at=now,
            useful_until=now + OF_USE,
            **about,
        )
    )


def withdraw_from_the_team(session: Session, participant: Person, now: datetime) -> None:
    """Let no message about the person go out to anybody else any more, not even a second try."""
    session.execute(
        update(Notice)
        .where(
            Notice.participant_id == participant.id,
            Notice.person_id != participant.id,
            Notice.state == NoticeState.PLANNED,
        )
        .values(state=NoticeState.SILENT, settled_at=now, claim=None)
    )


def wants_messages(person: Person) -> bool:
    """Say whether messages go to this person at all."""
    return person.reminders_on and not person.reminders_paused


def _exists(session: Session, key: str) -> bool:
    return session.scalars(select(Notice.id).where(Notice.key == key)).first() is not None


def _to_the_participant(
    session: Session, change: Change, participant: Person, now: datetime
) -> None:
    """Tell the person what is proposed to them, what was changed, and who answers their call."""
    found = _news(session, change, participant, now)
    if found is not None:
        kind, key = found
        number = change.wanted.get("request") if kind is NoticeKind.HELP_ANSWER else None
        add(
            session,
            participant,
            kind,
            key,
            now,
            change_id=change.id,
            help_request_id=number and int(number),
            participant_id=participant.id,
        )


def _news(
    session: Session, change: Change, participant: Person, now: datetime
) -> tuple[NoticeKind, str] | None:
    """Return which message a change of somebody else is for the person, and its key, if any."""
    if change.outcome is Outcome.APPLIED and change.verb in ("help.answer", "help.seen"):
        return NoticeKind.HELP_ANSWER, f"help_answer:{change.id}"
    if change.outcome is Outcome.APPLIED and change.person_is_told:
        return NoticeKind.TOLD, f"told:{change.id}"
    proposal_id = _shown_proposal(session, change)
    if proposal_id is None or is_paused(participant, today_in(participant.time_zone, now)):
        return None
    return NoticeKind.PROPOSAL, f"proposal:{proposal_id}"


def _shown_proposal(session: Session, change: Change) -> int | None:
    """Return the proposal that this change shows to the person: itself, or the list it sends."""
    number = change.wanted["proposal"] if change.verb == "proposal.send" else change.proposal_id
    if number is None or change.outcome not in (Outcome.APPLIED, Outcome.PROPOSED):
        return None
    return number if session.get_one(Proposal, number).sent_at else None


def _to_the_team(session: Session, change: Change, participant: Person, now: datetime) -> None:
    """Tell those who can help that the person calls, and who proposed something what they said."""
    calls = session.scalars(select(HelpRequest).where(HelpRequest.change_id == change.id)).all()
    for call in calls:
        for person in _helpers(session, call, participant, now):
            key = f"help_request:{call.id}:{person.id}"
            about = About(help_request_id=call.id, participant_id=participant.id)
            add(session, person, NoticeKind.HELP_REQUEST, key, now, **about)
    if change.outcome is not Outcome.APPLIED or calls:
        return
    if change.verb == "proposal.answer" and change.wanted["answer"] != Answer.TALK:
        readers, kind = _proposers(session, change, participant, now), NoticeKind.ANSWER
    elif change.verb == "follow_up.comment":
        readers, kind = _who_may(session, Kind.FOLLOW_UP, participant, now), NoticeKind.COMMENT
    else:
        return
    for person in readers:
        about = About(change_id=change.id, participant_id=participant.id)
        add(session, person, kind, f"{kind}:{change.id}:{person.id}", now, **about)


def _helpers(
    session: Session, call: HelpRequest, participant: Person, now: datetime
) -> Iterable[Person]:
    """Return the coach whom a call names; where it names none, all coaches of the person.

    They see every call, and so far they alone have a page on which to answer it.
    """
    able = _who_may(session, Kind.HELP_ANSWER, participant, now)
    coaches = [person for person in able if person.role in SEES_THE_PLAN]
    return [person for person in coaches if person.id == call.to_id] or coaches


def _who_may(session: Session, kind: Kind, participant: Person, now: datetime) -> list[Person]:
    """Return who of the team does what is of this kind, at this instant."""
    return [
        person
        for person in team_of(session, participant, now)
        if cell(kind, person, participant).right is Right.DOES
    ]


def _proposers(
    session: Session, change: Change, participant: Person, now: datetime
) -> list[Person]:
    """Return who made the proposals that the person has answered, and still stands beside them."""
    made = select(Change.actor_id).where(
        Change.id.in_(change.wanted["changes"]), Change.participant_id == participant.id
    )
    proposers = set(session.scalars(made))
    able = _who_may(session, Kind.PROPOSAL, participant, now)
    return [person for person in able if person.id in proposers]
