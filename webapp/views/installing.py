"""How to put the app on the home screen of a phone, in pictures."""

from flask import Blueprint, render_template, request

from webapp.domain.sessions import device_kind
from webapp.models.sign_in import DeviceKind
from webapp.web.installed import is_inside_other_app

bp = Blueprint("installing", __name__)


@bp.get("/install")
def show() -> str:
    """Show the steps for the phone that asks, or for the one that was chosen here."""
    agent = request.user_agent.string
    asked = request.args.get("phone", device_kind(agent).value)
    is_other = asked != device_kind(agent).value
    return render_template(
        "install.html",
        phone=next((kind for kind in DeviceKind if kind.is_phone and kind == asked), None),
        is_inside=is_inside_other_app(agent) and not is_other,
    )
