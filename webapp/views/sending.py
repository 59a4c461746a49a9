"""What waits: the page on which a phone shows what it keeps, and sends it."""

from flask import Blueprint, render_template

bp = Blueprint("sending", __name__)


@bp.get("/me/sending")
def show() -> str:
    """Show the place for it: what the phone keeps is known to the phone alone."""
    return render_template("sending.html")
