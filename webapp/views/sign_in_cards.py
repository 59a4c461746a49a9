"""The sign-in card that a coach makes for a participant: shown face to face, or sent."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from segno import make_qr
from werkzeug.wrappers import Response

from webapp.domain import sign_in_cards
from webapp.domain.repeats import wall_clock
from webapp.models.person import Role
from webapp.models.sign_in import CardKind
from webapp.web import database
from webapp.web.doors import only
from webapp.web.guessing import key
from webapp.web.who import actor, now, participant, turn_to

bp = Blueprint("sign_in_cards", __name__)
bp.before_request(only(Role.COACH))


@bp.route("/people/<int:person_id>/sign-in-card", methods=["GET", "POST"])
def new(person_id: int) -> str | Response:
    """Ask how the card will reach the person, and make it."""
    person = participant()
    if request.method == "GET":
        return render_template("new_card.html", person=person)
    try:
        kind = CardKind(request.form.get("kind", ""))
    except ValueError:
        abort(400)
    card = sign_in_cards.make_card(database.session(), actor(), person, kind, key=key(), now=now())
    return redirect(url_for(".show", card_id=card.id), 303)


@bp.get("/sign-in-cards/<int:card_id>")
def show(card_id: int) -> str | Response:
    """Show the card to whoever made it, as long as it works."""
    card = sign_in_cards.get_card(database.session(), actor(), card_id, now())
    if not sign_in_cards.is_live(card, now()):
        return redirect(url_for(".new", person_id=card.person_id), 303)
    turn_to(card.person)
    token = sign_in_cards.card_link_token(card, key())
    link = current_app.config["PUBLIC_URL"] + url_for("sign_in.link", token=token)
    until_on, until = wall_clock(card.expires_at, actor().time_zone)
    return render_template(
        "card.html",
        person=card.person,
        kind=card.kind,
        link=link,
        code=sign_in_cards.card_code(card, key()),
        qr=_qr(link),
        until_on=until_on,
        until=until,
        again_url=url_for(".new", person_id=card.person_id),
    )


def _qr(link: str) -> Markup:
    """Return the QR code of a link as an inline picture."""
    svg = make_qr(link, error="m").svg_inline(scale=8, border=4, omitsize=True, svgclass="qr")
    return Markup(svg)  # noqa: S704 - made by us from our own address
