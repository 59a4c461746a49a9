"""Today: what comes now, and the rest of the day."""

from flask import Blueprint, render_template

from webapp.domain import days
from webapp.web import database
from webapp.web.who import now, participant

bp = Blueprint("today", __name__)


@bp.get("/today")
@bp.get("/people/<int:person_id>/today")
def show(person_id: int | None = None) -> str:
    """Show the participant's day."""
    return render_template(
        "today.html", today=days.today_for(database.session(), participant(), now())
    )
