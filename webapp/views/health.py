"""Health: whether this process can do its work, for a machine that watches it."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.domain import heartbeats
from webapp.domain.heartbeats import Pulse
from webapp.migrate import is_newer, is_up_to_date
from webapp.web.database import Database
from webapp.web.doors import impersonal
from webapp.web.who import now

bp = Blueprint("health", __name__)


@bp.get("/health")
@impersonal
def show() -> tuple[Response, int]:
    """Answer 200 where the database answers and has the newest form, otherwise 503.

    Silent reminders are a warning alone: the pages of this process still do their work.
    """
    database: Database = current_app.extensions["database"]
    try:
        with database.session(reading=True) as session:
            state = _database_state(session)
            if state == "ok":
                return _healthy(heartbeats.pulse(heartbeats.newest(session, now()), now())), 200
    except SQLAlchemyError:
        state = "unreachable"
    return jsonify({"status": "failing", "database": state}), 503


def _healthy(pulse: Pulse) -> Response:
    status = "ok" if pulse is Pulse.OK else "warning"
    return jsonify({"status": status, "database": "ok", "reminders": pulse})


def _database_state(session: Session) -> str:
    connection = session.connection()
    if is_up_to_date(connection):
        return "ok"
    return "of a newer version" if is_newer(connection) else "needs migration"
