"""Whose outbox is sent: the person who is signed in, with a token that counts, on this server."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, event, update
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.views.outboxes import Outbox
from tests.visitor import Visitor, everything, rows
from webapp.models.change import Change, HistoryEntry, LastWord, Outcome, Receipt
from webapp.models.mark import Mark
from webapp.models.person import Language, Person, Support
from webapp.models.plan import Goal, Task
from webapp.web.assets import Assets
from webapp.web.database import Database

Visit = Callable[..., Visitor]
DAY = factories.MONDAY.isoformat()
THAT_ONE = "the-change-0001"


@pytest.fixture
def done(sweep: Task) -> str:
    """Give the address of "It's done"."""
    return f"/tasks/{sweep.id}/{DAY}/done"


@pytest.fixture
def phone(ada: Visitor, cast: Cast) -> Outbox:
    """Give the outbox on Ada's phone."""
    return Outbox(ada, cast.ada)


def test_nobody_is_signed_in(visit: Visit, cast: Cast, done: str, database: Database) -> None:
    phone = Outbox(visit(), cast.ada)
    before = everything(database)
    for address in (done, "/an-old-address", "/sign-in/code", "/language"):
        answer = phone.send(address)
        assert (answer.status, answer.said) == (401, {"state": "signed-out"}), address
    assert phone.ask().said == {"state": "signed-out"}
    assert phone.ask().status == 401
    assert everything(database) == before


def test_the_session_ended_meanwhile(ada: Visitor, phone: Outbox, done: str, clock: Clock) -> None:
    clock.move(days=400)
    assert phone.send(done).said == {"state": "signed-out"}


@pytest.mark.parametrize("other", ["cora", "ben", "dan", "olga"])
def test_somebody_else_is_signed_in(
    visit: Visit, cast: Cast, done: str, other: str, database: Database
) -> None:
    phone = Outbox(visit(getattr(cast, other)), cast.ada)
    before = everything(database)
    for address in (done, f"/people/{cast.ada.id}/me/pace/slower", "/an-old-address", "/help/ask"):
        answer = phone.send(address)
        assert (answer.status, answer.said) == (403, {"state": "other-person"}), address
    assert everything(database) == before


def test_an_item_that_does_not_say_whose_it_is(phone: Outbox, done: str) -> None:
    for written in ("", "ada", "0"):
        answer = phone.send(done, headers={"Outbox-Person": written})
        assert answer.said == {"state": "other-person"}


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    """Let forms need their token."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def test_an_old_token_is_no_refusal(
    guarded: Flask, phone: Outbox, done: str, database: Database
) -> None:
    for form in ({}, {"csrf_token": "old"}):
        answer = phone.send(done, THAT_ONE, **form)
        assert (answer.status, answer.said) == (400, {"state": "old-token"})
    assert rows(database, Mark) == []
    assert phone.send(done, THAT_ONE, csrf_token=phone.ask()["csrf"])["state"] == "taken"


def test_the_token_of_somebody_else_says_who_is_there(
    guarded: Flask, visit: Visit, cast: Cast, phone: Outbox, done: str
) -> None:
    token = phone.ask()["csrf"]
    ben = Outbox(visit(cast.ben), cast.ada)
    assert ben.send(done, csrf_token=token).said == {"state": "other-person"}


def test_an_id_that_cannot_be_kept_is_refused(phone: Outbox, done: str) -> None:
    for change, sent in (("short", "short"), ("x" * 65, "x" * 65), (THAT_ONE, "another-one-1")):
        answer = phone.send(done, change, change_id=sent)
        assert (answer.status, answer["state"], answer["change"]) == (400, "refused", change)


def test_what_the_table_refuses_is_refused_and_stays_in_the_history(
    cora: Visitor, cast: Cast, done: str, database: Database
) -> None:
    coach = Outbox(cora, cast.cora)
    for _time in range(2):
        answer = coach.send(done, THAT_ONE)
        assert (answer.status, answer["state"]) == (403, "refused")
        assert answer["words"] == "You cannot change this."
    assert [line.event for line in rows(database, HistoryEntry)] == [Outcome.REFUSED]


def test_a_coach_sends_a_draft(cora: Visitor, cast: Cast, goal: Goal) -> None:
    coach = Outbox(cora, cast.cora)
    answer = coach.send(f"/goals/{goal.id}/reach")
    assert (answer["state"], answer["outcome"]) == ("taken", "proposed")
    assert answer["said"] == "Ada sees your proposal."
    assert coach.send("/me/theme", value="dark")["outcome"] == "applied"


def test_who_may_not_ask_any_more_hears_what_was_done_before(
    cora: Visitor, cast: Cast, session: Session, now: datetime, database: Database
) -> None:
    """Its first answer was lost on its way, and then Cora's work with Ada came to its end."""
    proposed = factories.proposed(session, cast.cora, cast.ada, now)
    session.commit()
    coach, address = Outbox(cora, cast.cora), f"/people/{cast.ada.id}/choices/withdraw"
    first = coach.send(address, THAT_ONE, changes=proposed.id)
    session.execute(update(Support).values(ended_at=now - timedelta(minutes=1)))
    session.commit()
    before = everything(database)
    again = coach.send(address, THAT_ONE, changes=proposed.id)
    assert again.said == {**first.said, "next": None, "said": None}
    assert coach.send(address, "another-one-1", changes=proposed.id)["state"] == "refused"
    assert everything(database) == before


def test_words_are_in_the_language_of_the_person(
    phone: Outbox, session: Session, cast: Cast
) -> None:
    cast.ada.language = Language.FR
    session.add(cast.ada)
    session.commit()
    assert phone.send("/me/theme", value="pink")["words"] == "Ce choix n'existe pas."
    words = phone.send("/tasks/999/2026-11-23/done")["words"]
    assert words == "Cela n'est plus là."


def test_what_was_done_is_told_to_who_waits_for_it(phone: Outbox, done: str) -> None:
    phone.send(done)
    assert phone.browser.get("/today").notices == []
    phone.send(done.replace("done", "not-today"), headers={"Outbox-Shows": "yes"})
    assert phone.browser.get("/today").notices == ["This is not for today."]


def test_sending_quietly_takes_no_word_from_a_page(phone: Outbox, done: str, sweep: Task) -> None:
    phone.browser.post(done)
    phone.send(done.replace("done", "undo"))
    phone.send("/tasks/999/2026-11-23/done")
    phone.send("/me/reminders/quiet/hours")
    assert phone.browser.get("/today").notices == ["This is done."]


def test_sending_quietly_brings_no_cookie_back(phone: Outbox, done: str) -> None:
    """A page that is opened meanwhile has told it already."""
    phone.browser.post(done)
    for address in (done.replace("done", "undo"), "/tasks/999/2026-11-23/done"):
        page = phone.browser.client.post(
            address,
            data={"change_id": THAT_ONE},
            headers={"Outbox-Change": THAT_ONE, "Outbox-Person": str(phone.person.id)},
        )
        assert page.is_json
        assert "Set-Cookie" not in page.headers


def test_nothing_is_said_to_be_taken_where_the_commit_fails(
    phone: Outbox, done: str, database: Database
) -> None:
    def fail(_connection: object) -> None:
        raise RuntimeError("the disk is full")

    phone.ask()
    before = everything(database)
    event.listen(database.engine, "commit", fail)
    try:
        page = phone.browser.client.post(
            done,
            data={"change_id": THAT_ONE},
            headers={"Outbox-Change": THAT_ONE, "Outbox-Person": str(phone.person.id)},
        )
    finally:
        event.remove(database.engine, "commit", fail)
    assert page.status_code == 500
    assert THAT_ONE not in page.text
    assert everything(database) == before
    assert phone.send(done, THAT_ONE)["state"] == "taken"


def test_the_server_says_what_it_knows(phone: Outbox, done: str, app: Flask) -> None:
    assets: Assets = app.extensions["assets"]
    first = phone.ask()
    assert first.status == 200
    assert {**first.said, "csrf": ""} == {
        "person": phone.person.id,
        "csrf": "",
        "clock": 0,
        "knows_latest": True,
        "release": assets.release,
    }
    phone.send(done, THAT_ONE, headers={"Outbox-Clock": "12"})
    known = phone.ask(THAT_ONE)
    assert (known["knows_latest"], known["clock"]) == (True, 12)
    assert phone.ask("another-change")["knows_latest"] is False


def test_the_receipt_of_another_person_says_nothing(
    phone: Outbox, done: str, visit: Visit, cast: Cast
) -> None:
    phone.send(done, THAT_ONE)
    assert Outbox(visit(cast.ben), cast.ben).ask(THAT_ONE)["knows_latest"] is False
    assert Outbox(visit(cast.ada), cast.ada).ask(THAT_ONE)["knows_latest"] is True


def test_a_server_set_back_to_a_copy_takes_everything_again(
    phone: Outbox, done: str, database: Database, session: Session
) -> None:
    sent = [
        (done, "change-01", "1"),
        (done.replace("done", "undo"), "change-02", "2"),
        (done, "change-03", "3"),
    ]
    for address, change, number in sent:
        phone.send(address, change, headers={"Outbox-Clock": number})
    restore_nothing(session)
    assert phone.ask("change-03")["knows_latest"] is False
    for address, change, number in sent:
        answer = phone.send(
            address, change, headers={"Outbox-Clock": number, "Outbox-Age": "86400"}
        )
        assert (answer["outcome"], answer["clock"]) == ("applied", int(number))
    assert phone.ask("change-03")["knows_latest"] is True
    assert len(rows(database, Mark)) == 1


def test_a_server_that_was_set_back_takes_nothing_from_who_knows_more(
    phone: Outbox, done: str, database: Database, session: Session
) -> None:
    """What was long on its way would hide all that was lost before it. And what is not there was
    perhaps lost too.
    """
    phone.send(done, THAT_ONE)
    restore_nothing(session)
    before = everything(database)
    late = phone.send(done, "change-02", headers={"Outbox-Latest": THAT_ONE})
    assert (late.status, late.said) == (409, {"state": "set-back"})
    late = phone.send("/tasks/999/2026-11-23/done", headers={"Outbox-Latest": THAT_ONE})
    assert (late.status, late.said) == (409, {"state": "set-back"})
    gone = phone.send("/people/999/goals/new", headers={"Outbox-Latest": THAT_ONE})
    assert (gone.status, gone.said) == (409, {"state": "set-back"})
    assert everything(database) == before
    phone.send(done, THAT_ONE)
    late = phone.send(done, "change-02", headers={"Outbox-Latest": THAT_ONE})
    assert late["state"] == "taken"
    again = phone.send(done, "change-02", headers={"Outbox-Latest": "never-taken"})
    assert again["state"] == "taken"


def restore_nothing(session: Session) -> None:
    """Set the server back to before anything was said."""
    for table in (Mark, LastWord, Receipt, HistoryEntry, Change):
        session.execute(delete(table))
    session.execute(update(Person).values(plan_clock=0))
    session.commit()


def test_a_form_without_the_headers_is_answered_as_ever(ada: Visitor, done: str) -> None:
    answer = ada.post(done)
    assert (answer.status, answer.location) == (303, "/today")
    assert ada.follow(answer).notices == ["This is done."]
    assert ada.post("/me/theme", value="pink").status == 409
