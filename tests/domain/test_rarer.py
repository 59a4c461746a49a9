"""What repeats comes less often: on half of its days, spread over the week."""

from collections import Counter
from datetime import date, time, timedelta

import pytest

from webapp.domain import rarer
from webapp.domain.pacing import Movable, reflow, to_pace
from webapp.domain.rarer import Week
from webapp.domain.repeats import days_between
from webapp.domain.schedules import Schedule
from webapp.models.person import Pace

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY + timedelta(days=4)


def slower_of(agreed: Schedule, *, is_meeting: bool = False) -> Schedule:
    """Return what slower makes of a plan with this one thing in it."""
    turn = to_pace(Pace.SLOWER, Pace.STEADY, MONDAY)
    return reflow([Movable(1, agreed, agreed, is_meeting)], [], turn)[1]


@pytest.mark.parametrize(
    ("rule", "slower"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,TH", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("FREQ=WEEKLY;UNTIL=20270301;INTERVAL=2;BYDAY=SU,TU;WKST=SU", None),
        ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,TH,SA"),
        ("FREQ=DAILY;INTERVAL=1", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,TH,SA"),
        ("FREQ=DAILY;INTERVAL=2", "FREQ=DAILY;INTERVAL=2"),
        ("FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=TH"),
        ("FREQ=WEEKLY", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;COUNT=8;BYDAY=MO,TU", "FREQ=WEEKLY;COUNT=8;BYDAY=MO,TU"),
        ("FREQ=MONTHLY;BYDAY=-1MO", "FREQ=MONTHLY;BYDAY=-1MO"),
        ("FREQ=WEEKLY;UNTIL=20261124;BYDAY=MO,TU,WE", "FREQ=WEEKLY;UNTIL=20261124;BYDAY=MO,TU,WE"),
        ("FREQ=WEEKLY;UNTIL=20261101;BYDAY=MO,TU", "FREQ=WEEKLY;UNTIL=20261101;BYDAY=MO,TU"),
    ],
)
def test_what_repeats_comes_on_half_of_its_days(rule: str, slower: str | None) -> None:
    agreed = Schedule(MONDAY - timedelta(days=28), time(9), 30, rule)
    wanted = slower or "FREQ=WEEKLY;UNTIL=20270301;INTERVAL=2;BYDAY=TU;WKST=SU"
    assert slower_of(agreed).repeat == wanted


def test_meetings_come_every_second_time() -> None:
    agreed = Schedule(FRIDAY, time(14), 30, "FREQ=WEEKLY;BYDAY=FR")
    found = slower_of(agreed, is_meeting=True)
    assert found.repeat == "FREQ=WEEKLY;BYDAY=FR;INTERVAL=2"
    days = days_between(found.repeat, found.starts_on, MONDAY, FRIDAY + timedelta(days=28))
    assert days == tuple(FRIDAY + timedelta(weeks=number) for number in (0, 2, 4))


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=99999", "FREQ=MONTHLY"])
def test_rare_meetings_stay_as_they_are(rule: str) -> None:
    agreed = Schedule(FRIDAY, time(14), 30, rule)
    assert slower_of(agreed, is_meeting=True) == agreed


def test_the_days_that_stay_spread_over_the_week() -> None:
    five = Week((0, 1, 2, 3, 4), 1)
    found = rarer.fewer_days({1: five, 2: five, 3: five}, [Week((3,), 1), Week((4,), 1)], 2)
    loads = Counter(day for week in found.values() for day in week.days)
    loads.update([3, 4])
    assert max(loads.values()) == 3  # eleven things on five days
    assert found[1].days == (0, 2, 4)
    assert all(len(week.days) == 3 for week in found.values())
