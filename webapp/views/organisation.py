"""The organisation's own page: whether messages go out, in numbers without names or content."""

from flask import Blueprint, render_template

from webapp.domain import deliveries
from webapp.models.person import Role
from webapp.web import database, message_counts
from webapp.web.doors import only
from webapp.web.pushing import pushing
from webapp.web.who import now

bp = Blueprint("organisation", __name__, url_prefix="/organisation")
bp.before_request(only(Role.ADMINISTRATOR))


@bp.get("/messages")
def messages() -> str:
    """Show how the sending stands, and what became of the messages of the last days (UTC)."""
    session, today = database.session(), now().date()
    refusing = deliveries.services_refusing(session)
    return render_template(
        "organisation_messages.html",
        lines=message_counts.lines(
            deliveries.standing(session, now(), by_mail=pushing().by_mail), refusing
        ),
        table=message_counts.table(deliveries.counts_by_day(session, today), today),
    )
