"""The site that the phones of the benchmarks visit: the app at its own address, and bare floors.

A process of its own, as people run it, so that it can be away. It counts what is sent to it. The
app answers at 127.0.0.1 and the floors at localhost: for a browser these are two places.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import text
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks.household import file_settings
from benchmarks.served import serve
from webapp.app import create_app
from webapp.web.database import Database

FOLDER, PORT = "BENCHMARKS_FOLDER", "BENCHMARKS_PORT"
SECRET = "only for the phones of the benchmarks, never for people"  # noqa: S105 - signs nothing kept
START_SECONDS = 60
THREADS = 4

FLOOR_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Floor</title>
<h1>Today</h1><button>It's done</button><p id="said"></p><p>{padding}</p></html>
"""
FLOOR_WORKER = """
addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(caches.match("/floor/page"));
});
"""


@dataclass(slots=True)
class Posts:
    """What came in with forms, and went out as their answers: how many, bytes, and how long."""

    number: int = 0
    bytes: int = 0
    began: float = 0
    ended: float = 0

    def note(self, size: int, began: float) -> None:
        """Count one form that was answered."""
        self.began = min(self.began or began, began)
        self.ended = max(self.ended, time.monotonic())
        self.number += 1
        self.bytes += size


@dataclass(slots=True)
class Counted:
    """Counts the forms that one app takes, with heads and bodies, as they are before encryption."""

    app: Any
    posts: Posts = field(default_factory=Posts)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, and count where it was a form."""
        if environ["REQUEST_METHOD"] != "POST":
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        began, sizes = time.monotonic(), [_length_of(environ)]

        def noted(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            sizes.append(len(status) + sum(len(n) + len(v) + 4 for n, v in headers))
            return start_response(status, headers, *more)

        parts = list(self.app(environ, noted))
        self.posts.note(sum(sizes) + sum(map(len, parts)), began)
        return parts


def _length_of(environ: dict[str, Any]) -> int:
    head = sum(len(name) + len(str(v)) for name, v in environ.items() if name[:5] == "HTTP_")
    return head + int(environ.get("CONTENT_LENGTH") or 0)


def create() -> DispatcherMiddleware:
    """Return what the process serves: the app, `/floor`, and `/counts` of both since last time."""
    folder, port = Path(os.environ[FOLDER]), os.environ[PORT]
    settings = file_settings(folder, f"http://127.0.0.1:{port}", SECRET)
    app = Counted(create_app(settings))
    floor = Counted(_floor(Database(settings.database_url)))
    counted = {"app": app, "floor": floor}

    def counts(_environ: Any, start_response: Any) -> list[bytes]:
        said = {
            name: [each.posts.number, each.posts.bytes, each.posts.ended - each.posts.began]
            for name, each in counted.items()
        }
        app.posts, floor.posts = Posts(), Posts()
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]

    return DispatcherMiddleware(app, {"/floor": floor, "/counts": counts})


def _floor(database: Database) -> Flask:
    """Return an app with a page, its worker, and a form that commits one row, and nothing else."""
    app = Flask(__name__, static_folder=None)
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS floor_row (words TEXT)"))

    @app.get("/page")
    def page() -> str:
        length = int(request.args.get("bytes", 0)) - len(FLOOR_PAGE)
        return FLOOR_PAGE.format(padding="some words " * (max(length, 0) // 11))

    @app.get("/worker.js")
    def worker() -> Response:
        return Response(FLOOR_WORKER, mimetype="text/javascript")

    @app.post("/row")
    def row() -> str:
        with database.engine.begin() as connection:
            values = {"words": request.form["words"]}
            connection.execute(text("INSERT INTO floor_row (words) VALUES (:words)"), values)
        return "kept"

    return app


def free_port() -> int:
    """Return a port at which nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as trial:
        return int(trial.getsockname()[1])


@contextmanager
def reachable(folder: Path, port: int) -> Iterator[None]:
    """Let the site be there; afterwards nothing listens any more, as where there is no network."""
    environment = {**os.environ, FOLDER: str(folder), PORT: str(port)}
    command = [sys.executable, "-m", "benchmarks.site"]
    with subprocess.Popen(command, env=environment) as server:  # noqa: S603 - ourselves
        try:
            _wait_for(server, port)
            yield
        finally:
            server.terminate()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while socket.socket().connect_ex(("127.0.0.1", port)):
        if server.poll() is not None or time.monotonic() > end:
            raise TimeoutError("the site does not start")
        time.sleep(0.1)


def counts(port: int) -> dict[str, list[float]]:
    """Return of `app` and `floor`: how many forms since last time, their bytes, and seconds."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/counts")
        response = connection.getresponse()
        if response.status != HTTPStatus.OK:
            raise RuntimeError(f"/counts answered {response.status}")
        found: dict[str, list[float]] = json.loads(response.read())
        return found


if __name__ == "__main__":
    serve("benchmarks.site:create", int(os.environ[PORT]), THREADS)
