"""A plan with something of everything in it, so that each page of the person has much to show."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tests import factories
from tests.cast import Cast
from tests.conftest import SECRET_KEY
from tests.domain.proposing import ON_TUESDAY, Table
from tests.views.route_table import WORDS
from webapp.domain import changes, feeds, sessions, tries
from webapp.domain.changes import Asked
from webapp.models.help import HelpReason
from webapp.models.person import Pace
from webapp.models.plan import GoalState, NextStepState
from webapp.models.sign_in import DeviceKind
from webapp.models.text import BilingualText
from webapp.web.kept_addresses import OWN_VIEW, REMINDER_QUESTIONS

WHY = BilingualText(en="The bus is late.")
SETTINGS = ("language", "region", "text-size", "theme", "voice-speed", "time-zone")

Names = dict[str, list[object]]
"""What the parts of addresses may be."""


@dataclass(frozen=True)
class World:
    """Where it is put."""

    session: Session
    cast: Cast
    now: datetime


def whole_plan(world: World) -> Names:
    """Give Ada something of everything, and return what addresses may call it."""
    words: Names = {name: [value] for name, value in WORDS.items()}
    questions = {"name": SETTINGS, "question": REMINDER_QUESTIONS, "part": OWN_VIEW}
    days: Names = {"day": [factories.MONDAY], "pace": [*Pace]}
    days["reason"] = [reason.replace("_", "-") for reason in HelpReason]
    named = {name: list(values) for name, values in questions.items()}
    parts = (_tasks(world), _ways(world), _from_others(world), _ways_of_reminding(world))
    found = {name: values for part in parts for name, values in part.items()}
    world.session.commit()
    return {**words, **named, **days, **found}


def _tasks(world: World) -> Names:
    session, ada = world.session, world.cast.ada
    tasks = [factories.task(session, ada, title) for title in ("Open", "Done", "Away")]
    steps = factories.steps(session, tasks[0], "I take the broom.", "I sweep.")
    table, day = Table(session, world.cast, world.now), factories.MONDAY.isoformat()
    table.ask(ada, "task.done", "ada-done", task=tasks[1].id, day=day)
    table.ask(ada, "task.not_today", "ada-away", task=tasks[2].id, day=day)
    ticked = {"step": steps[0].id, "ticked": True}
    table.ask(ada, "step.tick", "ada-tick", task=tasks[0].id, day=day, **ticked)
    return {"task_id": [each.id for each in tasks], "step_id": [each.id for each in steps]}


def _ways(world: World) -> Names:
    """Make next steps in each state, one that can go wrong, and goals that are over."""
    session, ada = world.session, world.cast.ada
    steps = [factories.tried_step(session, ada)]
    for state in NextStepState:
        [step] = factories.goal(session, ada).next_steps
        step.state = state
        steps.append(step)
    over = [factories.goal(session, ada) for _state in (GoalState.REACHED, GoalState.LET_GO)]
    over[0].state, over[1].state = GoalState.REACHED, GoalState.LET_GO
    goals = [*(step.goal for step in steps), *over]
    reached = {"goal": steps[0].goal_id}
    Table(session, world.cast, world.now).ask(ada, "goal.reach", "ada-reaches", **reached)
    return {
        "goal_id": [each.id for each in goals],
        "next_step_id": [each.id for each in steps],
    }


def _from_others(world: World) -> Names:
    """Let Cora propose one thing, and a list; let her tell of a change, and be asked for help."""
    session, cast, now = world.session, world.cast, world.now
    table = Table(session, cast, now)
    fixed = factories.task(session, cast.ada, "Meet", is_fixed_by_workplace=True)
    moved = Asked("cora-told", "task.move", {"task": fixed.id, **ON_TUESDAY}, WHY)
    changes.make(session, cast.cora, cast.ada, moved, now)
    one = table.propose("goal.add", title={"en": "I cook."})
    several = [table.propose("goal.add", together=True, title={"en": "I ride."}) for _ in range(2)]
    proposal = several[0].proposal_id
    table.ask(cast.cora, "proposal.send", "cora-sends", proposal=proposal)
    calls = [factories.help_request(session, cast.ada, now) for _number in range(2)]
    calls[1].closed_at = now
    return {
        "person_id": [cast.ada.id],
        "proposal_id": [one.proposal_id, proposal],
        "change_id": [one.id, *(each.id for each in several)],
        "request_id": [each.id for each in calls],
        "follow_up_id": [factories.follow_up(session, cast.ada, now).id],
    }


def _ways_of_reminding(world: World) -> Names:
    session, ada, now = world.session, world.cast.ada, world.now
    device, _token = sessions.begin(session, ada, DeviceKind.TABLET, now)
    subscription = factories.subscription(session, device.device, now)
    tried = tries.begin(session, ada, device.device_id, now)
    feeds.make(session, ada, key=SECRET_KEY, now=now)
    ada.reminders_on = True
    return {
        "device_id": [device.device_id],
        "subscription_id": [subscription.id],
        "notice_id": [tried.id],
    }
