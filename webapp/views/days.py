"""My days: a line of time for each day, a week for the wall, and a month."""

from datetime import date, timedelta

from flask import Blueprint, render_template

from webapp.domain import calendars, timeline
from webapp.domain.days import days_for
from webapp.domain.repeats import today_in, wall_clock
from webapp.web import database
from webapp.web.who import is_kept, now, participant

DAYS_SHOWN = 7

bp = Blueprint("days", __name__)


@bp.get("/days")
@bp.get("/days/<day:day>")
@bp.get("/people/<int:person_id>/days")
@bp.get("/people/<int:person_id>/days/<day:day>")
def show(day: date | None = None, person_id: int | None = None) -> str:
    """Show 7 days from the chosen one; from today where none is chosen."""
    today, clock = wall_clock(now(), participant().time_zone)
    first = calendars.get_day(day or today)
    last = first + timedelta(days=DAYS_SHOWN - 1)
    days = days_for(database.session(), participant(), first, last)
    lines = timeline.lines(days, None if is_kept() else today, clock)
    return render_template(
        "days.html",
        lines=lines,
        whole=timeline.longest_minutes(lines),
        week=calendars.week_of(first, participant().region),
        first=first,
        today=today,
        turn=timedelta(days=DAYS_SHOWN),
    )


@bp.get("/days/week/<day:day>")
@bp.get("/people/<int:person_id>/days/week/<day:day>")
def week(day: date, person_id: int | None = None) -> str:
    """Show the week of a day on one sheet, to be printed."""
    first, *_between, last = calendars.week_of(calendars.get_day(day), participant().region)
    days = days_for(database.session(), participant(), first, last)
    return render_template("week.html", days=days, density=calendars.density(days))


@bp.get("/days/month/<month:month>")
@bp.get("/people/<int:person_id>/days/month/<month:month>")
def month(month: date, person_id: int | None = None) -> str:
    """Show a month: how many things stand on each day."""
    first, last = calendars.get_day(month), calendars.last_of_month(month)
    days = days_for(database.session(), participant(), first, last)
    return render_template(
        "month.html",
        weeks=calendars.month(days, participant().region),
        names=calendars.week_of(first, participant().region),
        first=first,
        before=calendars.month_before(first),
        after=calendars.month_after(first),
        today=today_in(participant().time_zone, now()),
    )
