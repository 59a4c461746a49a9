"""A step that can go wrong, for the browser tests: two views, what helps, a day to look back."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.models.person import Person
from webapp.models.plan import Goal, NextStep

OFTEN = {
    "well": ["learn", "people", "work"],
    "wrong": ["tired", "crowd"],
    "helps": ["coach", "list"],
}
SENTENCE = {"fr": "Je veux y aller le matin.", "en": "I want to go in the morning."}


def tried_step(
    session: Session, person: Person, coach: Person, day: date, now: datetime
) -> tuple[int, int]:
    """Let a person try their first next step, with views, and look back on that day.

    Return it, and another step that nobody has marked.
    """
    step, other, *_ = session.scalars(
        select(NextStep)
        .join(Goal)
        .where(Goal.participant_id == person.id)
        .order_by(Goal.position, NextStep.position)
    )
    step.could_go_wrong = True
    view = {part: {"pictures": ideas, "sentence": {}} for part, ideas in OFTEN.items()}
    view["wrong"] = {"pictures": OFTEN["wrong"], "sentence": SENTENCE}  # type: ignore[dict-item]
    asked = [
        (person, "risk.view", {**view, "feeling": 4}),
        (coach, "risk.view", {**view, "feeling": None}),
        (
            person,
            "risk.agree",
            {"helps": SENTENCE, "who": coach.id, "look_again_on": day.isoformat()},
        ),
        (person, "risk.decide", {"decision": "try"}),
    ]
    for number, (actor, verb, wanted) in enumerate(asked):
        change = Asked(f"stage-risk-{number}-{person.id}", verb, {"next_step": step.id, **wanted})
        changes.make(session, actor, person, change, now)
    return step.id, other.id
