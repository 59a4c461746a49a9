"""The demonstration people: one coach, and three participants with plans in three trades.

They have agreed to their plans; for the first of them something waits for an answer.
"""

from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain import access, changes, people, plans, schedules
from webapp.domain.changes import Asked
from webapp.domain.people import NewPerson
from webapp.models.person import Language, Person, Region, Role
from webapp.models.plan import Task
from webapp.models.text import BilingualText

PLANS = Path(__file__).parent.parent / "demonstration"
COACH_EMAIL = "camille@example.org"
"""By which the demonstration is known again."""
COACH = NewPerson("Camille", Language.FR, Region.CA, "America/Toronto", "+1 514 555 0142")
HOURS = {"on": ["MO", "TU", "WE", "TH", "FR"], "begins": "09:00", "ends": "17:00"}
"""When the coach answers, on the coach's own clock."""
WHY = BilingualText(fr="Vous avez plus de temps le soir.", en="You have more time in the evening.")
HELPERS = (
    NewPerson("Luc", Language.FR, Region.CA, "America/Toronto", "+1 514 555 0164"),
    NewPerson("Sarah", Language.FR, Region.FR, "Europe/Paris", "+33 1 99 00 12 34"),
    NewPerson("Robin", Language.EN, Region.CA, "America/Moncton", "+1 506 555 0187"),
)
"""The helper at work of each participant, in the order of the plans."""
LOCK = 20261122


def add_everybody(session: Session, now: datetime) -> list[Person]:
    """Make the demonstration people, the coach first, where the database holds nobody yet.

    Their tasks come every day, so that there is something to do whenever they are made.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Two machines that start together take turns; on SQLite all that write do.
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    if people.everybody(session):
        return []
    coach = people.add(session, Role.COACH, COACH, now, email=COACH_EMAIL)
    everybody = [coach]
    for path, helper in zip(sorted(PLANS.glob("*.json")), HELPERS, strict=True):
        participant = plans.add_plan(session, plans.read(path.read_bytes()).plan, now)
        mentor = people.add(session, Role.MENTOR, helper, now)
        for supporter in (coach, mentor):
            people.stand_beside(session, supporter, participant, now)
        everybody.append(participant)
    changes.make(session, coach, coach, Asked("demonstration-hours", "hours.set", HOURS), now)
    _propose_an_earlier_evening(session, coach, everybody[1], now)
    return everybody


def _propose_an_earlier_evening(
    session: Session, coach: Person, participant: Person, now: datetime
) -> None:
    """Let the coach propose that the last task of the day comes half an hour earlier."""
    task = session.scalars(
        select(Task)
        .where(Task.participant_id == participant.id, Task.at_time.is_not(None))
        .order_by(Task.at_time.desc())
        .limit(1)
    ).one()
    times = schedules.current(task).as_json()
    evening = datetime.combine(task.starts_on, time.fromisoformat(times["at"]))
    earlier = f"{evening - timedelta(minutes=30):%H:%M}"
    wanted = {**times, "task": task.id, "at": earlier}
    changes.make(
        session, coach, participant, Asked("demonstration-time", "task.move", wanted, WHY), now
    )


def with_pages(session: Session, now: datetime) -> list[Person]:
    """Return the demonstration people who have pages: the coach, and whom that coach supports.

    It is empty where the people of the database are others.
    """
    coach = session.scalars(
        select(Person).where(Person.email == COACH_EMAIL, Person.role == Role.COACH)
    ).one_or_none()
    if coach is None:
        return []
    participants = access.participants_for(session, coach, now)
    return [coach, *sorted(participants, key=lambda each: each.id)]
