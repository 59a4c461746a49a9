"""Mistakes turned into pages in easy words, with a way back and a way to a human."""

import logging
import secrets
import traceback

from flask import Flask, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.domain.errors import NotAllowed, NotFound, RuleBroken
from webapp.web import database, i18n
from webapp.web.i18n import gettext as _
from webapp.web.items import find_item
from webapp.web.labels import rule_words
from webapp.web.login import start_url
from webapp.web.who import find_actor

log = logging.getLogger(__name__)

Page = tuple[str, int]


def init_app(app: Flask) -> None:
    """Answer every mistake with a page."""
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(NotAllowed, _refused)
    app.register_error_handler(RuleBroken, _broken)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
    # Flask would log the address and the message of what goes wrong after the view, with all
    # the names and tokens in them: `_unexpected` logs it instead.
    app.log_exception = _say_nothing  # type: ignore[method-assign]


def _say_nothing(exc_info: object) -> None:
    """Leave the log to `_unexpected`."""


def _refused(_error: NotAllowed) -> Page:
    """The refusal stands in the history although the answer is no."""
    database.keep()
    return _page(403)


def _broken(error: RuleBroken) -> Page:
    g.mistake = error
    return _page(409, rule_words(error.code))


def _forged(error: CSRFError) -> Page:
    g.mistake = error
    return _page(400)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:  # noqa: PLR2004 - HTTP's own line
        return error.get_response()
    if isinstance(error, InternalServerError) and error.original_exception:
        return _unexpected(error.original_exception)
    page, code = _page(code)
    return page, code, [header for header in error.get_headers() if header[0] == "Allow"]


def _unexpected(error: BaseException) -> Page:
    """Log where it happened, never what was said: messages may hold names and words."""
    reference = secrets.token_hex(4)
    places = traceback.extract_tb(error.__traceback__)
    log.error(
        "unexpected mistake reference=%s endpoint=%s kind=%s at=%s",
        reference,
        request.endpoint,
        type(error).__name__,
        " < ".join(f"{place.filename}:{place.lineno}" for place in reversed(places)),
    )
    try:
        return _page(500, reference=reference)
    except Exception:
        g.actor = g.participant = None
        return _page(500, reference=reference)


def _page(code: int, sentence: str | None = None, reference: str | None = None) -> Page:
    if find_item():
        return "", code
    if "locale" not in g:
        g.actor = g.participant = None
        i18n.choose(None)
    title, sentences = _words(code)
    person = find_actor()
    page = render_template(
        "error.html",
        title=title,
        sentences=[sentence, *sentences[1:]] if sentence else sentences,
        reference=reference,
        back_url=start_url(person) if person else url_for("sign_in.show"),
        help_url=url_for("help.show") if person and person.is_participant else None,
    )
    return page, code


def _words(code: int) -> tuple[str, list[str]]:
    """Return the title and the sentences for an HTTP status."""
    known = {
        400: (
            _("This did not work"),
            [_("The page was open for too long."), _("Please try again.")],
        ),
        403: (
            _("You cannot change this"),
            [_("This belongs to another person."), _("You can talk about it together.")],
        ),
        404: (
            _("This page is not here"),
            [_("Maybe the address is wrong."), _("Maybe the page is gone.")],
        ),
        409: (_("This is not possible now"), [_("Something has changed."), _("Nothing is lost.")]),
        413: (_("This is too big"), [_("Write a shorter text."), _("Then send it again.")]),
    }
    broken = (
        _("Something does not work"),
        [_("It is not your fault."), _("Nothing is lost."), _("Try again in a few minutes.")],
    )
    known[405] = known[404]
    return known.get(code, known[400] if code < 500 else broken)  # noqa: PLR2004
