"""The pages of a step that can go wrong: views side by side, what helps, the person's decision."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import Clock
from tests.views.risk_visits import address, answer, give_view
from tests.visitor import Visitor, rows
from webapp.models.change import Change, Outcome
from webapp.models.draft import Draft
from webapp.models.person import Language
from webapp.models.plan import NextStep, NextStepState
from webapp.models.risk import Decision, LookBack, RiskPlan, RiskView
from webapp.web.database import Database

Visit = Callable[..., Visitor]


@pytest.fixture
def step(session: Session, cast: Cast) -> NextStep:
    """Give Ada a goal with a step that can go wrong."""
    [made] = factories.goal(session, cast.ada).next_steps
    made.could_go_wrong = True
    session.commit()
    return made


@pytest.fixture
def ada(visit: Visit, cast: Cast, step: NextStep) -> Visitor:
    """Give Ada's browser."""
    return visit(cast.ada)


@pytest.fixture
def cora(visit: Visit, cast: Cast, step: NextStep) -> Visitor:
    """Give her coach's browser."""
    return visit(cast.cora)


def test_a_person_says_what_they_think_one_question_a_screen(
    ada: Visitor, step: NextStep, database: Database
) -> None:
    page = ada.get(address(step))
    assert page.title == "I try one day."
    assert "Nobody has said it yet." in page.words
    first = address(step, "view", "well")
    assert first in page.links
    page = ada.get(first)
    assert page.title == "What could go well?"
    assert "Question 1 of 4" in page.words
    assert len(page.main.all("input", type="checkbox")) == 6
    sent = ada.post(first, pictures=["work", "learn"], sentence=" I like books. ")
    assert sent.location == address(step, "view", "wrong")
    assert ada.post(sent.location).location == address(step, "view", "helps")
    sent = ada.post(address(step, "view", "helps"), pictures=["coach"], sentence="")
    assert sent.location == address(step, "view", "feeling")
    assert rows(database, RiskView) == []
    page = ada.follow(ada.post(sent.location, feeling="2"))
    assert page.notices == ["Your answer is kept."]
    [view] = rows(database, RiskView)
    assert view.well == {"pictures": ["learn", "work"], "sentence": {"en": "I like books."}}
    assert (view.helps["pictures"], view.feeling) == (["coach"], 2)
    column = page.main.one(class_="view-column card").words
    for words in ("Ada", "Learn something", "I like books.", "Go with the coach", "Bad"):
        assert words in column
    assert rows(database, Draft) == []


def test_answers_wait_until_they_are_sent(
    ada: Visitor, step: NextStep, clock: Clock, database: Database
) -> None:
    ada.post(address(step, "view", "well"), pictures=["money"], sentence="I save it.")
    clock.move(days=20)
    page = ada.get(address(step, "view", "well"))
    [box] = [each for each in page.main.all("input") if "checked" in each.attributes]
    assert box["value"] == "money"
    assert page.main.one("input", id="sentence")["value"] == "I save it."
    page = ada.get(address(step))
    assert address(step, "view", "throw-away") in page.actions
    ada.post(address(step, "view", "throw-away"))
    assert rows(database, Draft) == []
    assert address(step, "view", "throw-away") not in ada.get(address(step)).actions


def test_a_view_is_changed_from_what_stands_there(
    ada: Visitor, step: NextStep, cast: Cast, session: Session, database: Database
) -> None:
    give_view(ada, step, well={"sentence": "I like books."}, feeling={"feeling": "4"})
    session.merge(cast.ada).language = Language.FR
    session.commit()
    page = ada.get(address(step, "view", "well"))
    assert page.main.one("input", id="sentence")["value"] == "I like books."
    give_view(ada, step, well={"sentence": "I like books."}, feeling={"feeling": "5"})
    [view] = rows(database, RiskView)
    assert view.well["sentence"] == {"en": "I like books."}
    assert view.feeling == 5


def test_a_coach_says_it_beside_and_is_not_asked_how_it_feels(
    ada: Visitor, cora: Visitor, step: NextStep, database: Database
) -> None:
    give_view(ada, step, feeling={"feeling": "5"})
    page = cora.get(address(step, "view", "wrong"))
    assert "Question 2 of 3" in page.words
    assert cora.get(address(step, "view", "feeling")).status == 404
    give_view(cora, step, wrong={"pictures": ["tired"], "sentence": "The day is long."})
    for browser, role in ((ada, "Your coach"), (cora, "Coach")):
        columns = browser.get(address(step)).main.all(class_="view-column card")
        assert [column.words.split()[0] for column in columns] == ["Ada", "Cora"]
        assert role in columns[1].words
        assert "The day is long." in columns[1].words
        assert "Very good" in columns[0].words
    assert [view.feeling for view in rows(database, RiskView)] == [5, None]


def test_a_long_sentence_comes_back_with_what_was_typed(ada: Visitor, step: NextStep) -> None:
    page = ada.post(address(step, "view", "well"), pictures=["work"], sentence="x" * 201)
    assert page.status == 422
    assert "Write a shorter sentence." in page.words
    assert page.main.one("input", id="sentence")["value"] == "x" * 201
    assert [each["value"] for each in page.main.all("input") if "checked" in each.attributes] == [
        "work"
    ]


@pytest.mark.parametrize(
    ("form", "part", "fields"),
    [
        ("view", "feeling", {"feeling": "7"}),
        ("view", "helps", {"sentence": "one\x07two"}),
        ("plan", "day", {"choice": "soon"}),
        ("plan", "day", {"other": "2026-11-22"}),
    ],
)
def test_what_is_no_answer_is_asked_again(
    ada: Visitor, step: NextStep, form: str, part: str, fields: dict[str, str]
) -> None:
    page = ada.post(address(step, form, part), **fields)
    assert page.status == 422
    assert "Something needs your attention" in page.words


@pytest.mark.parametrize(
    "last", ["view/other", "other/well", "other/throw-away", "decision/decision", "plan/why"]
)
def test_questions_that_nobody_asks_her(ada: Visitor, step: NextStep, last: str) -> None:
    assert ada.post(address(step, last)).status == 404


def test_what_helps_who_does_it_and_when(
    ada: Visitor, step: NextStep, cast: Cast, database: Database
) -> None:
    answer(ada, step, "plan", helps={"sentence": "We go together."})
    page = ada.get(address(step, "plan", "who"))
    assert [each.words for each in page.main.all("label")] == ["Me", "Cora", "Mia", "Emil"]
    page = ada.get(address(step, "plan", "day"))
    assert "In 1 week, on Monday 30 November" in page.words
    page = answer(ada, step, "plan", who={"who": str(cast.cora.id)}, day={"choice": "2026-11-30"})
    [plan] = rows(database, RiskPlan)
    assert (plan.helps.en, plan.who_id) == ("We go together.", cast.cora.id)
    words = ada.follow(page).words
    for said in ("We go together.", "Who does it Cora", "Monday 30 November"):
        assert said in words
    answer(ada, step, "plan", day={"choice": "2026-11-30", "other": "2026-12-05"})
    [plan] = rows(database, RiskPlan)
    assert (plan.helps.en, plan.who_id) == ("We go together.", cast.cora.id)
    assert str(plan.look_again_on) == "2026-12-05"
    assert "On Saturday 5 December" in ada.get(address(step, "plan", "day")).words


def test_a_coach_proposes_what_helps_with_a_reason(
    cora: Visitor, step: NextStep, database: Database
) -> None:
    answer(cora, step, "plan", helps={"sentence": "A list."}, day={"choice": "2026-12-07"})
    why = {"why": "Lists help you.", "change_id": "the-same-change"}
    page = answer(cora, step, "plan", why=why)
    answer(cora, step, "plan", why=why)
    assert cora.follow(page).notices == ["Ada sees your proposal."]
    [change] = rows(database, Change)
    assert (change.outcome, change.why.en) == (Outcome.PROPOSED, "Lists help you.")
    [plan] = rows(database, RiskPlan)
    assert not plan.helps


def test_a_coach_proposes_what_to_do(cora: Visitor, step: NextStep, database: Database) -> None:
    page = cora.get(address(step))
    assert "Nothing is decided yet." in page.words
    assert address(step, "decide") not in page.actions
    assert cora.post(address(step, "decision", "decision")).status == 422
    answer(cora, step, "decision", decision={"decision": "try"}, why={"why": ""})
    [change] = rows(database, Change)
    assert (change.verb, change.outcome) == ("risk.decide", Outcome.PROPOSED)
    assert [each.decision for each in rows(database, RiskPlan)] == [None]


def test_the_person_decides(
    ada: Visitor, cora: Visitor, step: NextStep, database: Database
) -> None:
    page = ada.get(address(step))
    choices = page.main.one("form", action=address(step, "decide")).all("button")
    assert [each.words for each in choices] == ["I try it", "I try a smaller one", "Not now"]
    sent = ada.post(address(step, "decide"), decision="try")
    assert sent.location == address(step)
    [stored] = rows(database, NextStep)
    assert stored.state is NextStepState.CHOSEN
    page = ada.follow(sent)
    assert {action for action in page.actions if action.startswith("/changes/")}
    [chosen] = page.main.all("button", aria_current="true")
    assert "I try it" in chosen.words
    assert "I try it" in cora.get(address(step)).words
    sent = ada.post(address(step, "decide"), decision="smaller")
    assert sent.location == f"/goals/{step.goal_id}/next-steps/new"
    assert ada.post(address(step, "decide"), decision="not_now").location == address(step)
    assert [each.decision for each in rows(database, RiskPlan)] == [Decision.NOT_NOW]
    assert ada.post(address(step, "decide"), decision="never").status == 409


def test_the_day_to_look_back(
    ada: Visitor,
    visit: Visit,
    cast: Cast,
    step: NextStep,
    clock: Clock,
    database: Database,
) -> None:
    look_back = address(step, "look-back")
    assert ada.get(look_back).status == 409
    answer(ada, step, "plan", day={"choice": "2026-11-30"})
    ada.post(address(step, "decide"), decision="try")
    clock.move(days=7)
    page = ada.get(address(step))
    assert [each["href"] for each in page.main.all("a", data_kind="main")][:1] == [look_back]
    page = ada.get(look_back)
    assert [each.words for each in page.main.all("label")][0] == "Very good"
    assert address(step) in page.links
    assert ada.post(look_back, feeling="4").status == 422
    sent = ada.post(look_back, feeling="4", look_back="again")
    assert sent.location == address(step, "plan", "day")
    [plan] = rows(database, RiskPlan)
    assert (plan.feeling_after, plan.look_back) == (4, LookBack.AGAIN)
    cora = visit(cast.cora)
    assert "How was it? Good Again" in cora.get(address(step)).words
    assert ada.post(look_back, look_back="differently").location.endswith("/next-steps/new")
    for page in (cora.get(look_back), cora.post(look_back, look_back="again")):
        assert page.status == 403


def test_the_mark_is_put_and_taken_away(cora: Visitor, step: NextStep, database: Database) -> None:
    assert cora.post(address(step, "warn"), could_go_wrong="0").location == address(step)
    page = cora.get(address(step))
    assert page.actions == {address(step, "warn")}
    cora.post(address(step, "warn"), could_go_wrong="1")
    assert [each.could_go_wrong for each in rows(database, NextStep)] == [True]


def test_danger_is_something_else_and_leads_to_a_human(
    ada: Visitor, cora: Visitor, step: NextStep, cast: Cast
) -> None:
    for browser, help_page in ((ada, "/help"), (cora, f"/people/{cast.ada.id}/help")):
        page = browser.get(address(step))
        assert "Can somebody get hurt now? Ask for help." in page.words
        assert help_page in page.links


def test_it_is_in_french(ada: Visitor, step: NextStep, cast: Cast, session: Session) -> None:
    session.merge(cast.ada).language = Language.FR
    session.commit()
    give_view(ada, step, wrong={"pictures": ["tired"]}, feeling={"feeling": "3"})
    words = ada.get(address(step)).words
    for said in ("J'essaie", "Pas maintenant", "Qu'est-ce qui peut mal se passer"):
        assert said in words
    assert ada.get(address(step, "view", "feeling")).root.one("html")["lang"] == "fr-CA"
