"""The organisation's page: whether messages go out, in numbers, without names or content."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Clock
from tests.page import Page
from tests.statements import counted
from tests.visitor import Visitor
from webapp.domain import heartbeats
from webapp.models.notice import DeliveryCount, Notice, NoticeKind, PushService
from webapp.models.person import Language
from webapp.web.database import Database

Visit = Callable[..., Visitor]

PATH = "/organisation/messages"


@pytest.fixture
def olga(visit: Visit, cast: Cast) -> Visitor:
    """Give the computer of the administrator."""
    return visit(cast.olga)


def count(session: Session, clock: Clock, outcome: str, number: int, **more: object) -> None:
    """Keep that so many messages ended like this, `ago` days ago."""
    values = {"way": "push", "within_seconds": 0, "ago": 0, **more}
    day = clock().date() - timedelta(days=int(str(values.pop("ago"))))
    session.add(DeliveryCount(day=day, outcome=outcome, count=number, **values))
    session.commit()


def rows(page: Page) -> list[list[str]]:
    """Return the words of each row of the table, its head first."""
    return [
        [cell.words for cell in row.all() if cell.tag in {"th", "td"}]
        for row in page.main.one("table").all("tr")
    ]


def wrong(page: Page) -> list[str]:
    """Return what the page says of all that is not right."""
    return said(page, "wrong")


def said(page: Page, state: str) -> list[str]:
    """Return what the page says in one manner."""
    lines = page.main.all(class_="watch-line")
    assert len(lines) >= 3
    return [line.words for line in lines if line["data-state"] == state]


def test_the_administrator_is_led_there_and_finds_it_again(olga: Visitor) -> None:
    assert olga.get("/").location == PATH
    assert PATH in olga.get("/me").links
    assert olga.get(PATH).main.one("h1").words == "Sent messages"


def test_nobody_else_finds_it(visit: Visit, cast: Cast) -> None:
    for person in (cast.ada, cast.cora, cast.mia, cast.emil):
        browser = visit(person)
        assert browser.get(PATH).status == 404
        assert PATH not in browser.get("/me").links
    assert visit().get(PATH).location == "/sign-in"


def test_all_is_right(olga: Visitor, session: Session, clock: Clock) -> None:
    heartbeats.beat(session, "one", clock())
    session.commit()
    page = olga.get(PATH)
    assert wrong(page) == []
    assert "Reminders go out." in page.words


def test_reminders_that_never_ran_and_that_stopped(
    olga: Visitor, session: Session, clock: Clock
) -> None:
    [line] = wrong(olga.get(PATH))
    assert line == "No reminders go out. Run “mon-rythme reminders” on the server."
    heartbeats.beat(session, "one", clock())
    session.commit()
    clock.move(hours=2)
    [line] = wrong(olga.get(PATH))
    assert line.startswith("No reminders go out. They stopped today at 8")


def test_messages_that_are_late(olga: Visitor, session: Session, cast: Cast, clock: Clock) -> None:
    now = clock()
    heartbeats.beat(session, "one", now + timedelta(seconds=60))
    about = {"person_id": cast.ada.id, "kind": NoticeKind.REMINDER, "due_at": now}
    session.add(Notice(key="one", next_try_at=now, useful_until=now, **about))
    session.commit()
    clock.move(seconds=60)
    assert wrong(olga.get(PATH)) == []
    clock.move(seconds=1)
    assert wrong(olga.get(PATH)) == ["Reminders go out. 1 message still waits."]


def test_a_service_that_refuses_our_key(olga: Visitor, session: Session, clock: Clock) -> None:
    heartbeats.beat(session, "one", clock())
    session.add(PushService(host="push.example.org", refused_at=clock(), status=403))
    session.add(PushService(host="slow.example.org", waits_until=clock(), status=429))
    session.commit()
    assert wrong(olga.get(PATH)) == [
        "push.example.org takes no messages from us. "
        "Run “mon-rythme doctor” on the server. It says what to do."
    ]


def test_people_without_a_phone_are_counted_and_never_named(
    olga: Visitor, session: Session, cast: Cast, clock: Clock
) -> None:
    heartbeats.beat(session, "one", clock())
    for person, words in ((cast.ada, "1 person wants"), (cast.ben, "2 people want")):
        person.reminders_on, person.no_phone_since = True, clock() - timedelta(hours=48)
        session.add(person)
        session.commit()
        page = olga.get(PATH)
        [line] = said(page, "note")
        assert line.startswith(words)
        for name in (cast.ada.name, cast.ben.name):
            assert name not in page.words


def test_each_day_has_its_numbers_by_way_and_outcome(
    olga: Visitor, session: Session, clock: Clock
) -> None:
    count(session, clock, "accepted", 7, within_seconds=10)
    count(session, clock, "accepted", 2, within_seconds=60)
    count(session, clock, "accepted", 1, way="mail", within_seconds=60)
    count(session, clock, "our_fault", 3)
    count(session, clock, "refused", 1)
    count(session, clock, "missed", 4, ago=1)
    count(session, clock, "accepted", 99, ago=14)
    head, today, yesterday, *before = rows(olga.get(PATH))
    assert head == ["Day", "Sent to phones", "Sent by e-mail", "Not in time", "Refused"]
    assert [words.split()[-1] for words in today[1:]] == ["9", "1", "0", "4"]
    assert today[0] == "Monday 23 November"
    assert [words.split()[-1] for words in yesterday[1:]] == ["0", "0", "4", "0"]
    assert [row[1:] for row in before] == [["No messages"]] * 12


def test_the_table_is_one_for_those_who_hear_it(
    olga: Visitor, session: Session, clock: Clock
) -> None:
    count(session, clock, "accepted", 7)
    table = olga.get(PATH).main.one("table")
    assert {each["scope"] for each in table.one("thead").all("th")} == {"col"}
    assert {each["scope"] for each in table.one("tbody").all("th")} == {"row"}
    assert table["aria-labelledby"] == "message-days-title"


def test_it_costs_few_statements_and_speaks_french(
    olga: Visitor, session: Session, cast: Cast, database: Database, clock: Clock
) -> None:
    cast.olga.language = Language.FR
    session.add(cast.olga)
    count(session, clock, "gone", 7)
    olga.get("/me")
    with counted(database.engine) as sent:
        page = olga.get(PATH)
    assert len(sent) <= 6
    assert "Aucun rappel ne part." in page.words
