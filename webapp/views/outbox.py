"""What the outbox of a phone asks before it sends: who is signed in, and what the server knows."""

from typing import Any

from flask import Blueprint, current_app, request

from webapp.web.assets import Assets
from webapp.web.doors import for_scripts
from webapp.web.outbox import is_known
from webapp.web.security import form_token
from webapp.web.who import actor

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@for_scripts
def show() -> dict[str, Any]:
    """Say who is signed in, with a token for the forms that wait.

    A phone names the last change that it knows to be kept. Where there is none, this server was
    set back to a copy, and the phone sends again what it has.
    """
    assets: Assets = current_app.extensions["assets"]
    latest = request.headers.get("Outbox-Latest")
    return {
        "person": actor().id,
        "csrf": form_token(),
        "clock": actor().plan_clock,
        "knows_latest": not latest or is_known(latest),
        "release": assets.release,
    }
