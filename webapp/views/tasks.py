"""A task on one day: its page, its steps, and what the person says of it."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import days
from webapp.domain.access import get_task, team_of
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.domain.later import later_choices
from webapp.domain.steps import steps_for
from webapp.forms.moment import read_moment
from webapp.models.plan import Task
from webapp.web import database
from webapp.web.addresses import came_from
from webapp.web.i18n import gettext as _
from webapp.web.login import plan_url
from webapp.web.notices import tell
from webapp.web.options import later_options, later_sentence
from webapp.web.reminder_words import task_words
from webapp.web.replay import make
from webapp.web.who import actor, is_kept, is_own, now, participant, turn_to

bp = Blueprint("tasks", __name__, url_prefix="/tasks/<int:task_id>/<day:day>")


@bp.get("")
def show(task_id: int, day: date) -> str:
    """Show a task with all its steps."""
    task = _load(task_id)
    session = database.session()
    occurrence = days.get_occurrence(session, task, day)
    return render_template(
        "task.html",
        occurrence=occurrence,
        reminder=task_words(occurrence),
        steps=steps_for(session, task, day),
        supporter=next(iter(team_of(session, participant(), now())), None),
    )


@bp.post("/done")
def done(task_id: int, day: date) -> Response:
    """Say that it is done."""
    return _mark("task.done", task_id, day, _("This is done."))


@bp.post("/not-today")
def not_today(task_id: int, day: date) -> Response:
    """Say that it is not for today."""
    return _mark("task.not_today", task_id, day, _("This is not for today."))


@bp.post("/undo")
def undo(task_id: int, day: date) -> Response:
    """Take back what was said last."""
    _make("task.undo", task_id, day)
    tell(_("Everything is as before."), "note")
    return redirect(came_from(plan_url("today.show")), 303)


@bp.get("/later")
def later(task_id: int, day: date) -> str:
    """Ask the person when it should come instead; nobody else, and not what cannot move."""
    occurrence = days.get_occurrence(database.session(), _load(task_id), day)
    if not is_own():
        raise NotAllowed
    if occurrence.fixed:
        raise RuleBroken("fixed_time")
    choices = later_choices(occurrence, participant(), now(), for_later=is_kept())
    return render_template("later.html", occurrence=occurrence, options=later_options(choices))


@bp.post("/later")
def move(task_id: int, day: date) -> Response:
    """Put it at another time, today or tomorrow."""
    moment = read_moment(request.form.get("choice", ""))
    if moment is None:
        abort(400)
    to_day, to_time = moment
    values = {"to_day": to_day.isoformat(), "to_time": to_time and f"{to_time:%H:%M}"}
    _make("task.later", task_id, day, **values)
    return _told(later_sentence(to_day, to_time), task_id, day)


@bp.post("/steps/<int:step_id>/tick")
def tick(task_id: int, day: date, step_id: int) -> Response:
    """Tick a step, or take the tick back."""
    _make("step.tick", task_id, day, step=step_id, ticked=request.form.get("ticked") == "1")
    return redirect(url_for(".show", task_id=task_id, day=day), 303)


def _load(task_id: int) -> Task:
    """Return the task if the actor may see it, and turn the page to its plan."""
    task, owner = get_task(database.session(), actor(), task_id, now())
    turn_to(actor() if owner.id == actor().id else owner)
    return task


def _make(verb: str, task_id: int, day: date, **values: Any) -> None:
    _load(task_id)
    make(verb, participant(), task=task_id, day=day.isoformat(), **values)


def _mark(verb: str, task_id: int, day: date, sentence: str) -> Response:
    """Say something of the occurrence, with the way to take it back, and return to today."""
    _make(verb, task_id, day)
    return _told(sentence, task_id, day)


def _told(sentence: str, task_id: int, day: date) -> Response:
    undo_url = url_for(".undo", task_id=task_id, day=day)
    tell(sentence, "done", undo_url=undo_url, subject=f"task-{task_id}-{day}")
    return redirect(plan_url("today.show"), 303)
