"""What a person chooses about reminders: through the door, undone like the rest, or refused."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from webapp.domain import changes, reminder_settings
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.models.change import Change, HistoryEntry, Outcome
from webapp.models.notice import Notice, NoticeState
from webapp.models.person import LockScreen, Person, RemindOn

TODAY = date(2026, 11, 23)
Choose = Callable[..., Outcome]


@pytest.fixture
def choose(session: Session, now: datetime) -> Choose:
    """Give a function that asks for one change of somebody's own settings."""
    numbers = iter(range(1000))

    def ask(verb: str, person: Person, actor: Person | None = None, **wanted: object) -> Outcome:
        asked = Asked(f"change-{next(numbers)}", verb, wanted)
        return changes.make(session, actor or person, person, asked, now)

    return ask


def set_to(choose: Choose, person: Person, setting: str, value: object) -> None:
    choose("settings.change", person, setting=setting, value=value)


@pytest.mark.parametrize(
    ("setting", "value", "kept"),
    [
        ("reminders_on", "yes", {"reminders_on": True}),
        ("reminders_on", "no", {"reminders_on": False}),
        ("reminders_paused", "yes", {"reminders_paused": True}),
        ("remind_all", "0", {"remind_all": None, "remind_all_minutes": 0}),
        ("remind_all", "60", {"remind_all": None, "remind_all_minutes": 60}),
        (
            "remind_all",
            "evening_before",
            {"remind_all": RemindOn.EVENING_BEFORE, "remind_all_minutes": None},
        ),
        ("remind_all", "never", {"remind_all": RemindOn.NEVER}),
        ("reminds_again", "yes", {"reminds_again": True}),
        ("reminders_a_day", "3", {"reminders_a_day": 3}),
        ("reminders_a_day", "none", {"reminders_a_day": None}),
        ("lock_screen", "full", {"lock_screen": LockScreen.FULL}),
        ("quiet_hours", "21:00-07:00", {"quiet_from": time(21), "quiet_until": time(7)}),
        ("quiet_hours", "none", {"quiet_from": None, "quiet_until": None}),
        ("mail_to", " ada@example.org ", {"mail_to": "ada@example.org"}),
        ("mail_to", "", {"mail_to": None}),
        ("time_zone", "Europe/Paris", {"time_zone": "Europe/Paris"}),
    ],
)
def test_a_choice_is_kept(
    cast: Cast, choose: Choose, setting: str, value: str, kept: dict[str, object]
) -> None:
    set_to(choose, cast.ada, setting, value)
    assert {name: getattr(cast.ada, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("reminders_on", "maybe"),
        ("reminders_on", None),
        ("reminders_paused", []),
        ("remind_all", "11"),
        ("remind_all", "as_all"),
        ("remind_all", None),
        ("reminders_a_day", "4"),
        ("reminders_a_day", {}),
        ("lock_screen", "loud"),
        ("quiet_hours", "21:00"),
        ("quiet_hours", "21:00-21:00"),
        ("quiet_hours", "21:00-25:00"),
        ("quiet_hours", "21:00+02:00-07:00"),
        ("quiet_hours", None),
        ("mail_to", "ada"),
        ("mail_to", "ada@example"),
        ("mail_to", "ada@example.org\nBcc: all@example.org"),
        ("mail_to", "a" * 250 + "@example.org"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", None),
    ],
)
def test_what_is_no_choice_is_refused(
    cast: Cast, choose: Choose, setting: str, value: object
) -> None:
    with pytest.raises(RuleBroken, match="unknown_setting"):
        set_to(choose, cast.ada, setting, value)


def test_who_begins_is_reminded_10_minutes_before(cast: Cast, choose: Choose) -> None:
    set_to(choose, cast.ada, "reminders_on", "yes")
    assert (cast.ada.remind_all, cast.ada.remind_all_minutes) == (None, 10)


def test_who_begins_with_one_task_is_reminded_of_no_other(cast: Cast, choose: Choose) -> None:
    set_to(choose, cast.ada, "reminders_on", "chosen")
    assert (cast.ada.reminders_on, cast.ada.remind_all) == (True, RemindOn.NEVER)


@pytest.mark.parametrize("begins", ["yes", "chosen"])
def test_what_was_chosen_before_stays(cast: Cast, choose: Choose, begins: str) -> None:
    set_to(choose, cast.ada, "remind_all", "30")
    set_to(choose, cast.ada, "reminders_on", begins)
    assert (cast.ada.remind_all, cast.ada.remind_all_minutes) == (None, 30)


def test_a_task_has_a_choice_of_its_own(session: Session, cast: Cast, choose: Choose) -> None:
    task = factories.task(session, cast.ada, remind_minutes_before=15)
    choose("task.remind", cast.ada, task=task.id, when="evening_before")
    assert (task.remind_on, task.remind_minutes_before) == (RemindOn.EVENING_BEFORE, None)
    choose("task.remind", cast.ada, task=task.id, when="30")
    assert (task.remind_on, task.remind_minutes_before) == (None, 30)
    choose("task.remind", cast.ada, task=task.id, when="as_all")
    assert (task.remind_on, task.remind_minutes_before) == (None, None)


@pytest.mark.parametrize("when", [None, "", "15", 10, "soon"])
def test_a_task_takes_no_other_moment(
    session: Session, cast: Cast, choose: Choose, when: object
) -> None:
    task = factories.task(session, cast.ada)
    with pytest.raises(RuleBroken, match="unknown_setting"):
        choose("task.remind", cast.ada, task=task.id, when=when)


def test_the_reminder_of_a_fixed_task_is_the_persons_too(
    session: Session, cast: Cast, choose: Choose
) -> None:
    task = factories.task(session, cast.ada, is_fixed_by_workplace=True)
    assert choose("task.remind", cast.ada, task=task.id, when="0") is Outcome.APPLIED
    assert choose("task.remind", cast.ada, cast.cora, task=task.id, when="60") is Outcome.PROPOSED
    assert task.remind_minutes_before == 0
    with pytest.raises(NotAllowed):
        choose("task.remind", cast.ada, cast.mia, task=task.id, when="60")


def test_choices_can_be_taken_back(session: Session, cast: Cast, choose: Choose) -> None:
    set_to(choose, cast.ada, "quiet_hours", "21:00-07:00")
    set_to(choose, cast.ada, "quiet_hours", "none")
    last = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert last
    choose("change.undo", cast.ada, change=last.id)
    assert (cast.ada.quiet_from, cast.ada.quiet_until) == (time(21), time(7))


def test_an_address_for_mail_leaves_no_line_in_the_history(
    session: Session, cast: Cast, choose: Choose
) -> None:
    set_to(choose, cast.ada, "mail_to", "ada@example.org")
    assert not history_of(session, cast.ada)


def test_nobody_else_proposes_an_address_for_mail(cast: Cast, choose: Choose) -> None:
    with pytest.raises(RuleBroken, match="unknown_setting"):
        choose("settings.change", cast.ada, cast.cora, setting="mail_to", value="cora@example.org")


def test_who_takes_back_that_they_stopped_and_has_no_phone_is_known(
    session: Session, cast: Cast, choose: Choose, now: datetime
) -> None:
    set_to(choose, cast.ada, "reminders_on", "yes")
    set_to(choose, cast.ada, "reminders_on", "no")
    assert cast.ada.no_phone_since is None
    last = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert last
    choose("change.undo", cast.ada, change=last.id)
    assert (cast.ada.reminders_on, cast.ada.no_phone_since) == (True, now)


def history_of(session: Session, person: Person) -> list[HistoryEntry]:
    lines = session.scalars(select(HistoryEntry).where(HistoryEntry.participant_id == person.id))
    return list(lines)


def test_not_now_is_kept_for_30_days(cast: Cast) -> None:
    assert reminder_settings.may_offer(cast.ada, TODAY)
    reminder_settings.put_off(cast.ada, TODAY)
    assert not reminder_settings.may_offer(cast.ada, TODAY + timedelta(days=29))
    assert reminder_settings.may_offer(cast.ada, TODAY + timedelta(days=30))
    cast.ada.reminders_on = True
    assert not reminder_settings.may_offer(cast.ada, TODAY + timedelta(days=30))


def test_a_zone_that_is_not_wanted_is_kept_until_one_is(cast: Cast, choose: Choose) -> None:
    reminder_settings.keep_zone(cast.ada, "Europe/Paris")
    assert (cast.ada.kept_zone, cast.ada.time_zone) == ("Europe/Paris", "America/Toronto")
    set_to(choose, cast.ada, "time_zone", "Europe/Paris")
    assert (cast.ada.kept_zone, cast.ada.time_zone) == (None, "Europe/Paris")


def test_messages_planned_stand_in_the_same_transaction_as_the_choice(
    session: Session, cast: Cast, choose: Choose
) -> None:
    factories.task(session, cast.ada)
    set_to(choose, cast.ada, "reminders_on", "yes")
    assert len(session.scalars(select(Notice)).all()) == 2
    set_to(choose, cast.ada, "reminders_paused", "yes")
    assert session.scalars(select(Notice)).all() == []


def test_what_was_tried_already_keeps_its_row(session: Session, cast: Cast, choose: Choose) -> None:
    factories.task(session, cast.ada)
    set_to(choose, cast.ada, "reminders_on", "yes")
    tried, other = session.scalars(select(Notice).order_by(Notice.due_at))
    tried.tries = 1
    set_to(choose, cast.ada, "reminders_paused", "yes")
    [left] = session.scalars(select(Notice)).all()
    assert (left.id, left.state) == (tried.id, NoticeState.SILENT)


def test_what_is_on_its_way_is_left_to_who_sends_it(
    session: Session, cast: Cast, choose: Choose, now: datetime
) -> None:
    factories.task(session, cast.ada)
    set_to(choose, cast.ada, "reminders_on", "yes")
    sent, _other = session.scalars(select(Notice).order_by(Notice.due_at))
    sent.claim, sent.next_try_at = "of a process", now + timedelta(seconds=30)
    set_to(choose, cast.ada, "reminders_paused", "yes")
    [left] = session.scalars(select(Notice)).all()
    assert (left.id, left.state, left.claim) == (sent.id, NoticeState.PLANNED, "of a process")
