"""What a rule or a funder asks for: the coach adds and checks it, the person says what they think.

Whatever the coach does here has a reason, and the reason is the name of the rule.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.domain import things
from webapp.domain.access import is_visible
from webapp.domain.effects import Effect
from webapp.domain.errors import NotFound, RuleBroken
from webapp.domain.things import Watching
from webapp.models.change import Change
from webapp.models.follow_up import FollowUp, FollowUpComment
from webapp.models.person import Person
from webapp.models.text import BilingualText


def add(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Add something that must be done; the reason of the change names the rule that asks for it.

    Raises RuleBroken ("needs_reason") without a rule, ("title_missing") without a title.
    """
    title = BilingualText.from_json(change.wanted["title"])
    if not change.why:
        raise RuleBroken("needs_reason")
    if not title:
        raise RuleBroken("title_missing")
    step = FollowUp(
        participant_id=participant.id, title=title, rule=change.why, change_id=change.id
    )
    session.add(step)
    session.flush()
    watching = Watching()
    watching.added(step)
    return watching.effect()


def check(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Check a step off, or take that back. The reason is the rule, in the words that it has.

    Raises RuleBroken ("is_done") where it is checked already, ("nothing_to_undo") where it is not.
    """
    step = _get(session, participant, change.wanted["follow_up"])
    is_checked = bool(change.wanted["checked"])
    if is_checked is (step.checked_at is not None):
        raise RuleBroken("is_done" if is_checked else "nothing_to_undo")
    watching = Watching(step)
    change.why = step.rule
    step.checked_at = now if is_checked else None
    step.checked_by_id = change.actor_id if is_checked else None
    return watching.effect()


def comment(session: Session, change: Change, participant: Person, now: datetime) -> Effect:
    """Keep what the person says of a step. Raises RuleBroken ("sentence_missing")."""
    step = _get(session, participant, change.wanted["follow_up"])
    sentence = change.wanted["sentence"].strip()
    if not sentence:
        raise RuleBroken("sentence_missing")
    session.add(
        FollowUpComment(
            follow_up_id=step.id, author_id=change.actor_id, sentence=sentence, written_at=now
        )
    )
    named, values = things.name(step), things.look(step) or {}
    said = {participant.language.value: sentence}
    return Effect({named: {**values, "said": None}}, {named: {**values, "said": said}})


def steps_for(session: Session, participant: Person) -> Sequence[FollowUp]:
    """Return what must be done, in the order in which it came, with all that was said of it."""
    return session.scalars(
        _steps_of(participant)
        .order_by(FollowUp.id)
        .options(joinedload(FollowUp.checked_by), selectinload(FollowUp.comments))
    ).all()


def has_steps(session: Session, participant: Person) -> bool:
    """Say whether anything must be done."""
    return session.scalars(_steps_of(participant).limit(1)).first() is not None


def get_step(
    session: Session, actor: Person, follow_up_id: int, now: datetime
) -> tuple[FollowUp, Person]:
    """Return a step and the participant whose it is, if `actor` may see that plan.

    Raises NotFound to everybody else.
    """
    found = session.execute(
        select(FollowUp, Person)
        .join(Person, Person.id == FollowUp.participant_id)
        .where(FollowUp.id == follow_up_id, FollowUp.removed_at.is_(None), is_visible(actor, now))
    ).one_or_none()
    if found is None:
        raise NotFound
    step, owner = found
    return step, owner


def _steps_of(participant: Person) -> Select[FollowUp]:
    return select(FollowUp).where(
        FollowUp.participant_id == participant.id, FollowUp.removed_at.is_(None)
    )


def _get(session: Session, participant: Person, follow_up_id: Any) -> FollowUp:
    found = session.scalars(_steps_of(participant).where(FollowUp.id == follow_up_id))
    step = found.one_or_none()
    if step is None:
        raise NotFound
    return step
