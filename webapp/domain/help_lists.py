"""Calls for a human as pages show them: whose they are, who may see them, how far they came."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.domain.access import SEES_THE_PLAN, is_supported_by
from webapp.domain.errors import NotFound
from webapp.domain.rights import Kind, Right, cell
from webapp.models.help import HelpAnswer, HelpRequest
from webapp.models.person import Person

AT_MOST = 30
"""How many calls of one participant a page shows."""


class HelpState(StrEnum):
    """How far a call for help has come, as the participant reads it."""

    SENT = "sent"
    SEEN = "seen"
    ANSWERED = "answered"
    CLOSED = "closed"


def requests_for(session: Session, participant: Person) -> Sequence[HelpRequest]:
    """Return the participant's last calls: the open ones, then the closed ones, newest first.

    Only for pages that have loaded the participant through the actor.
    """
    own = _with_answers().where(HelpRequest.participant_id == participant.id)
    newest = (HelpRequest.asked_at.desc(), HelpRequest.id.desc())
    found = own.order_by(HelpRequest.closed_at.is_not(None), *newest).limit(AT_MOST)
    return session.scalars(found).unique().all()


def open_requests_for(session: Session, actor: Person, now: datetime) -> Sequence[HelpRequest]:
    """Return the open calls that `actor` may see: first what nobody has seen, newest first."""
    return (
        session.scalars(
            _with_answers()
            .where(HelpRequest.closed_at.is_(None), _is_for(actor, now))
            .order_by(
                HelpRequest.seen_at.is_not(None),
                HelpRequest.asked_at.desc(),
                HelpRequest.id.desc(),
            )
        )
        .unique()
        .all()
    )


def get_request(session: Session, actor: Person, request_id: int, now: datetime) -> HelpRequest:
    """Return a call for help, if it is the actor's own or one that the actor may see.

    The participant's coaches see all calls; another member of the team sees those that name
    them. Raises NotFound to everybody else.
    """
    may_see = or_(HelpRequest.participant_id == actor.id, _is_for(actor, now))
    found = session.scalars(_with_answers().where(HelpRequest.id == request_id, may_see)).unique()
    request = found.one_or_none()
    if request is None:
        raise NotFound
    return request


def get_made(session: Session, change_id: int) -> HelpRequest:
    """Return the call that the actor's own change has made."""
    return session.scalars(select(HelpRequest).where(HelpRequest.change_id == change_id)).one()


def state_of(request: HelpRequest) -> HelpState:
    """Return how far a call has come."""
    if request.closed_at is not None:
        return HelpState.CLOSED
    if request.answers:
        return HelpState.ANSWERED
    return HelpState.SENT if request.seen_at is None else HelpState.SEEN


def who_can_be_asked(team: Iterable[Person], participant: Person) -> list[Person]:
    """Return those of the team who may answer a call of the participant."""
    return [each for each in team if cell(Kind.HELP_ANSWER, each, participant).right is Right.DOES]


def _with_answers() -> Select[HelpRequest]:
    """Return the statement for calls with all that pages say of them: one for any number."""
    return select(HelpRequest).options(
        joinedload(HelpRequest.participant),
        joinedload(HelpRequest.to),
        joinedload(HelpRequest.seen_by),
        joinedload(HelpRequest.task),
        joinedload(HelpRequest.answers).joinedload(HelpAnswer.author),
    )


def _is_for(actor: Person, now: datetime) -> ColumnElement[bool]:
    beside = is_supported_by(HelpRequest.participant_id, actor, now)
    return beside if actor.role in SEES_THE_PLAN else beside & (HelpRequest.to_id == actor.id)
