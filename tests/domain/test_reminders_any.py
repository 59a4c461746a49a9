"""Of any plan exactly the expected reminders are planned, each once, whatever happens."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.reminder_oracle import DAY, Chore, Name, Oracle, Said, World
from tests.domain.reminder_worlds import (
    LEADS,
    QUIET,
    TIMES,
    Stored,
    Thought,
    in_order,
    without_names,
    worlds,
)
from webapp.models.notice import NoticeState

SLOWLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
Drawn = tuple[World, list[Thought], datetime]


@contextmanager
def stored(session: Session, cast: Cast, drawn: Drawn) -> Iterator[Stored]:
    """Give a world in the database, and take it out again."""
    world, found, _now = drawn
    try:
        kept = Stored(session, cast.ada, world)
        for thought in found:
            kept.add(thought)
        kept.choose()
        yield kept
    finally:
        session.rollback()


def agree(kept: Stored, now: datetime, waiting: Sequence[Name] = ()) -> None:
    """Fail unless what stands is what the oracle says."""
    found, expected = kept.standing(now), kept.expected(now, waiting)
    if kept.world.most is None:
        assert found == expected
    else:
        assert without_names(found) == without_names(expected)


def everything(kept: Stored) -> list[tuple[object, ...]]:
    return [(row.id, row.key, row.state, row.due_at, row.useful_until) for row in kept.rows()]


@settings(deadline=None, max_examples=100, suppress_health_check=SLOWLY)
@given(drawn=worlds())
def test_a_plan_gives_exactly_its_reminders(session: Session, cast: Cast, drawn: Drawn) -> None:
    now = drawn[2]
    with stored(session, cast, drawn) as kept:
        kept.plan(now)
        agree(kept, now)
        assert all(row.next_try_at == row.due_at < row.useful_until for row in kept.rows())
        before = everything(kept)
        kept.plan(now)
        assert everything(kept) == before, "planning again changes nothing"


# Whatever is changed, and whenever it is planned

Step = tuple[Any, ...]
MINUTES = st.integers(1, 1500)
WHICH = st.integers(0, 3)
NEAR = st.integers(-1, 3)

STEPS: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("wait"), MINUTES, st.booleans()),
    st.tuples(st.just("jump back"), st.integers(1, 2000)),
    st.tuples(st.just("say"), WHICH, NEAR, st.sampled_from([None, "done", "not_today"])),
    st.tuples(st.just("later"), WHICH, NEAR, NEAR, TIMES),
    st.tuples(st.just("lead"), WHICH, st.sampled_from(["as_all", *LEADS])),
    st.tuples(st.just("for all"), st.sampled_from(LEADS)),
    st.tuples(st.just("again"), st.booleans()),
    st.tuples(st.just("most"), st.sampled_from([None, 3])),
    st.tuples(st.just("quiet"), QUIET),
    st.tuples(st.just("travel"), st.sampled_from(["Europe/Paris", "America/Toronto"])),
)


class Life:
    """What happens to a person with a plan, on a clock that may jump."""

    def __init__(self, kept: Stored, now: datetime) -> None:
        self.kept, self.now = kept, now

    def take(self, step: Step) -> None:
        """Let one thing happen, plan, and compare with the oracle."""
        name, *values = step
        if name == "wait":
            self._wait(*values)
        elif name == "jump back":
            self.now -= timedelta(minutes=values[0])
        elif name in ("say", "later"):
            self._say(name, *values)
        else:
            self._choose(name, *values)
        self.plan()

    def plan(self) -> None:
        waiting = self.kept.waiting(self.now)
        self.kept.plan(self.now)
        agree(self.kept, self.now, waiting)

    def _wait(self, minutes: int, somebody_sends: bool) -> None:
        self.now += timedelta(minutes=minutes)
        if somebody_sends:
            self.kept.send(self.now)

    def _chore(self, number: int) -> Chore:
        chores = self.kept.world.chores
        return chores[number % len(chores)]

    def _say(self, name: str, number: int, near: int, *said: Any) -> None:
        chore, around = self._chore(number), self.kept.world.around
        day = around + near * DAY
        if day not in chore.days or (chore.stopped_on and day >= chore.stopped_on):
            return
        if name == "later":
            self.kept.say(chore, day, Said("later", around + said[0] * DAY, said[1]))
        else:
            self.kept.say(chore, day, Said(said[0]) if said[0] else None)

    def _choose(self, name: str, *values: Any) -> None:
        if name == "lead":
            self._chore(values[0]).lead = values[1]
        else:
            field = {"for all": "for_all", "travel": "zone"}.get(name, name)
            setattr(self.kept.world, field, values[0])
        self.kept.choose()


@settings(deadline=None, max_examples=40, suppress_health_check=SLOWLY)
@given(drawn=worlds(), steps=st.lists(STEPS, min_size=2, max_size=7))
def test_whatever_happens_the_expected_reminders_stand(
    session: Session, cast: Cast, drawn: Drawn, steps: list[Step]
) -> None:
    with stored(session, cast, drawn) as kept:
        life = Life(kept, drawn[2])
        life.plan()
        for step in steps:
            note(f"{life.now} {step}")
            life.take(step)


# Everything, day after day


def all_of(world: World, begins: datetime, ends: datetime) -> list[tuple[bool, datetime]]:
    """Let the oracle say everything that must go between two instants, as if planned at once."""
    oracle = Oracle(world)
    wishes = in_order(each for each in oracle.wishes() if begins < each.due)
    wishes.sort(key=lambda each: each.again)
    taken: list[date] = []
    for each in wishes:
        on = oracle.shown(each.due).date()
        if world.most is None or taken.count(on) < world.most:
            taken.append(on)
        else:
            wishes = [other for other in wishes if other is not each]
    return without_names([each for each in wishes if each.due <= ends])


@settings(deadline=None, max_examples=30, suppress_health_check=SLOWLY)
@given(
    drawn=worlds(),
    waits=st.lists(st.tuples(st.integers(1, 1439), st.booleans()), min_size=3, max_size=6),
)
def test_whenever_it_is_planned_all_go_and_each_once(
    session: Session, cast: Cast, drawn: Drawn, waits: list[tuple[int, bool]]
) -> None:
    begins = now = drawn[2]
    with stored(session, cast, drawn) as kept:
        kept.plan(now)
        for minutes, is_planned_first in waits:
            now += timedelta(minutes=minutes)
            if is_planned_first:
                kept.plan(now)
            for row in kept.rows():
                if row.state is NoticeState.PLANNED and row.due_at <= now:
                    row.state = NoticeState.ACCEPTED
            kept.plan(now)
        went = [(name[0], due) for name, due in kept.gone().items()]
        assert sorted(went) == all_of(kept.world, begins, now)
