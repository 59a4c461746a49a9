"""Where reminders go besides the phone, what to do where it blocks them, and in whose time."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import reminder_settings
from webapp.domain.errors import RuleBroken
from webapp.forms.plan_checks import time_zones
from webapp.forms.reminders import MailForm, QuietForm
from webapp.web.i18n import gettext as _
from webapp.web.i18n import zone_words
from webapp.web.labels import rule_words
from webapp.web.login import start_url
from webapp.web.notices import tell
from webapp.web.pushing import pushing
from webapp.web.replay import make
from webapp.web.who import actor

bp = Blueprint("reminder_ways", __name__, url_prefix="/me/reminders")


@bp.get("/blocked")
def blocked() -> str:
    """Show how a phone that blocks our messages lets them through again, and the other ways."""
    return render_template("reminders_blocked.html", by_mail=pushing().by_mail)


@bp.route("/mail", methods=["GET", "POST"])
def mail() -> str | Response | tuple[str, int]:
    """Ask for an e-mail address; an empty one stops the e-mails."""
    if not pushing().by_mail:
        abort(404)
    if request.method == "GET":
        return render_template("reminders_mail.html", form=MailForm(mail_to=actor().mail_to))
    form = MailForm()
    if not form.validate() or not _is_kept(form):
        return render_template("reminders_mail.html", form=form), 422
    tell(_("You get e-mails too.") if actor().mail_to else _("No e-mails come any more."), "done")
    return redirect(url_for("reminders.show"), 303)


@bp.route("/quiet/hours", methods=["GET", "POST"])
def quiet_hours() -> str | Response | tuple[str, int]:
    """Ask for quiet hours that no answer offers."""
    if request.method == "GET":
        return render_template("reminder_hours.html", form=QuietForm(**_hours()))
    form = QuietForm()
    if not form.validate():
        return render_template("reminder_hours.html", form=form), 422
    make("settings.change", actor(), setting="quiet_hours", value=form.hours)
    tell(_("This is changed."), "done")
    return redirect(url_for("reminders.show"), 303)


def _hours() -> dict[str, str]:
    """Return the times that the person has now."""
    begins, ends = actor().quiet_from, actor().quiet_until
    if begins is None or ends is None:
        return {}
    return {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}


def _is_kept(form: MailForm) -> bool:
    """Keep the address, or write into the form what is wrong with it."""
    try:
        make("settings.change", actor(), setting="mail_to", value=form.mail_to.data or "")
    except RuleBroken:
        form.mail_to.errors = [rule_words("not_an_email")]
        return False
    return True


@bp.route("/zone", methods=["GET", "POST"])
def zone() -> str | Response:
    """Ask whether the day and the reminders follow a phone to another place; keep the answer."""
    found = request.values.get("zone", "")
    if found not in time_zones():
        abort(404)
    if request.method == "GET":
        here, there = zone_words(actor().time_zone), zone_words(found)
        return render_template("reminders_zone.html", zone=found, here=here, there=there)
    if request.form.get("answer") == "yes":
        make("settings.change", actor(), setting="time_zone", value=found)
        tell(_("Your day follows the time of this place."), "done")
    else:
        reminder_settings.keep_zone(actor(), found)
        tell(_("Your day stays as it was."), "done")
    return redirect(start_url(actor()), 303)
