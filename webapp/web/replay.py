"""Sends what a form asks for through the one door, under the id that the form carries."""

import logging
import re
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from flask import abort, request

from webapp.domain import changes
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.models.change import Outcome, Receipt
from webapp.models.person import Person
from webapp.models.text import BilingualText
from webapp.web import database
from webapp.web.who import actor, now

log = logging.getLogger(__name__)

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


LONGEST_WORDS = 500
"""How many characters of a reason are kept; the forms ask for one short sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a change, and the number by which it can be taken back."""

    outcome: Outcome
    change_id: int


def make(
    verb: str, participant: Person, *, why: str = "", together: bool = False, **wanted: Any
) -> Made:
    """Ask for a change in the name of the actor. The same form sent twice is applied once.

    `why` is the actor's reason, in the language of their screens. With `together`, a proposal
    waits in the actor's list.
    """
    return make_wanted(verb, participant, wanted, why=why, together=together)


def make_wanted(
    verb: str,
    participant: Person,
    wanted: dict[str, Any],
    *,
    why: str = "",
    together: bool = False,
    client_id: str = "",
) -> Made:
    """Do as `make`, with values of any name: a goal has its own "why".

    `client_id` stands for the id of the form, where the form's own is of no use.
    """
    asked = Asked(client_id or _client_id(), verb, wanted, written(why), together)
    session = database.session()
    outcome = changes.make(session, actor(), participant, asked, now())
    receipt = session.get_one(Receipt, (actor().id, asked.client_id))
    return Made(outcome, receipt.change_id)


def make_at_any_rate(verb: str, participant: Person, **wanted: Any) -> Made:
    """Do as `make`, whatever the id of the form is: missing, or used for something else."""
    sent = request.form.get("change_id", "")
    if CLIENT_ID.fullmatch(sent):
        try:
            return make_wanted(verb, participant, wanted, client_id=sent)
        except RuleBroken:
            log.info("a form was sent again with other words")
    return make_wanted(verb, participant, wanted, client_id=token_urlsafe(16))


def attempt(verb: str, participant: Person, **wanted: Any) -> str | None:
    """Ask for a change, and return the code of the rule that it would break, or None.

    Nothing is kept of what would break a rule, whatever the page then answers. A refusal is kept.
    """
    savepoint = database.session().begin_nested()
    try:
        make(verb, participant, **wanted)
    except RuleBroken as broken:
        savepoint.rollback()
        return broken.code
    except NotAllowed:
        savepoint.commit()
        raise
    savepoint.commit()
    return None


def _client_id() -> str:
    client_id = request.form.get("change_id", "")
    if not CLIENT_ID.fullmatch(client_id):
        abort(400)
    return client_id


def written(words: str) -> BilingualText:
    """Return what the actor typed as a text in the language of their screens."""
    typed = words.strip()[:LONGEST_WORDS]
    return BilingualText(**{actor().language.value: typed}) if typed else BilingualText()
