"""The demonstration people: one coach, and three participants with plans in three trades."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from webapp.domain import people, plans
from webapp.domain.people import NewPerson
from webapp.models.person import Language, Person, Region, Role

PLANS = Path(__file__).parent.parent / "demonstration"
COACH = NewPerson("Camille", Language.FR, Region.CA, "America/Toronto", "+1 514 555 0142")
HELPERS = (
    NewPerson("Luc", Language.FR, Region.CA, "America/Toronto", "+1 514 555 0164"),
    NewPerson("Sarah", Language.FR, Region.FR, "Europe/Paris", "+33 1 99 00 12 34"),
    NewPerson("Robin", Language.EN, Region.CA, "America/Moncton", "+1 506 555 0187"),
)
"""The helper at work of each participant, in the order of the plans."""


def add_everybody(session: Session, now: datetime) -> list[Person]:
    """Make the demonstration people, the coach first, where the database holds nobody yet.

    Their tasks come every day, so that there is something to do whenever they are made.
    """
    if people.everybody(session):
        return []
    coach = people.add(session, Role.COACH, COACH, now, email="camille@example.org")
    everybody = [coach]
    for path, helper in zip(sorted(PLANS.glob("*.json")), HELPERS, strict=True):
        participant = plans.add_plan(session, plans.read(path.read_bytes()).plan, now)
        mentor = people.add(session, Role.MENTOR, helper, now)
        for supporter in (coach, mentor):
            people.stand_beside(session, supporter, participant, now)
        everybody.append(participant)
    return everybody
