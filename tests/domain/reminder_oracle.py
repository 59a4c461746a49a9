"""What reminders a plan must give: worked out by looking at the clock of each minute.

Nothing of the code under test is used here: no rule, no time zone but Python's own, no query.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CLOSED = ("done", "not_today")
Written = Callable[[date], str | None]
Comes = Callable[[date, date], bool]

RULES: dict[str, tuple[Written, Comes]] = {
    "once": (lambda start: None, lambda start, day: day == start),
    "daily": (lambda start: "FREQ=DAILY", lambda start, day: True),
    "two days": (lambda start: "FREQ=DAILY;COUNT=2", lambda start, day: day <= start + DAY),
    "two weeks": (
        lambda start: "FREQ=WEEKLY;COUNT=2",
        lambda start, day: day in (start, start + 7 * DAY),
    ),
    "until": (
        lambda start: f"FREQ=DAILY;UNTIL={start + 2 * DAY:%Y%m%d}",
        lambda start, day: day <= start + 2 * DAY,
    ),
    "every second day": (
        lambda start: "FREQ=DAILY;INTERVAL=2",
        lambda start, day: (day - start).days % 2 == 0,
    ),
    "some weekdays": (
        lambda start: "FREQ=WEEKLY;BYDAY=MO,WE,SU",
        lambda start, day: day.weekday() in (0, 2, 6),
    ),
    "every year": (
        lambda start: "FREQ=YEARLY",
        lambda start, day: (day.month, day.day) == (start.month, start.day),
    ),
}
"""Rules by name: how they are written for a start, and on which days from it on they come."""


def days_of(rule: str, start: date, first: date, last: date) -> frozenset[date]:
    """Return the days on which a rule comes, one day after the other."""
    comes = RULES[rule][1]
    days = (first + number * DAY for number in range((last - first).days + 1))
    return frozenset(day for day in days if day >= start and comes(start, day))


@dataclass
class Said:
    """What the person said of a task on a day; "later" puts it on another day and time."""

    state: str
    on: date | None = None
    at: time | None = None


@dataclass
class Chore:
    """A task as the oracle knows it. `lead` is as the screens name it."""

    number: int
    days: frozenset[date]
    at: time | None
    minutes: int
    lead: str = "as_all"
    stopped_on: date | None = None
    said: dict[date, Said] = field(default_factory=dict)


@dataclass
class World:
    """A person, what they chose, and their tasks."""

    zone: str
    around: date
    chores: list[Chore]
    for_all: str = "10"
    again: bool = False
    most: int | None = None
    quiet: tuple[time, time] | None = None
    pauses: frozenset[date] = frozenset()


Name = tuple[bool, int, date, datetime]
"""What makes a reminder the same one, whenever it is worked out."""


@dataclass(frozen=True)
class Wish:
    """A reminder: `asked` is what the clock showed at the moment for which it was asked."""

    again: bool
    number: int
    day: date
    asked: datetime
    due: datetime

    @property
    def name(self) -> Name:
        """Return what makes it the same as another one."""
        return self.again, self.number, self.day, self.asked


@lru_cache(maxsize=64)
def clock_table(zone: str, around: date) -> dict[datetime, datetime]:
    """Return for each minute that the clocks show the first instant at which they show it."""
    shown: dict[datetime, datetime] = {}
    at = datetime.combine(around - 8 * DAY, time.min, UTC)
    tz = ZoneInfo(zone)
    for _minute in range(26 * 24 * 60):
        shown.setdefault(at.astimezone(tz).replace(tzinfo=None), at)
        at += MINUTE
    return shown


class Oracle:
    """Looks up in the clock of each minute when a world's reminders are due."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.table = clock_table(world.zone, world.around)
        self.tz = ZoneInfo(world.zone)

    def first(self, day: date, at: time) -> datetime:
        """Return when the clocks first show this; what they skip comes as much later."""
        shown, skipped = datetime.combine(day, at), timedelta(0)
        while shown not in self.table:
            shown, skipped = shown - MINUTE, skipped + MINUTE
        return self.table[shown] + skipped

    def shown(self, at: datetime) -> datetime:
        """Return what the clock shows at an instant."""
        return at.astimezone(self.tz).replace(tzinfo=None)

    def wishes(self) -> Iterator[Wish]:
        """Yield every reminder of the plan, however far away, and never one in a pause."""
        for chore in self.world.chores:
            days = {day for day in chore.days if not chore.stopped_on or day < chore.stopped_on}
            for day in days | chore.said.keys():
                yield from self._of_day(chore, day)

    def _of_day(self, chore: Chore, day: date) -> Iterator[Wish]:
        said = chore.said.get(day, Said("nothing"))
        lead = self.world.for_all if chore.lead == "as_all" else chore.lead
        on, at = (said.on, said.at) if said.on else (day, chore.at)
        if said.state in CLOSED or lead == "never" or on in self.world.pauses:
            return
        end = self.first(on, at) + chore.minutes * MINUTE if at else self.first(on + DAY, time.min)
        if lead == "evening_before":
            asked, until = self.first(on - DAY, time(18)), self.first(on, time.min)
        else:
            asked, until = self.first(on, at or time(8)) - int(lead) * MINUTE, end
        heard = self._heard(asked, until)
        if heard:
            yield Wish(False, chore.number, day, self.shown(asked), heard)
        if self.world.again:
            once_more = max(heard or asked, self.first(on, at or time(14))) + 10 * MINUTE
            heard = self._heard(once_more, max(end, once_more + 30 * MINUTE))
            if heard:
                yield Wish(True, chore.number, day, self.shown(once_more), heard)

    def _heard(self, asked: datetime, until: datetime) -> datetime | None:
        """Return when it is heard: after the quiet hours, if it is of use then, and no pause."""
        due = next((ends for begins, ends in self._quiet(asked) if begins <= asked < ends), asked)
        useless = due != asked and due >= until
        return None if useless or self.shown(due).date() in self.world.pauses else due

    def _quiet(self, around: datetime) -> Iterator[tuple[datetime, datetime]]:
        if self.world.quiet:
            begins, ends = self.world.quiet
            for day in (self.shown(around).date() + number * DAY for number in (-1, 0, 1)):
                yield self.first(day, begins), self.first(day + DAY * (ends < begins), ends)

    def coming(
        self, now: datetime, gone: Mapping[Name, datetime], waiting: Iterable[Name] = ()
    ) -> list[Wish]:
        """Return what must stand at `now` for the next 48 hours. `gone` says what went, and when.

        What waits was planned before, is due, and has not gone yet: it takes a place of its day.
        """
        found = [each for each in self.wishes() if each.name not in gone]
        stands = set(waiting)
        near = [
            each
            for each in found
            if now < each.due <= now + 2 * DAY or (each.due <= now and each.name in stands)
        ]
        near.sort(key=lambda each: (each.again, each.due))
        taken = [self.shown(due).date() for due in gone.values()]
        kept = []
        for each in near:
            on = self.shown(each.due).date()
            if self.world.most is None or taken.count(on) < self.world.most:
                kept.append(each)
                taken.append(on)
        return [each for each in kept if each.due > now]
