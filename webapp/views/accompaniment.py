"""My support: stopping the accompaniment, and taking it up again."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.domain import accompaniment
from webapp.models.person import Role
from webapp.web import database
from webapp.web.answering import helpers
from webapp.web.doors import only
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.replay import make
from webapp.web.who import actor, turn_to

bp = Blueprint("accompaniment", __name__, url_prefix="/me/support")

bp.before_request(only(Role.PARTICIPANT))
bp.before_request(lambda: turn_to(actor()))


@bp.get("")
def show() -> str:
    """Show who stands beside the person, or that they have stopped it."""
    is_stopped = accompaniment.is_stopped(database.session(), actor())
    return render_template("support.html", team=helpers(), is_stopped=is_stopped)


@bp.get("/stop")
def ask() -> str:
    """Say what stopping does, before it is done."""
    return render_template("support_stop.html")


@bp.post("/stop")
def stop() -> Response:
    """Stop the accompaniment."""
    make(accompaniment.STOP, actor())
    tell(_("Your support has stopped."), "done", undo_url=url_for(".take_up"))
    return redirect(url_for(".show"), 303)


@bp.post("/take-up")
def take_up() -> Response:
    """Take the accompaniment up again."""
    make(accompaniment.TAKE_UP, actor())
    tell(_("Your team is beside you again."), "done")
    return redirect(url_for(".show"), 303)
