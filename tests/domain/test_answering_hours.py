"""When somebody answers: on their own clock, across time zones and changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import changes
from webapp.domain.answering_hours import next_answer
from webapp.domain.changes import Asked
from webapp.domain.errors import RuleBroken
from webapp.domain.repeats import WEEKDAYS, instant, wall_clock
from webapp.models.person import Person

ZONES = (
    "America/Toronto",
    "America/St_Johns",
    "Europe/Paris",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)
WORK = "MO,TU,WE,TH,FR"
START = datetime(2024, 1, 1, tzinfo=UTC)


def staff(
    on: str | None = WORK,
    begins: time | None = time(9),
    ends: time | None = time(17),
    zone: str = "America/Toronto",
) -> Person:
    return Person(answers_on=on, answers_from=begins, answers_until=ends, time_zone=zone)


def toronto(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("America/Toronto"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (toronto(23, 8, 59), (False, toronto(23, 9))),
        (toronto(23, 9), (True, None)),
        (toronto(23, 16, 59), (True, None)),
        (toronto(23, 17), (False, toronto(24, 9))),
        (toronto(27, 17), (False, toronto(30, 9))),
        (toronto(29, 12), (False, toronto(30, 9))),
    ],
)
def test_hours_of_a_week(now: datetime, expected: tuple[bool, datetime | None]) -> None:
    assert next_answer(staff(), now) == expected


@pytest.mark.parametrize(
    "person",
    [
        staff(on=None),
        staff(on=""),
        staff(begins=None),
        staff(ends=None),
        staff(begins=time(9), ends=time(9)),
    ],
)
def test_without_hours_nothing_is_said(person: Person) -> None:
    assert next_answer(person, toronto(23, 12)) == (False, None)


def test_the_clock_is_that_of_who_answers() -> None:
    noon_in_paris = datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert next_answer(staff(zone="Europe/Paris"), noon_in_paris).is_now
    assert not next_answer(staff(), noon_in_paris).is_now


def test_hours_that_the_clocks_jump_over_are_left_out() -> None:
    spring = datetime(2026, 3, 8, 5, tzinfo=UTC)
    person = staff(on="SU", begins=time(2, 30), ends=time(3, 15))
    assert next_answer(person, spring).at == instant(
        date(2026, 3, 15), time(2, 30), "America/Toronto"
    )


@given(
    on=st.sets(st.sampled_from(sorted(WEEKDAYS)), min_size=1),
    hours=st.tuples(st.times(), st.times()),
    zone=st.sampled_from(ZONES),
    now=st.integers(0, 8 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
)
def test_what_is_promised_is_kept(
    on: set[str], hours: tuple[time, time], zone: str, now: datetime
) -> None:
    begins, ends = (each.replace(second=0, microsecond=0) for each in hours)
    person = staff(",".join(on), begins, ends, zone)
    found = next_answer(person, now)
    if begins >= ends:
        assert found == (False, None)
        return
    if found.is_now:
        assert found.at is None
        assert wall_clock(now, zone)[0].weekday() in {WEEKDAYS[name] for name in on}
        return
    assert found.at is not None
    assert found.at > now
    assert wall_clock(found.at, zone)[0].weekday() in {WEEKDAYS[name] for name in on}
    assert next_answer(person, found.at).is_now
    just_before = found.at - timedelta(seconds=1)
    assert just_before < now or next_answer(person, just_before) == (False, found.at)


def set_hours(session: Session, person: Person, now: datetime, **wanted: object) -> None:
    asked = Asked("hours-change", "hours.set", wanted)
    changes.make(session, person, person, asked, now)


def test_hours_are_kept_in_the_order_of_the_week(
    session: Session, cast: Cast, now: datetime
) -> None:
    set_hours(session, cast.cora, now, on=["FR", "MO", "MO"], begins="09:00", ends="16:30")
    kept = (cast.cora.answers_on, cast.cora.answers_from, cast.cora.answers_until)
    assert kept == ("MO,FR", time(9), time(16, 30))


def test_without_days_no_hours_are_kept(session: Session, cast: Cast, now: datetime) -> None:
    cast.cora.answers_on, cast.cora.answers_from, cast.cora.answers_until = "MO", time(9), time(10)
    session.flush()
    set_hours(session, cast.cora, now, on=[], begins="", ends="")
    kept = (cast.cora.answers_on, cast.cora.answers_from, cast.cora.answers_until)
    assert kept == (None, None, None)


@pytest.mark.parametrize(
    "wanted",
    [
        {"on": ["MO"]},
        {"on": ["MO"], "begins": "", "ends": "17:00"},
        {"on": ["MO"], "begins": "17:00", "ends": "09:00"},
        {"on": ["MO"], "begins": "09:00", "ends": "09:00"},
        {"on": ["MO"], "begins": "nine", "ends": "17:00"},
        {"on": ["XX"], "begins": "09:00", "ends": "17:00"},
        {"on": 5, "begins": "09:00", "ends": "17:00"},
        {"on": ["MO"], "begins": 9, "ends": 17},
    ],
)
def test_hours_that_cannot_be_are_refused(
    session: Session, cast: Cast, now: datetime, wanted: dict[str, object]
) -> None:
    with pytest.raises(RuleBroken) as broken:
        set_hours(session, cast.cora, now, **wanted)
    assert broken.value.code == "hours_not_right"
    assert cast.cora.answers_on is None
