"""A pace is shown before it is done, then chosen, paused, taken up again and taken back."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY, task
from tests.domain.pacer import LAST_MONDAY, NEXT_MONDAY, SUNDAY, WEEKDAYS, Pacer, everything
from webapp.domain import changes, pace_changes, plans, rarer, schedules
from webapp.domain.changes import Asked
from webapp.domain.errors import RuleBroken
from webapp.domain.pace_changes import Preview
from webapp.domain.paces import PaceNow
from webapp.domain.rarer import Week
from webapp.models.change import Outcome
from webapp.models.person import Pace
from webapp.models.plan import Task

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def ada(session: Session, cast: Cast) -> Pacer:
    """Give Ada at 8 on Monday, in Toronto."""
    return Pacer(session, cast.ada)


def test_slower_begins_tomorrow(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS, starts_on=LAST_MONDAY)
    talk = task(ada, "Talk", 14, repeat_rule="FREQ=WEEKLY", picture="coach", starts_on=LAST_MONDAY)
    before = ada.shown(LAST_MONDAY, MONDAY)
    assert ada.choose("slower") is Outcome.APPLIED
    assert ada.shown(LAST_MONDAY, MONDAY) == before
    assert ada.shown(TUESDAY, NEXT_MONDAY + timedelta(days=7)) == {
        "Wed 25": ["Baskets"],
        "Fri 27": ["Baskets"],
        "Mon 30": ["Baskets", "Talk"],
        "Wed 02": ["Baskets"],
        "Fri 04": ["Baskets"],
        "Mon 07": ["Baskets"],
    }
    assert schedules.agreed(talk).repeat == "FREQ=WEEKLY"


def test_fixed_times_stay_and_are_named(ada: Pacer) -> None:
    task(ada, "Shelves", 8, repeat_rule=WEEKDAYS, is_fixed_by_workplace=True)
    over = task(ada, "Old", 8, repeat_rule="FREQ=WEEKLY;UNTIL=20261101", is_fixed_by_workplace=True)
    over.starts_on = LAST_MONDAY - timedelta(days=28)
    for pace, until in (("slower", None), ("pause", NEXT_MONDAY)):
        found = ada.preview(pace, until)
        assert [each.title.en for each in found.stays] == ["Shelves"]
        assert (found.moved, found.rests) == ((), ())
    week = ada.shown(MONDAY, NEXT_MONDAY)
    ada.choose("pause", NEXT_MONDAY)
    assert ada.shown(MONDAY, NEXT_MONDAY) == week


def test_in_a_pause_nothing_movable_comes(ada: Pacer) -> None:
    baskets = task(ada, "Baskets", 10, repeat_rule=WEEKDAYS, starts_on=LAST_MONDAY)
    task(ada, "Letter", None, repeat_rule=None, starts_on=TUESDAY)
    task(ada, "Form", None, repeat_rule=None, starts_on=NEXT_MONDAY)
    drink = task(ada, "Drink", 9)
    ada.says("done", drink)
    ada.choose("pause", NEXT_MONDAY)
    assert ada.shown(LAST_MONDAY, SUNDAY)["Fri 20"] == ["Baskets"]
    assert ada.shown(MONDAY, NEXT_MONDAY) == {
        "Mon 23": ["Drink"],
        "Mon 30": ["Drink", "Baskets", "Letter", "Form"],
    }
    assert ada.present() == PaceNow(Pace.PAUSE, NEXT_MONDAY, Pace.STEADY)
    assert ada.present(NEXT_MONDAY).pace is Pace.STEADY
    ada.says("done", baskets)  # said on a phone without network, before the pause
    assert ada.shown(MONDAY, TUESDAY) == {"Mon 23": ["Drink", "Baskets"]}


def test_what_is_put_into_a_pause_by_hand_is_seen(ada: Pacer) -> None:
    ada.choose("pause", NEXT_MONDAY)
    task(ada, "Letter", None, repeat_rule=None, starts_on=TUESDAY)
    assert ada.shown(MONDAY, NEXT_MONDAY) == {"Tue 24": ["Letter"]}


def test_the_preview_of_a_pause_says_what_rests_and_what_moves(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS)
    task(ada, "Review", 10, repeat_rule="FREQ=MONTHLY", starts_on=NEXT_MONDAY)
    letter = task(ada, "Letter", None, repeat_rule=None, starts_on=TUESDAY)
    found = ada.preview("pause", NEXT_MONDAY)
    assert [each.title.en for each in found.rests] == ["Baskets"]
    [moved] = found.moved
    assert (moved.task.task_id, moved.task.picture) == (letter.id, "broom")
    assert (moved.before.starts_on, moved.after.starts_on) == (TUESDAY, NEXT_MONDAY)
    assert found.until == NEXT_MONDAY


@pytest.mark.parametrize("pace", ["steady", "slower", "faster"])
def test_a_pause_taken_up_again_at_once_leaves_no_trace(ada: Pacer, pace: str) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS, starts_on=LAST_MONDAY)
    for number in range(4):
        task(ada, f"Letter {number}", None, repeat_rule=None, starts_on=MONDAY + timedelta(number))
    ada.choose(pace)
    before = everything(ada.session, ada.person)
    ada.choose("pause", NEXT_MONDAY)
    assert everything(ada.session, ada.person) != before
    ada.choose(ada.present().going_by)
    after = everything(ada.session, ada.person)
    assert {**after, "paces": None} == {**before, "paces": None}
    assert ada.present().pace == pace


def test_taken_up_again_in_the_middle_today_comes_back(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS)
    task(ada, "Letter", None, repeat_rule=None, starts_on=TUESDAY)
    ada.choose("pause", NEXT_MONDAY)
    ada.clock(8, day=MONDAY + timedelta(days=2))
    ada.choose("steady")
    assert ada.shown(MONDAY, MONDAY + timedelta(days=4)) == {
        "Wed 25": ["Baskets"],
        "Thu 26": ["Baskets", "Letter"],
        "Fri 27": ["Baskets"],
    }


def test_what_was_added_at_a_pace_comes_as_it_was_said_after_a_pause_too(ada: Pacer) -> None:
    ada.choose("slower")
    baskets = task(ada, "Baskets", 10, repeat_rule=WEEKDAYS)
    ada.choose("pause", NEXT_MONDAY)
    ada.choose("slower")
    assert baskets.repeat_rule == WEEKDAYS
    ada.choose("steady")
    ada.choose("slower")
    assert baskets.repeat_rule != WEEKDAYS


def test_a_longer_pause_moves_what_stands_in_it(ada: Pacer) -> None:
    task(ada, "Letter", None, repeat_rule=None, starts_on=TUESDAY)
    ada.choose("pause", NEXT_MONDAY)
    assert ada.preview("pause", NEXT_MONDAY).is_chosen
    ada.choose("pause", NEXT_MONDAY + timedelta(days=1))
    assert [*ada.shown(MONDAY, NEXT_MONDAY + timedelta(days=3))] == ["Tue 01"]
    assert ada.present().until == NEXT_MONDAY + timedelta(days=1)
    assert ada.present().going_by is Pace.STEADY


def test_there_and_back_gives_what_was(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS, starts_on=LAST_MONDAY)
    task(ada, "Talk", 14, repeat_rule="FREQ=WEEKLY", picture="mentor")
    for number in range(9):
        task(ada, f"Letter {number}", None, repeat_rule=None, starts_on=TUESDAY)
    before = {**everything(ada.session, ada.person), "paces": None}
    for pace in ("slower", "faster", "steady"):
        ada.choose(pace)
    assert {**everything(ada.session, ada.person), "paces": None} == before


def test_the_same_pace_again_changes_nothing(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS)
    for pace, until in (("slower", None), ("pause", NEXT_MONDAY)):
        ada.choose(pace, until)
        before = everything(ada.session, ada.person)
        ada.choose(pace, until)
        assert everything(ada.session, ada.person) == before
        assert ada.preview(pace, until).moved == ()


def test_what_the_person_has_said_something_of_stays(ada: Pacer) -> None:
    letter = task(ada, "Letter", None, repeat_rule=None, starts_on=TUESDAY)
    ada.says("not_today", letter, TUESDAY)
    ada.choose("pause", NEXT_MONDAY)
    assert ada.shown(MONDAY, NEXT_MONDAY) == {"Tue 24": ["Letter"]}


def test_a_time_that_begins_later_still_begins_then(ada: Pacer) -> None:
    sweep = task(ada, "Sweep", 9, repeat_rule=WEEKDAYS)
    afternoons = schedules.Schedule(MONDAY, time(14), 30, WEEKDAYS)
    schedules.reschedule(sweep, afternoons, NEXT_MONDAY)
    ada.choose("slower")
    friday = MONDAY + timedelta(days=4)
    assert len(ada.shown(MONDAY, friday)) == 5
    assert len(ada.shown(NEXT_MONDAY, NEXT_MONDAY + timedelta(days=6))) == 3


def test_what_is_gone_takes_no_part(ada: Pacer) -> None:
    for title in ("Removed", "Stopped"):
        task(ada, title, 9, repeat_rule=WEEKDAYS)
    removed, stopped = ada.session.query(Task)
    removed.removed_at, stopped.stopped_on = ada.now, TUESDAY
    ada.session.flush()
    assert ada.preview("slower").moved == ()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"pace": "hurry"}, "unknown_pace"),
        ({}, "unknown_pace"),
        ({"pace": "pause"}, "pause_needs_a_day"),
        ({"pause": None, "pace": "pause", "until": "soon"}, "pause_needs_a_day"),
        ({"pace": "pause", "until": 7}, "pause_needs_a_day"),
        ({"pace": "pause", "until": "2026-11-23"}, "pause_needs_a_day"),
        ({"pace": "pause", "until": "2027-11-25"}, "pause_needs_a_day"),
    ],
)
def test_what_makes_no_sense_is_refused(
    ada: Pacer, cast: Cast, wanted: dict[str, object], code: str
) -> None:
    asked = Asked("nonsense", "pace.set", wanted)
    with pytest.raises(RuleBroken, match=code):
        changes.make(ada.session, cast.ada, cast.ada, asked, ada.now)
    with pytest.raises(RuleBroken, match=code):
        pace_changes.preview(ada.session, cast.ada, wanted, ada.now)


def test_the_coach_proposes_and_nothing_moves(ada: Pacer, cast: Cast) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS)
    before = everything(ada.session, ada.person)
    assert ada.choose("slower", actor=cast.cora) is Outcome.PROPOSED
    assert everything(ada.session, ada.person) == before


def test_it_can_be_taken_back(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS, starts_on=LAST_MONDAY)
    task(ada, "Letter", None, repeat_rule=None, starts_on=MONDAY)
    before = everything(ada.session, ada.person)
    for pace, until in (("slower", None), ("pause", NEXT_MONDAY)):
        ada.choose(pace, until)
        change = ada.session.query(changes.Change).order_by(changes.Change.id.desc()).first()
        assert change is not None
        asked = Asked(f"back-{pace}", "change.undo", {"change": change.id})
        changes.make(ada.session, ada.person, ada.person, asked, ada.now)
        assert everything(ada.session, ada.person) == before


def test_taken_back_on_a_later_day_the_days_between_stay(ada: Pacer) -> None:
    task(ada, "Baskets", 10, repeat_rule=WEEKDAYS, starts_on=LAST_MONDAY)
    ada.choose("pause", NEXT_MONDAY)
    change = ada.session.query(changes.Change).order_by(changes.Change.id.desc()).first()
    assert change is not None
    wednesday = MONDAY + timedelta(days=2)
    ada.clock(8, day=wednesday)
    asked = Asked("back-later", "change.undo", {"change": change.id})
    changes.make(ada.session, ada.person, ada.person, asked, ada.now)
    assert list(ada.shown(MONDAY, MONDAY + timedelta(days=4))) == ["Wed 25", "Thu 26", "Fri 27"]


Sample = Callable[[str], Pacer]


@pytest.fixture
def sample(session: Session, now: datetime) -> Sample:
    """Give a function that makes the person of a sample, at 8 on their Monday."""

    def add(name: str) -> Pacer:
        plan = plans.read((SAMPLES / f"{name}.json").read_bytes()).plan
        person = plans.add_plan(session, plan, now)
        session.flush()
        session.expire_all()
        return Pacer(session, person)

    return add


def weeks(found: Preview) -> dict[str, tuple[Week | None, Week | None]]:
    return {
        each.task.picture: (rarer.week_of(each.before), rarer.week_of(each.after))
        for each in found.moved
    }


WORK_WEEK = Week((0, 1, 2, 3, 4), 1)


def test_slower_in_the_shop(sample: Sample) -> None:
    found = sample("grocery-quebec").preview("slower")
    assert weeks(found) == {
        "basket": (WORK_WEEK, Week((0, 2, 4), 1)),
        "spill": (WORK_WEEK, Week((0, 1, 3), 1)),
        "clothes": (Week((0, 1, 2, 3, 6), 1), Week((1, 2, 6), 1)),
        "coach": (Week((4,), 1), Week((4,), 2)),
    }
    assert [each.picture for each in found.stays] == ["door", "shelf", "break"]


@pytest.mark.parametrize(
    ("name", "pace"),
    [("grocery-quebec", "faster"), ("hotel-lyon", "slower"), ("library-moncton", "steady")],
)
def test_paces_that_move_nothing_in_a_sample(sample: Sample, name: str, pace: str) -> None:
    assert sample(name).preview(pace).moved == ()
