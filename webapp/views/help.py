"""Help: who helps me, and how to reach them."""

from flask import Blueprint, render_template

from webapp.domain.access import team_of
from webapp.web import database
from webapp.web.who import now, participant

bp = Blueprint("help", __name__)


@bp.get("/help")
@bp.get("/people/<int:person_id>/help")
def show(person_id: int | None = None) -> str:
    """Show the people who stand beside the participant."""
    team = team_of(database.session(), participant(), now())
    return render_template("help.html", team=team)
