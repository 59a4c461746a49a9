"""What a line of "What changed" is about, in a picture and words."""

from datetime import datetime
from typing import Any

from webapp import pictures
from webapp.domain import history
from webapp.domain.history import Line
from webapp.models.change import Change
from webapp.models.help import HelpReason
from webapp.models.plan import Task
from webapp.models.text import BilingualText
from webapp.web import change_lines, database
from webapp.web.change_lines import own, text_of
from webapp.web.help_calls import reason_choice
from webapp.web.i18n import gettext as _
from webapp.web.instants import when_words
from webapp.web.who import participant
from webapp.web.wording import Shown, shown


def about(line: Line, tasks: dict[int, Task]) -> tuple[Shown, ...]:
    """Return what a line speaks of; a mark speaks of its task, which is among `tasks`."""
    change, after = line.entry.change, line.entry.after
    if change.verb in history.MARKS:
        task = tasks.get(change.wanted["task"])
        return (Shown(pictures.find(task.picture).name, task.title, ""),) if task else ()
    if after and "request" in after:
        return (_call(change, after),)
    if change.verb == "risk.view" and after:
        title = text_of(after, "title")
        return (Shown(pictures.find(after["picture"]).name, title, ""),) if title else ()
    return tuple(shown(each.verb, each.wanted, effect) for each, effect in line.subjects)


def about_change(change: Change | None) -> Shown | None:
    """Return the change that a call for help speaks of, in words; None where it is about none."""
    if change is None:
        return None
    effect = history.first_effects(database.session(), [change.id]).get(change.id)
    return shown(change.verb, change.wanted, effect) if effect else None


def _call(change: Change, after: dict[str, Any]) -> Shown:
    """Return a call for help: what it is about, on which task, and what was said."""
    reason = reason_choice(HelpReason(after["about"]))
    lines = []
    if task := text_of(after, "title"):
        lines.append(change_lines.Line("list", _("Task"), None, task))
    if said := _said(change):
        lines.append(change_lines.Line("message", _("In their words"), None, said))
    return Shown(reason.picture, own(reason.words), "", tuple(lines))


def _said(change: Change) -> BilingualText | None:
    """Return what somebody said in a call, or when they said that they come."""
    if change.wanted.get("sentence"):
        return own(str(change.wanted["sentence"]))
    comes_at = change.wanted.get("comes_at")
    if not comes_at:
        return None
    when = when_words(datetime.fromisoformat(comes_at), participant().time_zone)
    return own(_("I come %(when)s.") % {"when": when})
