"""A coach proposes a change, or makes one that the person is told of: the same forms, and why."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor, rows
from webapp.models.change import Change, Outcome, Proposal
from webapp.models.draft import Draft
from webapp.models.plan import Goal, Task
from webapp.web.database import Database

Visit = Callable[..., Visitor]


@pytest.fixture
def goal(session: Session, cast: Cast) -> Goal:
    """Give Ada a goal with a next step."""
    made = factories.goal(session, cast.ada)
    session.commit()
    return made


def propose(cast: Cast, verb: str, **query: object) -> str:
    """Return the address of a form about Ada's plan."""
    named = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/people/{cast.ada.id}/propose/{verb}?{named}"


def say(browser: Visitor, address: str, **answers: str) -> None:
    """Answer questions, each by its name, with what is tapped or typed."""
    for name, answer in answers.items():
        page = browser.post(f"{address}&question={name.replace('_', '-')}", answer=answer)
        assert page.status == 303, page.words


def test_a_goal_is_proposed_with_a_reason(cora: Visitor, cast: Cast, database: Database) -> None:
    address = propose(cast, "goal.add")
    assert "Question 1 of 4" in cora.get(address).words
    say(cora, address, title="Ada works in a garden.", wanted_by="none", reason="She likes plants.")
    page = cora.get(f"{address}&question=check")
    assert "Ada decides." in page.words
    assert [each.words for each in page.main.all("button")][:2] == [
        "Propose a change",
        "Add to a list",
    ]
    answer = cora.post(f"{address}&question=check")
    assert answer.location == f"/people/{cast.ada.id}/goals"
    assert cora.follow(answer).notices == ["Ada sees your proposal."]
    [change] = rows(database, Change)
    assert (change.outcome, change.why.en) == (Outcome.PROPOSED, "She likes plants.")
    assert rows(database, Goal) == []
    assert rows(database, Draft) == []


def test_a_change_waits_in_the_list(
    cora: Visitor, cast: Cast, sweep: Task, database: Database
) -> None:
    address = propose(cast, "task.stop", task=sweep.id)
    say(cora, address, on="2026-11-24")
    answer = cora.post(f"{address}&question=check", together="1")
    assert answer.location == f"/people/{cast.ada.id}/choices"
    [proposal] = rows(database, Proposal)
    assert proposal.sent_at is None


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("goal.reach", "This goal is reached."),
        ("goal.let_go", "This goal is let go."),
        ("next_step.choose", "This is the next step."),
        ("next_step.later", "This step comes later."),
        ("next_step.not_this", "Not this step"),
        ("next_step.done", "This step is done."),
    ],
)
def test_what_is_known_already_only_asks_why(
    cora: Visitor, cast: Cast, goal: Goal, database: Database, verb: str, words: str
) -> None:
    kind = verb.partition(".")[0]
    about = {"goal": goal.id, "next_step": goal.next_steps[0].id}[kind]
    address = propose(cast, verb, **{kind: about})
    page = cora.get(address)
    assert page.title == "Why?"
    assert words in page.words
    answer = cora.post(f"{address}&question=reason", skip="1")
    assert answer.location.endswith("question=check")
    answer = cora.post(f"{address}&question=check")
    assert answer.location == f"/people/{cast.ada.id}/goals"
    [change] = rows(database, Change)
    assert (change.verb, change.outcome) == (verb, Outcome.PROPOSED)
    assert change.wanted == {kind: about}


def test_a_pace_is_proposed(cora: Visitor, cast: Cast, database: Database) -> None:
    address = f"/people/{cast.ada.id}/propose/pace/pause?until=2026-12-01"
    assert "Pause" in cora.get(address).words
    cora.post(f"{address}&question=check")
    [change] = rows(database, Change)
    assert change.wanted == {"pace": "pause", "until": "2026-12-01"}
    assert cora.get(f"/people/{cast.ada.id}/propose/pace/faster").status == 200
    assert cora.get(f"/people/{cast.ada.id}/propose/pace/fastest").status == 404


def test_a_setting_is_proposed(cora: Visitor, cast: Cast, database: Database) -> None:
    address = propose(cast, "settings.change")
    say(cora, address, setting="theme", value="dark")
    page = cora.get(f"{address}&question=check")
    assert "Dark" in page.words
    cora.post(f"{address}&question=check")
    [change] = rows(database, Change)
    assert change.wanted == {"setting": "theme", "value": "dark"}


def test_a_fixed_time_needs_a_reason(
    cora: Visitor, cast: Cast, sweep: Task, session: Session, database: Database
) -> None:
    sweep.is_fixed_by_workplace = True
    session.commit()
    address = propose(cast, "task.move", task=sweep.id)
    say(cora, address, at="10:00")
    cora.post(f"{address}&question=from", answer="2026-11-24")
    page = cora.post(f"{address}&question=check")
    assert page.status == 422
    assert page.title == "Why?"
    assert "Please say why." in page.main.one("error-summary").words
    assert "Skip this" not in page.words
    say(cora, address, reason="The shop opens later.")
    page = cora.get(f"{address}&question=check")
    assert "Ada is told." in page.words
    assert "Add to a list" not in page.words
    answer = cora.post(f"{address}&question=check")
    assert cora.follow(answer).notices == ["This is changed. Ada is told."]
    [change] = rows(database, Change)
    assert (change.outcome, change.person_is_told) == (Outcome.APPLIED, True)
    assert str(rows(database, Task)[0].at_time) == "10:00:00"


def test_words_are_changed_and_the_person_is_told(
    cora: Visitor, cast: Cast, sweep: Task, database: Database
) -> None:
    address = propose(cast, "task.explain", task=sweep.id)
    say(cora, address, title="I sweep the shop.")
    page = cora.get(f"{address}&question=check")
    assert [each.words for each in page.main.all("button")][0] == "Change"
    cora.post(f"{address}&question=check")
    assert rows(database, Task)[0].title.en == "I sweep the shop."


def test_a_new_fixed_task_needs_a_reason_and_has_all_values(
    cora: Visitor, cast: Cast, database: Database
) -> None:
    address = propose(cast, "task.add")
    say(cora, address, picture="box", title="I open boxes.", when="2026-11-24", at="09:00")
    say(cora, address, minutes="30", place="Room 2", fixed_by_workplace="yes")
    cora.post(f"{address}&question=steps&step=new", answer="I take a box.", picture="box")
    cora.post(f"{address}&question=steps")
    assert cora.post(f"{address}&question=check").status == 422
    say(cora, address, reason="The boss said so.")
    cora.post(f"{address}&question=check")
    [task] = rows(database, Task)
    assert (task.is_fixed_by_workplace, task.place.en) == (True, "Room 2")


def test_a_long_sentence_gets_advice_and_is_no_obstacle(
    cora: Visitor, cast: Cast, goal: Goal
) -> None:
    address = propose(cast, "goal.reach", goal=goal.id)
    say(cora, address, reason=" ".join(["word"] * 19) + ".")
    page = cora.get(f"{address}&question=check")
    assert "This sentence has 19 words. Try 2 sentences." in page.words
    assert cora.post(f"{address}&question=check").status == 303


@pytest.mark.parametrize(
    "address",
    ["goal.change", "goal.change?goal=0", "goal.change?goal=x", "goal.change?goal=99", "dance"],
)
def test_what_is_not_there_cannot_be_changed(cora: Visitor, cast: Cast, address: str) -> None:
    assert cora.get(f"/people/{cast.ada.id}/propose/{address}").status == 404


def test_a_thing_of_another_plan_is_not_there(cora: Visitor, cast: Cast, session: Session) -> None:
    theirs = factories.goal(session, cast.ben)
    session.commit()
    assert cora.get(propose(cast, "goal.change", goal=theirs.id)).status == 404


def test_the_drafts_of_two_plans_are_two(
    cora: Visitor, cast: Cast, session: Session, database: Database
) -> None:
    eve = factories.person(session, "Eve", cast.ada.role, cast.ada.created_at)
    factories.support(session, cast.cora, eve, cast.ada.created_at)
    session.commit()
    say(cora, propose(cast, "goal.add"), title="For Ada")
    page = cora.get(f"/people/{eve.id}/propose/goal.add?question=title")
    assert page.main.one("input", id="answer")["value"] == ""


def test_the_task_page_says_what_is_proposed_and_what_is_told(
    cora: Visitor, cast: Cast, sweep: Task, session: Session
) -> None:
    def groups() -> dict[str, str]:
        page = cora.get(f"/tasks/{sweep.id}/2026-11-23")
        return {each.one("summary").words: each.words for each in page.main.all("details")}

    words = groups()
    assert "Other days or times" in words["Propose a change"]
    assert "Ada is told." in words["Change"]
    sweep.is_fixed_by_workplace = True
    session.commit()
    assert groups().keys() == {"Change"}
    cast.ada.welcomed_at = None
    session.add(cast.ada)
    session.commit()
    assert groups().keys() == {"Propose a change"}
