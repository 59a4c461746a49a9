"""My reminders: whether they come, when, and what a phone shows; staff: their messages."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import reminder_settings, subscriptions
from webapp.domain.reminder_settings import CHOSEN_ONLY
from webapp.web import database
from webapp.web.i18n import gettext as _
from webapp.web.login import start_url
from webapp.web.notices import tell
from webapp.web.pushing import pushing
from webapp.web.reminder_options import current, current_words
from webapp.web.reminder_options import reminder_settings as questions
from webapp.web.reminder_words import forget_choice, here, phone_lines, which
from webapp.web.replay import make
from webapp.web.who import actor

bp = Blueprint("reminders", __name__, url_prefix="/me/reminders")

QUESTIONS = {
    "when": "remind_all",
    "quiet": "quiet_hours",
    "most": "reminders_a_day",
    "again": "reminds_again",
    "lock-screen": "lock_screen",
}
"""The last word of an address, and the setting that is asked there."""

OF_EVERYBODY = {"quiet", "lock-screen"}
"""What also concerns those who have no tasks."""


@bp.get("")
def show() -> str:
    """Show whether reminders come, and the ways to change it; or ask whether they shall."""
    lines = phone_lines(subscriptions.find_for(database.session(), actor()))
    return render_template(
        "reminders.html",
        phones=lines,
        **here(lines),
        questions={name: questions()[QUESTIONS[name]] for name in _asked()},
        values={name: current_words(actor(), QUESTIONS[name]) for name in _asked()},
        by_mail=pushing().by_mail,
        has_chosen=which() == CHOSEN_ONLY,
    )


def _asked() -> list[str]:
    """Return what concerns the actor, in its order."""
    return [each for each in QUESTIONS if actor().is_participant or each in OF_EVERYBODY]


@bp.post("/on")
def turn_on() -> Response:
    """Turn reminders on. Where they then go is asked on the page that follows."""
    _set("reminders_on", which())
    return redirect(url_for(".show"), 303)


@bp.post("/not-now")
def put_off() -> Response:
    """Keep "not now": no other page offers reminders for 30 days."""
    reminder_settings.put_off(actor(), g.today)
    forget_choice()
    tell(_("We do not ask again for 30 days."), "done")
    return redirect(start_url(actor()), 303)


@bp.post("/pause")
def pause() -> Response:
    """Let nothing come until the person takes it up again."""
    _set("reminders_paused", "yes")
    tell(_("Everything is on pause."), "done", undo_url=url_for(".take_up"))
    return redirect(url_for(".show"), 303)


@bp.post("/take-up")
def take_up() -> Response:
    """End the pause."""
    _set("reminders_paused", "no")
    return redirect(url_for(".show"), 303)


@bp.route("/stop", methods=["GET", "POST"])
def stop() -> str | Response:
    """Ask first, then let no reminders come any more, on no phone."""
    if request.method == "GET":
        return render_template("reminders_stop.html")
    _set("reminders_on", "no")
    tell(_("They are off now."), "done")
    return redirect(url_for(".show"), 303)


@bp.route("/<question>", methods=["GET", "POST"])
def choose(question: str) -> str | Response:
    """Ask one question about reminders, and keep the answer."""
    if question not in _asked():
        abort(404)
    name = QUESTIONS[question]
    if request.method == "POST":
        _set(name, request.form.get("value", ""))
        tell(_("This is changed."), "done")
        return redirect(url_for(".show"), 303)
    now_words = current_words(actor(), name)
    return render_template(
        "reminder_setting.html",
        setting=questions()[name],
        current=current(actor(), name),
        current_words=now_words,
    )


def _set(name: str, value: str) -> None:
    make("settings.change", actor(), setting=name, value=value)
