"""People: the coach's start with the calls for help first, and somebody new."""

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from webapp.domain import people, reach
from webapp.domain.access import participants_for
from webapp.domain.help_lists import open_requests_for
from webapp.domain.kept_on_phones import Trouble, troubles_among
from webapp.domain.people import NewPerson
from webapp.domain.sessions import with_a_device
from webapp.domain.waiting import waiting_by_person
from webapp.forms.person import PersonForm, zone_choices, zones
from webapp.models.person import Language, Person, Region, Role
from webapp.web import database
from webapp.web.doors import only
from webapp.web.help_calls import help_calls
from webapp.web.i18n import gettext as _
from webapp.web.i18n import ngettext
from webapp.web.pushing import pushing
from webapp.web.who import actor, now

bp = Blueprint("people", __name__, url_prefix="/people")


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list, a few short sentences about now, and what asks for a look.

    That is: what waits for an answer, and a phone on which something could not be done, from which
    something came late, or that gets no reminders.
    """

    person: Person
    url: str
    words: tuple[str, ...]
    choices_url: str
    choices_words: str
    phone_url: str
    phone_words: str


bp.before_request(only(Role.COACH))


@bp.get("")
def index() -> str:
    """Show who asks for help, then the people beside whom the coach stands."""
    session = database.session()
    found = participants_for(session, actor(), now())
    signed_in = with_a_device(session, found, now())
    calls = open_requests_for(session, actor(), now())
    waiting = waiting_by_person(session, found, g.today)
    troubles = troubles_among(session, found, now())
    lines = [
        _line(
            person,
            waiting.get(person.id, 0),
            has_device=person.id in signed_in,
            trouble=troubles.get(person.id),
        )
        for person in found
    ]
    zone = actor().time_zone
    return render_template("people.html", people=lines, calls=help_calls(calls, zone))


def _line(person: Person, waiting: int, *, has_device: bool, trouble: Trouble | None) -> Line:
    return Line(
        person,
        url_for("today.show", person_id=person.id),
        () if has_device else (_("No phone yet"),),
        url_for("choices.show", person_id=person.id),
        _waiting_words(waiting) if person.welcomed_at else "",
        url_for("me.show", person_id=person.id),
        _phone_words(person, trouble),
    )


def _phone_words(person: Person, trouble: Trouble | None) -> str:
    if trouble is Trouble.STUCK:
        return _("Something could not be done on a phone.")
    if trouble is Trouble.CAME_LATE:
        return _("Some choices waited on a device for more than a day.")
    is_unreached = reach.is_unreached(person, now(), by_mail=pushing().by_mail)
    return _("Reminders do not reach this person's phone.") if is_unreached else ""


def _waiting_words(waiting: int) -> str:
    sentence = ngettext(
        "%(num)s proposal waits for an answer.", "%(num)s proposals wait for an answer.", waiting
    )
    return sentence % {"num": waiting} if waiting else ""


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
