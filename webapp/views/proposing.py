"""What a coach proposes on the plan of a person, or changes there, and why."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webapp.forms.questions import SUBJECTS, WITHOUT_SUBJECT
from webapp.models.person import Pace, Role
from webapp.web.addresses import LARGEST_ID, row_number
from webapp.web.asking import ask
from webapp.web.doors import only

bp = Blueprint("proposing", __name__, url_prefix="/people/<int:person_id>/propose")
bp.before_request(only(Role.COACH))

BOTH = ["GET", "POST"]


@bp.route("/<verb>", methods=BOTH)
def show(person_id: int, verb: str) -> ResponseReturnValue:
    """Ask what should change, and why. What it is about stands in the address: `?goal=5`."""
    if verb in WITHOUT_SUBJECT:
        return ask(verb, request.path, {})
    if verb not in SUBJECTS:
        abort(404)
    kind = SUBJECTS[verb]
    number = request.args.get(kind, type=row_number) or 0
    if not 0 < number <= LARGEST_ID:
        abort(404)
    subject = {kind: number}
    return ask(verb, request.path, subject, query=subject)


@bp.route("/pace/<pace>", methods=BOTH)
def pace(person_id: int, pace: str) -> ResponseReturnValue:
    """Ask why the pace should be another."""
    if pace not in [*Pace]:
        abort(404)
    until = request.args.get("until")
    known = {"pace": pace, "until": until} if until else {"pace": pace}
    return ask("pace.set", request.path, {}, known=known, query={"until": until})
