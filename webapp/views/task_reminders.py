"""When a person is reminded of one task."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.access import get_task
from webapp.domain.reminder_settings import AS_ALL
from webapp.models.plan import Task
from webapp.web import database
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.reminder_options import current, moment_of, moment_words, task_moments
from webapp.web.reminder_words import keep_choice
from webapp.web.replay import make
from webapp.web.who import actor, now, turn_to

bp = Blueprint("task_reminders", __name__, url_prefix="/tasks/<int:task_id>/remind")


@bp.get("")
def ask(task_id: int) -> str:
    """Ask the person when they want to be reminded of a task."""
    task = _load(task_id)
    chosen = moment_of(task.remind_on, task.remind_minutes_before, AS_ALL)
    return render_template(
        "task_remind.html",
        task=task,
        options=task_moments(current(actor(), "remind_all")),
        current=chosen,
        current_words="" if chosen == AS_ALL else moment_words(chosen),
        back_url=_back_url(task_id),
        send_url=url_for(".choose", task_id=task_id, day=_day()),
    )


@bp.post("")
def choose(task_id: int) -> Response:
    """Keep when the person is reminded of a task; who has no reminders is asked for them next."""
    _load(task_id)
    make("task.remind", actor(), task=task_id, when=request.form.get("value", ""))
    tell(_("This is kept."), "done")
    if not actor().reminders_on:
        keep_choice()
        return redirect(url_for("reminders.show"), 303)
    return redirect(_back_url(task_id), 303)


def _load(task_id: int) -> Task:
    """Return the actor's own task. Nobody else is asked here: they propose it."""
    task, owner = get_task(database.session(), actor(), task_id, now())
    if owner.id != actor().id:
        abort(404)
    turn_to(actor())
    return task


def _back_url(task_id: int) -> str:
    """Return the page of the task on the day from which the person came, or Today."""
    day = _day()
    return url_for("tasks.show", task_id=task_id, day=day) if day else url_for("today.show")


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
