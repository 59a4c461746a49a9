"""What was decided of a step that can go wrong, with the views as they were."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.statements import counted
from tests.views.risk_visits import address, answer, give_view
from tests.visitor import Visitor, rows
from webapp.models.change import Change
from webapp.web.database import Database

Visit = Callable[..., Visitor]


def test_a_decision_stands_with_the_views_as_they_were(
    visit: Visit, session: Session, cast: Cast
) -> None:
    step = factories.tried_step(session, cast.ada)
    ada, cora = visit(cast.ada), visit(cast.cora)
    assert "Nothing is decided yet." in ada.get(address(step, "decisions")).words
    give_view(ada, step, wrong={"pictures": ["tired"]}, feeling={"feeling": "2"})
    give_view(cora, step, well={"pictures": ["money"]})
    ada.post(address(step, "decide"), decision="not_now")
    give_view(ada, step, wrong={"sentence": "Nothing."}, feeling={"feeling": "5"})
    ada.post(address(step, "decide"), decision="try")
    for browser in (ada, cora):
        assert address(step, "decisions") in browser.get(address(step)).links
        last, first = browser.get(address(step, "decisions")).main.all("section")
        assert "I try it Today, Monday 23 November" in last.words
        assert "Not now" in first.words
        ada_then, cora_then = first.all("article")
        assert "Bad" in ada_then.words
        assert "Get tired" in ada_then.words
        assert "Earn money" in cora_then.words
        ada_now, _cora = last.all("article")
        assert "Very good" in ada_now.words
        assert "Nothing." in ada_now.words


def test_what_a_coach_proposed_stands_there_after_the_yes_only(
    visit: Visit, session: Session, cast: Cast, database: Database
) -> None:
    step = factories.tried_step(session, cast.ada)
    ada, cora = visit(cast.ada), visit(cast.cora)
    answer(cora, step, "decision", decision={"decision": "smaller"}, why={"why": ""})
    assert "I try a smaller one" not in ada.get(address(step, "decisions")).words
    [change] = rows(database, Change)
    assert "_views" not in change.wanted
    ada.post(f"/choices/{change.proposal_id}/answer", answer="yes", changes=str(change.id))
    assert "I try a smaller one" in ada.get(address(step, "decisions")).words


PAGES = [
    "",
    "view/well",
    "view/feeling",
    "plan/helps",
    "plan/who",
    "plan/day",
    "look-back",
    "decisions",
]


@pytest.mark.parametrize("last", PAGES)
def test_a_page_costs_few_statements_and_a_stranger_finds_nothing(
    visit: Visit, session: Session, cast: Cast, database: Database, last: str
) -> None:
    ada, step = visit(cast.ada), factories.tried_step(session, cast.ada)
    session.commit()
    path = address(step, last) if last else address(step)
    answer(ada, step, "plan", who={"who": str(cast.cora.id)}, day={"choice": "2026-11-30"})
    give_view(ada, step, feeling={"feeling": "5"})
    ada.post(address(step, "view", "well"), sentence="More.")
    ada.post(address(step, "decide"), decision="try")
    ada.get("/me")
    with counted(database.engine) as said:
        assert ada.get(path).status == 200
    assert len(said) <= 6
    assert visit().get(path).location == "/sign-in"
    for stranger in (cast.ben, cast.dan, cast.mia, cast.emil, cast.olga):
        assert visit(stranger).get(path).status == 404
