"""Rows of earlier versions mean afterwards what they meant, and the other way round."""

from alembic import command
from sqlalchemy import Connection, select, text

from tests.conftest import NOW
from webapp import migrate
from webapp.models.change import Change, HistoryEntry, Outcome, Receipt
from webapp.models.person import Pace, Person
from webapp.models.sign_in import Device
from webapp.models.text import BilingualText
from webapp.web.database import Database


def test_who_was_here_before_proposals_has_a_plan_that_counts(url: str, database: Database) -> None:
    migrate.upgrade(url, "0001")
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO person (name, role, language, region, time_zone, pace, text_size,"
                " theme, voice_speed, time_style, created_at) VALUES ('Ada', 'participant', 'en',"
                " 'CA', 'America/Toronto', 'slower', 20, 'system', 'normal', 'words',"
                " '2026-11-23 13:00:00+00:00')"
            )
        )
    migrate.upgrade(url)
    with database.session() as session:
        ada = session.scalars(select(Person)).one()
        assert ada.welcomed_at == ada.created_at
        assert (ada.agreed_pace, ada.paces) == (Pace.SLOWER, [])


def add_person(connection: Connection, number: int) -> None:
    connection.execute(
        text(
            "INSERT INTO person (id, name, role, language, region, time_zone, pace, agreed_pace,"
            " paces, text_size, theme, voice_speed, time_style, created_at) VALUES (:id, 'Ada',"
            " 'participant', 'en', 'CA', 'America/Toronto', 'steady', 'steady', '[]', 20,"
            " 'system', 'normal', 'words', '2026-11-23 13:00:00+00:00')"
        ),
        {"id": number},
    )


def add_change(connection: Connection, number: int, person: int) -> None:
    connection.execute(
        text(
            "INSERT INTO change (id, participant_id, actor_id, verb, wanted, outcome, made_at, why,"
            " person_is_told) VALUES (:id, :person, :person, 'pace.set', '{}', 'applied',"
            " '2026-11-23 13:00:00+00:00', '{}', :told)"
        ),
        {"id": number, "person": person, "told": False},
    )


def test_what_was_said_before_stands_in_the_order_in_which_it_came(
    url: str, database: Database
) -> None:
    migrate.upgrade(url, "0003")
    with database.engine.begin() as connection:
        for number in (1, 2, 3):
            add_person(connection, number)
        for number, person in ((1, 1), (2, 2), (3, 1), (4, 1)):
            add_change(connection, number, person)
    migrate.upgrade(url)
    with database.session() as session:
        changes = session.scalars(select(Change).order_by(Change.id)).all()
        assert [each.clock for each in changes] == [1, 2, 3, 4]
        assert {each.device_id for each in changes} == {None}
        people = session.scalars(select(Person).order_by(Person.id)).all()
        assert [each.plan_clock for each in people] == [4, 2, 0]


def test_the_version_before_can_read_what_came_late(url: str, database: Database) -> None:
    migrate.upgrade(url)
    with database.transaction() as session:
        add_person(session.connection(), 1)
        values = {"participant_id": 1, "actor_id": 1}
        late = Change(
            **values,
            verb="pace.set",
            wanted={},
            outcome=Outcome.OVERTAKEN,
            made_at=NOW,
            why=BilingualText(),
        )
        session.add(late)
        session.flush()
        line = {"before": None, "after": None, "happened_at": late.made_at}
        session.add(HistoryEntry(**values, change_id=late.id, event=late.outcome, **line))
        session.add(Receipt(actor_id=1, client_id="a-change", change_id=late.id))
        session.add(Receipt(actor_id=1, client_id="a-part", change_id=None))
    command.downgrade(migrate.configuration(url), "0003")
    with database.engine.connect() as connection:
        for table, column in (("change", "outcome"), ("history_entry", "event")):
            found = connection.execute(text(f"SELECT {column} FROM {table}"))
            assert list(found.scalars()) == ["refused"]
        kept = connection.execute(text("SELECT client_id FROM receipt"))
        assert list(kept.scalars()) == ["a-change"]


def test_of_a_phone_that_was_here_before_nothing_is_known(url: str, database: Database) -> None:
    migrate.upgrade(url, "0004")
    with database.engine.begin() as connection:
        add_person(connection, 1)
        connection.execute(
            text(
                "INSERT INTO device (id, person_id, kind, added_at, wants_messages)"
                " VALUES (1, 1, 'android', '2026-11-23 13:00:00+00:00', :wants)"
            ),
            {"wants": True},
        )
    migrate.upgrade(url)
    with database.session() as session:
        [device] = session.scalars(select(Device))
        assert (device.promises_to_keep, device.late_on, device.is_stuck) == (None, None, None)
        assert device.wants_messages
