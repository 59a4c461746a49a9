"""What is noted of a participant's phones, who may be told of it, and when it is forgotten."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import MONDAY
from webapp.domain import kept_on_phones, sessions
from webapp.domain.kept_on_phones import Trouble
from webapp.domain.sessions import SignedInDevice
from webapp.models.person import Person
from webapp.models.sign_in import Device, DeviceKind

DAY = timedelta(days=1)
DAY_SECONDS = 24 * 60 * 60


def phone(session: Session, person: Person, now: datetime) -> Device:
    return sessions.begin(session, person, DeviceKind.ANDROID, now)[0].device


def told(
    session: Session,
    device: Device,
    promises: bool | None = None,
    age: int | None = 0,
    stuck: bool | None = None,
) -> None:
    """Let a phone tell this with something that it sends."""
    news = kept_on_phones.news(device, promises, stuck, age_seconds=age, today=MONDAY)
    kept_on_phones.note(session, device.id, news)
    session.refresh(device)


@pytest.mark.parametrize(
    ("age", "late_on"),
    [
        (None, None),
        (0, None),
        (DAY_SECONDS, None),
        (DAY_SECONDS + 1, MONDAY),
        (90 * DAY_SECONDS, MONDAY),
        (90 * DAY_SECONDS + 1, None),
    ],
)
def test_late_is_what_waited_for_more_than_a_day(
    session: Session, cast: Cast, now: datetime, age: int | None, late_on: date | None
) -> None:
    device = phone(session, cast.ada, now)
    told(session, device, age=age)
    assert device.late_on == late_on


def test_the_last_word_of_the_browser_counts(session: Session, cast: Cast, now: datetime) -> None:
    device = phone(session, cast.ada, now)
    known = []
    for promised in (None, False, None, True, None):
        told(session, device, promised)
        known.append(device.promises_to_keep)
    assert known == [None, False, False, True, True]


def test_it_is_stuck_until_the_phone_says_otherwise(
    session: Session, cast: Cast, now: datetime
) -> None:
    device = phone(session, cast.ada, now)
    known = []
    for stuck in (None, True, None, False, None):
        told(session, device, stuck=stuck)
        known.append(device.is_stuck)
    assert known == [None, True, True, False, False]


def test_what_is_known_already_writes_nothing(
    session: Session, cast: Cast, now: datetime, statements: list[str]
) -> None:
    device = phone(session, cast.ada, now)
    told(session, device, False, DAY_SECONDS + 1, True)
    statements.clear()
    for promises, age, stuck in ((False, DAY_SECONDS + 1, True), (None, 0, None)):
        news = kept_on_phones.news(device, promises, stuck, age_seconds=age, today=MONDAY)
        kept_on_phones.note(session, device.id, news)
    assert statements == []


def test_nothing_is_noted_of_staff(session: Session, cast: Cast, now: datetime) -> None:
    for person in (cast.cora, cast.mia, cast.emil, cast.olga):
        device = phone(session, person, now)
        told(session, device, False, DAY_SECONDS + 1, True)
        noted = (device.promises_to_keep, device.late_on, device.is_stuck)
        assert noted == (None, None, None)


def line(
    promises: bool | None = None, late_on: date | None = None, stuck: bool | None = None
) -> SignedInDevice:
    at = datetime.fromisoformat("2026-11-23T13:00:00+00:00")
    return SignedInDevice(1, DeviceKind.ANDROID, at, True, promises, late_on, stuck)


@pytest.mark.parametrize(
    ("devices", "trouble"),
    [
        ([], None),
        ([line()], None),
        ([line(True), line()], None),
        ([line(True), line(False)], Trouble.MAY_LOSE),
        ([line(False), line(True, MONDAY)], Trouble.CAME_LATE),
        ([line(late_on=MONDAY - 6 * DAY)], Trouble.CAME_LATE),
        ([line(late_on=MONDAY - 7 * DAY)], None),
        ([line(False, MONDAY), line(stuck=True)], Trouble.STUCK),
        ([line(stuck=False)], None),
    ],
)
def test_at_most_one_thing_is_told_for_seven_days(
    devices: list[SignedInDevice], trouble: Trouble | None
) -> None:
    assert kept_on_phones.find_trouble(devices, MONDAY) == trouble


def test_the_list_of_people_is_asked_with_one_statement(
    session: Session, cast: Cast, now: datetime, statements: list[str]
) -> None:
    told(session, phone(session, cast.ada, now), age=DAY_SECONDS + 1)
    told(session, phone(session, cast.ben, now), False, stuck=False)
    session.flush()
    statements.clear()
    both = [cast.ada, cast.ben]
    assert kept_on_phones.troubles_among(session, both, now) == {cast.ada.id: Trouble.CAME_LATE}
    assert len(statements) == 1
    assert kept_on_phones.troubles_among(session, [cast.ben], now) == {}
    assert kept_on_phones.troubles_among(session, [cast.ada], now + 7 * DAY) == {}


@pytest.mark.parametrize("stuck_first", [True, False])
def test_what_could_not_be_done_comes_first_in_the_list_of_people(
    session: Session, cast: Cast, now: datetime, *, stuck_first: bool
) -> None:
    for stuck in (stuck_first, not stuck_first):
        age = 0 if stuck else DAY_SECONDS + 1
        told(session, phone(session, cast.ada, now), age=age, stuck=stuck)
    session.flush()
    for later in (0 * DAY, 8 * DAY):
        troubles = kept_on_phones.troubles_among(session, [cast.ada], now + later)
        assert troubles == {cast.ada.id: Trouble.STUCK}


def test_of_a_phone_that_is_signed_out_nothing_is_told(
    session: Session, cast: Cast, now: datetime
) -> None:
    row, token = sessions.begin(session, cast.ada, DeviceKind.ANDROID, now)
    told(session, row.device, False, DAY_SECONDS + 1, True)
    sessions.end(session, token, now)
    assert kept_on_phones.troubles_among(session, [cast.ada], now) == {}
    assert sessions.devices_for(session, cast.ada, now) == []


def test_a_day_is_forgotten_when_it_is_told_no_more(
    session: Session, cast: Cast, now: datetime
) -> None:
    device = phone(session, cast.ada, now)
    told(session, device, False, DAY_SECONDS + 1)
    session.flush()
    kept_on_phones.forget(session, MONDAY + 7 * DAY)
    session.refresh(device)
    assert device.late_on == MONDAY
    kept_on_phones.forget(session, MONDAY + 8 * DAY)
    session.refresh(device)
    assert (device.late_on, device.promises_to_keep) == (None, False)
