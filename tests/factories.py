"""Rows for tests, made by plain functions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from webapp.domain import changes, subscriptions
from webapp.domain.changes import Asked
from webapp.domain.subscriptions import Address
from webapp.models.change import Change, Outcome
from webapp.models.follow_up import FollowUp
from webapp.models.help import HelpReason, HelpRequest
from webapp.models.notice import PushSubscription
from webapp.models.person import Language, Person, Region, Role, Support
from webapp.models.plan import Goal, NextStep, NextStepState, Step, Task
from webapp.models.risk import Decision, RiskPlan
from webapp.models.sign_in import Device
from webapp.models.text import BilingualText

MONDAY = date(2026, 11, 23)


def person(session: Session, name: str, role: Role, now: datetime, **values: Any) -> Person:
    """Make a person who lives in Toronto and reads English, unless said otherwise."""
    settings = {
        "language": Language.EN,
        "region": Region.CA,
        "time_zone": "America/Toronto",
        "welcomed_at": now if role is Role.PARTICIPANT else None,
        **values,
    }
    made = Person(name=name, role=role, created_at=now, **settings)
    session.add(made)
    session.flush()
    return made


def support(
    session: Session, supporter: Person, participant: Person, now: datetime, **values: Any
) -> Support:
    """Put somebody beside a participant, since yesterday."""
    since = {"began_at": now - timedelta(days=1), **values}
    made = Support(participant_id=participant.id, supporter_id=supporter.id, **since)
    session.add(made)
    session.flush()
    return made


def cast(session: Session, now: datetime) -> Cast:
    """Make the cast and commit it."""
    people = Cast(
        ada=person(session, "Ada", Role.PARTICIPANT, now),
        cora=person(session, "Cora", Role.COACH, now, telephone="+1 506 555 0101"),
        ben=person(session, "Ben", Role.PARTICIPANT, now),
        dan=person(session, "Dan", Role.COACH, now),
        mia=person(session, "Mia", Role.MENTOR, now),
        emil=person(session, "Emil", Role.EMPLOYER, now),
        olga=person(session, "Olga", Role.ADMINISTRATOR, now),
    )
    support(session, people.cora, people.ada, now)
    support(session, people.mia, people.ada, now)
    support(session, people.emil, people.ada, now)
    support(session, people.dan, people.ben, now)
    session.commit()
    return people


def text(english: str, french: str | None = None) -> BilingualText:
    """Write a text, in one language or two."""
    return BilingualText(en=english, fr=french)


def task(session: Session, participant: Person, title: str = "Sweep", **values: Any) -> Task:
    """Make a task that comes every day from Monday, at 9:00, for 30 minutes."""
    said = {
        "position": 0,
        "description": BilingualText(),
        "place": BilingualText(),
        "picture": "broom",
        "starts_on": MONDAY,
        "at_time": time(9, 0),
        "duration_minutes": 30,
        "repeat_rule": "FREQ=DAILY",
        "is_fixed_by_workplace": False,
        **values,
    }
    made = Task(participant_id=participant.id, title=text(title), **said)
    session.add(made)
    session.flush()
    return made


def steps(session: Session, of_task: Task, *texts: str) -> list[Step]:
    """Give a task its steps."""
    made = [
        Step(task_id=of_task.id, position=number, text=text(words), picture="hand")
        for number, words in enumerate(texts)
    ]
    session.add_all(made)
    session.flush()
    return made


def goal(session: Session, participant: Person, title: str = "I keep my job.") -> Goal:
    """Make a goal with one next step."""
    step = NextStep(
        position=0, title=text("I try one day."), description=BilingualText(), picture="calendar"
    )
    made = Goal(
        participant_id=participant.id,
        position=0,
        title=text(title),
        why=text("I like it."),
        next_steps=[step],
    )
    session.add(made)
    session.flush()
    return made


def tried_step(session: Session, participant: Person) -> NextStep:
    """Make a next step that can go wrong and that the person has decided to try; commit it."""
    [made] = goal(session, participant).next_steps
    made.could_go_wrong, made.state = True, NextStepState.CHOSEN
    plan = RiskPlan(next_step_id=made.id, helps=BilingualText(), decision=Decision.TRY)
    session.add(plan)
    session.commit()
    return made


def help_request(
    session: Session, participant: Person, now: datetime, **values: Any
) -> HelpRequest:
    """Make a call for help to the whole team, unless said otherwise."""
    change = _change(session, participant, "help.ask", now)
    said = {"about": HelpReason.UNWELL, "asked_at": now, **values}
    made = HelpRequest(participant_id=participant.id, change_id=change.id, **said)
    session.add(made)
    session.flush()
    return made


def subscription(session: Session, device: Device, now: datetime) -> PushSubscription:
    """Let a device get messages."""
    address = Address(f"https://fcm.googleapis.com/fcm/send/{device.id}", "point", "auth", "key")
    return subscriptions.save(session, device, address, now)


def follow_up(session: Session, participant: Person, now: datetime) -> FollowUp:
    """Make something that must be done."""
    made = FollowUp(
        participant_id=participant.id,
        title=text("Sign the paper"),
        rule=text("The rule of the town"),
        change_id=_change(session, participant, "follow_up.add", now).id,
    )
    session.add(made)
    session.flush()
    return made


def _change(session: Session, participant: Person, verb: str, now: datetime) -> Change:
    made = Change(
        participant_id=participant.id,
        actor_id=participant.id,
        verb=verb,
        wanted={},
        outcome=Outcome.APPLIED,
        made_at=now,
        why=BilingualText(),
    )
    session.add(made)
    session.flush()
    return made


def proposed(session: Session, coach: Person, participant: Person, now: datetime) -> Change:
    """Let a coach propose a goal to a participant, as the first one that they propose."""
    asked = Asked("proposed", "goal.add", {"title": {"en": "I cook alone."}})
    changes.make(session, coach, participant, asked, now)
    return session.scalars(select(Change).where(Change.verb == "goal.add")).one()
