"""What a participant adds to their own plan or changes in it, question by question."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webapp.models.person import Role
from webapp.web.asking import ask
from webapp.web.doors import only

bp = Blueprint("adding", __name__)
bp.before_request(only(Role.PARTICIPANT))

BOTH = ["GET", "POST"]
CHANGES_OF_TASK = {"move", "stop", "explain"}


@bp.route("/goals/new", methods=BOTH)
def goal() -> ResponseReturnValue:
    """Add a goal."""
    return ask("goal.add", request.path, {})


@bp.route("/goals/<int:goal_id>/change", methods=BOTH)
def change_goal(goal_id: int) -> ResponseReturnValue:
    """Change the words of a goal, or its day."""
    return ask("goal.change", request.path, {"goal": goal_id})


@bp.route("/goals/<int:goal_id>/next-steps/new", methods=BOTH)
def next_step(goal_id: int) -> ResponseReturnValue:
    """Add a possible next step to a goal."""
    return ask("next_step.add", request.path, {"goal": goal_id})


@bp.route("/tasks/new", methods=BOTH)
def task() -> ResponseReturnValue:
    """Add a task."""
    return ask("task.add", request.path, {})


@bp.route("/tasks/<int:task_id>/change/<what>", methods=BOTH)
def change_task(task_id: int, what: str) -> ResponseReturnValue:
    """Move a task, stop it, or change the words that explain it."""
    if what not in CHANGES_OF_TASK:
        abort(404)
    return ask(f"task.{what}", request.path, {"task": task_id})
