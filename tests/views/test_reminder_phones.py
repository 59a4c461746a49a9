"""The phones that get messages: saving, listing and removing them, and trying whether it works."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.views.phones import AUTH, ENDPOINT, P256DH, address, connect
from tests.visitor import Visitor, rows
from webapp.models.change import HistoryEntry
from webapp.models.notice import Delivery, Notice, NoticeState, PushSubscription, Sent, Way
from webapp.models.person import Person
from webapp.web.database import Database

Visit = Callable[..., Visitor]


def key(browser: Visitor) -> dict[str, Any]:
    found: dict[str, Any] = browser.client.get("/me/reminders/key").json  # type: ignore[assignment]
    return found


def phone_of(database: Database) -> PushSubscription:
    [found] = rows(database, PushSubscription)
    return found


def test_a_script_learns_the_key_and_what_is_known(ada: Visitor) -> None:
    before = key(ada)
    assert (before["known"], before["on"], before["heals"]) == (None, False, False)
    assert len(before["key"]) == 87
    assert before["csrf"]
    connect(ada)
    after = key(ada)
    assert (after["on"], after["heals"]) == (True, True)
    assert after["known"] == sha256(ENDPOINT.encode()).hexdigest()


def test_remind_me_keeps_the_phone_and_turns_reminders_on(
    ada: Visitor, cast: Cast, database: Database
) -> None:
    assert connect(ada) == 204
    found = phone_of(database)
    assert (found.person_id, found.device_id) == (cast.ada.id, ada.device_id)
    assert (found.endpoint, found.public_key, found.auth_secret) == (ENDPOINT, P256DH, AUTH)
    assert rows(database, Person)[0].reminders_on
    assert len(rows(database, HistoryEntry)) == 1
    page = ada.get("/me/reminders")
    assert page.root.one("push-switch")["data-state"] == "here"
    assert "Try it now" in page.words


def test_the_same_again_is_kept_once(ada: Visitor, database: Database) -> None:
    for _time in range(2):
        assert connect(ada) == 204
    assert connect(ada, endpoint=f"{ENDPOINT}2", remind_me="") == 204
    assert phone_of(database).endpoint == f"{ENDPOINT}2"
    assert len(rows(database, HistoryEntry)) == 1


def test_no_page_ever_names_the_address(ada: Visitor) -> None:
    connect(ada)
    for path in ("/me/reminders", "/me/reminders/phones", "/me/reminders/key", "/me", "/today"):
        assert "a-secret-place" not in ada.client.get(path).text


@pytest.mark.parametrize(
    "other",
    [
        {"endpoint": "https://localhost/push"},
        {"endpoint": "https://10.0.0.1/push"},
        {"endpoint": "https://push.example.org/push"},
        {"endpoint": ENDPOINT.replace("https", "http")},
        {"endpoint": ENDPOINT.replace(".com/", ".com:8443/")},
        {"endpoint": "https://updates.push.services.mozilla.com.example.org/x"},
        {"endpoint": ""},
        {"p256dh": "AAAA"},
        {"p256dh": "é"},
        {"p256dh": P256DH[:-4] + "AAAA"},
        {"auth": "AAAA"},
        {"server_key": P256DH[:-2]},
        {"server_key": ""},
    ],
    ids=str,
)
def test_what_we_cannot_send_to_is_refused(
    ada: Visitor, database: Database, other: dict[str, str]
) -> None:
    assert connect(ada, **other) == 422
    assert rows(database, PushSubscription) == []
    assert not rows(database, Person)[0].reminders_on


def test_a_repair_turns_nothing_on(ada: Visitor, database: Database) -> None:
    assert connect(ada, remind_me="") == 409
    assert rows(database, PushSubscription) == []


def test_a_repair_brings_a_lost_phone_back(ada: Visitor, database: Database) -> None:
    connect(ada)
    with database.transaction() as session:
        session.delete(session.get_one(PushSubscription, phone_of(database).id))
    assert key(ada)["heals"]
    assert connect(ada, remind_me="") == 204


def test_what_the_person_removed_stays_away_until_they_ask(
    visit: Visit, cast: Cast, database: Database
) -> None:
    phone, tablet = visit(cast.ada), visit(cast.ada)
    connect(phone)
    [row] = tablet.get("/me/reminders/phones").main.all(class_="device-row")
    assert "Android phone" in row.words
    assert "This phone" not in row.words
    remove = row.one("a")["href"]
    assert tablet.get(remove).title == "Remove this phone?"
    page = tablet.follow(tablet.post(remove))
    assert page.notices == ["This phone gets no messages any more."]
    assert "No phone shows our messages yet." in page.words
    assert not key(phone)["heals"]
    assert connect(phone, remind_me="") == 409
    assert connect(phone) == 204


def test_this_phone_is_taken_off_by_its_script(ada: Visitor, database: Database) -> None:
    connect(ada)
    for _time in range(2):
        assert ada.post("/me/reminders/phone/remove").status == 204
    assert rows(database, PushSubscription) == []
    assert not key(ada)["heals"]


def test_two_phones_are_listed_with_this_one_named(visit: Visit, cast: Cast) -> None:
    first, second = visit(cast.ada), visit(cast.ada)
    connect(first)
    connect(second, endpoint=f"{ENDPOINT}-second")
    page = second.get("/me/reminders/phones")
    lines = page.main.all(class_="device-row")
    assert ["This phone" in each.words for each in lines] == [True, False]
    assert all("Since Monday 23 November" in each.words for each in lines)
    assert "2 phones or computers" in second.get("/me/reminders").words


def test_a_strangers_phone_is_not_there(visit: Visit, cast: Cast, database: Database) -> None:
    connect(visit(cast.ada))
    path = f"/me/reminders/phones/{phone_of(database).id}/remove"
    for person in (cast.ben, cast.cora, cast.dan, cast.mia, cast.olga):
        browser = visit(person)
        assert browser.get(path).status == 404
        assert browser.post(path).status == 404
        assert "Android phone" not in browser.get("/me/reminders/phones").words
    assert visit().post(path).location == "/sign-in"
    assert phone_of(database)


def test_a_phone_that_changes_hands_gets_no_messages_of_the_one_before(
    visit: Visit, cast: Cast, database: Database
) -> None:
    connect(visit(cast.ada))
    connect(visit(cast.ben))
    assert phone_of(database).person_id == cast.ben.id


def test_forms_need_their_token(app: Flask, ada: Visitor, database: Database) -> None:
    form = address(ada)
    app.config["WTF_CSRF_ENABLED"] = True
    assert ada.post("/me/reminders/phone", **form).status == 400
    assert ada.post("/me/reminders/try").status == 400
    token = key(ada)["csrf"]
    assert ada.post("/me/reminders/phone", **form, csrf_token=token).status == 204


def asked(browser: Visitor) -> tuple[int, dict[str, Any]]:
    """Try it as a script does."""
    answer = browser.client.post("/me/reminders/try", headers={"Accept": "application/json"})
    return answer.status_code, answer.json  # type: ignore[return-value]


def test_a_try_goes_to_this_phone_alone(visit: Visit, cast: Cast, database: Database) -> None:
    ada, other = visit(cast.ada), visit(cast.ada)
    connect(ada)
    connect(other, endpoint=f"{ENDPOINT}-other")
    status, said = asked(ada)
    [notice] = rows(database, Notice)
    assert (status, said) == (200, {"notice": notice.id})
    assert (notice.kind, notice.device_id, notice.person_id) == (
        "try",
        ada.device_id,
        cast.ada.id,
    )
    assert (notice.useful_until - notice.due_at).total_seconds() == 600


def test_a_try_without_a_script_says_what_happens(ada: Visitor) -> None:
    page = ada.follow(ada.post("/me/reminders/try"))
    assert page.notices == ["This phone gets no messages yet."]
    connect(ada)
    page = ada.follow(ada.post("/me/reminders/try"))
    assert page.notices == ["A message is on its way to this phone."]


def test_a_try_needs_a_phone_and_patience(ada: Visitor, database: Database) -> None:
    assert asked(ada) == (409, {"notice": None, "code": "no_phone_here"})
    connect(ada)
    assert [asked(ada)[0] for _time in range(4)] == [200, 200, 200, 409]
    assert asked(ada)[1] == {"notice": None, "code": "too_many_tries"}
    assert len(rows(database, Notice)) == 3


def settle(database: Database, number: int, state: NoticeState, outcome: Sent | None) -> None:
    with database.transaction() as session:
        notice = session.get_one(Notice, number)
        notice.state = state
        if outcome:
            session.add(
                Delivery(
                    notice_id=number,
                    way=Way.PUSH,
                    subscription_id=1,
                    outcome=outcome,
                    settled_at=notice.due_at,
                )
            )


@pytest.mark.parametrize(
    ("state", "outcome", "sent"),
    [
        (NoticeState.PLANNED, None, "waiting"),
        (NoticeState.ACCEPTED, Sent.ACCEPTED, "accepted"),
        (NoticeState.NOWHERE, Sent.GONE, "gone"),
        (NoticeState.NOWHERE, None, "gone"),
        (NoticeState.FAILED, Sent.OUR_FAULT, "our_fault"),
        (NoticeState.FAILED, Sent.REFUSED, "refused"),
        (NoticeState.FAILED, Sent.UNREACHABLE, "unreachable"),
        (NoticeState.MISSED, None, "missed"),
        (NoticeState.SILENT, None, "missed"),
    ],
)
def test_what_became_of_a_try_has_words_on_the_page(
    ada: Visitor, database: Database, state: NoticeState, outcome: Sent | None, sent: str
) -> None:
    connect(ada)
    number = asked(ada)[1]["notice"]
    settle(database, number, state, outcome)
    answer = ada.client.get(f"/me/reminders/try/{number}").json
    assert answer == {"state": state, "outcome": outcome, "sent": sent}
    step = ada.get("/me/reminders").main.one("li", data_step="sent")
    assert step.one("span", data_when=sent).words


def test_only_ones_own_tries_are_told(visit: Visit, ada: Visitor, cast: Cast) -> None:
    connect(ada)
    path = f"/me/reminders/try/{asked(ada)[1]['notice']}"
    for person in (cast.ben, cast.cora, cast.dan):
        assert visit(person).get(path).status == 404
    assert visit().get(path).location == "/sign-in"
    assert ada.get("/me/reminders/try/999999").status == 404


def test_signing_out_here_is_no_page_of_messages(visit: Visit) -> None:
    nobody = visit()
    for path in ("", "/key", "/phones", "/mail", "/blocked"):
        assert nobody.get(f"/me/reminders{path}").location == "/sign-in"
