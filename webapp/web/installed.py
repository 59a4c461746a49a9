"""What a phone is told about the installed app: its name, pictures and ways in, and its worker."""

import json
from typing import Any

from flask import current_app, g, url_for

from webapp.models.person import Language, Region
from webapp.web.assets import Assets
from webapp.web.i18n import gettext as _
from webapp.web.i18n import locale_for

PAGE_COLOUR = "#eef3ef"
"""The colour of the page in the light theme, as in tokens.css."""
FIRST_PAGE = "/today"
"""What the installed app opens; in every language the same, so that it stays one app."""
NARROW, WIDE = "360x800", "1280x800"
OTHER_APPS = (
    "; wv)",
    "FB_IAB",
    "FBAN",
    "FBAV",
    "GSA/",
    "Instagram",
    "Line/",
    "LinkedInApp",
    "MicroMessenger",
    "Snapchat",
)
"""What the browsers inside other apps say of themselves: they cannot install anything."""


def worker_script() -> str:
    """Return the service worker: what it must know, and where the script of this release stands.

    Browsers compare it byte for byte, and so take a new release up by themselves.
    """
    facts = {
        "icon": _picture("app-192.png"),
        "badge": _picture("app-badge.png"),
        "words": {language: _plainest_words(language) for language in Language},
    }
    script = _assets().url("js/worker.js")
    return f"self.facts = {json.dumps(facts)};\nimportScripts({json.dumps(script)});\n"


def _plainest_words(language: Language) -> str:
    """Return what a message says that the worker cannot read."""
    words = current_app.extensions["catalogues"][locale_for(language, Region.FR)]
    said: str = words.gettext("You have a message")
    return said


def manifest() -> dict[str, Any]:
    """Return the web app manifest (W3C), in the language of this request.

    Name and pictures say nothing of support: others may see the screen of the phone.
    """
    name = _("My pace")
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": _("Your tasks, your days and your goals."),
        "lang": g.locale.replace("_", "-"),
        "dir": "ltr",
        "start_url": FIRST_PAGE,
        "scope": "/",
        "display": "standalone",
        "theme_color": PAGE_COLOUR,
        "background_color": PAGE_COLOUR,
        "icons": _icons(),
        "screenshots": _screenshots(),
        "shortcuts": _shortcuts(),
    }


def is_inside_other_app(user_agent: str) -> bool:
    """Say whether a page is shown inside another app, such as one for messages."""
    return any(mark in user_agent for mark in OTHER_APPS)


def _icons() -> list[dict[str, str]]:
    kind = "image/png"
    any_shape = [
        {"src": _picture(f"app-{size}.png"), "sizes": f"{size}x{size}", "type": kind}
        for size in (192, 512)
    ]
    whole = _picture("app-maskable-512.png")
    return [*any_shape, {"src": whole, "sizes": "512x512", "type": kind, "purpose": "maskable"}]


def _screenshots() -> list[dict[str, str]]:
    shots = (
        ("narrow", NARROW, _("Your day, with what comes now")),
        ("wide", WIDE, _("Your days, one after the other")),
    )
    return [
        {
            "src": _picture(f"screen-{form}-{g.language}.webp"),
            "sizes": size,
            "type": "image/webp",
            "form_factor": form,
            "label": label,
        }
        for form, size, label in shots
    ]


def _shortcuts() -> list[dict[str, Any]]:
    ways = (
        (_("Today"), url_for("today.show")),
        (_("My days"), url_for("days.show")),
        (_("Help"), url_for("help.show")),
    )
    icon = {"src": _picture("app-192.png"), "sizes": "192x192", "type": "image/png"}
    return [{"name": name, "url": url, "icons": [icon]} for name, url in ways]


def _assets() -> Assets:
    found: Assets = current_app.extensions["assets"]
    return found


def _picture(name: str) -> str:
    return _assets().url(f"pictures/{name}")
