"""When I answer: a member of staff says on which days, from when and until when."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain.errors import RuleBroken
from webapp.forms.help import HoursForm
from webapp.models.person import Person, Role
from webapp.web.doors import only
from webapp.web.i18n import gettext as _
from webapp.web.labels import rule_words
from webapp.web.notices import tell
from webapp.web.replay import make
from webapp.web.who import actor

bp = Blueprint("answering_hours", __name__, url_prefix="/me/hours")
bp.before_request(only(Role.COACH, Role.MENTOR))


@bp.route("", methods=["GET", "POST"])
def hours() -> str | Response | tuple[str, int]:
    """Ask when the member of staff answers, and keep it."""
    if request.method == "GET":
        return render_template("hours.html", form=HoursForm(**_current(actor())))
    form = HoursForm()
    if not form.validate() or not _is_kept(form):
        return render_template("hours.html", form=form), 422
    tell(_("Your hours are kept."), "done")
    return redirect(url_for("me.show"), 303)


def _current(person: Person) -> dict[str, object]:
    return {
        "on": (person.answers_on or "").split(","),
        "begins": f"{person.answers_from:%H:%M}" if person.answers_from else "",
        "ends": f"{person.answers_until:%H:%M}" if person.answers_until else "",
    }


def _is_kept(form: HoursForm) -> bool:
    """Keep the hours, or write into the form what is wrong with them."""
    on, begins, ends = form.on.data or [], form.begins.data, form.ends.data
    try:
        make("hours.set", actor(), on=on, begins=begins, ends=ends)
    except RuleBroken as broken:
        form.begins.errors = [rule_words(broken.code)]
    return not form.begins.errors
