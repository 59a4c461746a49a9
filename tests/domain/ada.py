"""Ada on her own clock, for tests of her days."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from tests import factories
from webapp.domain import changes, days
from webapp.domain.changes import Asked
from webapp.domain.days import Day, Today
from webapp.domain.repeats import instant
from webapp.models.person import Person
from webapp.models.plan import Task

MONDAY = factories.MONDAY
TUESDAY = MONDAY + timedelta(days=1)


class Ada:
    """Ada on her own clock: what she says of her tasks, and what her day then is."""

    def __init__(self, session: Session, person: Person) -> None:
        self.session, self.person, self.asked = session, person, 0
        self.now = self.clock(8)

    def clock(self, hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
        self.now = instant(day, time(hour, minute), self.person.time_zone)
        return self.now

    def says(self, verb: str, task: Task, day: date = MONDAY, **wanted: object) -> None:
        self.asked += 1
        values = {"task": task.id, "day": day.isoformat(), **wanted}
        asked = Asked(f"change-{self.asked}", f"task.{verb}", values)
        changes.make(self.session, self.person, self.person, asked, self.now)

    def later(self, task: Task, to_day: date, to_time: str | None, day: date = MONDAY) -> None:
        self.says("later", task, day, to_day=to_day.isoformat(), to_time=to_time)

    @property
    def today(self) -> Today:
        return days.today_for(self.session, self.person, self.now)

    def week(self) -> list[Day]:
        return days.days_for(self.session, self.person, MONDAY, MONDAY + timedelta(days=6))


def task(ada: Ada, title: str, hour: int | None, **values: object) -> Task:
    """Give Ada a task every day, at a full hour or at any time."""
    at = None if hour is None else time(hour)
    return factories.task(ada.session, ada.person, title, at_time=at, **values)


def shown(today: Today) -> tuple[str | None, list[str], list[str]]:
    """Return the card, the rest and the tasks without a time, by their titles."""
    return (
        today.now.title.en if today.now else None,
        [each.title.en or "" for each in today.rest],
        [each.title.en or "" for each in today.any_time],
    )
