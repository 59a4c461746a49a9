"""Marks the forms that a phone may keep when there is no network, and send later."""

from markupsafe import Markup, escape

from webapp.models.text import BilingualText
from webapp.web.i18n import spoken


def waits(
    subject: str,
    said: str,
    icon: str = "done",
    next: str | None = None,
    title: BilingualText | str | None = None,
) -> Markup:
    """Return the attributes of a form that may wait on the phone until it can be sent.

    `subject` is what the form speaks of: "task-12-2026-11-23", "step-3-2026-11-23", "proposal-4",
    "change-5", "next-step-6", "risk-6", "risk-6-view", "goal-7", "setting-theme", "pace", "help".
    The place on the page that shows it carries the same `data-subject`.
    `said` are the words that stand there afterwards, with `icon`. A button of the form that says
    something else carries its own `data-said` and `data-icon`; where the words are "", those of
    the pressed button are taken.
    `next` is where the person goes on: "#step-2" on the same page; an address of another page is
    only for when the server does not say. `title` names the thing, for the list of what waits.

    In a template: <form method="post" action="…"{{ waits("task-12-2026-11-23", _("Done")) }}>
    """
    named = _words(title)
    values = {"subject": subject, "said": said, "icon": icon, "next": next, "title": named}
    written = [f' data-{name}="{escape(value)}"' for name, value in values.items() if value]
    return Markup(" data-waits" + "".join(written))  # noqa: S704 - each value is escaped


def _words(title: BilingualText | str | None) -> str | None:
    if not isinstance(title, BilingualText):
        return title
    found = spoken(title)
    return found[0] if found else None
