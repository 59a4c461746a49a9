"""About: what this is, and whose pictures it shows."""

from flask import Blueprint, render_template

from webapp.web.doors import public

bp = Blueprint("about", __name__)


@bp.get("/about")
@public
def show() -> str:
    """Show what this app is, with the licences."""
    return render_template("about.html")
