"""Me: what a person chose for their own screens, and where they are signed in."""

from dataclasses import dataclass

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from webapp.domain import follow_ups, kept_on_phones, marks, paces, passwords, reach, sessions
from webapp.domain.errors import RuleBroken
from webapp.forms.sign_in import PasswordForm
from webapp.models.person import Person
from webapp.models.sign_in import Door
from webapp.web import database, guessing, login
from webapp.web.i18n import gettext as _
from webapp.web.labels import rule_words
from webapp.web.notices import tell
from webapp.web.options import Setting, current_value, settings
from webapp.web.portraits import photo_urls
from webapp.web.pushing import pushing
from webapp.web.reminder_words import state_words
from webapp.web.replay import make
from webapp.web.who import actor, find_participant, now

bp = Blueprint("me", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: a setting, and what the person has chosen."""

    name: str
    url: str
    icon: str
    words: str
    value: str


@bp.get("/me")
@bp.get("/people/<int:person_id>/me")
def show(person_id: int | None = None) -> str:
    """Show what the person chose."""
    person = find_participant() or actor()
    is_own = person is actor()
    return render_template(
        "me.html",
        person=person,
        is_own=is_own,
        is_unreached=not is_own and reach.is_unreached(person, now(), by_mail=pushing().by_mail),
        trouble=None if is_own else _trouble(person),
        pace=paces.find_now(person, g.today),
        has_follow_ups=follow_ups.has_steps(database.session(), person),
        rows=[_row(person, setting) for setting in settings().values()],
        reminders=state_words(person),
        offers_install=is_own and _has_succeeded(person),
        devices_url=login.plan_url("devices.show"),
        photo_url=photo_urls([] if is_own else [person]).get(person.id),
        card_url=None if is_own else url_for("sign_in_cards.new", person_id=person.id),
        password_url=None if person.is_participant else url_for(".password"),
    )


def _trouble(person: Person) -> kept_on_phones.Trouble | None:
    devices = sessions.devices_for(database.session(), person, now())
    return kept_on_phones.find_trouble(devices, g.today)


def _has_succeeded(person: Person) -> bool:
    """Say whether the app has been of use already: nobody is asked to install it before."""
    return person.reminders_on or marks.has_done_a_task(database.session(), person)


def _row(person: Person, setting: Setting) -> Row:
    chosen = current_value(person, setting.name)
    option = next(each for each in setting.options if each.value == chosen)
    url = url_for(".setting", name=setting.name.replace("_", "-"))
    return Row(setting.name, url, setting.icon, setting.title, option.words)


@bp.route("/me/<name>", methods=["GET", "POST"])
def setting(name: str) -> str | Response:
    """Ask one question about the person's screens, and keep the answer."""
    asked = settings().get(name.replace("-", "_"))
    if asked is None:
        abort(404)
    if request.method == "POST":
        make(
            "settings.change",
            actor(),
            setting=asked.name,
            value=request.form.get("value", ""),
        )
        return redirect(url_for(".show"), 303)
    current = current_value(actor(), asked.name)
    return render_template(
        "setting.html",
        name=asked.name,
        icon=asked.icon,
        title=asked.title,
        explanation=asked.explanation,
        options=asked.options,
        current=current,
    )


@bp.route("/me/password", methods=["GET", "POST"])
def password() -> str | Response | tuple[str, int]:
    """Let a member of staff choose a password."""
    person = actor()
    if person.is_participant:
        abort(404)
    form = PasswordForm()
    if session.get(login.BY_CARD):
        del form.current
    if not form.validate_on_submit():
        return _password_page(form)
    wait = guessing.seconds_to_wait(Door.PASSWORD, person.email) if form.current else 0
    if wait or not _is_changed(form):
        return _password_page(form, wait)
    tell(_("Your password is changed."), "done")
    return redirect(url_for(".show"), 303)


def _password_page(form: PasswordForm, wait_seconds: int = 0) -> str | tuple[str, int]:
    page = render_template("password.html", form=form, wait_seconds=wait_seconds)
    return (page, 422) if request.method == "POST" else page


def _is_changed(form: PasswordForm) -> bool:
    """Change the password, or write into the form which of the two is wrong."""
    broken = _broken_rule(form)
    is_known = broken != "password_not_right"
    if form.current:
        guessing.record(Door.PASSWORD, actor().email, succeeded=is_known)
    if broken:
        wrong = form.password if is_known else form.current
        wrong.errors = [rule_words(broken)]
    return broken is None


def _broken_rule(form: PasswordForm) -> str | None:
    current = (form.current.data or "") if form.current else None
    new = form.password.data or ""
    try:
        passwords.change_password(
            database.session(), g.sign_in, current=current, new=new, now=now()
        )
    except RuleBroken as broken:
        return broken.code
    return None
