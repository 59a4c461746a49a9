"""Every change that a plan knows: its verb, its row in the rights table, and what applies it."""

from typing import Any

from sqlalchemy.orm import Session

from webapp.domain import (
    accompaniment,
    answering_hours,
    follow_ups,
    goal_changes,
    help_requests,
    marks,
    next_step_changes,
    own_settings,
    pace_changes,
    reminder_settings,
    risks,
    task_changes,
    undoing,
)
from webapp.domain.effects import Verb
from webapp.domain.errors import RuleBroken
from webapp.domain.rights import Kind
from webapp.models.person import Person


def _kind_of_what_is_undone(session: Session, participant: Person, wanted: dict[str, Any]) -> Kind:
    """Taking back is a change of the same kind. Raises RuleBroken where it has another way."""
    target = undoing.get_change(session, participant, wanted["change"])
    verb = PLAN_VERBS.get(target.verb)
    if verb is None or not verb.can_undo:
        raise RuleBroken("nothing_to_undo")
    return verb.kind_of(session, participant, target.wanted)


def is_own_task(session: Session, participant: Person, wanted: dict[str, Any]) -> bool:
    """Say whether a change speaks of a task that the workplace has not fixed."""
    return not task_changes.get(session, participant, wanted["task"]).is_fixed_by_workplace


PLAN_VERBS: dict[str, Verb] = {
    "task.done": Verb(Kind.MARK, marks.mark_done),
    "task.undo": Verb(Kind.MARK, marks.take_back),
    "task.later": Verb(Kind.MARK, marks.mark_later),
    "task.not_today": Verb(Kind.MARK, marks.mark_not_today),
    "step.tick": Verb(Kind.MARK, marks.tick_step),
    "task.add": Verb(task_changes.kind_of_time, task_changes.add, can_undo=True),
    "task.move": Verb(task_changes.kind_of_time, task_changes.move, can_undo=True),
    "task.stop": Verb(task_changes.kind_of_time, task_changes.stop, can_undo=True),
    "task.explain": Verb(Kind.EXPLANATION, task_changes.explain, can_undo=True),
    "goal.add": Verb(Kind.GOAL, goal_changes.add, can_undo=True),
    "goal.change": Verb(Kind.GOAL, goal_changes.reword, can_undo=True),
    "goal.reach": Verb(Kind.GOAL, goal_changes.reach, can_undo=True),
    "goal.let_go": Verb(Kind.GOAL, goal_changes.let_go, can_undo=True),
    "goal.open_again": Verb(Kind.GOAL, goal_changes.open_again, can_undo=True),
    "next_step.add": Verb(Kind.NEXT_STEP_OPTION, next_step_changes.add, can_undo=True),
    "next_step.choose": Verb(
        next_step_changes.kind_of_choice, next_step_changes.choose, can_undo=True
    ),
    "next_step.later": Verb(Kind.NEXT_STEP_CHOICE, next_step_changes.put_off, can_undo=True),
    "next_step.not_this": Verb(Kind.NEXT_STEP_CHOICE, next_step_changes.leave_out, can_undo=True),
    "next_step.put_back": Verb(Kind.NEXT_STEP_CHOICE, next_step_changes.put_back, can_undo=True),
    "next_step.done": Verb(Kind.NEXT_STEP_CHOICE, next_step_changes.mark_done, can_undo=True),
    "pace.set": Verb(Kind.PACE, pace_changes.set_pace, can_undo=True),
    "accompaniment.stop": Verb(Kind.ACCOMPANIMENT, accompaniment.stop),
    "accompaniment.take_up": Verb(Kind.ACCOMPANIMENT, accompaniment.take_up),
    "settings.change": Verb(Kind.SETTINGS, own_settings.change_setting, can_undo=True),
    "task.remind": Verb(Kind.SETTINGS, reminder_settings.remind_of, can_undo=True),
    "help.ask": Verb(Kind.HELP_REQUEST, help_requests.ask_for_help),
    "help.seen": Verb(Kind.HELP_ANSWER, help_requests.mark_seen),
    "help.answer": Verb(Kind.HELP_ANSWER, help_requests.answer_request),
    "help.close": Verb(Kind.HELP_REQUEST, help_requests.close_request),
    "help.reopen": Verb(Kind.HELP_REQUEST, help_requests.reopen_request),
    "hours.set": Verb(Kind.SETTINGS, answering_hours.set_hours),
    "next_step.warn": Verb(risks.kind_of_warning, risks.warn, can_undo=True),
    "risk.view": Verb(Kind.VIEW_ON_RISK, risks.give_view),
    "risk.agree": Verb(Kind.RISKY_STEP, risks.agree, can_undo=True),
    "risk.decide": Verb(Kind.RISKY_STEP, risks.decide, can_undo=True),
    "risk.look_back": Verb(Kind.RISKY_STEP, risks.look_back, can_undo=True),
    "follow_up.add": Verb(Kind.FOLLOW_UP, follow_ups.add),
    "follow_up.check": Verb(Kind.FOLLOW_UP, follow_ups.check),
    "follow_up.comment": Verb(Kind.COMMENT_ON_FOLLOW_UP, follow_ups.comment),
    "change.undo": Verb(_kind_of_what_is_undone, undoing.undo, can_undo=True),
}
"""What can be asked of a plan, and proposed. What is said about changes stands in `changes`."""
