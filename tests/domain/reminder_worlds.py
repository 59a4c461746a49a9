"""Made-up plans with reminders: how they are thought of, stored, and read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests import factories
from tests.domain.reminder_oracle import (
    DAY,
    RULES,
    Chore,
    Name,
    Oracle,
    Said,
    Wish,
    World,
    days_of,
)
from webapp.domain import reminders
from webapp.models.change import Change, Outcome
from webapp.models.mark import Mark, MarkState
from webapp.models.notice import Notice, NoticeKind, NoticeState
from webapp.models.person import Person, RemindOn
from webapp.models.plan import Task
from webapp.models.text import BilingualText

LEADS = ("0", "10", "30", "60", "evening_before", "never")
NIGHTS = (
    ("America/Toronto", date(2026, 11, 23)),
    ("America/Toronto", date(2027, 3, 14)),
    ("America/Toronto", date(2026, 11, 1)),
    ("Europe/Paris", date(2027, 3, 28)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("Europe/Paris", date(2028, 2, 29)),
    ("Pacific/Kiritimati", date(2026, 12, 31)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
)
"""Ordinary days, days on which the clocks change, and the leap day, each at its place."""

CLOCK = ("00:00", "00:05", "01:30", "02:00", "02:30", "03:00", "07:55", "09:00", "13:45", "18:05")
TIMES = st.sampled_from([None, *(time.fromisoformat(each) for each in (*CLOCK, "23:50"))])
QUIET = st.sampled_from(
    [None, *((time(begins), time(ends)) for begins, ends in ((21, 7), (22, 8), (0, 9), (12, 14)))]
)
FIRST, LAST = -5, 14
"""The days around the night on which the oracle looks for tasks."""


@dataclass(frozen=True)
class Thought:
    """A task before it is stored: its chore, when it starts and by which rule it comes."""

    chore: Chore
    start: date
    rule: str
    is_fixed: bool


@st.composite
def thoughts(draw: st.DrawFn, around: date) -> Thought:
    """Draw a task near a night, and what the person said of it."""
    start = around + draw(st.integers(-3, 2)) * DAY
    rule = draw(st.sampled_from(sorted(RULES)))
    days = days_of(rule, start, around + FIRST * DAY, around + LAST * DAY)
    stops = draw(st.none() | st.integers(0, 3).map(lambda number: around + number * DAY))
    live = sorted(day for day in days if stops is None or day < stops)
    said = draw(st.dictionaries(st.sampled_from(live), sayings(around), max_size=2)) if live else {}
    chore = Chore(
        number=0,
        days=days,
        at=draw(TIMES),
        minutes=draw(st.sampled_from([5, 30, 90, 600])),
        lead=draw(st.sampled_from(["as_all", "as_all", *LEADS])),
        stopped_on=stops,
        said=said,
    )
    return Thought(chore, start, rule, draw(st.booleans()))


def sayings(around: date) -> st.SearchStrategy[Said]:
    """Draw what the person said of a task on a day."""
    days = st.integers(-1, 2).map(lambda number: around + number * DAY)
    later = st.builds(lambda on, at: Said("later", on, at), days, TIMES)
    return later | st.sampled_from([Said("done"), Said("not_today")])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[World, list[Thought], datetime]:
    """Draw a person with tasks around a night, and an instant near it."""
    zone, around = draw(st.sampled_from(NIGHTS))
    pause = draw(st.none() | st.tuples(st.integers(-2, 2), st.integers(1, 3)))
    begins, lasts = pause or (0, 0)
    found = draw(st.lists(thoughts(around), min_size=1, max_size=4))
    world = World(
        zone=zone,
        around=around,
        chores=[each.chore for each in found],
        for_all=draw(st.sampled_from(LEADS)),
        again=draw(st.booleans()),
        most=draw(st.sampled_from([None, None, 3])),
        quiet=draw(QUIET),
        pauses=frozenset(around + (begins + number) * DAY for number in range(lasts)),
    )
    midnight = datetime.combine(around, time.min, UTC)
    return world, found, midnight + timedelta(minutes=draw(st.integers(-2000, 2000)), seconds=30)


class Stored:
    """A world in the database: the plan of one person, and the reminders that stand there."""

    def __init__(self, session: Session, person: Person, world: World) -> None:
        self.session, self.person, self.world = session, person, world
        self.change = Change(
            participant_id=person.id,
            actor_id=person.id,
            verb="task.done",
            wanted={},
            outcome=Outcome.APPLIED,
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            why=BilingualText(),
        )
        person.reminders_on = True
        session.add(self.change)
        session.flush()

    def add(self, thought: Thought) -> None:
        """Store a task with its marks, and give its chore its number."""
        chore = thought.chore
        task = factories.task(
            self.session,
            self.person,
            starts_on=thought.start,
            at_time=chore.at,
            duration_minutes=chore.minutes,
            repeat_rule=RULES[thought.rule][0](thought.start),
            is_fixed_by_workplace=thought.is_fixed,
            stopped_on=chore.stopped_on,
        )
        chore.number = task.id
        for day, said in list(chore.said.items()):
            self.say(chore, day, said)

    def say(self, chore: Chore, day: date, said: Said | None) -> None:
        """Store what the person says of a task on a day, or that they take it back."""
        self.session.execute(delete(Mark).where(Mark.task_id == chore.number, Mark.day == day))
        chore.said.pop(day, None)
        if said:
            chore.said[day] = said
            self.session.add(
                Mark(
                    task_id=chore.number,
                    day=day,
                    state=MarkState(said.state),
                    moved_on=said.on,
                    moved_time=said.at,
                    change_id=self.change.id,
                    marked_at=self.change.made_at,
                )
            )

    def choose(self) -> None:
        """Store what the person chose."""
        world, person = self.world, self.person
        person.time_zone = world.zone
        person.remind_all, person.remind_all_minutes = choice(world.for_all)
        person.reminds_again, person.reminders_a_day = world.again, world.most
        person.quiet_from, person.quiet_until = world.quiet or (None, None)
        person.paces = paces(world)
        for chore in world.chores:
            task = self.session.get_one(Task, chore.number)
            task.remind_on, task.remind_minutes_before = choice(chore.lead)
        self.session.flush()

    def plan(self, now: datetime) -> None:
        """Let the code under test plan."""
        reminders.plan_for(self.session, self.person, now)

    def rows(self) -> Sequence[Notice]:
        """Return every reminder of the person, as the database has it."""
        return self.session.scalars(
            select(Notice)
            .where(Notice.person_id == self.person.id)
            .order_by(Notice.id)
            .execution_options(populate_existing=True)
        ).all()

    def standing(self, now: datetime) -> list[Wish]:
        """Return the reminders that stand and are still to come."""
        rows = [row for row in self.rows() if row.state is NoticeState.PLANNED]
        assert all(row.next_try_at == row.due_at for row in rows)
        return in_order(wish(row) for row in rows if row.due_at > now)

    def waiting(self, now: datetime) -> list[Name]:
        """Return what is due and has not gone yet."""
        rows = (row for row in self.rows() if row.state is NoticeState.PLANNED)
        return [wish(row).name for row in rows if row.due_at <= now]

    def gone(self) -> dict[Name, datetime]:
        """Return what went out, and when it was due."""
        rows = (row for row in self.rows() if row.state is NoticeState.ACCEPTED)
        return {wish(row).name: row.due_at for row in rows}

    def send(self, now: datetime) -> None:
        """Stand in for the process that sends: what is due goes, or is missed where it is late."""
        for row in self.rows():
            if row.state is NoticeState.PLANNED and row.due_at <= now:
                is_late = now >= row.useful_until
                row.state = NoticeState.MISSED if is_late else NoticeState.ACCEPTED
        self.session.flush()

    def expected(self, now: datetime, waiting: Sequence[Name] = ()) -> list[Wish]:
        """Let the oracle say what must stand."""
        return in_order(Oracle(self.world).coming(now, self.gone(), waiting))


def wish(row: Notice) -> Wish:
    """Return a row as the oracle names it."""
    kind, task_id, day, asked = row.key.split(":", 3)
    assert (kind, int(task_id), day) == (row.kind, row.task_id, str(row.day))
    again = row.kind is NoticeKind.REMINDER_AGAIN
    assert row.task_id
    assert row.day
    return Wish(again, row.task_id, row.day, datetime.fromisoformat(asked), row.due_at)


def in_order(wishes: Any) -> list[Wish]:
    return sorted(wishes, key=lambda each: (each.due, each.name))


def without_names(wishes: Sequence[Wish]) -> list[tuple[bool, datetime]]:
    """Return what a limit leaves open: of several at one instant it may keep any."""
    return sorted((each.again, each.due) for each in wishes)


def choice(lead: str) -> tuple[RemindOn | None, int | None]:
    """Return how a choice of the screens is stored."""
    if lead == "as_all":
        return None, None
    return (None, int(lead)) if lead.isdecimal() else (RemindOn(lead), None)


def paces(world: World) -> list[list[str]]:
    """Return the pauses of a world as steps of the pace."""
    days = sorted(world.pauses)
    return (
        [[days[0].isoformat(), "pause"], [(days[-1] + DAY).isoformat(), "steady"]] if days else []
    )
