"""The bare address: leads everybody to their own first page."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from webapp.web.doors import public
from webapp.web.login import start_url
from webapp.web.who import find_actor

bp = Blueprint("start", __name__)


@bp.get("/")
@public
def show() -> Response:
    """Lead to the first page, or to the sign-in page."""
    person = find_actor()
    return redirect(start_url(person) if person else url_for("sign_in.show"), 303)
