"""A possible next step: its page, and what the person says of it. Nothing is ever forced."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from webapp.domain import access
from webapp.models.plan import NextStep
from webapp.web import database
from webapp.web.addresses import came_from
from webapp.web.goal_pages import rights, tell_made
from webapp.web.i18n import gettext as _
from webapp.web.login import plan_url
from webapp.web.replay import make
from webapp.web.who import actor, now, participant, turn_to

bp = Blueprint("next_steps", __name__, url_prefix="/next-steps/<int:next_step_id>")


@bp.get("")
def show(next_step_id: int) -> str:
    """Show a step and what can be said of it."""
    return render_template("next_step.html", step=_load(next_step_id), rights=rights())


@bp.post("/choose")
def choose(next_step_id: int) -> Response:
    """Make it the next step."""
    _say("next_step.choose", next_step_id, _("This is your next step."))
    return redirect(plan_url("goals.show"), 303)


@bp.post("/later")
def later(next_step_id: int) -> Response:
    """Put it off."""
    return _stay("next_step.later", next_step_id, _("You can choose this step later."))


@bp.post("/not-this")
def not_this(next_step_id: int) -> Response:
    """Leave it out."""
    return _stay("next_step.not_this", next_step_id, _("You leave this step out."))


@bp.post("/put-back")
def put_back(next_step_id: int) -> Response:
    """Make it a possible step again."""
    return _stay("next_step.put_back", next_step_id, _("You can choose this step again."))


@bp.post("/done")
def done(next_step_id: int) -> Response:
    """Say that it is done."""
    return _stay("next_step.done", next_step_id, _("This step is done."))


def _load(next_step_id: int) -> NextStep:
    """Return the step if the actor may see it, and turn the page to its plan."""
    step, owner = access.get_next_step(database.session(), actor(), next_step_id, now())
    turn_to(actor() if owner.id == actor().id else owner)
    return step


def _say(verb: str, next_step_id: int, sentence: str) -> None:
    _load(next_step_id)
    tell_made(make(verb, participant(), next_step=next_step_id), sentence)


def _stay(verb: str, next_step_id: int, sentence: str) -> Response:
    """Say something of a step, and return to the page on which it was said."""
    _say(verb, next_step_id, sentence)
    return redirect(came_from(plan_url("goals.show")), 303)
