"""What was said earlier, on another phone, and came later: everybody can read what became of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.domain.phones import Phone
from tests.visitor import Visitor
from webapp.domain.subjects import ABOUT
from webapp.models.change import Outcome
from webapp.models.person import Language
from webapp.models.plan import Goal

Visit = Callable[..., Visitor]
Wanted = Callable[[dict[str, Any]], dict[str, Any]]

DAY = factories.MONDAY.isoformat()
PART: dict[str, Any] = {"pictures": [], "sentence": {}}
WORDS = "You said this earlier on another phone. What you said later counts."

WANTED: dict[str, Wanted] = {
    "task.done": lambda ids: {"task": ids["task"], "day": DAY},
    "task.undo": lambda ids: {"task": ids["task"], "day": DAY},
    "task.later": lambda ids: {"task": ids["task"], "day": DAY, "to_day": DAY, "to_time": None},
    "task.not_today": lambda ids: {"task": ids["task"], "day": DAY},
    "task.remind": lambda ids: {"task": ids["task"], "when": "10"},
    "step.tick": lambda ids: {"task": ids["task"], "day": DAY, "step": ids["step"], "ticked": True},
    "goal.reach": lambda ids: {"goal": ids["goal"]},
    "goal.let_go": lambda ids: {"goal": ids["other"]},
    "goal.open_again": lambda ids: {"goal": ids["goal"]},
    "next_step.choose": lambda ids: {"next_step": ids["next_step"]},
    "next_step.later": lambda ids: {"next_step": ids["next_step"]},
    "next_step.not_this": lambda ids: {"next_step": ids["next_step"]},
    "next_step.put_back": lambda ids: {"next_step": ids["next_step"]},
    "next_step.warn": lambda ids: {"next_step": ids["next_step"], "could_go_wrong": True},
    "risk.view": lambda ids: {
        "next_step": ids["next_step"],
        "well": PART,
        "wrong": PART,
        "helps": PART,
        "feeling": 3,
    },
    "risk.agree": lambda ids: {
        "next_step": ids["next_step"],
        "helps": {},
        "who": None,
        "look_again_on": None,
    },
    "risk.decide": lambda ids: {"next_step": ids["next_step"], "decision": "try"},
    "risk.look_back": lambda ids: {
        "next_step": ids["next_step"],
        "feeling": 3,
        "look_back": "again",
    },
    "next_step.done": lambda ids: {"next_step": ids["next_step"]},
    "pace.set": lambda _ids: {"pace": "slower", "until": None},
    "settings.change": lambda _ids: {"setting": "theme", "value": "dark"},
    "accompaniment.stop": lambda _ids: {},
    "accompaniment.take_up": lambda _ids: {},
    "help.close": lambda ids: {"request": ids["request"]},
    "help.reopen": lambda ids: {"request": ids["request"]},
    "proposal.answer": lambda ids: {
        "changes": [ids["change"]],
        "answer": "yes",
        "until": None,
        "seen": None,
    },
    "change.undo": lambda ids: {"change": ids["undone"]},
}
"""One change for each verb on which the person has a last word, in an order that makes sense."""

OF_STAFF = {"hours.set"}
"""What has no plan, and no page that would tell of it."""


@pytest.fixture
def ids(session: Session, cast: Cast, goal: Goal, now: datetime) -> dict[str, Any]:
    """Give the numbers of what there is of Ada's."""
    task = factories.task(session, cast.ada)
    [step] = factories.steps(session, task, "I sweep.")
    phone = Phone(session, cast.ada, cast.ada, now, 1)
    phone.says("settings.change", 1, setting="text_size", value=24)
    change = factories.proposed(session, cast.cora, cast.ada, now)
    return {
        "task": task.id,
        "step": step.id,
        "goal": goal.id,
        "other": factories.goal(session, cast.ada, "I cook.").id,
        "next_step": factories.tried_step(session, cast.ada).id,
        "request": factories.help_request(session, cast.ada, now).id,
        "change": change.id,
        "undone": change.id - 1,
    }


def test_every_word_has_a_test() -> None:
    assert set(WANTED) == set(ABOUT) - OF_STAFF


def test_everybody_can_read_what_became_of_it(
    visit: Visit, session: Session, cast: Cast, now: datetime, ids: dict[str, Any]
) -> None:
    later, late = (Phone(session, cast.ada, cast.ada, now, device) for device in (1, 2))
    for clock, verb in enumerate(WANTED, start=100):
        wanted = WANTED[verb](ids)
        assert later.says(verb, clock, **wanted) is Outcome.APPLIED, verb
        assert late.says(verb, clock - 99, **wanted) is Outcome.OVERTAKEN, verb
    session.commit()
    ada = visit(cast.ada)
    first = ada.get("/changes")
    assert first.words.count(WORDS) > 1
    older = next(link for link in first.links if "before=" in link)
    assert ada.get(older).words.count(WORDS) > 1
    told = visit(cast.cora).get(f"/people/{cast.ada.id}/changes")
    assert "Ada said something else later." in told.words
    assert WORDS not in told.words


def test_it_is_told_in_french_too(
    visit: Visit, session: Session, cast: Cast, now: datetime, ids: dict[str, Any]
) -> None:
    cast.ada.language = Language.FR
    for device in (1, 2):
        phone = Phone(session, cast.ada, cast.ada, now, device)
        phone.says("pace.set", 9 - device, pace="slower", until=None)
    session.commit()
    assert "C'est votre dernière réponse qui compte." in visit(cast.ada).get("/changes").words
