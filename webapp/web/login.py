"""The front door: who is signed in, which pages are closed, and whose plan an address names."""

import secrets
from datetime import UTC, date, datetime

from flask import Flask, g, jsonify, make_response, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.wrappers import Response

from webapp.domain import access, sessions
from webapp.domain.repeats import today_in
from webapp.models.person import Person, Role
from webapp.web import database, i18n
from webapp.web.doors import is_for_scripts, is_impersonal, is_public
from webapp.web.who import actor, find_actor, find_participant, is_kept, is_own, now, turn_to

TOKEN = "token"  # noqa: S105 - the name of a place in the cookie
DEVICE = "device"
BY_CARD = "by_card"
LANGUAGE = "language"
RENEWED = "renewed"

HAS_LEFT = "has_left"
"""Says in the cookie that somebody's session in this browser has ended by itself."""

COPIES = '"cache"'
"""Names what a browser keeps of answers, for `Clear-Site-Data`: photos, for up to a day."""

OWN_PLAN_PAGES = {
    "changes.show",
    "choices.answered",
    "choices.show",
    "days.month",
    "days.show",
    "days.week",
    "goals.show",
    "help.show",
    "today.show",
    "welcome.show",
}
AFTER_THE_WELCOME = {
    "choices.show",
    "days.month",
    "days.show",
    "days.week",
    "goals.show",
    "today.show",
}
"""Pages from which somebody new is led to the welcome first. Help and Me are always open."""


class QuietSessions(SecureCookieSessionInterface):
    """Sends the signed cookie when it changes, and never with a file that is kept for ever.

    It changes at the first page of each day, and carries that day: so 90 days without use are
    known without writing anything while somebody only reads.
    """

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        return not is_impersonal() and super().should_set_cookie(app, session)


def init_app(app: Flask) -> None:
    """Close every page that is not marked public."""
    app.session_interface = QuietSessions()
    app.config["PERMANENT_SESSION_LIFETIME"] = sessions.IDLE
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.before_request(_enter)
    app.after_request(_clear)
    app.context_processor(_facts)


def forget_copies() -> None:
    """Let the browser throw away its copies of what its last reader saw; what waits there stays.

    It may take a browser seconds: never with a page in whose place a phone shows a kept one then.
    """
    g.forgets_copies = True


def _clear(response: Response) -> Response:
    if "forgets_copies" in g:
        response.headers["Clear-Site-Data"] = COPIES
    return response


def _enter() -> Response | None:
    """Find out who asks and whose plan it is about, or send them to sign in."""
    if is_impersonal():
        return None
    person = _signed_in()
    g.actor = person
    i18n.choose(person)
    g.today = today_in(person.time_zone, now()) if person else now().astimezone(UTC).date()
    if person is None:
        return None if is_public() else _ask_in()
    return _turn_to_plan(person)


def _ask_in() -> Response:
    """Lead a person to sign in, and tell a script that somebody has to."""
    if is_for_scripts():
        return make_response(jsonify(state="signed-out"), 401)
    return redirect(url_for("sign_in.show"), 303)


def _signed_in() -> Person | None:
    token = session.get(TOKEN)
    if token is None or _is_idle():
        return None
    found = sessions.find_person(database.session(), token, now())
    if found is None:
        session.pop(TOKEN)
        session[HAS_LEFT] = True
        return None
    person, g.sign_in = found
    _renew()
    return person


def _is_idle() -> bool:
    """Say whether nobody has used this browser for too long: the cookie carries its last day."""
    last = date.fromisoformat(session.get(RENEWED, date.min.isoformat()))
    return now().date() - last > sessions.IDLE


def _renew() -> None:
    today = now().date().isoformat()
    if session.get(RENEWED) != today:
        session[RENEWED] = today


def _turn_to_plan(person: Person) -> Response | None:
    """Load the plan that the address names, through the actor: a stranger finds nothing.

    Staff have no plan of their own: they are led to their own first page.
    """
    named = (request.view_args or {}).get("person_id")
    if named is not None:
        turn_to(access.get_participant(database.session(), person, named, now()))
    elif person.is_participant:
        turn_to(person)
        if person.welcomed_at is None and request.endpoint in AFTER_THE_WELCOME:
            return redirect(start_url(person), 303)
    elif request.endpoint in OWN_PLAN_PAGES:
        return redirect(start_url(person), 303)
    return None


def sign_in(person: Person, *, by_card: bool = False) -> None:
    """Start a new session for `person` in this browser, with a new cookie."""
    device_id = session.get(DEVICE)
    if find_actor() is not None or HAS_LEFT in session:
        forget_copies()
    if find_actor() is not None:
        sessions.end(database.session(), session[TOKEN], now())
    kind = sessions.device_kind(request.user_agent.string)
    row, token = sessions.begin(database.session(), person, kind, now(), device_id=device_id)
    session.clear()
    session.permanent = True
    session.update(remembered(token, row.device_id, now()))
    session[BY_CARD] = by_card
    session[LANGUAGE] = person.language


def remembered(token: str, device_id: int, now: datetime) -> dict[str, object]:
    """Return what the cookie of a browser holds when somebody has signed in with it."""
    return {TOKEN: token, DEVICE: device_id, RENEWED: now.date().isoformat()}


def sign_out() -> None:
    """End this session, on the server and in this browser."""
    sessions.end(database.session(), session[TOKEN], now())
    forget()


def forget() -> None:
    """Empty this browser's cookie, but for the language that the person reads."""
    language = actor().language
    session.clear()
    session[LANGUAGE] = language


def start_url(person: Person) -> str:
    """Return the first page of a person: the welcome for a participant who is new."""
    if person.is_participant and person.welcomed_at is None:
        return url_for("welcome.show")
    starts = {
        Role.PARTICIPANT: "today.show",
        Role.COACH: "people.index",
        Role.ADMINISTRATOR: "organisation.messages",
    }
    return url_for(starts.get(person.role, "me.show"))


def _facts() -> dict[str, object]:
    """Return what every template may ask for."""
    return {
        "actor": find_actor(),
        "participant": find_participant(),
        "is_own": is_own(),
        "language": g.get("language"),
        "locale": g.get("locale"),
        "now_day": g.get("today"),
        "request_path": request.path,
    }


def plan_url(endpoint: str, **values: object) -> str:
    """Return the address of a page of the plan that is shown: the own one, or somebody's."""
    whose = find_participant()
    if whose is not None and not is_own():
        values["person_id"] = whose.id
    return url_for(endpoint, **values)  # type: ignore[arg-type]


def new_change_id() -> str:
    """Return an id for a change that is about to be offered on a page.

    A page that a phone keeps has none: the phone makes a new one at each tap.
    """
    return "" if is_kept() else secrets.token_urlsafe(16)
