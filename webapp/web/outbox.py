"""Answers the outbox of a phone: in JSON, with the id of the change, and only after the commit.

An item leaves the phone by an answer that names it, and by nothing else. What may be tried again
(another person is signed in, a token is old, this process is in trouble) names none.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, jsonify, session, template_rendered
from flask_wtf.csrf import CSRFError

from webapp.domain.errors import RuleBroken
from webapp.models.change import Outcome, Receipt
from webapp.web import database, replay
from webapp.web.i18n import gettext as _
from webapp.web.items import Item, find_item
from webapp.web.labels import overtaken_words, rule_words
from webapp.web.replay import KEPT, Taken
from webapp.web.who import actor, find_actor, find_participant

FLASHES = "_flashes"
"""Where the cookie keeps what is told on the next page; Flask names it so."""

FOR_GOOD = {400, 403, 404, 405, 409, 410, 413, 422}
"""The answers that would be the same the next time."""


def init_app(app: Flask) -> None:
    """Answer what was taken before, and put every other answer into JSON."""
    app.before_request(_begin)
    app.after_request(_answer)
    template_rendered.connect(_remember_page, app)


def _begin() -> Response | None:
    """Answer an item that was taken already from its receipt; its view does not run again."""
    item = find_item()
    if item is None:
        return None
    if _is_of_another(item):
        abort(403)
    if not item.is_well_formed:
        abort(400)
    g.told_before, g.cookie = list(session.get(FLASHES, ())), _cookie()
    g.is_new_cookie = session.modified
    receipt = database.session().get(Receipt, (actor().id, item.change_id))
    if receipt is None:
        return None
    g.taken, g.told_already = _taken_before(receipt), True
    return Response(status=204)


def is_known(change_id: str) -> bool:
    """Say whether a form of the actor with this id was taken."""
    return database.session().get(Receipt, (actor().id, change_id)) is not None


def _is_of_another(item: Item) -> bool:
    person = find_actor()
    return person is None or item.person != str(person.id)


def _taken_before(receipt: Receipt) -> Taken:
    change = receipt.change
    return Taken(change.outcome, change.clock) if change else Taken(KEPT, actor().plan_clock)


def _remember_page(_app: Flask, context: dict[str, Any], **_more: Any) -> None:
    """Remember what a page was made of: a form that comes back knows what is to mend."""
    g.page = context


def _answer(response: Response) -> Response:
    """Turn what a page would have shown into what the outbox reads."""
    item = find_item()
    if item is None or response.status_code >= 500:  # noqa: PLR2004 - HTTP's own line
        return response
    if find_actor() is None:
        return _say(401, state="signed-out")
    if _is_of_another(item):
        return _say(403, state="other-person")
    if isinstance(g.get("mistake"), CSRFError):
        return _say(400, state="old-token")
    return _of_item(item, response)


def _of_item(item: Item, response: Response) -> Response:
    said = _told(item)
    taken: Taken | None = g.get("taken")
    if taken and taken.outcome == Outcome.REFUSED:
        return _refused(item, 403)
    if taken and response.status_code < 400:  # noqa: PLR2004 - HTTP's own line
        named = {"change": item.change_id, "state": "taken", "outcome": taken.outcome}
        return _say(200, **named, clock=taken.clock, next=_next(response), said=said)
    if replay.broken_rule():
        return _refused(item, 409)
    return _refused(item, response.status_code) if response.status_code in FOR_GOOD else response


def _say(status: int, **named: object) -> Response:
    answer = jsonify(named)
    answer.status_code = status
    return answer


def _refused(item: Item, status: int) -> Response:
    if "told_before" in g:  # the answer itself says why
        _tell_later(g.told_before)
    clock = (find_participant() or actor()).plan_clock
    named = {"change": item.change_id, "state": "refused"}
    return _say(status, **named, words=_words(status), clock=clock)


def _next(response: Response) -> str | None:
    """Return the address of the next page, on this same server."""
    if not response.location:
        return None
    parts = urlsplit(response.location)
    return parts._replace(scheme="", netloc="").geturl()


def _told(item: Item) -> str | None:
    """Return what the next page would tell. It is told there only to somebody who waits for it."""
    if "told_before" not in g:
        return None
    now = list(session.get(FLASHES, ()))[len(g.told_before) :]
    if "taken" in g and g.taken.outcome == Outcome.OVERTAKEN:
        now = [("note", overtaken_words())]
    _tell_later(g.told_before + now if item.shows else g.told_before)
    texts = [message["text"] if isinstance(message, dict) else message for _kind, message in now]
    return " ".join(texts) or None


def _tell_later(kept: list[Any]) -> None:
    """Leave these words for the next page. A cookie that says nothing new is not sent again: it
    would bring back what a page has told meanwhile.
    """
    if kept:
        session[FLASHES] = kept
    else:
        session.pop(FLASHES, None)
    is_different = (kept, _cookie()) != (g.told_before, g.cookie)
    session.modified = g.is_new_cookie or is_different


def _cookie() -> dict[str, Any]:
    """Return what the cookie holds besides what is told."""
    return {name: value for name, value in session.items() if name != FLASHES}


def _words(status: int) -> str:
    """Return why not, in one easy sentence."""
    mistake = g.get("mistake")
    code = mistake.code if isinstance(mistake, RuleBroken) else replay.broken_rule()
    if code:
        return rule_words(code)
    return _first_mistake() or _of_status(status)


def _first_mistake() -> str | None:
    """Return what is to mend first in the form that came back."""
    page = g.get("page", {})
    form = page.get("form") or page.get("fields")
    errors = getattr(form, "errors", None)
    first = next(iter(errors.values()), None) if errors else None
    return _(first[0]) if first else None


def _of_status(status: int) -> str:
    if status == 403:  # noqa: PLR2004
        return _("You cannot change this.")
    if status in (404, 410):
        return _("This is not there any more.")
    if status == 413:  # noqa: PLR2004
        return _("This is too big.")
    return _("Something in this answer is not right.")
