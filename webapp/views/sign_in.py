"""Signing in: with a card, with its code, or with a password; and signing out.

Looking at an address never signs anyone in: it asks, and only the answer does.
"""

import secrets

from flask import (
    Blueprint,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from webapp.domain import passwords, sign_in_cards
from webapp.forms.sign_in import CodeForm, StaffForm
from webapp.forms.words import N_
from webapp.models.sign_in import Door, SignInCard
from webapp.web import database, guessing, login
from webapp.web.doors import public
from webapp.web.i18n import gettext as _
from webapp.web.notices import tell
from webapp.web.who import find_actor, now

CARD = "card"
BROWSER = "browser"

Answer = str | Response | tuple[str, int]

bp = Blueprint("sign_in", __name__, url_prefix="/sign-in")


@bp.get("")
@public
def show() -> Answer:
    """Show the ways in, or the first page to somebody who is in already."""
    person = find_actor()
    if person:
        return redirect(login.start_url(person), 303)
    if session.pop(login.HAS_LEFT, False):
        login.forget_copies()
    return render_template("sign_in.html")


@bp.route("/link/<token>", methods=["GET", "POST"])
@public
def link(token: str) -> Answer:
    """Ask if the link of a card reached the right person, and sign them in if they say so."""
    card = sign_in_cards.find_by_link(
        database.session(), token, key=guessing.key(), now=now(), browser=session.get(BROWSER)
    )
    return _confirm(card)


@bp.route("/code", methods=["GET", "POST"])
@public
def code() -> Answer:
    """Take the 8 numbers of a card."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _form_page("code.html", form)
    wait = guessing.seconds_to_wait(Door.CODE)
    if wait:
        return _form_page("code.html", form, wait)
    typed = form.code.data or ""
    card = sign_in_cards.find_by_code(database.session(), typed, key=guessing.key(), now=now())
    guessing.record(Door.CODE, succeeded=card is not None)
    if card is None:
        form.code.errors = [N_("This code does not work. Check the 8 numbers.")]
        return _form_page("code.html", form)
    session[CARD] = card.id
    return redirect(url_for(".confirm"), 303)


@bp.route("/confirm", methods=["GET", "POST"])
@public
def confirm() -> Answer:
    """Ask if the code reached the right person, and sign them in if they say so."""
    card = sign_in_cards.find_live(
        database.session(), session.get(CARD, 0), now(), session.get(BROWSER)
    )
    return _confirm(card)


@bp.route("/staff", methods=["GET", "POST"])
@public
def staff() -> Answer:
    """Take the e-mail and password of a member of staff.

    A second factor will be asked for here, between the password and `login.sign_in`.
    """
    form = StaffForm()
    if not form.validate_on_submit():
        return _form_page("staff.html", form)
    email = form.email.data or ""
    wait = guessing.seconds_to_wait(Door.PASSWORD, email)
    if wait:
        return _form_page("staff.html", form, wait)
    person = passwords.verify(database.session(), email, form.password.data or "")
    guessing.record(Door.PASSWORD, email, succeeded=person is not None)
    if person is None:
        form.password.errors = [N_("The e-mail or the password is not right.")]
        return _form_page("staff.html", form)
    login.sign_in(person)
    return redirect(login.start_url(person), 303)


@bp.route("/out", methods=["GET", "POST"])
def sign_out() -> Answer:
    """Ask if this device shall be signed out, and end its session if they say so."""
    if request.method == "GET":
        return render_template("sign_out.html", is_phone=g.sign_in.device.kind.is_phone)
    login.sign_out()
    tell(_("You are signed out."), "note")
    answer = redirect(url_for(".show"), 303)
    answer.headers["Clear-Site-Data"] = _to_clear()
    return answer


def _to_clear() -> str:
    """Return what the browser shall forget of us: its copies, and all it keeps if nothing waits.

    A phone may hold what somebody said without a network. Only its script knows; without it,
    nothing of that is ever thrown away.
    """
    nothing_waits = request.form.get("nothing_waits") == "yes"
    return f'{login.COPIES}, "storage"' if nothing_waits else login.COPIES


def _confirm(card: SignInCard | None) -> Answer:
    if card is None:
        return render_template("old_card.html"), 410
    if request.method == "GET":
        # The browser is known again if the answer to its "yes" gets lost on its way.
        session.setdefault(BROWSER, secrets.token_urlsafe(16))
        return render_template("confirm.html", person=card.person)
    if request.form.get("answer") != "yes":
        session.pop(CARD, None)
        return redirect(url_for(".show"), 303)
    person = sign_in_cards.use(database.session(), card.id, now(), session.get(BROWSER))
    login.sign_in(person, by_card=True)
    return redirect(login.start_url(person), 303)


def _form_page(name: str, form: CodeForm | StaffForm, wait_seconds: int = 0) -> Answer:
    """Show a form, with what was typed; 422 where something is wrong with it."""
    page = render_template(name, form=form, wait_seconds=wait_seconds)
    return (page, 422) if request.method == "POST" else page
