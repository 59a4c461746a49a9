"""Every cell of the rights table, asked for through the pages of each: Ada, Cora and Mia.

What has no page yet is named in `WITHOUT_A_PAGE`. Mentors have no screens yet: they find nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.visitor import Visitor, rows
from webapp.domain.rights import Kind
from webapp.models.change import Change, Outcome
from webapp.web.database import Database

Visit = Callable[..., Visitor]
Post = tuple[str, dict[str, str]]
"""A form that is sent: its address, and what it holds."""

WITHOUT_A_PAGE = {Kind.SHARING}
DONE, PROPOSED, ASKED = (Outcome.APPLIED, Outcome.PROPOSED, Outcome.ASKED)
REFUSED, NOTHING = Outcome.REFUSED, None
PERSON = "/people/{ada}"
MOVE = [("question=at", {"answer": "10:00"}), ("question=from", {"answer": "2026-11-24"})]


@dataclass(frozen=True)
class Cell:
    """What one of them sends, and what becomes of it; None where they find nothing."""

    kind: Kind
    who: str
    posts: list[Post]
    becomes: Outcome | None
    is_told: bool = False


def form(address: str, *answers: Post) -> list[Post]:
    """Answer questions of a form, then send it."""
    sign = "&" if "?" in address else "?"
    asked = [(f"{address}{sign}{question}", sent) for question, sent in answers]
    return [*asked, (f"{address}{sign}question=check", {})]


WHY = ("question=reason", {"answer": "The shop opens later."})
VIEW: list[Post] = [("/next-steps/{step}/try/view/" + part, {}) for part in ("well", "wrong")]

CELLS = [
    Cell(Kind.MARK, "ada", [("/tasks/{task}/2026-11-23/done", {})], DONE),
    Cell(Kind.MARK, "cora", [("/tasks/{task}/2026-11-23/done", {})], REFUSED),
    Cell(Kind.SETTINGS, "ada", [("/me/theme", {"value": "dark"})], DONE),
    Cell(
        Kind.SETTINGS,
        "cora",
        form(
            f"{PERSON}/propose/settings.change",
            ("question=setting", {"answer": "theme"}),
            ("question=value", {"answer": "dark"}),
            WHY,
        ),
        PROPOSED,
    ),
    Cell(Kind.PACE, "ada", [("/me/pace/slower", {})], DONE),
    Cell(Kind.PACE, "cora", form(f"{PERSON}/propose/pace/slower", WHY), PROPOSED),
    Cell(Kind.NEXT_STEP_CHOICE, "ada", [("/next-steps/{easy}/choose", {})], DONE),
    Cell(Kind.NEXT_STEP_CHOICE, "cora", [("/next-steps/{easy}/choose", {})], PROPOSED),
    Cell(
        Kind.NEXT_STEP_OPTION,
        "ada",
        [("/next-steps/{easy}/try/warn", {"could_go_wrong": "1"})],
        DONE,
    ),
    Cell(
        Kind.NEXT_STEP_OPTION,
        "cora",
        [("/next-steps/{easy}/try/warn", {"could_go_wrong": "1"})],
        DONE,
        is_told=True,
    ),
    Cell(Kind.GOAL, "ada", [("/goals/{goal}/reach", {})], DONE),
    Cell(Kind.GOAL, "cora", [("/goals/{goal}/reach", {})], PROPOSED),
    Cell(Kind.MOVABLE_TASK, "ada", form("/tasks/{task}/change/move", *MOVE), DONE),
    Cell(
        Kind.MOVABLE_TASK,
        "cora",
        form(f"{PERSON}/propose/task.move?task={{task}}", *MOVE, WHY),
        PROPOSED,
    ),
    Cell(
        Kind.EXPLANATION,
        "ada",
        form("/tasks/{task}/change/explain", ("question=title", {"answer": "Sweep well"})),
        DONE,
    ),
    Cell(
        Kind.EXPLANATION,
        "cora",
        form(
            f"{PERSON}/propose/task.explain?task={{task}}",
            ("question=title", {"answer": "Sweep well"}),
            WHY,
        ),
        DONE,
        is_told=True,
    ),
    Cell(Kind.FIXED_TIME, "ada", form("/tasks/{fixed}/change/move", *MOVE), ASKED),
    Cell(
        Kind.FIXED_TIME,
        "cora",
        form(f"{PERSON}/propose/task.move?task={{fixed}}", *MOVE, WHY),
        DONE,
        is_told=True,
    ),
    Cell(Kind.RISKY_STEP, "ada", [("/next-steps/{step}/try/decide", {"decision": "try"})], DONE),
    Cell(Kind.RISKY_STEP, "cora", [("/next-steps/{step}/try/warn", {})], PROPOSED),
    Cell(
        Kind.VIEW_ON_RISK,
        "ada",
        [
            *VIEW,
            ("/next-steps/{step}/try/view/helps", {}),
            ("/next-steps/{step}/try/view/feeling", {"feeling": "4"}),
        ],
        DONE,
    ),
    Cell(Kind.VIEW_ON_RISK, "cora", [*VIEW, ("/next-steps/{step}/try/view/helps", {})], DONE),
    Cell(
        Kind.FOLLOW_UP,
        "ada",
        [("/follow-ups/{follow_up}/check", {"checked": "1", "why": "A rule"})],
        REFUSED,
    ),
    Cell(
        Kind.FOLLOW_UP,
        "cora",
        [("/follow-ups/{follow_up}/check", {"checked": "1", "why": "A rule"})],
        DONE,
        is_told=True,
    ),
    Cell(
        Kind.COMMENT_ON_FOLLOW_UP,
        "ada",
        [("/follow-ups/{follow_up}/comment", {"sentence": "I signed it."})],
        DONE,
    ),
    Cell(
        Kind.COMMENT_ON_FOLLOW_UP,
        "cora",
        [("/follow-ups/{follow_up}/comment", {"sentence": "I signed it."})],
        REFUSED,
    ),
    Cell(Kind.ACCOMPANIMENT, "ada", [("/me/support/stop", {})], DONE),
    Cell(Kind.ACCOMPANIMENT, "cora", [("/me/support/stop", {})], NOTHING),
    Cell(
        Kind.ANSWER,
        "ada",
        [("/choices/{proposal}/answer", {"changes": "{change}", "answer": "no"})],
        DONE,
    ),
    Cell(
        Kind.ANSWER,
        "cora",
        [("/choices/{proposal}/answer", {"changes": "{change}", "answer": "no"})],
        NOTHING,
    ),
    Cell(Kind.PROPOSAL, "ada", [(f"{PERSON}/choices/withdraw", {"changes": "{change}"})], REFUSED),
    Cell(Kind.PROPOSAL, "cora", [(f"{PERSON}/choices/withdraw", {"changes": "{change}"})], DONE),
    Cell(Kind.HELP_REQUEST, "ada", [("/help/ask", {"about": "late"})], DONE),
    Cell(Kind.HELP_REQUEST, "cora", [("/help/ask", {"about": "late"})], NOTHING),
    Cell(Kind.HELP_ANSWER, "ada", [("/help-requests/{request}/seen", {})], REFUSED),
    Cell(Kind.HELP_ANSWER, "cora", [("/help-requests/{request}/seen", {})], DONE),
]


@pytest.fixture
def names(session: Session, cast: Cast, now: datetime) -> dict[str, object]:
    """Put on Ada's plan what the addresses speak of; return it by the names in them."""
    [easy] = factories.goal(session, cast.ada).next_steps
    proposed = factories.proposed(session, cast.cora, cast.ada, now)
    made = {
        "ada": cast.ada.id,
        "task": factories.task(session, cast.ada).id,
        "fixed": factories.task(session, cast.ada, "Shift", is_fixed_by_workplace=True).id,
        "easy": easy.id,
        "goal": easy.goal_id,
        "step": factories.tried_step(session, cast.ada).id,
        "follow_up": factories.follow_up(session, cast.ada, now).id,
        "request": factories.help_request(session, cast.ada, now).id,
        "proposal": proposed.proposal_id,
        "change": proposed.id,
    }
    session.commit()
    return made


def send(browser: Visitor, posts: list[Post], names: dict[str, object]) -> int:
    """Send the forms one after the other; return the status of the last one."""
    for address, sent in posts:
        filled = {name: value.format(**names) for name, value in sent.items()}
        status = browser.post(address.format(**names), **filled).status
    return status


def newest(database: Database) -> Change:
    return max(rows(database, Change), key=lambda change: change.id)


def test_no_row_is_forgotten() -> None:
    for who in ("ada", "cora"):
        assert {cell.kind for cell in CELLS if cell.who == who} == set(Kind) - WITHOUT_A_PAGE


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.kind}-{cell.who}")
def test_each_cell(
    cell: Cell, visit: Visit, cast: Cast, names: dict[str, object], database: Database
) -> None:
    before = newest(database).id
    status = send(visit(getattr(cast, cell.who)), cell.posts, names)
    change = newest(database)
    if cell.becomes is NOTHING:
        assert (status, change.id) == (404, before)
        return
    assert status == (403 if cell.becomes is REFUSED else 303)
    assert change.id > before
    assert (change.outcome, change.person_is_told) == (cell.becomes, cell.is_told)


OWN_PAGES = ("/me/", "/help/ask")
"""Everybody has these, about themselves and nobody else."""
OF_HER_PLAN = [cell for cell in CELLS if not cell.posts[-1][0].startswith(OWN_PAGES)]


@pytest.mark.parametrize("cell", OF_HER_PLAN, ids=lambda cell: f"{cell.kind}-{cell.who}")
def test_those_who_see_nothing_change_nothing(
    cell: Cell, visit: Visit, cast: Cast, names: dict[str, object], database: Database
) -> None:
    before = newest(database).id
    for stranger in (cast.mia, cast.emil, cast.olga, cast.ben, cast.dan):
        assert send(visit(stranger), cell.posts[-1:], names) == 404
    assert newest(database).id == before
