"""Puts a message that goes out into words, in the language of its reader (RFC 8030, RFC 8291).

Without a choice of the person's own, the locked screen shows neither a name nor a task.
"""

import json
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

from flask import Flask, g

from webapp.models.notice import NoticeKind
from webapp.models.text import BilingualText
from webapp.web import i18n, moments
from webapp.web.i18n import gettext as _

MOST_OCTETS = 2000
"""Of a message before it is encrypted: some services pass no more on to a phone."""

LONGEST_LINE = 120
"""Characters of a title or a text on a locked screen."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

DECLARATIVE = 8030
"""What says that a message describes its own notification (declarative web push)."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a message speaks of, as far as its words need it.

    `who` is the name of whoever caused it, `verb` what they did. `title` is the task's, `on` and
    `at` say where it stands now. With `is_full`, the person wants all of this on the locked screen.
    `may_answer` says that the task stands today, `may_move` that it may be put off.
    """

    is_full: bool = False
    who: str = ""
    verb: str = ""
    title: BilingualText | None = None
    on: date | None = None
    at: time | None = None
    may_answer: bool = False
    may_move: bool = False


def speaking_app() -> Flask:
    """Return an app with the words alone: no page, no database."""
    app = Flask("webapp", static_folder=None)
    i18n.init_app(app)
    return app


def payload(notice: Any, spoken: Spoken, site: str, tag: str) -> bytes:
    """Return the message for a phone: UTF-8 JSON that says what to show and where it leads.

    `site` is the public address of the app, `tag` the name under which a later one replaces it.
    Where it would grow too long, it goes without its own words.
    """
    frame, neutral = _frame(g.locale, notice.kind, spoken.may_answer, spoken.may_move)
    said = full_words(notice.kind, spoken) if spoken.is_full else None
    title, body = said or (neutral, "")
    page = path(notice)
    places = {"tag": tag, "page": page, "site": site, "notice": notice.id}
    places["title"], places["body"] = _line(title), _line(body)
    written = (frame % places).encode()
    if len(written) > MOST_OCTETS:
        places["title"], places["body"] = _line(neutral), ""
        return (frame % places).encode()
    return written


def mail(kind: NoticeKind, site: str) -> tuple[str, str]:
    """Return subject and text of an e-mail: where to look, and never what it is about."""
    title = neutral_words(kind)
    # I18N: the address of the app stands on the line below.
    look, stop = _("Look here:"), _("You want no more e-mails? Choose it here:")
    return title, f"{title.rstrip('.')}.\n\n{look}\n{site}\n\n{stop}\n{site}/me/reminders\n"


def neutral_words(kind: NoticeKind) -> str:
    """Return words that say nothing of what it is about."""
    if kind is NoticeKind.TRY:
        return _("This is a try.")
    return _("You have a reminder") if kind.is_reminder else _("You have a message")


def full_words(kind: NoticeKind, spoken: Spoken) -> tuple[str, str] | None:
    """Return a title and a text below it, or None where there are no more than the neutral ones."""
    if kind.is_reminder:
        return _of_task(spoken)
    if kind is NoticeKind.SUMMARY:
        return _("Some reminders did not arrive."), _("Look at your day.")
    sentence = _sentence(kind, spoken.verb)
    return (sentence % {"name": spoken.who}, "") if sentence and spoken.who else None


def _of_task(spoken: Spoken) -> tuple[str, str] | None:
    """Return the title of a task, and when it comes: with its day, for it may be read tomorrow."""
    title = spoken.title.shown_in(g.language) if spoken.title else None
    if title is None or spoken.on is None:
        return None
    day = moments.day_words(spoken.on, g.locale, spoken.on)
    when = day[0].upper() + day[1:]
    if spoken.at is not None:
        when = _("%(day)s, %(at_time)s") % {"day": when, "at_time": i18n.at_time_words(spoken.at)}
    return title[0], when


def _sentence(kind: NoticeKind, verb: str) -> str | None:
    """Return what somebody did, for the person or for their team."""
    if kind is NoticeKind.HELP_ANSWER:
        if verb == "help.seen":
            return _("%(name)s saw your call for help.")
        return _("%(name)s answered your call for help.")
    return {
        NoticeKind.PROPOSAL: _("%(name)s proposes something."),
        NoticeKind.TOLD: _("%(name)s changed something in your plan."),
        NoticeKind.HELP_REQUEST: _("%(name)s asks for help"),
        NoticeKind.ANSWER: _("%(name)s answered your proposal."),
        NoticeKind.COMMENT: _("%(name)s wrote about what must be done."),
        NoticeKind.NO_PHONE: _("No reminder reaches %(name)s now."),
    }.get(kind)


def path(notice: Any) -> str:
    """Return the page to which a message leads."""
    kind, plan = notice.kind, f"/people/{notice.participant_id}"
    if kind.is_reminder:
        return f"/tasks/{notice.task_id}/{notice.day}"
    if kind in (NoticeKind.HELP_ANSWER, NoticeKind.HELP_REQUEST) and notice.help_request_id:
        return f"/help-requests/{notice.help_request_id}"
    return {
        NoticeKind.HELP_ANSWER: "/help",
        NoticeKind.HELP_REQUEST: f"{plan}/help",
        NoticeKind.PROPOSAL: "/choices",
        NoticeKind.TOLD: "/choices",
        NoticeKind.ANSWER: f"{plan}/choices",
        NoticeKind.COMMENT: f"{plan}/me/follow-up",
        NoticeKind.NO_PHONE: f"{plan}/me",
        NoticeKind.TRY: "/me/reminders",
    }.get(kind, "/today")


@lru_cache(maxsize=256)
def _frame(locale: str, kind: NoticeKind, may_answer: bool, may_move: bool) -> tuple[str, str]:
    """Return a message with places for what differs from one to the other, and its neutral title.

    They are in the language that was chosen before, which is that of `locale`.
    """
    page = "%(site)s%(page)s"
    shown = {
        "title": "%(title)s",
        "body": "%(body)s",
        "lang": locale[:2],
        "dir": "ltr",
        "tag": "%(tag)s",
        "navigate": page,
        "silent": kind is NoticeKind.SUMMARY,
        "actions": _actions(page, may_answer, may_move),
        "data": {
            "done": "%(page)s/done" if may_answer else None,
            "change_id": "notice-%(notice)s-done",
            "notice": "%(notice)s",
        },
    }
    written = _json({"web_push": DECLARATIVE, "notification": shown})
    frame = written.replace('"notice":"%(notice)s"', '"notice":%(notice)s')
    return frame, neutral_words(kind)


def _actions(page: str, may_answer: bool, may_move: bool) -> list[dict[str, str]]:
    """Return what the person may say of a task of today without opening the app."""
    done = {"action": "done", "title": _place(_("It's done")), "navigate": page}
    later = {"action": "later", "title": _place(_("Later")), "navigate": f"{page}/later"}
    return [done, later][: may_answer + may_move]


def _place(words: str) -> str:
    """Return words of ours as they stand in a frame."""
    return words.replace("%", "%%")


def _line(words: str) -> str:
    """Return words as they stand inside a JSON string, cut where they are too long for a line."""
    if len(words) > LONGEST_LINE:
        words = f"{words[: LONGEST_LINE - 1].rstrip()}…"
    return _json(words)[1:-1]
