"""Ada, who chooses her pace, for tests of what it moves."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tests.domain.ada import MONDAY, Ada
from webapp.domain import changes, days, pace_changes, paces, things
from webapp.domain.changes import Asked
from webapp.domain.pace_changes import Preview
from webapp.domain.paces import PaceNow
from webapp.models.change import Outcome
from webapp.models.person import Person
from webapp.models.plan import Task

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
SUNDAY, LAST_MONDAY = MONDAY - timedelta(days=1), MONDAY - timedelta(days=7)
NEXT_MONDAY = MONDAY + timedelta(days=7)


class Pacer(Ada):
    """Ada, who chooses her pace."""

    def choose(self, pace: str, until: date | None = None, actor: Person | None = None) -> Outcome:
        self.asked += 1
        wanted = {"pace": pace, "until": until and until.isoformat()}
        asked = Asked(f"pace-{self.asked}", "pace.set", wanted)
        return changes.make(self.session, actor or self.person, self.person, asked, self.now)

    def preview(self, pace: str, until: date | None = None) -> Preview:
        wanted = {"pace": pace, "until": until and until.isoformat()}
        return pace_changes.preview(self.session, self.person, wanted, self.now)

    def present(self, day: date = MONDAY) -> PaceNow:
        return paces.find_now(self.person, day)

    def shown(self, first: date, last: date) -> dict[str, list[str]]:
        """Return what stands on each day that has something."""
        found = days.days_for(self.session, self.person, first, last)
        week = {
            day.on: [each.title.en or "" for each in (*day.timed, *day.any_time)] for day in found
        }
        return {f"{on:%a %d}": names for on, names in week.items() if names}


def everything(session: Session, person: Person) -> dict[str, object]:
    """Return the whole plan as plain values, with what its tasks were before."""
    session.flush()
    session.expire_all()
    tasks = session.query(Task).filter_by(participant_id=person.id)
    looked = {things.name(each): (things.look(each), each.earlier) for each in tasks}
    return {**looked, "paces": (person.pace, person.paces)}
