"""What of a plan a phone keeps for when there is no network: the days ahead, and what is open.

Never what is old: who finds a phone shall not read what was once said (standards, H19).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.days import Day, days_for
from webapp.domain.goals import goals_for
from webapp.domain.help_lists import requests_for
from webapp.domain.repeats import today_in
from webapp.domain.seen import Sheet, sheets_waiting
from webapp.models.change import Change
from webapp.models.draft import Draft
from webapp.models.help import HelpRequest
from webapp.models.person import Person, Support
from webapp.models.photo import Photo
from webapp.models.plan import Goal, NextStep
from webapp.models.risk import Decision, RiskPlan

DAYS_KEPT = 8
"""Today and the 7 days after."""
OLD_AFTER = timedelta(days=7)
"""So long what people say to each other is kept on a phone."""

NOT_SHOWN = {"password_hash", "planned_until", "plan_clock"}
"""What a row of a person holds that no page shows; what they choose is counted by its change."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What of an own plan is kept. `tried` are the next steps that the person decided to try."""

    days: Sequence[Day]
    goals: Sequence[Goal]
    sheets: Sequence[Sheet]
    calls: Sequence[HelpRequest]
    tried: set[int]


def is_old(instant: datetime, now: datetime) -> bool:
    """Say whether something was said too long ago to be kept on a phone."""
    return now - instant > OLD_AFTER


def what_lies_ahead(session: Session, participant: Person, now: datetime) -> Ahead:
    """Return what a phone keeps of the participant's own plan, with few statements."""
    today = today_in(participant.time_zone, now)
    calls = requests_for(session, participant)
    return Ahead(
        days=days_for(session, participant, today, today + timedelta(days=DAYS_KEPT - 1)),
        goals=goals_for(session, participant),
        sheets=sheets_waiting(session, participant, today),
        calls=[each for each in calls if each.closed_at is None],
        tried=_tried(session, participant),
    )


def _tried(session: Session, participant: Person) -> set[int]:
    own = (
        select(RiskPlan.next_step_id)
        .join(NextStep, NextStep.id == RiskPlan.next_step_id)
        .join(Goal, Goal.id == NextStep.goal_id)
        .where(Goal.participant_id == participant.id, RiskPlan.decision == Decision.TRY)
    )
    return set(session.scalars(own))


def versions(
    session: Session, reader: Person, plans: Sequence[Person], now: datetime
) -> list[object]:
    """Return what changes whenever something changes that these plans show to the reader.

    That is: all that was asked for, who stands beside whom, what they say of themselves, and what
    the reader has begun to write.
    """
    ids = [each.id for each in plans]
    teams = session.execute(
        select(Support.participant_id, Person)
        .join(Person, Person.id == Support.supporter_id)
        .where(Support.participant_id.in_(ids), Support.began_at <= now)
        .where(Support.ended_at.is_(None) | (Support.ended_at > now))
        .order_by(Support.participant_id, Person.id)
    ).all()
    people = {each.id: each for each in (reader, *plans, *(person for _, person in teams))}
    return [
        [(number, person.id) for number, person in teams],
        [_columns(each) for _number, each in sorted(people.items())],
        _photos(session, people),
        _changes(session, ids),
        _drafts(session, reader),
    ]


def _columns(person: Person) -> list[object]:
    names = (column.key for column in Person.__table__.columns if column.key not in NOT_SHOWN)
    return [(name, str(getattr(person, name))) for name in names]


def _photos(session: Session, people: Iterable[int]) -> list[object]:
    shown = select(Photo.person_id, Photo.changed_at).where(Photo.person_id.in_(list(people)))
    return [(number, f"{at}") for number, at in session.execute(shown.order_by(Photo.person_id))]


def _changes(session: Session, plans: Sequence[int]) -> list[object]:
    newest = (
        select(Change.participant_id, func.max(Change.id))
        .where(Change.participant_id.in_(plans))
        .group_by(Change.participant_id)
        .order_by(Change.participant_id)
    )
    return [tuple(row) for row in session.execute(newest)]


def _drafts(session: Session, reader: Person) -> list[object]:
    begun = select(Draft.form, Draft.changed_at).where(Draft.owner_id == reader.id)
    return [(form, f"{at}") for form, at in session.execute(begun.order_by(Draft.form))]
