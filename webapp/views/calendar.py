"""My phone's calendar: a person makes a secret address for it, says what it shows, and stops it."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import feeds
from webapp.models.person import Role
from webapp.web import database
from webapp.web.doors import only
from webapp.web.guessing import key
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.options import Option
from webapp.web.who import actor, now

NEUTRAL, TITLES = "neutral", "titles"

bp = Blueprint("calendar", __name__, url_prefix="/me/reminders/calendar")
bp.before_request(only(Role.PARTICIPANT))


@bp.get("")
def show() -> str:
    """Say what a calendar address is for, or show the one that there is."""
    feed = feeds.find(database.session(), actor())
    if feed is None:
        return render_template("calendar.html", address="")
    path = url_for("calendar_feed.show", secret=feeds.token(feed, key()))
    address = current_app.config["PUBLIC_URL"] + path
    webcal = f"webcal:{address.partition(':')[2]}"
    shown = next(each for each in _options() if each.value == _current(feed.shows_titles))
    return render_template("calendar.html", address=address, webcal=webcal, shown=shown)


@bp.post("")
def make() -> Response:
    """Make an address; the one before opens nothing any more."""
    feeds.make(database.session(), actor(), key=key(), now=now())
    return redirect(url_for(".show"), 303)


@bp.route("/titles", methods=["GET", "POST"])
def titles() -> str | Response:
    """Ask what the calendar shows of each task, and keep the answer."""
    feed = feeds.find(database.session(), actor())
    if feed is None:
        abort(404)
    if request.method == "GET":
        current = _current(feed.shows_titles)
        return render_template("calendar_titles.html", options=_options(), current=current)
    value = request.form.get("value")
    if value not in (NEUTRAL, TITLES):
        abort(400)
    feeds.show_titles(database.session(), actor(), value == TITLES, now())
    return redirect(url_for(".show"), 303)


def _current(shows_titles: bool) -> str:
    return TITLES if shows_titles else NEUTRAL


def _options() -> list[Option]:
    return [
        Option(NEUTRAL, _("Only the word “Reminder”"), "lock"),
        Option(TITLES, _("The names of my tasks"), "list"),
    ]


@bp.route("/stop", methods=["GET", "POST"])
def stop() -> str | Response:
    """Ask first, then let the address open nothing any more."""
    if request.method == "GET":
        return render_template("calendar_stop.html")
    feeds.revoke(database.session(), actor())
    tell(_("The address is stopped."), "done")
    return redirect(url_for(".show"), 303)
