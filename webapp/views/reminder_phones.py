"""The phones that get messages: where a browser takes them, the list of them, and a try."""

from secrets import token_urlsafe

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webapp.domain import subscriptions, tries
from webapp.domain.errors import RuleBroken
from webapp.web import database, security
from webapp.web.i18n import gettext as _
from webapp.web.labels import rule_words
from webapp.web.notices import tell
from webapp.web.pushing import fingerprint, pushing, read_address
from webapp.web.reminder_words import here, phone_lines, try_words, which
from webapp.web.replay import make_wanted
from webapp.web.who import actor, now

bp = Blueprint("reminder_phones", __name__, url_prefix="/me/reminders")


@bp.get("/key")
def key() -> ResponseReturnValue:
    """Tell a script for which key a browser must ask, and what is known of this one."""
    device = g.sign_in.device
    found = subscriptions.of_device(database.session(), device.id)
    return {
        "key": pushing().server_key,
        "csrf": security.form_token(),
        "known": fingerprint(found.endpoint) if found else None,
        "on": actor().reminders_on,
        "heals": subscriptions.may_repair(device, actor()),
    }


@bp.post("/phone")
def save() -> ResponseReturnValue:
    """Keep where this browser takes messages: after the person's own tap, or to repair it."""
    device, session = g.sign_in.device, database.session()
    try:
        address = read_address(request.form)
    except ValueError:
        return "", 422
    if request.form.get("remind_me") == "yes":
        _turn_on()
    elif not subscriptions.may_repair(device, actor()):
        return "", 409
    subscriptions.save(session, device, address, now())
    return "", 204


def _turn_on() -> None:
    """Turn reminders on, where they are not; a script has no id for it."""
    if not actor().reminders_on:
        wanted = {"setting": "reminders_on", "value": which()}
        make_wanted("settings.change", actor(), wanted, client_id=token_urlsafe(16))


@bp.post("/phone/remove")
def refuse() -> ResponseReturnValue:
    """Let this browser get no messages, until the person asks for them here again."""
    subscriptions.refuse(database.session(), g.sign_in.device_id, now())
    return "", 204


@bp.get("/phones")
def show() -> str:
    """Show the phones and computers that get messages."""
    lines = phone_lines(subscriptions.find_for(database.session(), actor()))
    return render_template("reminder_phones.html", lines=lines, **here(lines))


@bp.route("/phones/<int:subscription_id>/remove", methods=["GET", "POST"])
def remove(subscription_id: int) -> str | Response:
    """Ask first, then let one of the person's phones get no messages."""
    session = database.session()
    if request.method == "GET":
        [line] = phone_lines([subscriptions.get(session, actor(), subscription_id)])
        return render_template("reminder_phone_remove.html", line=line)
    subscriptions.remove(session, actor(), subscription_id, now())
    tell(_("This phone gets no messages any more."), "done")
    return redirect(url_for(".show"), 303)


@bp.post("/try")
def try_now() -> ResponseReturnValue:
    """Send a message to this phone, to see whether it arrives."""
    by_script = request.accept_mimetypes.best == "application/json"
    try:
        notice = tries.begin(database.session(), actor(), g.sign_in.device_id, now())
    except RuleBroken as broken:
        if by_script:
            return {"notice": None, "code": broken.code}, 409
        tell(rule_words(broken.code), "problem")
        return redirect(url_for("reminders.show"), 303)
    if by_script:
        return {"notice": notice.id}
    tell(_("A message is on its way to this phone."), "done")
    return redirect(url_for("reminders.show"), 303)


@bp.get("/try/<int:notice_id>")
def tried(notice_id: int) -> ResponseReturnValue:
    """Tell a script what has become of a try."""
    found = tries.get(database.session(), actor(), notice_id)
    return {"state": found.state, "outcome": found.outcome, "sent": try_words(found)}
