"""What waited on a phone is not refused because its time came, or because the plan went on."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.phones import Phone
from webapp.domain import days
from webapp.domain.errors import NotFound, RuleBroken
from webapp.models.change import Outcome
from webapp.models.mark import Mark, MarkState, StepTick
from webapp.models.person import Pace
from webapp.models.plan import Task

MONDAY = factories.MONDAY
DAY = MONDAY.isoformat()
TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def phone(session: Session, cast: Cast, now: datetime) -> Phone:
    """Give Ada's phone, at 8 in the morning on Monday."""
    return Phone(session, cast.ada, cast.ada, now, 1)


@pytest.fixture
def task(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


def later(phone: Phone, task: Task, to: date, at: str | None, *, waited: bool) -> Outcome:
    moment = {"to_day": to.isoformat(), "to_time": at}
    return phone.says("task.later", None, waited=waited, task=task.id, day=DAY, **moment)


@pytest.mark.parametrize(
    ("passes", "to", "at"),
    [
        ({"hours": 3}, MONDAY, "10:00"),
        ({"days": 1}, MONDAY, "15:00"),
        ({"days": 1}, MONDAY, None),
        ({"days": 1}, TOMORROW, "07:00"),
        ({"days": 9}, TOMORROW, "10:00"),
    ],
)
def test_later_may_name_a_moment_that_has_passed_meanwhile(
    session: Session,
    phone: Phone,
    task: Task,
    passes: dict[str, int],
    to: date,
    at: str | None,
) -> None:
    phone.now += timedelta(**passes)
    savepoint = session.begin_nested()
    with pytest.raises(RuleBroken, match=r"in_the_past|not_today_or_tomorrow"):
        later(phone, task, to, at, waited=False)
    savepoint.rollback()
    assert later(phone, task, to, at, waited=True) is Outcome.APPLIED


def test_later_is_kept_where_it_was_put(session: Session, cast: Cast, now: datetime) -> None:
    task = factories.task(session, cast.ada)
    phone = Phone(session, cast.ada, cast.ada, now + timedelta(days=1), 1)
    assert later(phone, task, MONDAY, "15:00", waited=True) is Outcome.APPLIED
    mark = session.scalars(select(Mark)).one()
    assert (mark.state, mark.moved_on, mark.moved_time) == (MarkState.LATER, MONDAY, time(15, 0))


@pytest.mark.parametrize("to", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=3)])
def test_later_names_no_day_that_nobody_was_offered(phone: Phone, task: Task, to: date) -> None:
    phone.now += timedelta(days=1)
    with pytest.raises(RuleBroken, match="not_today_or_tomorrow"):
        later(phone, task, to, None, waited=True)


def test_a_time_that_the_workplace_fixed_meanwhile_is_refused(phone: Phone, task: Task) -> None:
    task.is_fixed_by_workplace = True
    with pytest.raises(RuleBroken, match="fixed_time"):
        later(phone, task, MONDAY, "15:00", waited=True)


@pytest.mark.parametrize("verb", ["task.done", "task.not_today", "task.undo"])
def test_a_task_may_have_stopped_meanwhile(
    session: Session, cast: Cast, phone: Phone, task: Task, verb: str
) -> None:
    task.stopped_on = MONDAY
    session.flush()
    with pytest.raises(NotFound):
        phone.says(verb, task=task.id, day=DAY)
    session.expunge_all()


def test_done_counts_though_the_task_stopped_meanwhile(
    session: Session, cast: Cast, phone: Phone, task: Task
) -> None:
    task.stopped_on = MONDAY
    assert phone.says("task.done", waited=True, task=task.id, day=DAY) is Outcome.APPLIED
    [on] = days.days_for(session, cast.ada, MONDAY, MONDAY)
    assert all(each.is_done for each in (*on.timed, *on.any_time))
    assert days.get_occurrence(session, task, MONDAY).is_done


def test_no_mark_for_a_day_that_no_phone_knows(phone: Phone, task: Task) -> None:
    task.stopped_on = MONDAY
    with pytest.raises(NotFound):
        phone.says("task.done", waited=True, task=task.id, day="2036-11-23")


def test_a_stranger_s_task_stays_nobodys(session: Session, cast: Cast, phone: Phone) -> None:
    bens = factories.task(session, cast.ben)
    with pytest.raises(NotFound):
        phone.says("task.done", waited=True, task=bens.id, day=DAY)


def test_a_step_may_have_gone_meanwhile(
    session: Session, phone: Phone, task: Task, now: datetime
) -> None:
    [step] = factories.steps(session, task, "I sweep.")
    step.removed_at = now
    said = {"task": task.id, "day": DAY, "step": step.id, "ticked": True}
    assert phone.says("step.tick", waited=True, **said) is Outcome.APPLIED
    assert session.get(StepTick, (step.id, MONDAY)) is not None
    with pytest.raises(NotFound):
        phone.says("step.tick", **said)


def test_done_and_done_again_and_taken_back_twice(
    session: Session, phone: Phone, task: Task
) -> None:
    for verb in ("task.done", "task.done", "task.undo", "task.undo"):
        assert phone.says(verb, waited=True, task=task.id, day=DAY) is Outcome.APPLIED
    assert session.scalars(select(Mark)).all() == []


def test_not_now_until_a_day_that_has_come(
    session: Session, cast: Cast, phone: Phone, now: datetime
) -> None:
    proposed = factories.proposed(session, cast.cora, cast.ada, now)
    phone.now += timedelta(days=5)
    said = {"changes": [proposed.id], "answer": "not_now", "until": "2026-11-24", "seen": None}
    assert phone.says("proposal.answer", waited=True, **said) is Outcome.APPLIED
    assert (proposed.answer, proposed.comes_back_on) == ("not_now", TOMORROW)
    with pytest.raises(RuleBroken, match="not_a_later_day"):
        phone.says("proposal.answer", **said)


def test_a_pause_that_was_over_before_it_arrived(cast: Cast, phone: Phone) -> None:
    phone.now += timedelta(days=5)
    said = {"pace": "pause", "until": "2026-11-25"}
    assert phone.says("pace.set", waited=True, **said) is Outcome.APPLIED
    assert cast.ada.pace is Pace.STEADY
    for until in (None, "soon", "2036-01-01"):
        with pytest.raises(RuleBroken, match="pause_needs_a_day"):
            phone.says("pace.set", waited=True, pace="pause", until=until)


def test_the_same_id_is_the_same_whether_it_waited_or_not(
    session: Session, phone: Phone, task: Task
) -> None:
    said = {"task": task.id, "day": DAY}
    for waited in (True, False, True):
        assert phone.says("task.done", id="one-and-the-same", waited=waited, **said)
    assert len(session.scalars(select(Mark)).all()) == 1
