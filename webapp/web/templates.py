"""What templates may use besides their own values."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, g
from flask.templating import Environment
from jinja2 import StrictUndefined

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
    app.jinja_env.globals.update(
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
