"""Whatever arrives first, late or twice: the causally last choice stands, and each counts once.

Phones say things, hear of the plan now and then, and send what they said in any order between
them. The expected state is worked out from what was said alone, never from how it arrived.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.phones import Phone
from webapp.models.change import Change, Outcome, Receipt
from webapp.models.mark import Mark
from webapp.models.person import Theme
from webapp.models.plan import NextStep, NextStepState

DAY = factories.MONDAY.isoformat()
PHONES = 3
STATES = {"later": NextStepState.LATER, "not_this": NextStepState.NOT_THIS}
FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

phones = st.integers(0, PHONES - 1)
marks = st.sampled_from(["task.done", "task.not_today"])
themes = st.sampled_from(["light", "dark", "contrast"])
steps = st.tuples(st.sampled_from(["choose", "later", "not_this"]), st.integers(0, 2))


def happenings(choices: st.SearchStrategy[Any]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Return what happens: somebody says something, hears, sends the next, or sends again."""
    say = st.tuples(st.just("say"), phones, choices)
    hear = st.tuples(st.just("hear"), phones)
    send = st.tuples(st.just("send"), phones)
    again = st.tuples(st.just("again"), st.integers(0, 20))
    return st.lists(st.one_of(say, say, hear, send, send, again), max_size=18)


@dataclass
class Said:
    """One thing that was said on a phone, and its place in the order."""

    device: int
    clock: int
    choice: Any
    id: str
    outcome: Outcome | None = None

    @property
    def place(self) -> tuple[int, int]:
        return self.clock, self.device


@dataclass
class Household:
    """The phones of one person, what they said, and what of it was sent."""

    world: "World"
    clocks: list[int] = field(default_factory=lambda: [0] * PHONES)
    waiting: list[list[Said]] = field(default_factory=lambda: [[] for _phone in range(PHONES)])
    said: list[Said] = field(default_factory=list)
    sent: list[Said] = field(default_factory=list)

    def say(self, phone: int, choice: Any) -> None:
        self.clocks[phone] += 1
        made = Said(phone + 1, self.clocks[phone], choice, f"said-{len(self.said):05}")
        self.waiting[phone].append(made)
        self.said.append(made)

    def hear(self, phone: int) -> None:
        self.clocks[phone] = max(self.clocks[phone], self.world.cast.ada.plan_clock)

    def send(self, phone: int) -> None:
        if self.waiting[phone]:
            next_one = self.waiting[phone].pop(0)
            next_one.outcome = self.world.take(next_one)
            self.sent.append(next_one)

    def again(self, number: int) -> None:
        if self.sent:
            one = self.sent[number % len(self.sent)]
            assert self.world.take(one) is one.outcome

    def live(self, happened: list[tuple[Any, ...]]) -> None:
        for what, *more in happened:
            getattr(self, what)(*more)
        for phone in range(PHONES):
            while self.waiting[phone]:
                self.send(phone)


@dataclass
class World:
    """The server: takes what was said, each as the verb that `asks` makes of it."""

    session: Session
    cast: Cast
    now: datetime
    asks: Callable[[Any], tuple[str, dict[str, Any]]]

    def take(self, said: Said) -> Outcome:
        verb, wanted = self.asks(said.choice)
        phone = Phone(self.session, self.cast.ada, self.cast.ada, self.now, said.device)
        return phone.says(verb, said.clock, id=said.id, waited=True, **wanted)


def live(world: World, happened: list[tuple[Any, ...]]) -> list[Said]:
    """Let it all happen, and return what was said, in its order. Each id counts once."""
    household = Household(world)
    household.live(happened)
    session = world.session
    for kind in (Change, Receipt):
        assert session.scalar(select(func.count()).select_from(kind)) == len(household.said)
    return sorted(household.said, key=lambda each: each.place)


@settings(deadline=None, max_examples=50, suppress_health_check=FIXTURES)
@given(happened=happenings(marks))
def test_the_last_mark_stands(
    session: Session, cast: Cast, now: datetime, happened: list[tuple[Any, ...]]
) -> None:
    session.rollback()
    task = factories.task(session, cast.ada)
    wanted = {"task": task.id, "day": DAY}
    said = live(World(session, cast, now, lambda verb: (verb, wanted)), happened)
    state = session.scalars(select(Mark.state)).one_or_none()
    assert state == (said[-1].choice.removeprefix("task.") if said else None)


@settings(deadline=None, max_examples=50, suppress_health_check=FIXTURES)
@given(happened=happenings(themes))
def test_the_last_setting_stands(
    session: Session, cast: Cast, now: datetime, happened: list[tuple[Any, ...]]
) -> None:
    session.rollback()

    def asks(theme: str) -> tuple[str, dict[str, Any]]:
        return "settings.change", {"setting": "theme", "value": theme}

    said = live(World(session, cast, now, asks), happened)
    assert cast.ada.theme == (said[-1].choice if said else Theme.SYSTEM)


@settings(deadline=None, max_examples=50, suppress_health_check=FIXTURES)
@given(happened=happenings(steps))
def test_the_last_word_on_each_step_stands(
    session: Session, cast: Cast, now: datetime, happened: list[tuple[Any, ...]]
) -> None:
    session.rollback()
    goal = factories.goal(session, cast.ada)
    for number in (1, 2):
        title = factories.text(f"Step {number}")
        goal.next_steps.append(NextStep(position=number, title=title, description=title))
    session.flush()

    def asks(choice: tuple[str, int]) -> tuple[str, dict[str, Any]]:
        return f"next_step.{choice[0]}", {"next_step": goal.next_steps[choice[1]].id}

    said = live(World(session, cast, now, asks), happened)
    chosen = [each.choice[1] for each in said if each.choice[0] == "choose"]
    for number, step in enumerate(goal.next_steps):
        last = next((each.choice[0] for each in reversed(said) if each.choice[1] == number), None)
        if last in STATES:
            assert step.state is STATES[last]
        elif last == "choose" and number == chosen[-1]:
            assert step.state is NextStepState.CHOSEN
    assert [step.state for step in goal.next_steps].count(NextStepState.CHOSEN) <= 1
