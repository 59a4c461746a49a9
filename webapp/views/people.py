"""People: the coach's start, and somebody new."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from webapp.domain import people
from webapp.domain.access import participants_for
from webapp.domain.people import NewPerson
from webapp.domain.sessions import with_a_device
from webapp.forms.person import PersonForm, zone_choices, zones
from webapp.models.person import Language, Person, Region, Role
from webapp.web import database
from webapp.web.doors import only
from webapp.web.i18n import gettext as _
from webapp.web.who import actor, now

bp = Blueprint("people", __name__, url_prefix="/people")


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list, and what the coach may do for them now."""

    person: Person
    url: str
    today_words: str


bp.before_request(only(Role.COACH))


@bp.get("")
def index() -> str:
    """Show the people beside whom the coach stands."""
    found = participants_for(database.session(), actor(), now())
    signed_in = with_a_device(database.session(), found, now())
    lines = [_line(person, has_device=person.id in signed_in) for person in found]
    return render_template("people.html", people=lines)


def _line(person: Person, *, has_device: bool) -> Line:
    words = "" if has_device else _("No phone yet")
    return Line(person, url_for("today.show", person_id=person.id), words)


@bp.route("/new", methods=["GET", "POST"])
def new() -> str | Response | tuple[str, int]:
    """Add a participant, then make their sign-in card."""
    coach = actor()
    form = _form(coach)
    if request.method == "GET":
        return render_template("new_person.html", form=form)
    if not form.validate():
        return render_template("new_person.html", form=form), 422
    said = NewPerson(
        name=form.name.data or "",
        language=Language(form.language.data),
        region=Region(form.region.data),
        time_zone=form.time_zone.data,
        telephone=form.telephone.data,
    )
    person = people.add_participant(database.session(), coach, said, now())
    return redirect(url_for("sign_in_cards.new", person_id=person.id), 303)


def _form(coach: Person) -> PersonForm:
    """Return the form as it begins: where the coach is, unless no choice says where that is."""
    form = PersonForm(language=coach.language, region=coach.region, time_zone=coach.time_zone)
    if form.time_zone.data not in zones():
        nowhere = SelectChoice("", _("Choose a time zone"))
        form.time_zone.choices = [nowhere, *zone_choices()]
    return form
