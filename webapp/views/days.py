"""My days: the next 7 days."""

from datetime import timedelta

from flask import Blueprint, render_template

from webapp.domain.days import days_for
from webapp.domain.repeats import today_in
from webapp.web import database
from webapp.web.who import now, participant

DAYS_SHOWN = 7

bp = Blueprint("days", __name__)


@bp.get("/days")
@bp.get("/people/<int:person_id>/days")
def show(person_id: int | None = None) -> str:
    """Show today and the days after it."""
    first = today_in(participant().time_zone, now())
    last = first + timedelta(days=DAYS_SHOWN - 1)
    return render_template(
        "days.html", days=days_for(database.session(), participant(), first, last)
    )
