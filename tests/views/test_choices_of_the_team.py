"""What a coach sees of proposals, and what the person is told of changes made without them."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.proposing import Table
from tests.views.choosing import answers, move
from tests.visitor import Visitor, rows
from webapp.models.change import Change
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.plan import Task
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


class TestTold:
    """What others changed without the person."""

    def explain(self, table: Table, sweep: Task) -> None:
        said = {"task": sweep.id, "title": {"en": "Sweep the hall"}}
        table.ask(table.cast.cora, "task.explain", **said)
        table.session.commit()

    def test_it_is_shown_and_put_aside(self, ada: Visitor, table: Table, sweep: Task) -> None:
        self.explain(table, sweep)
        assert "1 thing has changed." in ada.get("/today").words
        page = ada.get("/choices")
        assert page.title == "Cora changed this"
        assert "Before Sweep After Sweep the hall" in page.words
        [noticed] = [each for each in page.actions if each.endswith("/noticed")]
        assert "Nothing waits for you." in ada.follow(ada.post(noticed)).words

    def test_it_can_be_taken_back(
        self, ada: Visitor, table: Table, sweep: Task, database: Database
    ) -> None:
        self.explain(table, sweep)
        [undo] = [each for each in ada.get("/choices").actions if each.endswith("/undo")]
        ada.post(undo)
        assert rows(database, Task)[0].title.en == "Sweep"
        assert "Nothing waits for you." in ada.get("/choices").words

    def test_it_can_be_a_problem(
        self, ada: Visitor, table: Table, sweep: Task, database: Database
    ) -> None:
        sweep.is_fixed_by_workplace = True
        self.explain(table, sweep)
        page = ada.get("/choices")
        assert not [each for each in page.actions if each.endswith("/undo")]
        [problem] = [each for each in page.actions if each.endswith("/problem")]
        page = ada.follow(ada.post(problem))
        assert page.notices == ["Your team knows that this is a problem."]
        assert [each.about for each in rows(database, HelpRequest)] == [HelpReason.PROBLEM]


class TestCoach:
    """The page of the coach."""

    def address(self, table: Table, *more: str) -> str:
        return "/".join((f"/people/{table.cast.ada.id}/choices", *more))

    def test_what_waits_and_since_when_in_words(
        self, visit: Visit, table: Table, sweep: Task
    ) -> None:
        move(table, sweep)
        page = visit(table.cast.cora).get(self.address(table))
        assert "Since Monday 23 November." in page.words
        assert not re.search(r"\d+ (days?|hours?) ", page.words)
        assert "1 proposal waits for an answer." in visit(table.cast.cora).get("/people").words

    def test_a_proposal_is_withdrawn(
        self, visit: Visit, table: Table, sweep: Task, database: Database
    ) -> None:
        made = move(table, sweep)
        cora = visit(table.cast.cora)
        page = cora.follow(cora.post(self.address(table, "withdraw"), changes=str(made.id)))
        assert page.notices == ["This proposal is taken back."]
        assert "Nothing waits for an answer." in page.words
        assert rows(database, Change)[0].withdrawn_at is not None

    def test_a_list_is_prepared_thinned_out_and_sent(self, visit: Visit, table: Table) -> None:
        made = [
            table.propose("goal.add", together=True, title={"en": title})
            for title in ("I cook.", "I swim.")
        ]
        table.session.commit()
        cora, ada = visit(table.cast.cora), visit(table.cast.ada)
        page = cora.get(self.address(table))
        assert "Ada does not see this yet." in page.words
        assert "I cook." not in ada.get("/choices").words
        cora.post(self.address(table, "withdraw"), changes=str(made[0].id))
        [send] = [each for each in page.actions if each.endswith("/send")]
        page = cora.follow(cora.post(send, proposal=str(made[0].proposal_id)))
        assert page.notices[-1] == "Ada sees your proposal."
        assert "I swim." in ada.get("/choices").words
        assert "I cook." not in ada.get("/choices").words

    def test_what_was_answered_says_so_and_lets_talk_comes_first(
        self, visit: Visit, table: Table, sweep: Task
    ) -> None:
        talk, later = move(table, sweep), move(table, sweep, "16:00")
        table.answer(talk, said="talk")
        table.answer(later, said="not_now", until="2026-11-30")
        table.session.commit()
        page = visit(table.cast.cora).get(self.address(table))
        first, second = page.main.all(class_="proposal-row-said")
        assert first.words == "Ada wants to talk about it since Monday 23 November."
        assert second.words == (
            "Ada said “not now” on Monday 23 November. It comes back on Monday 30 November."
        )

    def test_the_first_plan_waits_for_the_phone(
        self, visit: Visit, table: Table, session: Session
    ) -> None:
        table.cast.ada.welcomed_at = None
        session.commit()
        table.propose("goal.add", title={"en": "I cook."})
        session.commit()
        page = visit(table.cast.cora).get(self.address(table))
        assert "Ada sees this first plan when the phone is ready." in page.words

    def test_the_coach_has_no_way_to_answer(
        self, visit: Visit, table: Table, sweep: Task, database: Database
    ) -> None:
        made = move(table, sweep)
        cora = visit(table.cast.cora)
        path = f"/choices/{made.proposal_id}/answer"
        assert cora.post(path, answer="yes", changes=str(made.id)).status == 404
        assert answers(database) == [None]
