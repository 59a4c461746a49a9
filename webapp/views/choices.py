"""My choices: proposals one by one, what others changed, and what the coach waits for."""

import re
from collections.abc import Iterator

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.domain import seen, waiting
from webapp.domain.access import team_of
from webapp.domain.changes import right
from webapp.domain.errors import NotFound
from webapp.domain.rights import Right
from webapp.domain.verbs import PLAN_VERBS
from webapp.domain.waiting import Told
from webapp.models.change import Answer
from webapp.web import database
from webapp.web.addresses import row_number
from webapp.web.i18n import gettext as _
from webapp.web.labels import rule_words
from webapp.web.login import plan_url
from webapp.web.notices import tell
from webapp.web.proposal_cards import (
    answer_sentence,
    coach_rows,
    not_now_options,
    proposal_card,
    shown_pieces,
    told_card,
)
from webapp.web.recent import is_left_out
from webapp.web.replay import attempt, make
from webapp.web.who import actor, find_participant, is_own, now, participant

bp = Blueprint("choices", __name__)

SITTING = ("answered", "anyway", "back")
NUMBERS = re.compile(r"[0-9]{1,9}( [0-9]{1,9}){0,499}")


@bp.before_request
def _only_of_a_plan() -> None:
    """Let people who have no plan find nothing at the addresses of an own plan."""
    if find_participant() is None:
        raise NotFound


@bp.get("/choices")
@bp.get("/people/<int:person_id>/choices")
def show(person_id: int | None = None) -> str:
    """Show the person the next thing to choose, or their coach what waits and what was said."""
    if not is_own():
        return _for_the_team()
    session, person = database.session(), participant()
    sheets = seen.sheets_waiting(session, person, g.today)
    enough = _answered() >= waiting.at_once(person, g.today) and "anyway" not in request.args
    if sheets and not enough:
        return _ask(seen.compare(session, person, sheets[0]))
    told = waiting.told_to(session, person)
    if told:
        return _tell(told[0])
    is_pause = waiting.at_once(person, g.today) == 0
    return render_template("choices.html", more=bool(sheets), is_pause=is_pause)


def _answered() -> int:
    """Return how many proposals the person has answered in this sitting."""
    return request.values.get("answered", 0, type=row_number)


def _ask(sheet: seen.Sheet, change_id: int | None = None) -> str:
    """Show a proposal with its four answers, or one change of it alone."""
    return render_template(
        "choice.html",
        card=proposal_card(sheet),
        change_id=change_id,
        sitting=_sitting(),
        choices=list(_choice_urls(change_id)),
    )


def _choice_urls(change_id: int | None) -> Iterator[str]:
    """Give the pages of all that waits for an answer.

    Whoever answers a proposal piece by piece goes on with its other pieces.
    """
    sheets = seen.sheets_waiting(database.session(), participant(), g.today)
    for sheet in sheets:
        pieces = [each.change.id for each in sheet.to_ask(g.today)]
        if change_id not in pieces:
            yield url_for(".one", proposal_id=sheet.proposal.id)
        for each in pieces if change_id in pieces else ():
            yield url_for(".piece", proposal_id=sheet.proposal.id, change_id=each)


def _sitting() -> dict[str, str]:
    """Return what the pages of one sitting hand on: how many were answered, and the way back."""
    return {name: request.args[name] for name in SITTING if name in request.args}


def _tell(told: Told) -> str:
    session, person, change = database.session(), participant(), told.change
    may_undo = PLAN_VERBS[change.verb].can_undo and (
        right(session, person, person, change.verb, change.wanted).right is Right.DOES
    )
    return render_template("told.html", card=told_card(told, may_undo=may_undo))


def _for_the_team() -> str:
    """Show what waits for an answer, what the coach prepares, and what was answered."""
    session, person = database.session(), participant()
    found = coach_rows(seen.sheets_made(session, person), actor())
    rows = [row for row in found if not is_left_out(row.change.answered_at)]
    sent = [row for row in rows if row.proposal.sent_at is not None]
    unsent = [row for row in rows if row.proposal.sent_at is None and row.may_withdraw]
    return render_template(
        "proposals.html",
        waiting=[row for row in sent if row.waits],
        prepared=unsent,
        answered=sorted(
            (row for row in sent if not row.waits),
            key=lambda row: (row.change.answer is not Answer.TALK, -row.change.id),
        ),
    )


@bp.get("/choices/answered")
def answered() -> str:
    """Show what the person has answered; every answer can be changed."""
    sheets = seen.sheets_answered(database.session(), participant())
    found = (piece for sheet in sheets for piece in sheet.pieces)
    pieces = [piece for piece in found if not is_left_out(piece.change.answered_at)]
    return render_template("answered.html", pieces=shown_pieces(pieces))


@bp.get("/choices/<int:proposal_id>")
def one(proposal_id: int) -> str:
    """Show one proposal that was sent."""
    return _ask(seen.get_sheet(database.session(), participant(), proposal_id))


@bp.get("/choices/<int:proposal_id>/<int:change_id>")
def piece(proposal_id: int, change_id: int) -> str:
    """Show one change of a proposal, to answer it alone."""
    sheet = seen.get_sheet(database.session(), participant(), proposal_id, change_id)
    return _ask(sheet, change_id)


@bp.get("/choices/<int:proposal_id>/not-now")
@bp.get("/choices/<int:proposal_id>/<int:change_id>/not-now")
def not_now(proposal_id: int, change_id: int | None = None) -> str:
    """Ask when a proposal, or one change of it, may come back."""
    sheet = seen.get_sheet(database.session(), participant(), proposal_id, change_id)
    return render_template(
        "not_now.html",
        card=proposal_card(sheet),
        change_id=change_id,
        options=not_now_options(),
        sitting=_sitting(),
    )


@bp.post("/choices/<int:proposal_id>/answer")
def answer(proposal_id: int) -> Response:
    """Keep the answer; where the plan has moved on, show it again."""
    said, until = request.form.get("answer", ""), request.form.get("until") or None
    sheet = seen.get_sheet(database.session(), participant(), proposal_id)
    broken = attempt(
        "proposal.answer",
        participant(),
        changes=_numbers(),
        answer=said,
        until=until,
        seen=request.form.get("seen"),
    )
    if broken:
        tell(rule_words(broken), "note")
        return redirect(_again_url(proposal_id), 303)
    proposer = sheet.pieces[0].change.actor if sheet.pieces else participant()
    team = team_of(database.session(), participant(), now())
    name = next((each.name for each in team if each.id == proposer.id), None)
    nobody = said == Answer.TALK and not team
    tell(_("Nobody is in the team yet.") if nobody else answer_sentence(said, until, name), "done")
    return redirect(_next_url(proposal_id), 303)


def _numbers() -> list[int]:
    """Return the numbers of the changes that the form speaks of."""
    written = request.form.get("changes", "")
    if not NUMBERS.fullmatch(written):
        abort(400)
    return [int(each) for each in written.split()]


def _again_url(proposal_id: int) -> str:
    """Return the page on which the same question stands once more."""
    change_id = request.form.get("change", type=row_number)
    if change_id is None:
        return url_for(".one", proposal_id=proposal_id)
    return url_for(".piece", proposal_id=proposal_id, change_id=change_id)


def _next_url(proposal_id: int) -> str:
    """Return what comes after an answer: the next change of the same proposal, or the next one."""
    if request.form.get("back") == "answered":
        return url_for(".answered")
    if "change" in request.form:
        sheet = seen.get_sheet(database.session(), participant(), proposal_id)
        left = [each for each in sheet.pieces if each.change.answer is None]
        if left:
            return url_for(".piece", proposal_id=proposal_id, change_id=left[0].change.id)
    if participant().welcomed_at is None:
        return url_for("welcome.show", screen="pace")
    if "anyway" in request.form:
        return url_for(".show", anyway=1)
    return url_for(".show", answered=_answered() + 1)


@bp.post("/choices/told/<int:change_id>/noticed")
def noticed(change_id: int) -> Response:
    """Put aside what the person was told."""
    make("change.noticed", participant(), change=change_id)
    return redirect(url_for(".show"), 303)


@bp.post("/choices/told/<int:change_id>/problem")
def problem(change_id: int) -> Response:
    """Tell the team that what was changed is a problem for the person."""
    make("change.problem", participant(), change=change_id)
    tell(_("Your team knows that this is a problem."), "done")
    return redirect(url_for("help.show"), 303)


@bp.post("/people/<int:person_id>/choices/withdraw")
def withdraw(person_id: int) -> Response:
    """Take back proposed changes that the person has not said yes to."""
    broken = attempt("proposal.withdraw", participant(), changes=_numbers())
    tell(rule_words(broken) if broken else _("This proposal is taken back."), "note")
    return redirect(plan_url(".show"), 303)


@bp.post("/people/<int:person_id>/choices/send")
def send(person_id: int) -> Response:
    """Show the person the list of changes that the coach has prepared."""
    number = request.form.get("proposal", type=row_number)
    if number is None:
        abort(400)
    make("proposal.send", participant(), proposal=number)
    tell(_("%(name)s sees your proposal.") % {"name": participant().name}, "done")
    return redirect(plan_url(".show"), 303)
