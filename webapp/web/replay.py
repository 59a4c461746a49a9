"""Sends what a form asks for through the one door, under the id that the form carries.

What the outbox of a phone sends leaves a receipt in any case, and is remembered until the answer.
"""

import logging
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from flask import Flask, Response, abort, g, request

from webapp.domain import changes, kept_on_phones, long_waits
from webapp.domain.changes import Asked
from webapp.domain.errors import NotAllowed, RuleBroken
from webapp.models.change import Outcome, Receipt
from webapp.models.person import Person
from webapp.models.text import BilingualText
from webapp.web import database
from webapp.web.items import CHANGE_ID, Item, find_item
from webapp.web.who import actor, find_actor, now

log = logging.getLogger(__name__)

KEPT = "kept"
"""What becomes of a part of a form that asks for no change yet."""

LONGEST_WORDS = 500
"""How many characters of a reason are kept; the forms ask for one short sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a change, and the number by which it can be taken back."""

    outcome: Outcome
    change_id: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an item of the outbox, and the clock of the plan afterwards."""

    outcome: str
    clock: int


def init_app(app: Flask) -> None:
    """Leave a receipt for each item that was taken, before it is committed."""
    app.before_request(_hear_phone)
    app.after_request(_leave_receipt)


def _hear_phone() -> None:
    """Compare what the phone tells of itself with what is known, while that was just read."""
    item = find_item()
    if item and find_actor():
        device, age, said = g.sign_in.device, item.age_seconds, (item.lasts, item.is_stuck)
        told = kept_on_phones.news(device, *said, age_seconds=age, today=g.today)
        g.told_by_phone = (device.id, told)


def _leave_receipt(response: Response) -> Response:
    item, person = find_item(), find_actor()
    is_taken = response.status_code < 400 and not broken_rule()  # noqa: PLR2004 - HTTP's own line
    if item and person and is_taken and "told_already" not in g:
        long_waits.note(database.session(), item.age_seconds, now().date())
        if told := g.get("told_by_phone"):
            kept_on_phones.note(database.session(), *told)
        if "taken" not in g:
            _keep_part(item, person)
    return response


def _keep_part(item: Item, person: Person) -> None:
    """Leave a receipt for a part of a form that asks for no change yet."""
    session = database.session()
    session.add(Receipt(actor_id=person.id, client_id=item.change_id, change_id=None))
    session.flush()
    g.taken = Taken(KEPT, person.plan_clock)


def broken_rule() -> str | None:
    """Return the rule that an attempt of this request would have broken, or None."""
    broken: str | None = g.get("broken_rule")
    return broken


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
    asked = _asked(client_id or _client_id(), verb, wanted, written(why), together)
    session = database.session()
    outcome = changes.make(session, actor(), participant, asked, now())
    change = session.get_one(Receipt, (actor().id, asked.client_id)).change
    if change is None:
        raise LookupError("this id has no change")
    g.taken = Taken(outcome, participant.plan_clock)
    return Made(outcome, change.id)


def _asked(
    client_id: str, verb: str, wanted: dict[str, Any], why: BilingualText, together: bool
) -> Asked:
    """Return what is asked for, with its place in the order of what the person said."""
    item = find_item()
    return Asked(
        client_id,
        verb,
        wanted,
        why,
        together,
        clock=item.clock if item else None,
        device_id=g.sign_in.device_id,
        waited=item is not None and item.has_waited,
    )


def make_at_any_rate(verb: str, participant: Person, **wanted: Any) -> Made:
    """Do as `make`, whatever the id of the form is: missing, or used for something else."""
    sent = request.form.get("change_id", "")
    if CHANGE_ID.fullmatch(sent):
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
        g.broken_rule = broken.code
        return broken.code
    except NotAllowed:
        savepoint.commit()
        raise
    savepoint.commit()
    return None


def _client_id() -> str:
    client_id = request.form.get("change_id", "")
    if not CHANGE_ID.fullmatch(client_id):
        abort(400)
    return client_id


def written(words: str) -> BilingualText:
    """Return what the actor typed as a text in the language of their screens."""
    typed = words.strip()[:LONGEST_WORDS]
    return BilingualText(**{actor().language.value: typed}) if typed else BilingualText()
