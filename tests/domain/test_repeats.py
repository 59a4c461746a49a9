"""The days of repeat rules, some written out by hand, many compared with plain dateutil."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webapp.domain.repeats import RuleMistake, check_rule, days_between

MONDAY = date(2026, 11, 23)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


def test_without_a_rule_a_task_has_one_day() -> None:
    assert days_between(None, MONDAY, MONDAY, MONDAY) == (MONDAY,)
    assert days_between(None, MONDAY, date(2026, 11, 1), date(2026, 11, 22)) == ()
    assert days_between(None, MONDAY, date(2026, 11, 24), date(2026, 11, 30)) == ()


def test_both_ends_are_included() -> None:
    rule = "FREQ=WEEKLY;BYDAY=MO,TH"
    expected = days("2026-11-23", "2026-11-26", "2026-11-30")
    assert days_between(rule, MONDAY, MONDAY, date(2026, 11, 30)) == expected


def test_nothing_comes_before_the_start_nor_in_an_empty_span() -> None:
    assert days_between("FREQ=DAILY", MONDAY, date(2026, 1, 1), MONDAY) == (MONDAY,)
    assert days_between("FREQ=DAILY", MONDAY, date(2026, 12, 2), date(2026, 12, 1)) == ()


def test_a_start_that_does_not_match_is_no_day() -> None:
    found = days_between("FREQ=WEEKLY;BYDAY=TU", MONDAY, MONDAY, date(2026, 12, 1))
    assert found == days("2026-11-24", "2026-12-01")


def test_a_weekly_rule_takes_its_weekday_from_the_start() -> None:
    found = days_between("FREQ=WEEKLY", MONDAY, date(2028, 1, 1), date(2028, 1, 14))
    assert found == days("2028-01-03", "2028-01-10")


def test_every_second_week_keeps_its_phase_for_years() -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    assert days_between(rule, date(2021, 11, 22), MONDAY, date(2026, 12, 6)) == days("2026-11-30")
    assert days_between(rule, date(2021, 11, 29), MONDAY, date(2026, 12, 6)) == days("2026-11-23")


def test_the_start_of_the_week_decides_which_second_week() -> None:
    # The example of RFC 5545, section 3.8.5.3: the same rule, two starts of the week.
    start, last = date(1997, 8, 5), date(1997, 8, 31)
    rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST="
    monday = days("1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24")
    sunday = days("1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31")
    assert days_between(rule + "MO", start, start, last) == monday
    assert days_between(rule + "SU", start, start, last) == sunday


def test_last_monday_of_the_month() -> None:
    found = days_between("FREQ=MONTHLY;BYDAY=-1MO", MONDAY, MONDAY, date(2027, 3, 31))
    expected = ("2026-11-30", "2026-12-28", "2027-01-25", "2027-02-22", "2027-03-29")
    assert found == days(*expected)


def test_last_working_day_of_the_month() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    found = days_between(rule, date(2020, 1, 15), date(2027, 1, 1), date(2027, 3, 1))
    assert found == days("2027-01-29", "2027-02-26")


def test_the_31st_skips_short_months() -> None:
    found = days_between("FREQ=MONTHLY", date(2026, 1, 31), date(2026, 2, 1), date(2026, 7, 31))
    assert found == days("2026-03-31", "2026-05-31", "2026-07-31")


def test_a_leap_day_comes_in_leap_years() -> None:
    leap = date(2024, 2, 29)
    assert days_between("FREQ=YEARLY", leap, leap, date(2033, 1, 1)) == days(
        "2024-02-29", "2028-02-29", "2032-02-29"
    )
    assert days_between("FREQ=DAILY", MONDAY, date(2028, 2, 28), date(2028, 3, 1)) == days(
        "2028-02-28", "2028-02-29", "2028-03-01"
    )


@pytest.mark.parametrize("until", ["20261125", "20261125T000000Z", "20261125T235959Z"])
def test_until_is_the_last_day(until: str) -> None:
    found = days_between(f"FREQ=DAILY;UNTIL={until}", MONDAY, MONDAY, date(2027, 1, 1))
    assert found == days("2026-11-23", "2026-11-24", "2026-11-25")


def test_count_is_counted_from_the_start() -> None:
    rule = "FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE"
    found = days_between(rule, MONDAY, date(2026, 11, 24), date(2027, 1, 1))
    assert found == days("2026-11-25", "2026-11-30")


def test_a_rule_that_never_comes_has_no_days() -> None:
    rule = "FREQ=DAILY;INTERVAL=7;BYDAY=TU"
    assert days_between(rule, MONDAY, MONDAY, date(2030, 1, 1)) == ()


def test_the_calendar_may_end() -> None:
    start = date(9999, 12, 30)
    assert days_between("FREQ=DAILY", start, start, date.max) == (start, date.max)
    assert days_between("FREQ=WEEKLY;BYDAY=FR,SA", start, start, date.max) == (date.max,)
    assert days_between("FREQ=WEEKLY;BYDAY=FR,SA;BYSETPOS=1", start, start, date.max) == (date.max,)


# Against plain dateutil

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def some(values: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(",".join)


def numbers(lowest: int, highest: int) -> st.SearchStrategy[str]:
    return some(st.integers(lowest, highest).filter(bool).map(str))


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    optional = {
        "INTERVAL": st.sampled_from(["1", "2", "3", "5", "7", "60"]),
        "BYDAY": some(st.sampled_from(WEEKDAYS)),
        "BYMONTH": numbers(1, 12),
        "WKST": st.sampled_from(WEEKDAYS),
        "BYSETPOS": st.sampled_from(["1", "-1", "2,-1"]),
    }
    if frequency != "WEEKLY":
        optional["BYMONTHDAY"] = numbers(-31, 31)
    if frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        optional["BYDAY"] = some(st.sampled_from(["1MO", "-1MO", "2TU", "-2SU", "5WE", "-5FR"]))
    names = draw(st.sets(st.sampled_from(sorted(optional))))
    parts = [f"FREQ={frequency}"] + [f"{name}={draw(optional[name])}" for name in sorted(names)]
    end = st.sampled_from(["", "COUNT=1", "COUNT=30", "UNTIL=20150704", "UNTIL=20261123T120000Z"])
    return ";".join([*parts, draw(end)]).removesuffix(";")


def plainly_expanded(rule: str, start: date, last: date) -> list[date]:
    """dateutil alone, from the very start; where no WKST is given it is Monday (RFC 5545)."""
    rule = rule.replace("T120000Z", "")
    naive_start = datetime(start.year, start.month, start.day)  # noqa: DTZ001 (a day, no instant)
    naive_last = datetime(last.year, last.month, last.day)  # noqa: DTZ001 (a day, no instant)
    plain = rrulestr(rule, dtstart=naive_start)
    return [day.date() for day in plain.between(naive_start, naive_last, inc=True)]


@settings(deadline=None, max_examples=300)
@given(
    rule=rules(),
    start=st.dates(date(2008, 1, 1), date(2026, 12, 31)),
    skipped=st.integers(-40, 7000),
    length=st.integers(0, 1000),
)
@example("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO;WKST=SU", date(2020, 1, 4), 1001, 30)
@example("FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=-1", date(2020, 1, 1), 365, 30)
@example("FREQ=MONTHLY;INTERVAL=5", date(2020, 1, 31), 1500, 60)
@example("FREQ=WEEKLY;INTERVAL=2;WKST=SU", date(2020, 1, 5), 1001, 30)
@example("FREQ=MONTHLY;BYDAY=MO", date(2020, 1, 28), 1500, 60)
@example("FREQ=YEARLY;INTERVAL=3", date(2020, 4, 30), 1000, 1500)
def test_days_are_those_of_plain_dateutil(
    rule: str, start: date, skipped: int, length: int
) -> None:
    try:
        check_rule(rule, start)
    except RuleMistake as mistake:
        assert mistake.code in ("never", "bad_bysetpos", "bad_count")
        return
    first = start + timedelta(days=skipped)
    last = first + timedelta(days=length)
    plain = plainly_expanded(rule, start, last)
    assert days_between(rule, start, first, last) == tuple(d for d in plain if d >= first)
