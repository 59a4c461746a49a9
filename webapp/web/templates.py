"""What templates may use besides their own values."""

from collections.abc import Hashable, MutableMapping
from typing import Any

from flask import Flask, current_app, g, request
from flask.templating import Environment
from jinja2 import StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from webapp import pictures
from webapp.domain.timeline import ends_at
from webapp.web import labels, login
from webapp.web.waiting_forms import waits
from webapp.web.zone_offsets import zone_clock, zone_offsets


class PlainEnvironment(Environment):
    """Keeps the names that every template knows in one dict, which a page asks a hundred times.

    Jinja would look them up in two, so that names may still be added after the first page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def init_app(app: Flask) -> None:
    """Set the templates up: a name that nobody gave is a mistake, not an empty place."""
    app.jinja_environment = PlainEnvironment
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.extensions["parts"] = {}
    app.jinja_env.globals.update(
        once=once,
        label=labels.label,
        role_words=labels.role_words,
        new_change_id=login.new_change_id,
        plan_url=login.plan_url,
        picture=pictures.find,
        waits=waits,
    )
    app.jinja_env.filters["ends_at"] = ends_at
    app.jinja_env.filters["zone_offsets"] = lambda zone: zone_offsets(zone, g.today)
    app.jinja_env.filters["zone_clock"] = lambda zone: zone_clock(zone, g.today)


def once(part: Macro, *values: Hashable) -> Markup:
    """Return a part that is the same on every page in a language: it is made for the first one.

    In a template: {{ once(notice, "problem", _("There is no network.")) }}
    """
    parts: dict[tuple[Hashable, ...], Markup] = current_app.extensions["parts"]
    wanted = (part.name, g.locale, request.script_root, *values)
    if wanted not in parts:
        parts[wanted] = Markup(part(*values))  # noqa: S704 - what a part gives is escaped
    return parts[wanted]
