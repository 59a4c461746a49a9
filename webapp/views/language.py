"""The language switch that stands on every page, before and after signing in."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from webapp.models.person import Language
from webapp.web import login
from webapp.web.doors import public
from webapp.web.replay import make
from webapp.web.who import find_actor

bp = Blueprint("language", __name__)


@bp.post("/language")
@public
def switch() -> Response:
    """Show the same page in the other language, from now on."""
    chosen = request.form.get("language", "")
    if chosen not in [*Language]:
        abort(400)
    person = find_actor()
    if person:
        make("settings.change", person, setting="language", value=chosen)
    else:
        session[login.LANGUAGE] = chosen
    return redirect(_own_path(request.form.get("next", "")), 303)


def _own_path(text: str) -> str:
    """Return a path of this app; anything else leads to the sign-in page, never elsewhere."""
    own = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    if own and not urlsplit(text).netloc and _may_be_looked_at(text):
        return text
    return url_for("sign_in.show")


def _may_be_looked_at(path: str) -> bool:
    """Say no of an address that only takes forms: a mistake that it answered has no page."""
    adapter = current_app.create_url_adapter(request)
    methods = list(adapter.allowed_methods(urlsplit(path).path)) if adapter else []
    return "GET" in methods or not methods
