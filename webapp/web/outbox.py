"""Answers the outbox of a phone: in JSON, with the id of the change, and only after the commit.

An item leaves the phone by an answer that names it, and by nothing else. What may be tried again
(another person is signed in, a token is old, this process is in trouble) names none.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, jsonify, request, session, template_rendered
from flask_wtf.csrf import CSRFError
from werkzeug.routing import RequestRedirect

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
    if isinstance(request.routing_exception, RequestRedirect):
        abort(404)  # nobody goes on to the other address with what was said
    g.told_before, g.cookie = list(session.get(FLASHES, ())), _cookie()
    g.is_new_cookie = session.modified
    before = _taken_before(item)
    if before is None:
        return Response(status=409) if _knows_more(item) else None
    g.taken, g.told_already = before, True
    return Response(status=204)


def _knows_more(item: Item) -> bool:
    """Say whether this server was set back to a copy, and has lost what the phone knows of.

    Then it takes and refuses nothing: this item would be known as the phone's latest from then on,
    and what was lost before it would never be offered again.
    """
    return item.latest is not None and not is_known(item.latest)


def is_known(change_id: str) -> bool:
    """Say whether a form of the actor with this id was taken."""
    return _receipt(change_id) is not None


def _receipt(change_id: str) -> Receipt | None:
    return database.session().get(Receipt, (actor().id, change_id))


def _is_of_another(item: Item) -> bool:
    person = find_actor()
    return person is None or item.person != str(person.id)


def _taken_before(item: Item) -> Taken | None:
    """Return what became of an item that was taken already, or None."""
    receipt = _receipt(item.change_id)
    if receipt is None:
        return None
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
    taken: Taken | None = g.get("taken")
    if taken and response.status_code < 400:  # noqa: PLR2004 - HTTP's own line
        return _taken(item, taken, _next(response))
    status = 409 if replay.broken_rule() else response.status_code
    if status not in FOR_GOOD:
        return response
    # Who may not ask any more may still hear that it was done while they might. And the same item,
    # sent twice at once, may find what its twin has changed.
    before = _taken_before(item)
    if before:
        return _taken(item, before, None)
    return _say(409, state="set-back") if _knows_more(item) else _refused(item, status)


def _taken(item: Item, taken: Taken, next_url: str | None) -> Response:
    said = _told(item)
    if taken.outcome == Outcome.REFUSED:
        return _refused(item, 403)
    named = {"change": item.change_id, "state": "taken", "outcome": taken.outcome}
    return _say(200, **named, clock=taken.clock, next=next_url, said=said)


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
