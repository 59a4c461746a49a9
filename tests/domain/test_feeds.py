"""The calendar of a person: its secret address, and what stands in it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import SECRET_KEY
from tests.domain.ada import MONDAY, TUESDAY, Ada, task
from webapp.domain import feeds
from webapp.domain.errors import NotFound
from webapp.domain.feeds import Entry
from webapp.models.notice import CalendarFeed
from webapp.models.person import RemindOn


@pytest.fixture
def ada(session: Session, cast: Cast) -> Ada:
    """Give Ada at 8 on Monday, in Toronto."""
    return Ada(session, cast.ada)


def make(ada: Ada) -> str:
    """Make an address for Ada, and return what stands in it."""
    feed = feeds.make(ada.session, ada.person, key=SECRET_KEY, now=ada.now)
    return feeds.token(feed, SECRET_KEY)


def opens(ada: Ada, token: str, key: str = SECRET_KEY) -> bool:
    try:
        _feed, person = feeds.get_by_token(ada.session, token, key=key)
    except NotFound:
        return False
    return person is ada.person


def test_an_address_opens_one_calendar_until_it_is_stopped(ada: Ada) -> None:
    token = make(ada)
    assert opens(ada, token)
    for other in ("", token.upper(), token[:-1], token + "a", "a" * 32, ada.person.name):
        assert not opens(ada, other)
    feeds.revoke(ada.session, ada.person)
    assert not opens(ada, token)
    feeds.revoke(ada.session, ada.person)


def test_a_new_address_closes_the_one_before_and_shows_as_much(ada: Ada) -> None:
    first = make(ada)
    feeds.show_titles(ada.session, ada.person, True, ada.now)
    second = make(ada)
    assert (opens(ada, first), opens(ada, second)) == (False, True)
    feed = feeds.find(ada.session, ada.person)
    assert feed is not None
    assert feed.shows_titles


def test_the_database_alone_opens_nothing(ada: Ada) -> None:
    token = make(ada)
    row = ada.session.scalars(select(CalendarFeed)).one()
    assert len(token) == 32
    assert token.isalnum()
    assert not any(token in str(value) for value in vars(row).values())
    for kept in (row.nonce, row.token_hash):
        assert not opens(ada, kept)
    assert not opens(ada, token, key=SECRET_KEY[::-1])
    assert feeds.token(row, SECRET_KEY[::-1]) != token


def test_each_person_has_their_own_and_staff_have_none(
    ada: Ada, cast: Cast, session: Session
) -> None:
    mine = make(ada)
    his = feeds.make(session, cast.ben, key=SECRET_KEY, now=ada.now)
    assert feeds.token(his, SECRET_KEY) != mine
    feeds.revoke(session, cast.ben)
    assert opens(ada, mine)
    with pytest.raises(NotFound):
        feeds.make(session, cast.cora, key=SECRET_KEY, now=ada.now)


def test_titles_can_only_be_shown_where_there_is_an_address(ada: Ada) -> None:
    with pytest.raises(NotFound):
        feeds.show_titles(ada.session, ada.person, True, ada.now)


def entries(ada: Ada) -> list[Entry]:
    return feeds.entries_for(ada.session, ada.person, ada.now)


def alarms(ada: Ada) -> list[datetime | None]:
    """Return the instants of the alarms of the first two days, on Ada's own clock."""
    return [
        entry.remind_at and entry.remind_at.astimezone(UTC)
        for entry in entries(ada)
        if entry.occurrence.on <= TUESDAY
    ]


def test_the_calendar_holds_today_and_60_days(ada: Ada) -> None:
    task(ada, "Sweep", 9, starts_on=MONDAY - timedelta(days=7))
    found = [entry.occurrence.on for entry in entries(ada)]
    assert found == [MONDAY + timedelta(days=number) for number in range(61)]


def test_what_was_said_of_a_task_counts(ada: Ada) -> None:
    done, away, later = (task(ada, title, 9, repeat_rule=None) for title in "abc")
    ada.says("done", done)
    ada.says("not_today", away)
    ada.later(later, TUESDAY, "10:30")
    found = {entry.occurrence.task_id: entry for entry in entries(ada)}
    assert found.keys() == {done.id, later.id}
    assert found[done.id].remind_at is None
    moved = found[later.id]
    assert (moved.occurrence.on, moved.occurrence.at) == (TUESDAY, time(10, 30))
    assert moved.remind_at == datetime(2026, 11, 24, 15, 20, tzinfo=UTC)


def test_in_a_pause_only_what_is_fixed_comes_and_nothing_rings(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    fixed = task(ada, "Work", 10, is_fixed_by_workplace=True)
    ada.person.paces = [[TUESDAY.isoformat(), "pause"]]
    found = [(entry.occurrence.task_id, entry.remind_at) for entry in entries(ada)[1:]]
    assert found[0] == (fixed.id, datetime(2026, 11, 23, 14, 50, tzinfo=UTC))
    assert set(found[1:]) == {(fixed.id, None)}


def test_alarms_are_10_minutes_before_until_the_person_chooses(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    monday, tuesday = (datetime(2026, 11, day, 13, 50, tzinfo=UTC) for day in (23, 24))
    assert alarms(ada) == [monday, tuesday]
    ada.person.remind_all_minutes = 30
    assert alarms(ada) == [each - timedelta(minutes=20) for each in (monday, tuesday)]
    ada.person.remind_all, ada.person.remind_all_minutes = RemindOn.NEVER, None
    assert alarms(ada) == [None, None]


def test_a_choice_for_the_task_comes_first(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9)
    ada.person.remind_all_minutes = 30
    sweep.remind_on = RemindOn.EVENING_BEFORE
    assert alarms(ada) == [None, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)]
    sweep.remind_on, sweep.remind_minutes_before = None, 0
    assert alarms(ada)[1] == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_what_has_rung_rings_no_more_and_nothing_rings_when_reminders_pause(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    ada.clock(8, 50)
    assert [each is None for each in alarms(ada)] == [True, False]
    ada.person.reminders_paused = True
    assert alarms(ada) == [None, None]


def test_quiet_hours_are_quiet_in_the_calendar_too(ada: Ada) -> None:
    task(ada, "Sweep", 9)
    ada.person.quiet_from, ada.person.quiet_until = time(21), time(8, 55)
    assert alarms(ada)[1] == datetime(2026, 11, 24, 13, 55, tzinfo=UTC)
    ada.person.quiet_until = time(9, 45)
    assert alarms(ada) == [None, None]


def test_every_change_is_a_revision(ada: Ada) -> None:
    sweep = task(ada, "Sweep", 9)
    make(ada)
    feed = feeds.find(ada.session, ada.person)
    assert feed is not None
    first = feeds.revision(ada.session, feed)
    assert first.at == ada.now
    ada.clock(9)
    ada.says("done", sweep)
    second = feeds.revision(ada.session, feed)
    assert (second.number, second.at) == (first.number + 1, ada.now)
    ada.clock(10)
    feeds.show_titles(ada.session, ada.person, False, ada.now)
    assert feeds.revision(ada.session, feed) == second
    feeds.show_titles(ada.session, ada.person, True, ada.now)
    assert feeds.revision(ada.session, feed).at == ada.now


def test_a_calendar_costs_two_statements(ada: Ada, statements: list[str]) -> None:
    feed = CalendarFeed(person_id=ada.person.id, made_at=ada.now)
    entries(ada)
    feeds.revision(ada.session, feed)
    assert len(statements) == 2, statements


def test_the_calendar_of_a_leap_day(ada: Ada) -> None:
    leap = date(2028, 2, 29)
    ada.clock(8, day=leap)
    factories.task(ada.session, ada.person, starts_on=leap, repeat_rule="FREQ=YEARLY")
    assert [entry.occurrence.on for entry in entries(ada)] == [leap]
