"""The reflow of a plan: nothing lost, nothing doubled, and the way back is exact."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.domain import pacing
from webapp.domain.pacing import RULES, Movable, Turn, reflow, to_pace, to_pause
from webapp.domain.repeats import check_rule, days_between
from webapp.domain.schedules import Schedule
from webapp.models.person import Pace

MONDAY = date(2026, 11, 23)
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
A_YEAR = timedelta(days=366)
AT_MOST_SECONDS = 0.25
"""Far above what it takes (milliseconds), so that a busy machine fails nothing."""
CHOSEN = (Pace.SLOWER, Pace.STEADY, Pace.FASTER)
WORK = Schedule(MONDAY, time(8), 30, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")

Plan = list[Movable]

RULES_OF_REPEATING = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=2",
    "FREQ=DAILY;BYDAY=MO,WE,SA",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=TU,SU",
    "FREQ=WEEKLY;UNTIL=20261130;BYDAY=MO,TH",
    "FREQ=WEEKLY;COUNT=9;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=99999",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=1",
    "FREQ=MONTHLY;BYDAY=-1MO",
    "FREQ=YEARLY",
)


def days(around: int = 40) -> st.SearchStrategy[date]:
    return st.integers(-around, around).map(lambda number: MONDAY + timedelta(days=number))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    rule = draw(st.none() | st.sampled_from(RULES_OF_REPEATING))
    at = draw(st.none() | st.integers(7, 20).map(time))
    return Schedule(draw(days()), at, 30, rule)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan as it was agreed; what is past or held is part of it."""
    found = draw(st.lists(st.tuples(schedules(), st.booleans(), st.booleans()), max_size=30))
    return [
        Movable(number, each, each, is_meeting, is_held and each.repeat is None)
        for number, (each, is_meeting, is_held) in enumerate(found)
    ]


fixed = st.lists(schedules(), max_size=4)
patiently = settings(database=None, deadline=None, max_examples=200)


def after(plan: Plan, turn: Turn, work: list[Schedule] | None = None) -> Plan:
    """Return the plan as it stands after a turn."""
    found = reflow(plan, work or [WORK], turn)
    return [replace(thing, now=found[thing.key]) for thing in plan]


def turns(agreed: Pace, today: date = MONDAY) -> list[Turn]:
    pause = to_pause(Pace.STEADY, agreed, today, today + timedelta(days=9))
    return [*(to_pace(pace, agreed, today) for pace in CHOSEN), pause]


def once(plan: Plan) -> Plan:
    return [thing for thing in plan if thing.agreed.repeat is None]


def coming(schedule: Schedule, first: date) -> tuple[date, ...]:
    return days_between(schedule.repeat, schedule.starts_on, first, first + A_YEAR)


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN))
def test_nothing_is_lost_and_nothing_doubled(
    plan: Plan, work: list[Schedule], agreed: Pace
) -> None:
    for turn in turns(agreed):
        found = reflow(plan, work, turn)
        assert sorted(found) == [thing.key for thing in plan]
        for thing in plan:
            before, now = coming(thing.agreed, turn.first), found[thing.key]
            new = coming(now, turn.first)
            assert len(set(new)) == len(new)
            assert bool(new) >= bool(before)
            assert (now.at, now.minutes) == (thing.agreed.at, thing.agreed.minutes)
            if now.repeat and before:
                check_rule(now.repeat, now.starts_on)
                assert set(new) <= set(before)
                assert len(new) * 2 + 2 >= len(before)


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN))
def test_what_has_passed_or_is_held_is_not_touched(
    plan: Plan, work: list[Schedule], agreed: Pace
) -> None:
    for turn in turns(agreed):
        for thing, new in zip(plan, after(plan, turn, work), strict=True):
            if thing.now.repeat is None and (thing.now.starts_on < turn.first or thing.is_held):
                assert new.now == thing.now
            elif thing.now.repeat is None:
                assert new.now.starts_on >= turn.first
                assert new.now.starts_on >= turn.free or not turn.is_pause


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN))
def test_single_things_keep_their_order(plan: Plan, work: list[Schedule], agreed: Pace) -> None:
    for turn in turns(agreed):
        moved = [
            thing
            for thing in once(after(plan, turn, work))
            if not (thing.is_meeting or thing.is_held or thing.agreed.starts_on < turn.first)
        ]
        moved.sort(key=lambda thing: (thing.agreed.starts_on, thing.agreed.at or time.max))
        assert all(one.now.starts_on <= two.now.starts_on for one, two in pairwise(moved))


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN))
def test_asking_twice_changes_nothing(plan: Plan, work: list[Schedule], agreed: Pace) -> None:
    for turn in turns(agreed):
        one = after(plan, turn, work)
        assert after(one, turn, work) == one


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN), st.lists(st.sampled_from(CHOSEN), max_size=4))
def test_the_way_back_is_exact(
    plan: Plan, work: list[Schedule], agreed: Pace, way: list[Pace]
) -> None:
    now = plan
    for pace in way:
        now = after(now, to_pace(pace, agreed, MONDAY), work)
    assert after(now, to_pace(Pace.STEADY, agreed, MONDAY), work) == plan
    assert after(now, to_pace(agreed, agreed, MONDAY), work) == plan


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN), st.sampled_from(CHOSEN))
def test_a_pause_that_ends_on_its_first_day_changes_nothing(
    plan: Plan, work: list[Schedule], agreed: Pace, going_by: Pace
) -> None:
    if going_by not in (Pace.STEADY, agreed):
        return
    pause = to_pause(going_by, agreed, MONDAY, MONDAY + timedelta(days=9))
    back = to_pace(going_by, agreed, MONDAY, ends_pause=True)
    assert after(after(plan, pause, work), back, work) == plan


@patiently
@given(plans(), fixed, st.sampled_from(CHOSEN))
def test_what_need_not_move_stays(plan: Plan, work: list[Schedule], agreed: Pace) -> None:
    for pace in (Pace.STEADY, agreed):
        assert after(plan, to_pace(pace, agreed, MONDAY), work) == plan
    pause = to_pause(Pace.STEADY, agreed, MONDAY, TUESDAY)
    if not any(thing.now.starts_on == MONDAY and not thing.is_held for thing in once(plan)):
        assert after(plan, pause, work) == plan


@patiently
@given(plans(), fixed)
def test_slower_is_never_sooner_nor_too_full(plan: Plan, work: list[Schedule]) -> None:
    slower = once(after(plan, to_pace(Pace.SLOWER, Pace.STEADY, MONDAY), work))
    placed = [thing for thing in slower if not (thing.is_meeting or thing.is_held)]
    placed = [thing for thing in placed if thing.agreed.starts_on > MONDAY]
    assert all(thing.now.starts_on >= thing.agreed.starts_on for thing in placed)
    by_day = Counter(thing.now.starts_on for thing in placed)
    by_week = Counter(day.isocalendar()[:2] for day in by_day.elements())
    assert max(by_day.values(), default=0) <= RULES[Pace.SLOWER].singles_a_day
    assert max(by_week.values(), default=0) <= RULES[Pace.SLOWER].singles_a_week


@patiently
@given(plans(), fixed)
def test_faster_is_never_later(plan: Plan, work: list[Schedule]) -> None:
    for thing in once(after(plan, to_pace(Pace.FASTER, Pace.STEADY, MONDAY), work)):
        assert thing.now.starts_on <= thing.agreed.starts_on


def singles(*on: date, at: int = 9) -> Plan:
    agreed = [Schedule(day, time(at), 30, None) for day in on]
    return [Movable(number, each, each) for number, each in enumerate(agreed)]


def dates(plan: Plan) -> list[int]:
    """Return how many days after Monday the things stand."""
    return [(thing.now.starts_on - MONDAY).days for thing in plan]


def on(*numbers: int) -> list[date]:
    return [MONDAY + timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("pace", "agreed", "wanted"),
    [
        (Pace.SLOWER, [1, 1, 1], [1, 1, 2]),
        (Pace.SLOWER, [1] * 8, [1, 1, 2, 2, 3, 3, 7, 7]),  # 6 a week, none on the weekend
        (Pace.SLOWER, [4, 4, 4], [4, 4, 7]),
        (Pace.SLOWER, [5], [5]),  # agreed on a Saturday: it stays there
        (Pace.SLOWER, [0, 0, 0], [0, 0, 0]),  # today is not touched
        (Pace.FASTER, [9, 10, 30], [1, 1, 1]),
        (Pace.FASTER, [9] * 7, [1, 1, 1, 1, 1, 2, 2]),
        (Pace.FASTER, [1] * 7, [1] * 7),
        (Pace.STEADY, [1] * 7, [1] * 7),
    ],
)
def test_single_things(pace: Pace, agreed: list[int], wanted: list[int]) -> None:
    assert dates(after(singles(*on(*agreed)), to_pace(pace, Pace.STEADY, MONDAY))) == wanted


def test_what_stands_in_a_pause_comes_after_it_and_the_rest_stays() -> None:
    plan = singles(*on(-1, 0, 1, 2, 3, 7, 7, 8, 20))
    pause = to_pause(Pace.STEADY, Pace.STEADY, MONDAY, MONDAY + timedelta(days=7))
    assert dates(after(plan, pause)) == [-1, 7, 7, 7, 8, 8, 8, 9, 20]


def test_what_was_agreed_for_a_day_that_has_passed_comes_next() -> None:
    plan = after(singles(*on(1, 1, 1, 2)), to_pace(Pace.SLOWER, Pace.STEADY, MONDAY))
    assert dates(plan) == [1, 1, 2, 2]
    wednesday = MONDAY + timedelta(days=2)
    late = to_pause(Pace.SLOWER, Pace.STEADY, TUESDAY, FRIDAY)
    plan = after(plan, late)
    assert dates(plan) == [4, 4, 7, 7]
    back = to_pace(Pace.STEADY, Pace.STEADY, wednesday, ends_pause=True)
    assert dates(after(plan, back)) == [3, 3, 3, 4]


def test_a_meeting_that_comes_once_moves_for_a_pause_only() -> None:
    agreed = Schedule(TUESDAY, time(14), 30, None)
    meeting = [Movable(1, agreed, agreed, is_meeting=True)]
    for pace in CHOSEN:
        assert after(meeting, to_pace(pace, Pace.STEADY, MONDAY)) == meeting
    pause = to_pause(Pace.STEADY, Pace.STEADY, MONDAY, FRIDAY)
    moved = after(meeting, pause)
    assert dates(moved) == [4]
    assert after(moved, to_pace(Pace.STEADY, Pace.STEADY, MONDAY)) == meeting
    assert after(moved, to_pace(Pace.STEADY, Pace.STEADY, TUESDAY)) == moved


def test_a_plan_without_working_days_fills_monday_to_friday() -> None:
    plan = singles(*on(4, 4, 4))
    turn = to_pace(Pace.SLOWER, Pace.STEADY, MONDAY)
    assert [each.starts_on for each in reflow(plan, [], turn).values()] == on(4, 4, 7)
    saturdays = Schedule(MONDAY, None, 30, "FREQ=WEEKLY;BYDAY=SA")
    assert [each.starts_on for each in reflow(plan, [saturdays], turn).values()] == on(4, 4, 5)


def test_the_end_of_time_is_a_day_too() -> None:
    plan = singles(*[date.max] * 4)
    assert {each.now.starts_on for each in after(plan, turns(Pace.STEADY)[0])} == {date.max}


def test_pauses_show_nothing_and_slower_shows_less() -> None:
    assert [RULES[pace].proposals_at_once for pace in Pace] == [1, 3, 5, 0]
    assert [RULES[pace].days_between_next_steps for pace in Pace] == [14, 7, 3, 14]
    assert RULES[Pace.SLOWER].singles_a_day == pacing.MOVABLE_REPEATS_A_DAY


def test_500_tasks_take_milliseconds() -> None:
    agreed = [replace(WORK, starts_on=MONDAY - timedelta(days=number)) for number in range(250)]
    plan = [Movable(number, each, each) for number, each in enumerate(agreed)]
    plan += [replace(each, key=250 + each.key) for each in singles(*on(*[1] * 250))]
    for turn in turns(Pace.STEADY):
        began = perf_counter()
        reflow(plan, [WORK], turn)
        assert perf_counter() - began < AT_MOST_SECONDS
