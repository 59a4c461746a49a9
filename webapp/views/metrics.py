"""Metrics: numbers about the messages, for a machine that holds the token."""

import secrets

from flask import Blueprint, Response, abort, current_app, request

from webapp.domain import deliveries, long_waits
from webapp.web import database, metrics
from webapp.web.doors import impersonal
from webapp.web.pushing import pushing
from webapp.web.who import now

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
@impersonal
def show() -> Response:
    """Answer with the numbers; 404 where no token is set, 401 without the right one."""
    token = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    if not _is_known(token):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    session = database.session()
    totals = deliveries.totals(session, now().date())
    accepted = request.headers.get("Accept", "")
    standing = deliveries.standing(session, now(), by_mail=pushing().by_mail)
    waits = long_waits.total(session, now().date())
    body, kind = metrics.text(metrics.Numbers(totals, standing, waits, now()), accepted)
    return Response(body, content_type=kind)


def _is_known(token: str) -> bool:
    """Say whether the asker holds the token (RFC 6750, 2.1), in a time that tells nothing."""
    said = request.authorization
    held = said.token if said and said.type == "bearer" else None
    return secrets.compare_digest((held or "").encode(), token.encode())
