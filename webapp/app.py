"""Puts the house together."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask

from webapp.clock import utc_now
from webapp.config import Settings, from_environment
from webapp.views import (
    about,
    accompaniment,
    adding,
    answering_hours,
    asking,
    calendar,
    calendar_feed,
    changes,
    choices,
    days,
    devices,
    follow_ups,
    goals,
    health,
    help,
    help_requests,
    installing,
    kept,
    language,
    me,
    metrics,
    next_steps,
    organisation,
    pace,
    people,
    photos,
    proposing,
    pwa,
    reminder_phones,
    reminder_ways,
    reminders,
    risks,
    sending,
    sign_in,
    sign_in_cards,
    start,
    styleguide,
    task_reminders,
    tasks,
    today,
    welcome,
)
from webapp.views import outbox as outbox_page
from webapp.web import (
    addresses,
    assets,
    compression,
    database,
    errors,
    fresh,
    i18n,
    login,
    outbox,
    pushing,
    replay,
    security,
    templates,
    uploads,
)
from webapp.web import kept as kept_pages
from webapp.web.database import Database

PAGES = (
    about.bp,
    accompaniment.bp,
    adding.bp,
    answering_hours.bp,
    asking.bp,
    calendar.bp,
    calendar_feed.bp,
    changes.bp,
    choices.bp,
    days.bp,
    devices.bp,
    follow_ups.bp,
    goals.bp,
    health.bp,
    help.bp,
    help_requests.bp,
    installing.bp,
    kept.bp,
    kept.pack_bp,
    language.bp,
    me.bp,
    metrics.bp,
    next_steps.bp,
    organisation.bp,
    outbox_page.bp,
    pace.bp,
    people.bp,
    photos.bp,
    proposing.bp,
    pwa.bp,
    reminder_phones.bp,
    reminder_ways.bp,
    reminders.bp,
    risks.bp,
    sending.bp,
    sign_in.bp,
    sign_in_cards.bp,
    start.bp,
    task_reminders.bp,
    tasks.bp,
    today.bp,
    welcome.bp,
)
HERE = Path(__file__).parent


def create_app(
    settings: Settings | None = None,
    *,
    db: Database | None = None,
    clock: Callable[[], datetime] = utc_now,
    development: bool = False,
) -> Flask:
    """Return the app. Without arguments it takes its settings from the environment."""
    settings = settings or from_environment()
    app = Flask(__name__, static_folder=None)
    app.config["PUBLIC_URL"] = settings.public_url
    app.config["METRICS_TOKEN"] = settings.metrics_token
    app.extensions["clock"] = clock
    templates.init_app(app)
    addresses.init_app(app)
    uploads.init_app(app)
    pushing.init_app(app, settings)
    login.init_app(app)
    security.init_app(app, settings)
    outbox.init_app(app)
    database.init_app(app, db or Database(settings.database_url))
    replay.init_app(app)
    errors.init_app(app)
    i18n.init_app(app)
    assets.init_app(app, HERE / "static")
    fresh.init_app(app)
    kept_pages.init_app(app)
    compression.init_app(app)
    for page in PAGES:
        app.register_blueprint(page)
    if development:
        app.register_blueprint(styleguide.bp)
    return app


def create_demonstration_app() -> Flask:
    """Return the app with the pages for those who build it."""
    return create_app(development=True)
