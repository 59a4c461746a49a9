"""What people said to each other, in their own words: a phone keeps it for 7 days (H19)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.kept import kept
from tests.visitor import Visitor
from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.person import Person
from webapp.models.plan import NextStep, Task

Visit = Callable[..., Visitor]
WHY = "You were late twice."
OLD = "You need a network to read this."


def word(said: str) -> dict[str, object]:
    return {"pictures": ["tired"], "sentence": {"en": said}}


@pytest.fixture
def step(session: Session, cast: Cast) -> NextStep:
    """Give Ada a next step that can go wrong."""
    return factories.tried_step(session, cast.ada)


Say = Callable[[str, Person, dict[str, object]], None]


@pytest.fixture(params=[6, 8], ids=["lately", "long ago"])
def days(request: pytest.FixtureRequest) -> int:
    """Give how many days ago it was said."""
    return int(request.param)


@pytest.fixture
def say(session: Session, cast: Cast, now: datetime, days: int) -> Say:
    """Give a function with which somebody asks for a change of Ada's plan, and says why."""

    def ask(verb: str, actor: Person, wanted: dict[str, object]) -> None:
        asked = Asked(f"said-{actor.id}-{verb}", verb, wanted, why=factories.text(WHY))
        changes.make(session, actor, cast.ada, asked, now - timedelta(days=days))
        session.commit()

    return ask


def test_why_something_was_changed(
    visit: Visit, cast: Cast, sweep: Task, say: Say, days: int
) -> None:
    say("task.explain", cast.cora, {"task": sweep.id, "place": {"en": "In the yard."}})
    page = kept(visit(cast.ada)).page("/choices")
    assert "In the yard." in page
    assert (WHY in page, OLD in page) == (days < 7, days > 7)
    assert WHY in visit(cast.ada).get("/choices").text


def test_why_something_is_proposed(visit: Visit, cast: Cast, say: Say, days: int) -> None:
    say("goal.add", cast.cora, {"title": {"en": "I cook alone."}})
    page = kept(visit(cast.ada)).page("/choices")
    assert "I cook alone." in page
    assert (WHY in page, OLD in page) == (days < 7, days > 7)
    of_ada = f"/people/{cast.ada.id}/choices"
    assert (WHY in kept(visit(cast.cora)).page(of_ada)) == (days < 7)
    assert WHY in visit(cast.cora).get(of_ada).text


def test_what_somebody_thinks_of_a_step(
    visit: Visit, cast: Cast, step: NextStep, say: Say, days: int
) -> None:
    parts = {part: word(f"The coach on {part}.") for part in ("wrong", "helps", "well")}
    parts["helps"]["pictures"] = parts["well"]["pictures"] = []
    say("risk.view", cast.cora, {"next_step": step.id, "feeling": None, **parts})
    own = {part: {"pictures": [], "sentence": {"en": "I like it."}} for part in parts}
    say("risk.view", cast.ada, {"next_step": step.id, "feeling": 4, **own})
    page = kept(visit(cast.ada)).page(f"/next-steps/{step.id}/try")
    assert ("The coach on wrong." in page) == (days < 7)
    assert "Get tired" in page
    assert "I like it." in page
