"""Finds messages whose cause is gone: the phone is back, the call closed, the proposal settled."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.domain.reach import unreached
from webapp.jobs.rows import Taken
from webapp.models.change import Change, Outcome
from webapp.models.help import HelpRequest
from webapp.models.notice import NoticeKind
from webapp.models.person import Person


def outdated(session: Session, batch: Sequence[Taken], now: datetime) -> set[int]:
    """Return which notices say what is not so any more. Kinds that are not here cost nothing."""
    found: set[int] = set()
    if lost := _about(batch, NoticeKind.NO_PHONE, "participant_id"):
        without = unreached(now, by_mail=False)
        still = session.scalars(select(Person.id).where(Person.id.in_(lost), without))
        found |= _but(lost, still)
    if calls := _about(batch, NoticeKind.HELP_REQUEST, "help_request_id"):
        is_open = HelpRequest.closed_at.is_(None)
        still = session.scalars(select(HelpRequest.id).where(HelpRequest.id.in_(calls), is_open))
        found |= _but(calls, still)
    if proposed := _about(batch, NoticeKind.PROPOSAL, "change_id"):
        found |= _but(proposed, _unanswered(session, proposed))
    return found


def _about(batch: Sequence[Taken], kind: NoticeKind, name: str) -> dict[int, list[int]]:
    """Return the notices of a kind, found by the number of what they are about."""
    found: dict[int, list[int]] = {}
    for each in batch:
        if each.kind is kind and (number := getattr(each, name)) is not None:
            found.setdefault(number, []).append(each.id)
    return found


def _but(notices: dict[int, list[int]], still: Iterable[int]) -> set[int]:
    """Return the notices that are about anything but what is still so."""
    gone = notices.keys() - set(still)
    return {notice for number in gone for notice in notices[number]}


def _unanswered(session: Session, shown_by: Iterable[int]) -> Iterable[int]:
    """Return which of these changes showed no proposal, or one that waits for its first answer.

    A change shows the proposal that it belongs to, or the one that it sends.
    """
    piece = aliased(Change)
    proposal = func.coalesce(Change.proposal_id, Change.wanted["proposal"].as_integer())
    waits = exists().where(
        piece.proposal_id == proposal,
        piece.outcome == Outcome.PROPOSED,
        piece.withdrawn_at.is_(None),
        piece.answer.is_(None),
    )
    is_waiting = or_(proposal.is_(None), waits)
    return session.scalars(select(Change.id).where(Change.id.in_(shown_by), is_waiting))
