"""Asks for changes of a step that can go wrong, for the tests of views and of look backs."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.change import Change, Outcome
from webapp.models.person import Person
from webapp.models.plan import NextStep
from webapp.models.risk import RiskPlan


def said(*pictures: str, sentence: str = "") -> dict[str, Any]:
    return {"pictures": list(pictures), "sentence": {"en": sentence} if sentence else {}}


class Door:
    """Asks for changes of Ada's step, each under a new id."""

    def __init__(self, session: Session, ada: Person, step: NextStep, now: datetime) -> None:
        self.session, self.ada, self.step, self.now = session, ada, step, now
        self.asked = 0

    def ask(self, actor: Person, verb: str, **wanted: Any) -> Outcome:
        self.asked += 1
        values = {"next_step": self.step.id, **wanted}
        asked = Asked(f"change-{self.asked}", verb, values)
        return changes.make(self.session, actor, self.ada, asked, self.now)

    def view(self, actor: Person, **wanted: Any) -> Outcome:
        values = {"well": said(), "wrong": said(), "helps": said(), "feeling": None, **wanted}
        return self.ask(actor, "risk.view", **values)

    def agree(self, actor: Person, **wanted: Any) -> Outcome:
        values = {"helps": {}, "who": None, "look_again_on": None, **wanted}
        return self.ask(actor, "risk.agree", **values)

    def decide(self, decision: str, actor: Person | None = None) -> Outcome:
        return self.ask(actor or self.ada, "risk.decide", decision=decision)

    def look_back(self, how: str = "again", feeling: int | None = 4) -> Outcome:
        return self.ask(self.ada, "risk.look_back", look_back=how, feeling=feeling)

    def undo(self) -> Outcome:
        last = self.session.scalars(select(Change.id).order_by(Change.id.desc())).first()
        asked = Asked(f"undo-{last}", "change.undo", {"change": last})
        return changes.make(self.session, self.ada, self.ada, asked, self.now)

    @property
    def plan(self) -> RiskPlan:
        return self.session.get_one(RiskPlan, self.step.id)
