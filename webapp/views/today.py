"""Today: what comes now, and the rest of the day."""

from flask import Blueprint, render_template

from webapp.domain import days, paces, risks
from webapp.domain.reminder_settings import may_offer
from webapp.domain.waiting import find_waiting
from webapp.web import database
from webapp.web.day_plan import day_plan
from webapp.web.who import is_kept, is_own, now, participant

bp = Blueprint("today", __name__)


@bp.get("/today")
@bp.get("/people/<int:person_id>/today")
def show(person_id: int | None = None) -> str:
    """Show the participant's day."""
    session, whose = database.session(), participant()
    today = days.today_for(session, whose, now())
    pace = paces.find_now(whose, today.on)
    waiting = find_waiting(session, whose, today.on) if is_own() else None
    tries = risks.look_backs_due(session, whose, today.on) if waiting and waiting.look_backs else ()
    return render_template(
        "today.html",
        today=today,
        pace=pace,
        waiting=waiting,
        tries=tries,
        offers_reminders=is_own() and may_offer(whose, today.on),
        plan=day_plan(today, whose.time_zone) if is_kept() else None,
    )
