"""What returns: plans made further, coaches told, old rows removed, all safe for many processes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import NOW, Clock
from tests.jobs.outbox import notice, phone
from webapp.domain import reminders
from webapp.jobs import keeping
from webapp.jobs.caretaker import Caretaker
from webapp.jobs.flow import Counts
from webapp.jobs.office import Office
from webapp.models.notice import (
    Delivery,
    DeliveryCount,
    Heartbeat,
    Notice,
    NoticeKind,
    NoticeState,
    PushSubscription,
)
from webapp.models.person import Pace, Person, Role
from webapp.models.sign_in import Device
from webapp.web.database import Database

DAY = timedelta(days=1)


def keys(session: Session) -> list[str]:
    """Return the keys of all notices, and leave no transaction open."""
    found = list(session.scalars(select(Notice.key).order_by(Notice.id)))
    session.commit()
    return found


@pytest.fixture
def planned(session: Session, ada: Person) -> Person:
    """Let Ada have a task every day at 9, and its reminders for two days."""
    factories.task(session, ada)
    ada.remind_all_minutes = 10
    reminders.plan_for(session, ada, NOW)
    session.commit()
    return ada


def test_reminders_are_planned_further_before_they_run_out(
    session: Session, planned: Person, database: Database
) -> None:
    before = keys(session)
    for later, more in ((23 * 3600, 0), (25 * 3600, 2)):
        with database.transaction() as other:
            assert keeping.plan_ahead(other, NOW + timedelta(seconds=later)) is False
        assert len(keys(session)) == len(before) + more
    session.refresh(planned)
    assert planned.planned_until == NOW + timedelta(hours=25 + 48)


def test_many_people_are_planned_a_few_at_a_time(
    session: Session, planned: Person, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PLANNED_AT_ONCE", 2)
    for number in range(2):
        values = {"reminders_on": True, "planned_until": NOW}
        factories.person(session, f"{number}", Role.PARTICIPANT, NOW, **values)
    session.commit()
    goes_on = []
    for _turn in range(3):
        with database.transaction() as other:
            goes_on.append(keeping.plan_ahead(other, NOW + DAY + DAY))
    assert goes_on == [True, False, False]


def test_one_plan_that_cannot_be_read_stops_no_other(
    session: Session,
    planned: Person,
    cast: Cast,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    cast.ben.reminders_on, cast.ben.remind_all_minutes = True, 10
    factories.task(session, cast.ben, repeat_rule="NONSENSE")
    cast.ben.planned_until = NOW - DAY
    session.commit()
    later = NOW + 2 * DAY
    with database.transaction() as other:
        keeping.plan_ahead(other, later)
    session.expire_all()
    assert planned.planned_until == later + reminders.HORIZON
    assert cast.ben.planned_until == later + timedelta(hours=25)
    assert "RuleMistake" in caplog.text


def no_phone_since(session: Session, ada: Person, since: datetime, **values: Any) -> None:
    ada.no_phone_since = since
    for name, value in values.items():
        setattr(ada, name, value)
    session.commit()


def told(session: Session) -> list[tuple[int, int | None]]:
    rows = select(Notice.person_id, Notice.participant_id)
    found = session.execute(rows.where(Notice.kind == NoticeKind.NO_PHONE)).all()
    session.commit()
    return [(person, participant) for person, participant in found]


def test_each_coach_is_told_once_for_each_time(
    session: Session, ada: Person, cora: Person, cast: Cast, database: Database
) -> None:
    cast.mia.reminders_on = True
    no_phone_since(session, ada, NOW - 2 * DAY)
    for later in (timedelta(0), DAY):
        with database.transaction() as other:
            keeping.tell_coaches(other, NOW + later, by_mail=False)
        assert told(session) == [(cora.id, ada.id)]
    no_phone_since(session, ada, NOW - 2 * DAY + timedelta(minutes=5))
    with database.transaction() as other:
        keeping.tell_coaches(other, NOW + DAY, by_mail=False)
    assert told(session) == [(cora.id, ada.id)] * 2


@pytest.mark.parametrize(
    ("values", "by_mail"),
    [
        ({"no_phone_since": NOW - 2 * DAY + timedelta(seconds=1)}, False),
        ({"reminders_paused": True}, False),
        ({"reminders_on": False}, False),
        ({"paces": [["2026-11-20", Pace.PAUSE]]}, False),
        ({"mail_to": "ada@example.org"}, True),
    ],
)
def test_nobody_is_told_of_what_is_as_it_should_be(
    session: Session,
    ada: Person,
    cora: Person,
    database: Database,
    values: dict[str, Any],
    by_mail: bool,
) -> None:
    no_phone_since(session, ada, **{"since": NOW - 2 * DAY, **values})
    with database.transaction() as other:
        keeping.tell_coaches(other, NOW, by_mail=by_mail)
    assert told(session) == []


def test_an_email_address_reaches_nobody_without_a_mail_server(
    session: Session, ada: Person, cora: Person, database: Database
) -> None:
    no_phone_since(session, ada, NOW - 2 * DAY, mail_to="ada@example.org")
    with database.transaction() as other:
        keeping.tell_coaches(other, NOW, by_mail=False)
    assert told(session) == [(cora.id, ada.id)]


def test_nobody_is_told_of_somebody_with_a_phone_or_whom_they_left(
    session: Session, ada: Person, cora: Person, cast: Cast, database: Database
) -> None:
    no_phone_since(session, ada, NOW - 2 * DAY)
    made = phone(session, ada)
    session.commit()
    with database.transaction() as other:
        keeping.tell_coaches(other, NOW, by_mail=False)
    session.delete(made)
    cast.dan.reminders_on = True
    factories.support(session, cast.dan, ada, NOW, ended_at=NOW)
    session.commit()
    with database.transaction() as other:
        keeping.tell_coaches(other, NOW, by_mail=False)
    assert told(session) == [(cora.id, ada.id)]


def test_what_was_settled_is_kept_for_thirty_days(
    session: Session,
    ada: Person,
    office: Office,
    clock: Clock,
    send: Callable[[], Counts],
) -> None:
    phone(session, ada)
    notice(session, ada, key="settled")
    send()
    notice(session, ada, key="waits", next_try_at=NOW + 90 * DAY)
    session.commit()
    for days, kept in ((30, ["settled", "waits"]), (31, ["waits"])):
        clock.now = NOW + timedelta(days=days)
        Caretaker(office).tend()
        assert keys(session) == kept
    assert session.scalar(select(func.count(Delivery.id))) == 0
    assert session.scalar(select(func.sum(DeliveryCount.count))) == 1


def test_a_phone_that_nobody_saw_for_ninety_days_is_forgotten(
    session: Session, ada: Person, office: Office, clock: Clock
) -> None:
    made = phone(session, ada)
    made.checked_on = date(2026, 8, 25)
    session.commit()
    for days, phones in ((0, 1), (1, 0)):
        clock.now = NOW + timedelta(days=days)
        Caretaker(office).tend()
        assert session.scalar(select(func.count(PushSubscription.id))) == phones
        session.commit()
    session.refresh(ada)
    assert ada.no_phone_since == clock.now


def test_that_something_came_late_is_forgotten_after_a_week(
    session: Session, ada: Person, office: Office, clock: Clock
) -> None:
    device = phone(session, ada).device_id
    session.get_one(Device, device).late_on = NOW.date()
    session.commit()
    for days, late_on in ((7, NOW.date()), (8, None)):
        clock.now = NOW + timedelta(days=days)
        Caretaker(office).tend()
        assert session.get_one(Device, device).late_on == late_on
        session.commit()


def test_a_process_says_that_it_lives(session: Session, office: Office) -> None:
    caretaker = Caretaker(office)
    caretaker.tend()
    caretaker.tend()
    [beat] = session.scalars(select(Heartbeat))
    assert beat.beat_at == NOW


def test_one_duty_that_fails_stops_no_other(
    session: Session,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_values: object, **_more: object) -> None:
        raise ValueError("somebody's secret")

    monkeypatch.setattr(keeping, "plan_ahead", fail)
    Caretaker(office).tend()
    assert '"at": "_plan", "error": "ValueError"' in caplog.text
    assert "secret" not in caplog.text
    assert session.scalar(select(func.count(Heartbeat.process))) == 1


def test_what_waits_is_never_removed_however_old(session: Session, ada: Person) -> None:
    notice(session, ada, state=NoticeState.PLANNED)
    assert keeping.old_notices(session, NOW + 400 * DAY) == []
