"""Static files: read once at start, under an address that changes with their content.

Every file lives under `/static/<hash of the tree>/`, so that browsers keep it for ever. What is
written as a table of contents is sent as one file, and scripts without their comments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request
from werkzeug.wrappers import Response as WerkzeugResponse

from webapp.web import assembly
from webapp.web.compression import compressed, encoding_for, is_text, prepare
from webapp.web.doors import impersonal

FOR_EVER = "public, max-age=31536000, immutable"
SCRIPTS = ("js/offline.js", "js/worker.js")
"""The scripts that are tables of contents, as the style is."""

bp = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file, ready to be sent."""

    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files, and the hash of their tree."""

    files: Mapping[str, Asset]
    release: str

    def url(self, path: str) -> str:
        """Return the address of a file. Raises KeyError where there is no such file."""
        self.files[path]
        return f"/static/{self.release}/{path}"


def load(folder: Path) -> Assets:
    """Read every file below `folder`."""
    files = {
        path.relative_to(folder).as_posix(): _read(folder, path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    digest = sha256()
    for name, asset in files.items():
        digest.update(name.encode() + b"\0" + asset.content + b"\0")
    return Assets(files, digest.hexdigest()[:12])


def _read(folder: Path, path: Path) -> Asset:
    name = path.relative_to(folder).as_posix()
    kind = guess_type(path.name)[0] or "application/octet-stream"
    if name == "css/app.css":
        return Asset(assembly.style(path).encode(), kind)
    if name in SCRIPTS:
        return Asset(assembly.script(path).encode(), kind)
    if path.suffix == ".js":
        return Asset(assembly.plain(path.read_text(encoding="utf-8")).encode(), kind)
    return Asset(path.read_bytes(), kind)


def init_app(app: Flask, folder: Path) -> None:
    """Serve the files below `folder`, and let templates ask for `static(path)`."""
    assets = load(folder)
    app.extensions["assets"] = assets
    for asset in assets.files.values():
        prepare(asset.content, asset.kind)
    app.jinja_env.globals["static"] = assets.url
    app.register_blueprint(bp)


@bp.get("/static/<release>/<path:path>")
@impersonal
def show(release: str, path: str) -> WerkzeugResponse:
    """Send a static file; one from an older release is sent too, but not kept."""
    assets: Assets = current_app.extensions["assets"]
    asset = assets.files.get(path)
    if asset is None:
        abort(404)
    response = _answer(asset)
    current = release == assets.release
    response.headers["Cache-Control"] = FOR_EVER if current else "no-cache"
    response.set_etag(f"{assets.release}-{response.content_encoding or 'plain'}")
    return response.make_conditional(request)


def _answer(asset: Asset) -> Response:
    kind = f"{asset.kind}; charset=utf-8" if is_text(asset.kind) else asset.kind
    encoding = encoding_for(asset.content, asset.kind)
    if encoding is None:
        return Response(asset.content, content_type=kind)
    headers = {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
    return Response(compressed(asset.content, encoding), content_type=kind, headers=headers)
