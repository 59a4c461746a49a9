"""Which pace counts on a day: a step function of time, whose past never changes."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.domain.ada import MONDAY, TUESDAY
from tests.domain.pacer import NEXT_MONDAY, SUNDAY, Pacer
from webapp.domain import paces
from webapp.domain.paces import PaceNow
from webapp.models.change import Outcome
from webapp.models.person import Pace


@pytest.fixture
def ada(session: Session, cast: Cast) -> Pacer:
    """Give Ada at 8 on Monday, in Toronto."""
    return Pacer(session, cast.ada)


def test_before_anything_is_chosen_the_agreed_pace_counts(ada: Pacer) -> None:
    ada.person.agreed_pace = Pace.FASTER
    assert paces.pace_on(ada.person, MONDAY) is Pace.FASTER
    assert not paces.is_paused(ada.person, MONDAY)
    assert ada.present() == PaceNow(Pace.FASTER, None, Pace.FASTER)


def test_the_pace_is_a_step_function_of_time(ada: Pacer) -> None:
    ada.person.paces = [["2026-11-20", "slower"], ["2026-11-23", "pause"], ["2026-11-25", "slower"]]
    found = [paces.pace_on(ada.person, date(2026, 11, day)) for day in (19, 20, 22, 23, 24, 25, 30)]
    assert [pace.value for pace in found] == [
        *("steady", "slower", "slower", "pause", "pause", "slower", "slower")
    ]
    assert ada.present() == PaceNow(Pace.PAUSE, date(2026, 11, 25), Pace.SLOWER)
    assert paces.days_of_pause(ada.person, SUNDAY, NEXT_MONDAY) == {MONDAY, TUESDAY}


def test_a_pause_without_an_end_goes_back_to_what_was_before(ada: Pacer) -> None:
    ada.person.paces = [["2026-11-01", "faster"], ["2026-11-23", "pause"]]
    assert ada.present() == PaceNow(Pace.PAUSE, None, Pace.FASTER)
    ada.person.paces = [["2026-11-23", "pause"]]
    assert ada.present().going_by is Pace.STEADY
    ada.person.agreed_pace = Pace.PAUSE  # a plan file may say so
    assert ada.present().going_by is Pace.STEADY
    assert ada.choose("steady") is Outcome.APPLIED
    assert not ada.present().is_paused


def test_steps_before_today_are_never_replaced(ada: Pacer) -> None:
    ada.choose("slower")
    ada.clock(8, day=TUESDAY)
    ada.choose("faster")
    ada.choose("steady")
    assert ada.person.paces == [["2026-11-23", "slower"], ["2026-11-24", "steady"]]
    assert ada.person.pace is Pace.STEADY


@pytest.mark.parametrize(
    ("wanted", "steps"),
    [
        ([], [["2026-11-20", "slower"], ["2026-11-23", "steady"]]),
        ([["2026-11-20", "slower"]], [["2026-11-20", "slower"]]),
        ([["2026-11-23", "faster"]], [["2026-11-20", "slower"], ["2026-11-23", "faster"]]),
    ],
)
def test_putting_back_a_pace_leaves_the_days_that_have_passed(
    ada: Pacer, wanted: list[list[str]], steps: list[list[str]]
) -> None:
    ada.person.paces = [["2026-11-20", "slower"], ["2026-11-23", "pause"]]
    assert paces.from_day_on(ada.person, wanted, MONDAY) == steps
