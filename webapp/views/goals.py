"""My goals: what the person wants, which step comes next, and what else could lead there."""

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from webapp.domain import access
from webapp.domain.errors import RuleBroken
from webapp.domain.goals import Way, goals_for, way_of
from webapp.web import database
from webapp.web.goal_pages import rights, tell_made
from webapp.web.i18n import gettext as _
from webapp.web.login import plan_url
from webapp.web.replay import make
from webapp.web.who import actor, now, participant, turn_to

bp = Blueprint("goals", __name__)


@bp.get("/goals")
@bp.get("/people/<int:person_id>/goals")
def show(person_id: int | None = None) -> str:
    """Show the participant's goals, each with the next step."""
    found = goals_for(database.session(), participant())
    ways = [way_of(goal, participant(), g.today) for goal in found]
    return render_template("goals.html", ways=ways, rights=rights())


@bp.get("/goals/<int:goal_id>")
def goal(goal_id: int) -> str:
    """Show a goal with all its steps, and what can be said of it."""
    return render_template("goal.html", way=_load(goal_id), rights=rights())


@bp.get("/goals/<int:goal_id>/choose")
def choose(goal_id: int) -> str:
    """Show the steps that could come next: one tap chooses."""
    way = _load(goal_id)
    if not way.is_open:
        raise RuleBroken("goal_not_open")
    return render_template("goal_choose.html", way=way, rights=rights())


@bp.post("/goals/<int:goal_id>/reach")
def reach(goal_id: int) -> Response:
    """Say that the goal is reached."""
    return _say("goal.reach", goal_id, _("You reached your goal."))


@bp.post("/goals/<int:goal_id>/let-go")
def let_go(goal_id: int) -> Response:
    """Say that the goal is let go."""
    return _say("goal.let_go", goal_id, _("You let this goal go."))


@bp.post("/goals/<int:goal_id>/open-again")
def open_again(goal_id: int) -> Response:
    """Take a goal up again."""
    return _say("goal.open_again", goal_id, _("You take this goal up again."))


def _load(goal_id: int) -> Way:
    """Return where a goal stands if the actor may see it, and turn the page to its plan."""
    found, owner = access.get_goal(database.session(), actor(), goal_id, now())
    turn_to(actor() if owner.id == actor().id else owner)
    return way_of(found, participant(), g.today)


def _say(verb: str, goal_id: int, sentence: str) -> Response:
    _load(goal_id)
    tell_made(make(verb, participant(), goal=goal_id), sentence)
    return redirect(plan_url("goals.show"), 303)
