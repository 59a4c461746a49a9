"""My goals: what the person wants, and what could lead there."""

from flask import Blueprint, render_template

from webapp.domain.goals import goals_for
from webapp.web import database
from webapp.web.who import participant

bp = Blueprint("goals", __name__)


@bp.get("/goals")
@bp.get("/people/<int:person_id>/goals")
def show(person_id: int | None = None) -> str:
    """Show the participant's goals."""
    return render_template("goals.html", goals=goals_for(database.session(), participant()))
