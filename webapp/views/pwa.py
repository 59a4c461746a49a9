"""What makes an installed app of the pages: its manifest, and the script that runs without one."""

import json

from flask import Blueprint, Response

from webapp.web import installed
from webapp.web.doors import impersonal, public

bp = Blueprint("pwa", __name__)


@bp.get("/service-worker.js")
@impersonal
def worker() -> Response:
    """Send the service worker; browsers ask each time whether it is still the same."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return Response(installed.worker_script(), headers=headers, mimetype="text/javascript")


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """Send the manifest in the language of whoever asks."""
    text = json.dumps(installed.manifest(), ensure_ascii=False)
    return Response(text, mimetype="application/manifest+json")
