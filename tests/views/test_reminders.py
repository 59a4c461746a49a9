"""My reminders: whether they come, when, what a phone shows, and the ways to stop them."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.views.phones import connect
from tests.visitor import Visitor, rows
from webapp.domain.sessions import IDLE
from webapp.models.change import HistoryEntry
from webapp.models.notice import Notice, NoticeKind, NoticeState
from webapp.models.person import LockScreen, Person, RemindOn
from webapp.web.database import Database

Visit = Callable[..., Visitor]

QUESTIONS = {
    "when": ("30", "30 minutes before"),
    "quiet": ("21:00-07:00", "From 9 at night until 7 in the morning"),
    "most": ("3", "3 a day"),
    "again": ("yes", "Yes, once more"),
    "lock-screen": ("full", "All words"),
}


def person_named(database: Database, name: str) -> Person:
    return next(each for each in rows(database, Person) if each.name == name)


def test_it_asks_in_our_own_words_first(ada: Visitor) -> None:
    page = ada.get("/me/reminders")
    assert page.title == "My reminders"
    assert "We can remind you of your tasks." in page.words
    assert page.actions == {"/me/reminders/on", "/me/reminders/not-now"}
    assert [each.words for each in page.main.all("button")] == ["Remind me", "Not now"]


def test_remind_me_turns_them_on_without_a_script_too(ada: Visitor, database: Database) -> None:
    page = ada.follow(ada.post("/me/reminders/on"))
    assert "Reminders are on." in page.words
    assert "This phone does not show our messages yet." in page.words
    assert "10 minutes before" in page.words
    assert person_named(database, "Ada").reminders_on


def test_not_now_is_kept_for_30_days(ada: Visitor, database: Database) -> None:
    assert "Remind me" in ada.get("/today").words
    page = ada.follow(ada.post("/me/reminders/not-now"))
    assert page.notices == ["We do not ask again for 30 days."]
    assert "Remind me" not in page.words
    assert person_named(database, "Ada").remind_not_now_until == date(2026, 12, 23)
    assert "Remind me" in ada.get("/me/reminders").words
    assert not person_named(database, "Ada").reminders_on


def test_after_30_days_today_speaks_of_them_again(
    visit: Visit, cast: Cast, database: Database
) -> None:
    visit(cast.ada).post("/me/reminders/not-now")
    with database.transaction() as session:
        session.get_one(Person, cast.ada.id).remind_not_now_until = factories.MONDAY
    assert IDLE.days > 30
    assert "Remind me" in visit(cast.ada).get("/today").words


def test_everything_is_paused_and_taken_up_with_one_tap_each(
    ada: Visitor, database: Database
) -> None:
    connect(ada)
    assert "/me/reminders/pause" in ada.get("/me/reminders").actions
    page = ada.follow(ada.post("/me/reminders/pause"))
    assert person_named(database, "Ada").reminders_paused
    assert "No message comes until you take it up again." in page.words
    assert page.actions >= {"/me/reminders/take-up"}
    assert "On pause" in ada.get("/me").words
    page = ada.follow(ada.post("/me/reminders/take-up"))
    assert "Reminders are on." in page.words
    assert not person_named(database, "Ada").reminders_paused


def test_stopping_asks_first_and_keeps_the_choices(ada: Visitor, database: Database) -> None:
    connect(ada)
    ada.post("/me/reminders/when", value="60")
    assert ada.get("/me/reminders/stop").title == "Stop reminders?"
    page = ada.follow(ada.post("/me/reminders/stop"))
    assert page.notices == ["They are off now."]
    found = person_named(database, "Ada")
    assert (found.reminders_on, found.remind_all_minutes) == (False, 60)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_asked_kept_and_shown(ada: Visitor, question: str) -> None:
    value, words = QUESTIONS[question]
    connect(ada)
    page = ada.get(f"/me/reminders/{question}")
    offered = {each["value"]: each.words for each in page.main.all("button", name="value")}
    assert words in offered[value]
    answer = ada.post(f"/me/reminders/{question}", value=value)
    page = ada.follow(answer)
    assert page.notices == ["This is changed."]
    assert words in page.words
    again = ada.get(f"/me/reminders/{question}").main.all("button", aria_current="true")
    assert [each["value"] for each in again] == [value]


def test_what_is_chosen_stands_in_the_person(ada: Visitor, database: Database) -> None:
    for question, (value, _words) in QUESTIONS.items():
        ada.post(f"/me/reminders/{question}", value=value)
    found = person_named(database, "Ada")
    assert (found.remind_all_minutes, found.reminders_a_day, found.reminds_again) == (30, 3, True)
    assert (found.quiet_from, found.quiet_until) == (time(21), time(7))
    assert found.lock_screen is LockScreen.FULL
    ada.post("/me/reminders/when", value="evening_before")
    assert person_named(database, "Ada").remind_all is RemindOn.EVENING_BEFORE


def test_the_locked_screen_shows_few_words_at_first(ada: Visitor) -> None:
    page = ada.get("/me/reminders/lock-screen")
    assert page.main.one("button", aria_current="true")["value"] == "neutral"
    assert "You have a reminder" in page.words


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_cannot_be_chosen_is_refused(ada: Visitor, database: Database, question: str) -> None:
    assert ada.post(f"/me/reminders/{question}", value="whatever").status == 409
    assert rows(database, HistoryEntry) == []
    assert ada.get("/me/reminders/nothing").status == 404


def test_other_quiet_hours_are_written(ada: Visitor) -> None:
    connect(ada)
    assert ada.get("/me/reminders/quiet/hours").status == 200
    page = ada.follow(ada.post("/me/reminders/quiet/hours", begins="12:15", ends="14:00"))
    assert "From 12:15 in the afternoon until 2 in the afternoon" in page.words
    assert "Now: From 12:15" in ada.get("/me/reminders/quiet").words
    fields = ada.get("/me/reminders/quiet/hours").main.all("input", type="time")
    assert [each["value"] for each in fields] == ["12:15", "14:00"]


@pytest.mark.parametrize(("begins", "ends"), [("", "07:00"), ("21:00", "x"), ("09:00", "09:00")])
def test_quiet_hours_that_are_none_come_back(ada: Visitor, begins: str, ends: str) -> None:
    page = ada.post("/me/reminders/quiet/hours", begins=begins, ends=ends)
    assert page.status == 422
    assert [each["value"] for each in page.main.all("input", type="time")] == [begins, ends]


def test_what_changed_tells_it_in_words(ada: Visitor) -> None:
    ada.post("/me/reminders/on")
    ada.post("/me/reminders/quiet", value="21:00-07:00")
    ada.post("/me/reminders/when", value="evening_before")
    words = ada.get("/changes").words
    assert "My reminders" in words
    assert "The evening before" in words
    assert "From 9 at night until 7 in the morning" in words


def test_me_leads_there_and_says_how_they_stand(ada: Visitor) -> None:
    assert "My reminders Off" in ada.get("/me").words
    connect(ada)
    page = ada.get("/me")
    assert "My reminders On" in page.words
    assert "/me/reminders" in page.links


def test_staff_have_messages_and_only_what_concerns_them(cora: Visitor) -> None:
    page = cora.get("/me/reminders")
    assert page.title == "My messages"
    assert "We can tell you when somebody needs you." in page.words
    connect(cora)
    page = cora.get("/me/reminders")
    assert {"/me/reminders/quiet", "/me/reminders/lock-screen"} <= page.links
    assert "/me/reminders/when" not in page.links
    assert "/me/reminders/calendar" not in page.links
    for question in ("when", "most", "again"):
        assert cora.get(f"/me/reminders/{question}").status == 404
        assert cora.post(f"/me/reminders/{question}", value="10").status == 404


def test_the_coach_reads_how_they_stand_and_proposes(
    ada: Visitor, cora: Visitor, cast: Cast, database: Database
) -> None:
    page = cora.get(f"/people/{cast.ada.id}/me")
    assert "Reminders Off" in page.words
    form = f"/people/{cast.ada.id}/propose/settings.change"
    assert form in page.links
    assert "Quiet hours" in cora.get(form).words
    cora.post(f"{form}?question=setting", answer="remind_all")
    assert "The evening before" in cora.get(f"{form}?question=value").words
    cora.post(f"{form}?question=value", answer="evening_before")
    cora.post(f"{form}?question=check")
    assert person_named(database, "Ada").remind_all is None
    page = ada.get("/choices")
    assert "My reminders" in page.words
    assert "The evening before" in page.words


def missed(session: Session, cast: Cast, **values: object) -> str:
    """Let a reminder of a task of Ada's not reach her this morning; return where the task is."""
    task = factories.task(session, cast.ada)
    now = factories.MONDAY
    said = {"state": NoticeState.MISSED, "day": now, **values}
    ada = session.get_one(Person, cast.ada.id)
    ada.reminders_on = True
    session.add(
        Notice(
            person_id=ada.id,
            kind=NoticeKind.REMINDER,
            key=f"missed:{task.id}",
            task_id=task.id,
            due_at=ada.created_at,
            next_try_at=ada.created_at,
            useful_until=ada.created_at,
            **said,
        )
    )
    session.commit()
    return f"/tasks/{task.id}/{factories.MONDAY}"


def test_today_says_what_did_not_reach_the_phone(
    visit: Visit, session: Session, cast: Cast
) -> None:
    task = missed(session, cast)
    missed(session, cast, state=NoticeState.FAILED)
    ada = visit(cast.ada)
    assert "2 reminders did not reach your phone today." in ada.get("/today").words
    ada.post(f"{task}/done")
    page = ada.get("/today")
    assert "1 reminder did not reach your phone today." in page.words
    assert "/me/reminders" in page.links
    assert "did not reach" not in visit(cast.cora).get(f"/people/{cast.ada.id}/today").words


@pytest.mark.parametrize(
    "values", [{"state": NoticeState.ACCEPTED}, {"day": date(2026, 11, 22)}], ids=str
)
def test_today_says_nothing_of_what_arrived_or_was_yesterdays(
    visit: Visit, session: Session, cast: Cast, values: dict[str, object]
) -> None:
    missed(session, cast, **values)
    assert "did not reach" not in visit(cast.ada).get("/today").words
