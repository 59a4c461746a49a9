"""The one door: applied, proposed or refused; once for each id; and taken back exactly."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.models.change import Change, HistoryEntry, Outcome
from webapp.models.mark import Mark, MarkState, StepTick
from webapp.models.person import Person, Theme
from webapp.models.plan import Task

MONDAY = factories.MONDAY


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


class Door:
    """Asks for changes, each under a new id unless one is given."""

    def __init__(self, session: Session, actor: Person, task: Task, now: datetime) -> None:
        self.session, self.actor, self.task, self.now = session, actor, task, now
        self.asked = 0

    def ask(self, verb: str, client_id: str | None = None, **wanted: Any) -> Outcome:
        self.asked += 1
        values = {"task": self.task.id, "day": MONDAY.isoformat(), **wanted}
        request = Asked(client_id or f"id-{self.asked}", verb, values)
        return changes.make(self.session, self.actor, self.actor, request, self.now)

    def later(self, day: date, at: time | None) -> Outcome:
        return self.ask("task.later", to_day=day.isoformat(), to_time=at and at.isoformat())

    @property
    def mark(self) -> Mark | None:
        return self.session.scalars(select(Mark)).one_or_none()


@pytest.fixture
def door(session: Session, cast: Cast, sweep: Task, now: datetime) -> Door:
    """Let Ada ask."""
    return Door(session, cast.ada, sweep, now)


def lines(session: Session) -> list[HistoryEntry]:
    return list(session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))


def test_done_is_marked_and_stands_in_the_history(door: Door, session: Session) -> None:
    assert door.ask("task.done") is Outcome.APPLIED
    assert door.mark is not None
    assert door.mark.state is MarkState.DONE
    [line] = lines(session)
    assert (line.event, line.before) == (Outcome.APPLIED, None)
    assert line.after is not None
    assert line.after["state"] == "done"
    assert line.change.verb == "task.done"


def test_the_same_id_is_applied_once_and_answers_the_same(door: Door, session: Session) -> None:
    first = door.ask("task.done", "one-id")
    door.ask("task.undo")
    assert door.ask("task.done", "one-id") is first
    assert door.mark is None
    assert [line.change.verb for line in lines(session)] == ["task.done", "task.undo"]


def test_an_id_used_for_something_else_is_a_broken_rule(door: Door) -> None:
    door.ask("task.done", "one-id")
    with pytest.raises(RuleBroken, match="id_used_twice"):
        door.ask("task.not_today", "one-id")


def test_two_people_may_happen_on_the_same_id(
    door: Door, session: Session, cast: Cast, now: datetime
) -> None:
    door.ask("task.done", "one-id")
    theme = Asked("one-id", "settings.change", {"setting": "theme", "value": "dark"})
    assert changes.make(session, cast.ben, cast.ben, theme, now) is Outcome.APPLIED


def test_undo_puts_back_each_state_in_turn(door: Door) -> None:
    door.later(MONDAY, time(14, 0))
    door.ask("task.done")
    assert door.mark is not None
    assert (door.mark.state, door.mark.moved_time) == (MarkState.DONE, time(14, 0))
    door.ask("task.undo")
    assert (door.mark.state, door.mark.moved_time) == (MarkState.LATER, time(14, 0))
    door.ask("task.undo")
    assert door.mark is None
    assert door.ask("task.undo") is Outcome.APPLIED


def test_undo_is_a_new_line_with_before_and_after(door: Door, session: Session) -> None:
    door.ask("task.not_today")
    door.ask("task.undo")
    before, after = lines(session)[1].before, lines(session)[1].after
    assert before is not None
    assert (before["state"], after) == ("not_today", None)


def test_done_twice_under_two_ids_is_taken_back_once(door: Door) -> None:
    door.ask("task.done")
    door.ask("task.done")
    door.ask("task.undo")
    assert door.mark is None


@pytest.mark.parametrize(
    ("day", "at", "code"),
    [
        (MONDAY, time(7, 0), "in_the_past"),
        (MONDAY + timedelta(days=2), time(9, 0), "not_today_or_tomorrow"),
        (MONDAY - timedelta(days=1), None, "not_today_or_tomorrow"),
    ],
)
def test_later_is_today_or_tomorrow(door: Door, day: date, at: time | None, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        door.later(day, at)


def test_later_takes_no_time_that_the_clock_has_shown(door: Door, cast: Cast) -> None:
    cast.ada.time_zone = "Europe/Paris"
    door.session.flush()
    door.now = datetime.fromisoformat("2026-10-25T01:10+00:00")  # 2:10 for the second time
    sunday = date(2026, 10, 25)
    door.task.starts_on = sunday
    assert door.ask("task.later", day=str(sunday), to_day=str(sunday), to_time="02:45")
    with pytest.raises(RuleBroken, match="in_the_past"):
        door.ask("task.later", day=str(sunday), to_day=str(sunday), to_time="02:10")


def test_later_goes_by_the_persons_own_clock(door: Door) -> None:
    door.now = datetime.fromisoformat("2026-11-24T03:30+00:00")  # 22:30 on Monday in Toronto
    assert door.later(MONDAY, time(22, 45)) is Outcome.APPLIED
    with pytest.raises(RuleBroken, match="not_today_or_tomorrow"):
        door.later(MONDAY + timedelta(days=2), None)


def test_a_time_fixed_by_the_workplace_does_not_move(door: Door, sweep: Task) -> None:
    sweep.is_fixed_by_workplace = True
    with pytest.raises(RuleBroken, match="fixed_time"):
        door.later(MONDAY, time(14, 0))


def test_a_day_without_the_task_is_not_found(door: Door, sweep: Task) -> None:
    sweep.repeat_rule = None
    with pytest.raises(NotFound):
        door.ask("task.done", day="2026-11-24")


def test_another_persons_task_is_not_found(
    session: Session, cast: Cast, sweep: Task, now: datetime
) -> None:
    wanted = {"task": sweep.id, "day": MONDAY.isoformat()}
    with pytest.raises(NotFound):
        changes.make(session, cast.ben, cast.ben, Asked("a", "task.done", wanted), now)


def test_a_step_is_ticked_and_unticked(door: Door, session: Session, sweep: Task) -> None:
    [step] = factories.steps(session, sweep, "I take the broom.")
    door.ask("step.tick", step=step.id, ticked=True)
    assert session.get(StepTick, (step.id, MONDAY)) is not None
    door.ask("step.tick", step=step.id, ticked=False)
    assert session.get(StepTick, (step.id, MONDAY)) is None


def test_a_step_of_another_task_is_not_found(door: Door, session: Session, cast: Cast) -> None:
    [step] = factories.steps(session, factories.task(session, cast.ada, "Mop"), "I mop.")
    with pytest.raises(NotFound):
        door.ask("step.tick", step=step.id, ticked=True)


def test_what_is_refused_leaves_its_line(
    session: Session, cast: Cast, sweep: Task, now: datetime
) -> None:
    asked = Asked("a", "task.done", {"task": sweep.id, "day": MONDAY.isoformat()})
    for _time in range(2):
        with pytest.raises(NotAllowed):
            changes.make(session, cast.cora, cast.ada, asked, now)
    [line] = lines(session)
    assert (line.event, line.actor_id) == (Outcome.REFUSED, cast.cora.id)
    assert session.scalars(select(Mark)).all() == []


def test_what_is_proposed_waits_and_changes_nothing(
    session: Session, cast: Cast, now: datetime
) -> None:
    asked = Asked("a", "settings.change", {"setting": "theme", "value": "dark"})
    assert changes.make(session, cast.cora, cast.ada, asked, now) is Outcome.PROPOSED
    assert cast.ada.theme is Theme.SYSTEM
    assert session.scalars(select(Change)).one().wanted == asked.wanted
    assert [line.event for line in lines(session)] == [Outcome.PROPOSED]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("language", "fr"),
        ("region", "FR"),
        ("text_size", "32"),
        ("theme", "contrast"),
        ("voice_speed", "slow"),
        ("time_style", "digits"),
    ],
)
def test_each_setting_is_the_persons_own(
    session: Session, cast: Cast, now: datetime, setting: str, value: str
) -> None:
    asked = Asked("a", "settings.change", {"setting": setting, "value": value})
    before = getattr(cast.ada, setting)
    assert changes.make(session, cast.ada, cast.ada, asked, now) is Outcome.APPLIED
    session.expire(cast.ada)
    assert str(getattr(cast.ada, setting)) == value
    [(name, was)] = (lines(session)[0].before or {}).items()
    assert (name, was[setting]) == (f"person:{cast.ada.id}", before)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("role", "coach"), ("text_size", "21"), ("text_size", "big"), ("theme", "pink")],
)
def test_a_setting_or_value_that_does_not_exist(
    session: Session, cast: Cast, now: datetime, setting: str, value: str
) -> None:
    asked = Asked("a", "settings.change", {"setting": setting, "value": value})
    with pytest.raises(RuleBroken, match="unknown_setting"):
        changes.make(session, cast.ada, cast.ada, asked, now)
