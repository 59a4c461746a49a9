"""The language switch that stands on every page, before and after signing in."""

from flask import Blueprint, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from webapp.models.person import Language
from webapp.web import login
from webapp.web.addresses import own_page
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
    session[login.LANGUAGE] = chosen
    return redirect(own_page(request.form.get("next", ""), url_for("sign_in.show")), 303)
