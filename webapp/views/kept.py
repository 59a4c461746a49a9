"""What a phone keeps for when there is no network, and the two pages that say what is not there."""

from flask import Blueprint, Response, render_template

from webapp.models.person import Role
from webapp.web import kept
from webapp.web.doors import for_scripts, only
from webapp.web.login import start_url
from webapp.web.who import actor

pack_bp = Blueprint("kept", __name__)
pack_bp.before_request(only(Role.PARTICIPANT, Role.COACH))
bp = Blueprint("no_network", __name__)


@pack_bp.get("/kept")
@for_scripts
def show() -> Response:
    """Send the pages that the phone of whoever is signed in keeps; 304 where it has them."""
    asked = kept.wanted()
    if kept.is_known(asked.version):
        response = Response(status=304)
    else:
        response = Response(kept.pack(asked), mimetype="application/json")
    response.set_etag(asked.version)
    return response


@bp.get("/not-kept")
def not_kept() -> str:
    """Say that a page is not on this phone."""
    return render_template("not_kept.html", start_url=start_url(actor()))


@bp.get("/not-sent")
def not_sent() -> str:
    """Say that what was written was not sent, and how to go back to it."""
    return render_template("not_sent.html", start_url=start_url(actor()))
