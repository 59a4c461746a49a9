"""What a phone tells of how it keeps what waits: who reads it, in which words, at what cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.statements import counted
from tests.views.outboxes import Outbox
from tests.visitor import Visitor, rows
from webapp.models.sign_in import Device
from webapp.web.database import Database

Visit = Callable[..., Visitor]
Pages = Callable[[], tuple[str, str, str, str]]

LATE = "Some choices waited on a device for more than a day."
HERE_NOW = "They are here now."
MAY_LOSE = "This phone may lose what it keeps."
HELPS = "Installing the app helps."
A_PHONE = "A phone of this person may lose what it keeps."
TOGETHER = "Open “Me” together on the phone, and install the app."
STUCK_HERE = "Something could not be done on this phone."
STUCK = "Something could not be done on a phone."
LOOK = "Look at “What waits” together."

TWO_DAYS_OLD = {"Outbox-Age": "172800"}


@pytest.fixture
def done(session: Session, cast: Cast) -> str:
    """Give the address of "It's done" of a task of Ada's."""
    task = factories.task(session, cast.ada)
    session.commit()
    return f"/tasks/{task.id}/{factories.MONDAY.isoformat()}/done"


@pytest.fixture
def phone(ada: Visitor, cast: Cast) -> Outbox:
    """Give the outbox on Ada's phone."""
    return Outbox(ada, cast.ada)


@pytest.fixture
def pages(phone: Outbox, visit: Visit, cast: Cast) -> Pages:
    """Give the words of Ada's own list of phones, and of the coach's three pages about them."""

    def read() -> tuple[str, str, str, str]:
        hers = f"/people/{cast.ada.id}/me"
        own, cora = phone.browser.get("/me/phones"), visit(cast.cora)
        paths = ("/people", hers, f"{hers}/phones")
        people, me, phones = (cora.get(path).words for path in paths)
        return own.words, people, me, phones

    return read


def test_nothing_is_said_where_all_is_well(phone: Outbox, done: str, pages: Pages) -> None:
    phone.send(done, headers={"Outbox-Lasts": "yes", "Outbox-Age": "80000", "Outbox-Stuck": "no"})
    told = (LATE, HERE_NOW, MAY_LOSE, HELPS, A_PHONE, "could not be done")
    for words in pages():
        assert not any(each in words for each in told)


def test_what_came_late_is_told_to_the_person_and_to_the_coach_for_seven_days(
    phone: Outbox, done: str, pages: Pages, clock: Clock
) -> None:
    phone.send(done, headers=TWO_DAYS_OLD)
    for _day in range(7):
        own, people, me, phones = pages()
        assert all(LATE in words for words in (own, people, me, phones))
        assert all(HERE_NOW in words for words in (own, me, phones))
        clock.move(days=1)
    assert all(LATE not in words for words in pages())


def test_a_phone_that_did_not_promise_is_told_to_the_person_and_to_the_coach(
    phone: Outbox, done: str, pages: Pages
) -> None:
    phone.send(done, headers={"Outbox-Lasts": "no"})
    own, people, me, phones = pages()
    assert MAY_LOSE in own and HELPS in own
    assert MAY_LOSE in phones and HELPS in phones
    assert A_PHONE in me and TOGETHER in me
    assert "may lose" not in people
    phone.send(done.replace("done", "undo"), headers={"Outbox-Lasts": "yes"})
    assert all("may lose" not in words for words in pages())


def test_what_could_not_be_done_is_told_until_nothing_of_it_is_left(
    phone: Outbox, done: str, pages: Pages, clock: Clock
) -> None:
    phone.send(done, headers={"Outbox-Stuck": "yes"})
    clock.move(days=30)
    own, people, me, phones = pages()
    assert STUCK_HERE in own and STUCK_HERE in phones
    assert STUCK in me and LOOK in me
    assert STUCK in people
    phone.send(done.replace("done", "undo"), headers={"Outbox-Stuck": "no"})
    assert all("could not be done" not in words for words in pages())


@pytest.mark.parametrize(
    ("told", "way", "words"),
    [
        ({"Outbox-Lasts": "no"}, "/install", MAY_LOSE),
        ({"Outbox-Stuck": "yes"}, "/me/sending", STUCK_HERE),
    ],
)
def test_the_way_on_stands_on_the_phone_that_it_is_for(
    phone: Outbox,
    done: str,
    visit: Visit,
    cast: Cast,
    told: dict[str, str],
    way: str,
    words: str,
) -> None:
    other = visit(cast.ada)
    assert way not in phone.browser.get("/me/phones").links
    phone.send(done, headers=told)
    assert way in phone.browser.get("/me/phones").links
    page = other.get("/me/phones")
    assert words in page.words and way not in page.links
    assert way not in visit(cast.cora).get(f"/people/{cast.ada.id}/me/phones").links


def test_the_coach_reads_at_most_one_line(phone: Outbox, done: str, pages: Pages) -> None:
    phone.send(done, headers={"Outbox-Lasts": "no", **TWO_DAYS_OLD})
    _own, _people, me, _phones = pages()
    assert LATE in me
    assert A_PHONE not in me
    phone.send(done.replace("done", "undo"), headers={"Outbox-Stuck": "yes"})
    _own, people, me, _phones = pages()
    for words in (people, me):
        assert STUCK in words and LATE not in words and A_PHONE not in words


def test_in_french(phone: Outbox, done: str, visit: Visit, cast: Cast) -> None:
    phone.send(done, headers={"Outbox-Lasts": "no", **TWO_DAYS_OLD})
    phone.browser.post("/me/language", value="fr")
    words = phone.browser.get("/me/phones").words
    assert "Des choix ont attendu sur un appareil pendant plus d'un jour." in words
    assert "Ce téléphone peut perdre ce qu'il garde." in words
    phone.send(done, headers={"Outbox-Stuck": "yes"})
    words = phone.browser.get("/me/phones").words
    assert "Une chose n'a pas pu être faite sur ce téléphone." in words


def test_no_day_no_time_and_no_count_is_shown(
    phone: Outbox, done: str, pages: Pages, clock: Clock
) -> None:
    before = pages()
    clock.move(hours=2)
    for _time in range(3):
        phone.send(done, headers=TWO_DAYS_OLD)
        phone.send(done.replace("done", "undo"), headers=TWO_DAYS_OLD)
    for words, then in zip(pages(), before, strict=True):
        left = words.replace(f"{LATE} Ada", "").replace(LATE, "").replace(HERE_NOW, "")
        assert left.split() == then.split()


def test_nobody_else_reads_it(phone: Outbox, done: str, visit: Visit, cast: Cast) -> None:
    phone.send(done, headers={"Outbox-Lasts": "no", "Outbox-Stuck": "yes", **TWO_DAYS_OLD})
    for other in (cast.mia, cast.emil, cast.olga, cast.dan, cast.ben):
        browser = visit(other)
        for path in (f"/people/{cast.ada.id}/me", f"/people/{cast.ada.id}/me/phones"):
            assert browser.get(path).status == 404
        assert LATE not in browser.get("/me").words
        words = browser.get("/me/phones").words
        assert LATE not in words and STUCK_HERE not in words


def test_nothing_is_noted_of_what_a_coach_sends(
    visit: Visit, cast: Cast, done: str, database: Database
) -> None:
    laptop = Outbox(visit(cast.cora), cast.cora)
    said = {"Outbox-Lasts": "no", "Outbox-Stuck": "yes", **TWO_DAYS_OLD}
    answer = laptop.send("/me/theme", headers=said, value="dark")
    assert answer["state"] == "taken"
    [device] = rows(database, Device)
    assert (device.promises_to_keep, device.late_on, device.is_stuck) == (None, None, None)


def test_nothing_is_noted_of_a_read_nor_of_what_is_not_taken(
    phone: Outbox, done: str, database: Database
) -> None:
    said = {"Outbox-Lasts": "no", "Outbox-Stuck": "yes", **TWO_DAYS_OLD}
    phone.browser.get("/today", **said)
    phone.browser.get("/outbox", **said)
    assert phone.send("/tasks/999/2026-11-23/done", headers=said).status == 404
    assert phone.send("/me/theme", headers=said, value="pink").status == 409
    phone.send(done, "the-change-0001")
    phone.send(done, "the-change-0001", headers=said)
    [device] = rows(database, Device)
    assert (device.promises_to_keep, device.late_on, device.is_stuck) == (None, None, None)


def test_what_is_known_already_costs_no_statement(
    phone: Outbox, done: str, database: Database
) -> None:
    def about_phones(**headers: str) -> list[str]:
        """Return the statements of one mark that ask of a phone, or write about it, alone."""
        phone.send(done.replace("done", "undo"))
        with counted(database.engine) as said:
            phone.send(done, headers={name.replace("_", "-"): it for name, it in headers.items()})
        return [each for each in said if "FROM device" in each or "UPDATE device" in each]

    assert about_phones() == []
    late = {"Outbox_Lasts": "no", "Outbox_Age": "172800"}
    for headers in ({"Outbox_Lasts": "no"}, late, {**late, "Outbox_Stuck": "yes"}):
        assert len(about_phones(**headers)) == 1
        assert about_phones(**headers) == []


def test_a_phone_of_an_older_release_changes_nothing(
    phone: Outbox, done: str, session: Session, database: Database
) -> None:
    device = session.get_one(Device, phone.browser.device_id)
    yesterday = factories.MONDAY - timedelta(days=1)
    device.promises_to_keep, device.late_on, device.is_stuck = False, yesterday, True
    session.commit()
    phone.send(done)
    said = {"Outbox-Lasts": "perhaps", "Outbox-Stuck": "perhaps"}
    phone.send(done.replace("done", "undo"), headers=said)
    [device] = rows(database, Device)
    assert (device.promises_to_keep, device.late_on, device.is_stuck) == (False, yesterday, True)
