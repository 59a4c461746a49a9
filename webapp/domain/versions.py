"""How far a plan has come: a number that grows whenever something in it changes."""

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from webapp.domain.history import PRIVATE
from webapp.models.change import Change
from webapp.models.person import Person


def plan_version(session: Session, participant: Person) -> int:
    """Return the version of a plan, with one statement; 0 where nothing was ever asked for.

    Everything passes the one door, answers and proposals that are sent or withdrawn too. There
    changes on one plan take turns, so that a later one has a higher number. What nobody reads
    does not count: it would tell the team that the person has looked.
    """
    return session.scalar(_NEWEST, {"participant_id": participant.id}) or 0


_NEWEST = select(func.max(Change.id)).where(
    Change.participant_id == bindparam("participant_id", type_=Integer),
    Change.verb.not_in(PRIVATE),
)
"""Put together once: the coach's page asks it again and again."""
