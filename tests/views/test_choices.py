"""My choices through the web: one proposal a screen, four answers, and what the coach sees."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.domain.proposing import ON_TUESDAY, Table
from tests.statements import counted
from tests.views.choosing import a_list, answers, move, say
from tests.visitor import Visitor, rows
from webapp.models.change import Answer, Change
from webapp.models.person import Pace, Person
from webapp.models.plan import Goal, Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]


@pytest.fixture
def table(session: Session, cast: Cast, now: datetime) -> Table:
    """Let Cora and Ada sit down together."""
    return Table(session, cast, now)


@pytest.fixture
def sweep(session: Session, cast: Cast) -> Task:
    """Give Ada a task every day at 9."""
    return factories.task(session, cast.ada)


def test_one_proposal_says_who_what_and_why(ada: Visitor, table: Table, sweep: Task) -> None:
    made = move(table, sweep)
    page = ada.get("/choices")
    assert page.title == "Cora proposes"
    for words in (
        "Sweep",
        "From Tuesday 24 November this comes at another time.",
        "Before At 9 in the morning After At 2 in the afternoon",
        "Why The bus is late. It is calmer.",
    ):
        assert words in page.words
    assert "Every day" not in page.words
    buttons = [each.words for each in page.main.all("button")]
    assert buttons == ["Yes", "No", "Let's talk"]
    assert f"/choices/{made.proposal_id}/not-now" in page.links
    assert page.main.all("textarea") == []


def test_yes_applies_it_and_nothing_waits_any_more(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    move(table, sweep)
    page = ada.follow(say(ada, ada.get("/choices"), "yes"))
    assert page.notices == ["You said yes."]
    assert "Nothing waits for you." in page.words
    assert "/choices/answered" in page.links
    assert rows(database, Task)[0].at_time == time(14)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("no", "You said no."), ("talk", "Cora knows that you want to talk.")],
)
def test_other_answers_change_nothing(
    ada: Visitor, table: Table, sweep: Task, database: Database, said: str, sentence: str
) -> None:
    move(table, sweep)
    page = ada.follow(say(ada, ada.get("/choices"), said))
    assert page.notices == [sentence]
    assert rows(database, Task)[0].at_time == time(9)
    assert answers(database) == [Answer(said)]


def test_not_now_asks_when_it_may_come_back(
    ada: Visitor, table: Table, sweep: Task, database: Database, clock: Clock
) -> None:
    made = move(table, sweep)
    asked = ada.get(f"/choices/{made.proposal_id}/not-now")
    assert asked.title == "When may it come back?"
    choices = {each["value"]: each.words for each in asked.main.all("button", name="until")}
    assert choices == {
        "2026-11-24": "Tomorrow",
        "2026-11-30": "Next week",
        "": "I will say",
    }
    page = ada.follow(say(ada, asked, "not_now", until="2026-11-30"))
    assert page.notices == ["This comes back on Monday 30 November."]
    assert answers(database) == [Answer.NOT_NOW]
    assert "Nothing waits for you." in ada.get("/choices").words
    clock.move(days=7)
    page = ada.get("/choices")
    assert page.title == "Cora proposes"
    ada.follow(say(ada, page, "yes"))
    assert rows(database, Task)[0].at_time == time(14)


def test_i_will_say_stays_away_until_the_person_looks(
    ada: Visitor, table: Table, sweep: Task, clock: Clock
) -> None:
    made = move(table, sweep)
    asked = ada.get(f"/choices/{made.proposal_id}/not-now")
    assert ada.follow(say(ada, asked, "not_now", until="")).notices == ["You said: not now."]
    clock.move(days=60)
    assert "Nothing waits for you." in ada.get("/choices").words
    assert ada.get(f"/choices/{made.proposal_id}").title == "Cora proposes"


def test_every_answer_can_be_changed_from_what_i_answered(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    made = move(table, sweep)
    say(ada, ada.get("/choices"), "yes")
    page = ada.get("/choices/answered")
    assert "You said: Yes." in page.words
    [link] = [each for each in page.links if str(made.id) in each and "choices" in each]
    page = ada.get(link)
    [current] = page.main.all(aria_current="true")
    assert current.words == "Yes Chosen"
    answer = say(ada, page, "no")
    assert answer.location == "/choices/answered"
    assert "You said: No." in ada.follow(answer).words
    assert rows(database, Task)[0].at_time == time(9)


def test_a_list_is_answered_whole(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    a_list(table, sweep)
    page = ada.get("/choices")
    assert [each.words for each in page.main.all("h2")] == ["Sweep", "I cook.", "My screens"]
    assert "Yes to all" in page.words
    ada.follow(say(ada, page, "yes"))
    assert answers(database) == [Answer.YES] * 3
    assert rows(database, Task)[0].at_time == time(14)
    assert [goal.title.en for goal in rows(database, Goal)] == ["I cook."]
    assert next(each for each in rows(database, Person) if each.name == "Ada").text_size == 28


def test_a_list_is_looked_at_one_by_one(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    made = a_list(table, sweep)
    number = made[0].proposal_id
    assert f"/choices/{number}/{made[0].id}" in ada.get("/choices").links
    answer = say(ada, ada.get(f"/choices/{number}/{made[0].id}"), "no")
    assert answer.location == f"/choices/{number}/{made[1].id}"
    answer = say(ada, ada.follow(answer), "yes")
    answer = say(ada, ada.follow(answer), "talk")
    assert answer.location.startswith("/choices?")
    assert answers(database) == [Answer.NO, Answer.YES, Answer.TALK]


def test_where_the_plan_has_moved_on_it_says_what_changed_and_asks_again(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    made = move(table, sweep)
    before = ada.get("/choices")
    table.ask(table.cast.ada, "task.move", task=sweep.id, **{**ON_TUESDAY, "at": "16:00"})
    table.session.commit()
    answer = say(ada, before, "yes")
    assert (answer.status, answer.location) == (303, f"/choices/{made.proposal_id}")
    page = ada.follow(answer)
    assert page.notices == ["Your plan has changed. Look again."]
    assert "This changed since: Time At 9 in the morning At 4 in the afternoon" in page.words
    assert "Before At 4 in the afternoon After At 2 in the afternoon" in page.words
    assert answers(database) == [None]
    assert not [each for each in rows(database, Change) if each.verb == "proposal.answer"]
    say(ada, page, "yes")
    assert rows(database, Task)[0].at_time == time(14)


def test_where_the_thing_is_gone_there_is_only_ok(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    move(table, sweep)
    table.ask(table.cast.ada, "task.stop", task=sweep.id, on="2026-11-23")
    table.session.commit()
    page = ada.get("/choices")
    assert "This is not in your plan any more." in page.words
    assert [each.words for each in page.main.all("button")] == ["I have seen it"]
    ada.follow(say(ada, page, "no"))
    assert answers(database) == [Answer.NO]


def test_what_was_taken_back_is_said_calmly(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    made = move(table, sweep)
    before = ada.get("/choices")
    table.ask(table.cast.cora, "proposal.withdraw", changes=[made.id])
    table.session.commit()
    page = ada.follow(say(ada, before, "yes"))
    assert page.status == 200
    assert page.notices == ["This proposal was taken back."]
    assert answers(database) == [None]
    assert "Nothing waits for you." in ada.get("/choices").words


def test_the_same_answer_sent_twice_is_kept_once(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    move(table, sweep)
    page = ada.get("/choices")
    for _time in range(2):
        assert say(ada, page, "yes", change_id="one-and-the-same").status == 303
    assert len([each for each in rows(database, Change) if each.verb == "proposal.answer"]) == 1


@pytest.mark.parametrize("numbers", ["", "x", "1,2", "9" * 10, "1 " * 501, "-1"])
def test_an_answer_to_nothing_is_refused(
    ada: Visitor, table: Table, sweep: Task, database: Database, numbers: str
) -> None:
    made = move(table, sweep)
    page = ada.post(f"/choices/{made.proposal_id}/answer", answer="yes", changes=numbers)
    assert page.status == 400
    assert answers(database) == [None]


def test_an_answer_that_does_not_exist_changes_nothing(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    made = move(table, sweep)
    page = ada.follow(
        ada.post(f"/choices/{made.proposal_id}/answer", answer="maybe", changes=str(made.id))
    )
    assert page.notices == ["This choice does not exist."]
    assert answers(database) == [None]


def test_the_pace_says_how_much_is_asked_in_one_sitting(
    ada: Visitor, table: Table, session: Session
) -> None:
    table.cast.ada.paces = [("2026-11-23", Pace.SLOWER.value)]
    session.commit()
    for number in range(3):
        table.propose("goal.add", title={"en": f"Goal {number}"})
    session.commit()
    page = ada.follow(say(ada, ada.get("/choices"), "no"))
    assert "This is enough for now." in page.words
    assert "/choices?anyway=1" in page.links
    page = ada.get("/choices?anyway=1")
    assert "Goal 1" in page.words
    assert "Goal 2" in ada.follow(say(ada, page, "no")).words


def test_in_a_pause_nothing_is_asked(ada: Visitor, table: Table, session: Session) -> None:
    table.cast.ada.paces = [("2026-11-23", Pace.PAUSE.value)]
    session.commit()
    table.propose("goal.add", title={"en": "I cook."})
    session.commit()
    page = ada.get("/choices")
    assert "You have a pause. Nothing is asked now." in page.words
    assert "waits for you" not in ada.get("/today").words
    assert ada.get("/choices?anyway=1").title == "Cora proposes"


def test_today_says_what_waits(ada: Visitor, table: Table, sweep: Task) -> None:
    assert "waits for you" not in ada.get("/today").words
    move(table, sweep)
    page = ada.get("/today")
    assert "1 proposal waits for you." in page.words
    assert "/choices" in page.links


def test_the_pages_ask_little_of_the_database(
    ada: Visitor, table: Table, sweep: Task, database: Database
) -> None:
    made = a_list(table, sweep)
    number = made[0].proposal_id
    paths = ("/choices", f"/choices/{number}/{made[0].id}", "/choices/answered", "/today")
    ada.get("/me")
    for path in paths:
        with counted(database.engine) as sent:
            assert ada.get(path).status == 200
        assert len(sent) <= (4 if path == "/today" else 6), (path, sent)


def test_a_stranger_finds_nothing(visit: Visit, table: Table, sweep: Task) -> None:
    made = move(table, sweep)
    ben, dan, nobody = visit(table.cast.ben), visit(table.cast.dan), visit()
    for path in (f"/choices/{made.proposal_id}", f"/choices/{made.proposal_id}/{made.id}"):
        assert ben.get(path).status == 404
        assert nobody.get(path).location == "/sign-in"
    assert ben.post(f"/choices/{made.proposal_id}/answer", changes=str(made.id)).status == 404
    assert dan.get(f"/people/{table.cast.ada.id}/choices").status == 404
