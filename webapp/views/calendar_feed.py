"""The calendar that a person's own phone reads, under a secret address and without a sign-in."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request

from webapp.domain import feeds
from webapp.web import database, i18n
from webapp.web.doors import impersonal
from webapp.web.feed_words import calendar_text
from webapp.web.guessing import key
from webapp.web.who import now

KEPT = "private, no-cache"
"""The phone may keep it, and asks each time whether it is still the same."""

bp = Blueprint("calendar_feed", __name__)


@bp.get("/calendar/<secret>.ics")
@impersonal
def show(secret: str) -> Response:
    """Send the calendar with this address, in the language of the person whose it is."""
    session = database.session()
    feed, person = feeds.get_by_token(session, secret, key=key())
    i18n.choose(person)
    entries = feeds.entries_for(session, person, now())
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""
    text = calendar_text(feed, person, entries, feeds.revision(session, feed), host)
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = KEPT
    response.add_etag()
    response.make_conditional(request)
    return response
