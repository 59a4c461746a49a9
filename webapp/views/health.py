"""Health: whether this process can do its work, for a machine that watches it."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from webapp.migrate import is_newer, is_up_to_date
from webapp.web.database import Database
from webapp.web.doors import impersonal

bp = Blueprint("health", __name__)


@bp.get("/health")
@impersonal
def show() -> tuple[Response, int]:
    """Answer 200 where the database answers and has the newest form, otherwise 503."""
    state = _database_state()
    healthy = state == "ok"
    answer = jsonify({"status": "ok" if healthy else "failing", "database": state})
    return answer, 200 if healthy else 503


def _database_state() -> str:
    database: Database = current_app.extensions["database"]
    try:
        with database.engine.connect() as connection:
            if is_up_to_date(connection):
                return "ok"
            return "of a newer version" if is_newer(connection) else "needs migration"
    except SQLAlchemyError:
        return "unreachable"
