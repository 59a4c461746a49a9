"""Who is here: new people, and who stands beside whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.person import Language, Person, Region, Role, Support


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of somebody on the first day."""

    name: str
    language: Language
    region: Region
    time_zone: str
    telephone: str | None = None


def add_participant(session: Session, actor: Person, new: NewPerson, now: datetime) -> Person:
    """Make a participant whom `actor`, a coach, stands beside from now on.

    Raises NotAllowed to everybody else.
    """
    if actor.role is not Role.COACH:
        raise NotAllowed
    person = add(session, Role.PARTICIPANT, new, now)
    stand_beside(session, actor, person, now)
    return person


def add(
    session: Session, role: Role, new: NewPerson, now: datetime, *, email: str | None = None
) -> Person:
    """Make a person. Raises RuleBroken ("email_taken") where somebody has that e-mail address."""
    address = email.strip().casefold() if email else None
    if address and session.scalars(select(Person.id).where(Person.email == address)).first():
        raise RuleBroken("email_taken")
    person = Person(
        name=new.name,
        role=role,
        language=new.language,
        region=new.region,
        time_zone=new.time_zone,
        telephone=new.telephone or None,
        email=address,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def stand_beside(
    session: Session, supporter: Person, participant: Person, now: datetime
) -> Support:
    """Put `supporter` beside `participant`, from now on."""
    support = Support(
        participant_id=participant.id, supporter_id=supporter.id, began_at=now, ended_at=None
    )
    session.add(support)
    session.flush()
    return support


def everybody(session: Session) -> Sequence[Person]:
    """Return all people, in the order in which they came. Only for the commands."""
    return session.scalars(select(Person).order_by(Person.id)).all()


def get_person(session: Session, person_id: int) -> Person:
    """Return anybody by id, or raise NotFound. Only for the commands: pages go through access."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person
