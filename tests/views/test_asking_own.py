"""A participant adds and changes things, one question after the other."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from tests import factories
from tests.answering import say
from tests.cast import Cast
from tests.conftest import Clock
from tests.visitor import Visitor, rows
from webapp.models.change import Change
from webapp.models.draft import Draft
from webapp.models.person import Language
from webapp.models.plan import Goal, NextStep
from webapp.web.database import Database

Visit = Callable[..., Visitor]


GOAL = (
    ("title", {"answer": "I work in a garden."}),
    ("why", {"skip": "1"}),
    ("wanted-by", {"answer": "3"}),
)


def test_a_goal_is_added_question_by_question(ada: Visitor, database: Database, cast: Cast) -> None:
    page = ada.get("/goals/new")
    assert page.title == "What do you want?"
    assert "3 questions." in page.words
    assert "Question 1 of 3" in page.words
    [now] = [each for each in page.main.all("li") if "aria-current" in each.attributes]
    assert (now["aria-current"], now.words) == ("step", "1 Now")
    following = []
    for name, typed in GOAL:
        answer = ada.post(f"/goals/new?question={name}", **typed)
        following.append(answer.location)
    questions = ("why", "wanted-by", "check")
    assert following == [f"/goals/new?question={name}" for name in questions]
    page = ada.follow(answer)
    assert page.title == "This is what you send"
    for words in ("I work in a garden.", "Nothing", "Tuesday 23 February 2027"):
        assert words in page.main.one(class_="answer-list").words
    answer = ada.post("/goals/new?question=check")
    assert answer.location == "/goals"
    [goal] = rows(database, Goal)
    assert (goal.title.en, goal.title.fr, goal.why.en) == ("I work in a garden.", None, None)
    assert str(goal.wanted_by) == "2027-02-23"
    [change] = rows(database, Change)
    page = ada.follow(answer)
    assert page.notices == ["This is in your plan now."]
    assert f"/changes/{change.id}/undo" in page.actions
    assert rows(database, Draft) == []


def test_answers_are_found_again_later_and_on_another_phone(
    ada: Visitor, visit: Visit, cast: Cast, clock: Clock
) -> None:
    say(ada, "/goals/new", GOAL[0])
    clock.move(days=60)
    page = visit(cast.ada).get("/goals/new")
    assert page.title == "Why do you want it?"
    assert "Your answers are kept." in page.words
    page = visit(cast.ada).get("/goals/new?question=title")
    assert page.main.one("input", id="answer")["value"] == "I work in a garden."


def test_half_typed_words_are_kept_quietly(ada: Visitor, database: Database) -> None:
    answer = ada.post("/goals/new?question=title", answer="I wor", keep="1")
    assert (answer.status, answer.response.data) == (204, b"")
    page = ada.get("/goals/new")
    assert page.title == "What do you want?"
    assert page.main.one("input", id="answer")["value"] == "I wor"
    say(ada, "/goals/new", GOAL[0])
    [draft] = rows(database, Draft)
    assert draft.answers["_typed"] == {}


def test_a_mistake_is_said_and_nothing_is_lost(ada: Visitor, database: Database) -> None:
    page = ada.post("/goals/new?question=title", answer="x" * 300)
    assert page.status == 422
    assert "Write a shorter sentence." in page.main.one("error-summary").words
    assert page.main.one("input", id="answer")["value"] == "x" * 300
    page = ada.post("/goals/new?question=wanted-by", answer="day", day="2026-11-01")
    assert page.status == 422
    assert "open" in page.main.one("details").attributes
    assert page.main.one("input", id="day")["value"] == "2026-11-01"
    page = ada.post("/tasks/new?question=picture", answer="no-such-picture")
    assert (page.status, "Choose a picture." in page.words) == (422, True)
    assert rows(database, Draft) == []


def test_what_is_missing_is_asked_before_sending(ada: Visitor, database: Database) -> None:
    say(ada, "/goals/new", GOAL[2])
    for answer in (ada.get("/goals/new?question=check"), ada.post("/goals/new?question=check")):
        assert (answer.status, answer.location) == (303, "/goals/new?question=title")
    assert rows(database, Goal) == []


def test_the_same_form_sent_twice_adds_once(ada: Visitor, database: Database) -> None:
    say(ada, "/goals/new", *GOAL)
    for _time in range(2):
        answer = ada.post("/goals/new?question=check", change_id="one-and-the-same")
        assert (answer.status, answer.location) == (303, "/goals")
    assert len(rows(database, Goal)) == 1


def test_all_answers_can_be_thrown_away_and_never_by_one_tap(
    ada: Visitor, database: Database
) -> None:
    say(ada, "/goals/new", GOAL[0])
    away = "/goals/new?question=throw-away"
    assert away in ada.get("/goals/new").links
    page = ada.get(away)
    assert page.title == "Throw your answers away?"
    assert len(rows(database, Draft)) == 1
    assert ada.post(away).location == "/goals"
    assert rows(database, Draft) == []


def test_a_question_that_is_none_is_not_there(ada: Visitor) -> None:
    for address in ("/goals/new?question=nothing", "/tasks/new?question=reason"):
        assert ada.get(address).status == 404
        assert ada.post(address).status == 404


def test_a_goal_changes_its_words_and_keeps_the_rest(
    ada: Visitor, session: Session, cast: Cast, database: Database
) -> None:
    goal = factories.goal(session, cast.ada)
    goal.title = factories.text("I keep my job.", "Je garde mon emploi.")
    session.commit()
    address = f"/goals/{goal.id}/change"
    page = ada.get(address)
    assert page.main.one("input", id="answer")["value"] == "I keep my job."
    page = ada.post(f"{address}?question=check")
    assert page.status == 422
    assert "Nothing is different yet." in page.words
    say(ada, address, ("title", {"answer": "I keep my job."}), ("why", {"answer": "I rest."}))
    page = ada.get(f"{address}?question=check")
    assert "Before:" in page.words
    answer = ada.post(f"{address}?question=check")
    [stored] = rows(database, Goal)
    assert (stored.title.fr, stored.why.en) == ("Je garde mon emploi.", "I rest.")
    assert ada.follow(answer).notices == ["This is changed."]


def test_a_step_is_added_to_a_goal(
    ada: Visitor, session: Session, cast: Cast, database: Database
) -> None:
    goal = factories.goal(session, cast.ada)
    session.commit()
    address = f"/goals/{goal.id}/next-steps/new"
    assert "I keep my job." in ada.get(address).words
    say(ada, address, ("picture", {"answer": "bus"}))
    assert ada.get(address).main.one("input", id="answer")["value"] == "Bus"
    say(ada, address, ("title", {"answer": "I take bus 12."}), ("description", {"skip": "1"}))
    assert ada.post(f"{address}?question=check").location == "/goals"
    added = rows(database, NextStep)[-1]
    assert (added.goal_id, added.title.en, added.picture) == (goal.id, "I take bus 12.", "bus")


def test_french_words_are_stored_as_french(
    visit: Visit, session: Session, cast: Cast, database: Database
) -> None:
    cast.ada.language = Language.FR
    session.commit()
    ada = visit(cast.ada)
    say(ada, "/goals/new", *GOAL)
    ada.post("/goals/new?question=check")
    assert rows(database, Goal)[0].title.as_json() == {"fr": "I work in a garden."}
