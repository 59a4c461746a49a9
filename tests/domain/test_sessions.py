"""Signed-in devices: how a session begins, how long it lasts, and who may end it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import sessions
from webapp.domain.errors import NotFound
from webapp.models.person import Person, Support
from webapp.models.sign_in import DeviceKind
from webapp.models.sign_in import Session as SessionRow

SECOND = timedelta(seconds=1)
PHONE = DeviceKind.ANDROID


def signed_in(session: Session, token: str, at: datetime) -> Person | None:
    found = sessions.find_person(session, token, at)
    return found[0] if found else None


def test_a_session_says_who_is_there(session: Session, cast: Cast, now: datetime) -> None:
    row, token = sessions.begin(session, cast.ada, PHONE, now)
    assert sessions.find_person(session, token, now) == (cast.ada, row)


def test_who_is_there_costs_one_statement(
    session: Session, cast: Cast, now: datetime, statements: list[str]
) -> None:
    row, token = sessions.begin(session, cast.ada, PHONE, now)
    session.expunge_all()
    statements.clear()
    found = sessions.find_person(session, token, now)
    assert found and (found[0].name, found[1].device_id) == ("Ada", row.device_id)
    assert len(statements) == 1


def test_only_the_hash_of_a_token_is_kept(session: Session, cast: Cast, now: datetime) -> None:
    row, token = sessions.begin(session, cast.ada, PHONE, now)
    assert len(token) * 6 >= 256
    assert token not in map(str, inspect(row).dict.values())
    assert signed_in(session, row.token_hash, now) is None
    assert signed_in(session, "", now) is None


@pytest.mark.parametrize(
    ("name", "lasts"), [("ada", timedelta(days=365)), ("cora", timedelta(hours=12))]
)
def test_a_session_grows_too_old(
    session: Session, cast: Cast, now: datetime, name: str, lasts: timedelta
) -> None:
    person: Person = getattr(cast, name)
    _, token = sessions.begin(session, person, PHONE, now)
    assert signed_in(session, token, now + lasts - SECOND) is person
    assert signed_in(session, token, now + lasts) is None


def test_signing_out_ends_this_session_only(session: Session, cast: Cast, now: datetime) -> None:
    phone, first = sessions.begin(session, cast.ada, PHONE, now)
    _, second = sessions.begin(session, cast.ada, DeviceKind.COMPUTER, now)
    sessions.end(session, first, now)
    sessions.end(session, "unknown", now)
    assert signed_in(session, first, now) is None
    assert signed_in(session, second, now) is cast.ada
    sessions.end(session, first, now + SECOND)
    assert phone.ended_at == now


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(
    session: Session, cast: Cast, now: datetime
) -> None:
    first, old = sessions.begin(session, cast.ada, DeviceKind.OTHER, now)
    second, new = sessions.begin(session, cast.ada, PHONE, now, device_id=first.device_id)
    assert new != old
    assert second.device_id == first.device_id
    assert signed_in(session, old, now) is None
    assert signed_in(session, new, now) is cast.ada
    assert [each.kind for each in sessions.devices_for(session, cast.ada, now)] == [PHONE]


def test_a_device_of_somebody_else_is_not_taken_over(
    session: Session, cast: Cast, now: datetime
) -> None:
    adas, token = sessions.begin(session, cast.ada, PHONE, now)
    bens, _ = sessions.begin(session, cast.ben, PHONE, now, device_id=adas.device_id)
    unknown, _ = sessions.begin(session, cast.ben, PHONE, now, device_id=999_999)
    assert len({adas.device_id, bens.device_id, unknown.device_id}) == 3
    assert signed_in(session, token, now) is cast.ada


def test_devices_stand_newest_first(session: Session, cast: Cast, now: datetime) -> None:
    old, _ = sessions.begin(session, cast.ada, PHONE, now)
    new, _ = sessions.begin(session, cast.ada, DeviceKind.TABLET, now + SECOND)
    out, token = sessions.begin(session, cast.ada, DeviceKind.IPHONE, now + 2 * SECOND)
    sessions.end(session, token, now + 2 * SECOND)
    sessions.begin(session, cast.ben, PHONE, now)
    listed = sessions.devices_for(session, cast.ada, now + 3 * SECOND, current=old)
    assert listed == [
        sessions.SignedInDevice(new.device_id, DeviceKind.TABLET, now + SECOND, False),
        sessions.SignedInDevice(old.device_id, PHONE, now, True),
    ]
    assert out.device_id not in [each.id for each in listed]


def test_a_device_whose_session_is_too_old_is_not_listed(
    session: Session, cast: Cast, now: datetime
) -> None:
    sessions.begin(session, cast.cora, DeviceKind.COMPUTER, now)
    assert sessions.devices_for(session, cast.cora, now + timedelta(hours=12) - SECOND)
    assert not sessions.devices_for(session, cast.cora, now + timedelta(hours=12))


@pytest.mark.parametrize("actor", ["ada", "cora"])
def test_a_lost_phone_is_ended_at_once(
    session: Session, cast: Cast, now: datetime, actor: str
) -> None:
    row, token = sessions.begin(session, cast.ada, PHONE, now)
    _, elsewhere = sessions.begin(session, cast.ada, PHONE, now)
    session.add(
        SessionRow(device_id=row.device_id, token_hash="x", began_at=now, ends_at=row.ends_at)
    )
    device = sessions.end_device(session, getattr(cast, actor), row.device_id, now)
    assert (device.id, device.person_id) == (row.device_id, cast.ada.id)
    assert signed_in(session, token, now) is None
    assert signed_in(session, elsewhere, now) is cast.ada
    assert session.query(SessionRow).filter_by(ended_at=None).count() == 1
    sessions.end_device(session, getattr(cast, actor), row.device_id, now + SECOND)
    assert row.ended_at == now


def test_staff_end_their_own_device(session: Session, cast: Cast, now: datetime) -> None:
    row, token = sessions.begin(session, cast.cora, DeviceKind.COMPUTER, now)
    sessions.end_device(session, cast.cora, row.device_id, now)
    assert signed_in(session, token, now) is None


@pytest.mark.parametrize("stranger", ["ben", "dan", "mia", "emil", "olga"])
def test_strangers_find_no_device(
    session: Session, cast: Cast, now: datetime, stranger: str
) -> None:
    row, token = sessions.begin(session, cast.ada, PHONE, now)
    with pytest.raises(NotFound):
        sessions.end_device(session, getattr(cast, stranger), row.device_id, now)
    assert signed_in(session, token, now) is cast.ada


def test_a_coach_who_left_finds_no_device(session: Session, cast: Cast, now: datetime) -> None:
    row, _ = sessions.begin(session, cast.ada, PHONE, now)
    session.query(Support).filter_by(supporter_id=cast.cora.id).update({"ended_at": now})
    with pytest.raises(NotFound):
        sessions.end_device(session, cast.cora, row.device_id, now)


def test_a_participant_ends_no_device_of_their_coach(
    session: Session, cast: Cast, now: datetime
) -> None:
    row, _ = sessions.begin(session, cast.cora, DeviceKind.COMPUTER, now)
    for stranger in (cast.ada, cast.dan):
        with pytest.raises(NotFound):
            sessions.end_device(session, stranger, row.device_id, now)


ANDROID_PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari"
ANDROID_TABLET = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "kind"),
    [
        (ANDROID_PHONE, DeviceKind.ANDROID),
        ("Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0", DeviceKind.ANDROID),
        (ANDROID_TABLET, DeviceKind.TABLET),
        ("Mozilla/5.0 (Android 14; Tablet; rv:140.0) Gecko/140.0", DeviceKind.TABLET),
        ("Mozilla/5.0 (iPad; CPU OS 17_2 like Mac OS X) Mobile/15E148", DeviceKind.TABLET),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile", DeviceKind.IPHONE),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0", DeviceKind.COMPUTER),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari", DeviceKind.COMPUTER),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", DeviceKind.COMPUTER),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140.0", DeviceKind.COMPUTER),
        ("Mozilla/5.0 (Mobile; Nokia 2720; rv:48.0) KAIOS/2.5", DeviceKind.OTHER),
        ("", DeviceKind.OTHER),
    ],
)
def test_what_a_browser_runs_on(user_agent: str, kind: DeviceKind) -> None:
    assert sessions.device_kind(user_agent) is kind
