"""What templates may use besides their own values."""

from flask import Flask
from jinja2 import StrictUndefined

from webapp import pictures
from webapp.web import labels, login


def init_app(app: Flask) -> None:
    """Set the templates up: a name that nobody gave is a mistake, not an empty place."""
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals.update(
        label=labels.label,
        role_words=labels.role_words,
        new_change_id=login.new_change_id,
        plan_url=login.plan_url,
        picture=pictures.find,
    )
