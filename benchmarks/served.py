"""The server of the benchmarks: pages and floors in one worker that tells its processor time.

A real server, as people run it: what it costs to take a request from the network is part of both
sides of a ratio, and nothing of the measuring is. The worker's own clock counts all its threads.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from benchmarks import floor
from benchmarks.plans import NOW, Filled
from webapp.app import create_app
from webapp.config import Settings
from webapp.web.database import Database

PLANS = "BENCHMARKS_PLANS"
SECRET = "only for the benchmarks, never for people"  # noqa: S105 - signs nothing that is kept
START_SECONDS = 60


def create_page_app(filled: Filled, database: Database | None = None) -> Flask:
    """Return the app as people use it, on a database of the benchmarks."""
    settings = Settings(Path(), filled.url, "http://localhost", SECRET)
    return create_app(settings, db=database or Database(filled.url), clock=lambda: NOW)


def create() -> DispatcherMiddleware:
    """Return what the worker serves: `/<plan>` the app, `/<plan>/floor` its floor, and `/cpu`."""
    mounts: dict[str, Any] = {}
    for name, values in json.loads(os.environ[PLANS]).items():
        filled = Filled(**values)
        database = Database(filled.url)
        statements = {
            "own": (floor.OWN, filled.participant_token),
            "supported": (floor.SUPPORTED, filled.coach_token),
        }
        mounts[f"/{name}"] = create_page_app(filled, database)
        mounts[f"/{name}/floor"] = floor.create_floor(database, statements)
    return DispatcherMiddleware(_processor_time, mounts)


def _processor_time(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(time.process_time_ns()).encode()]


@contextmanager
def serving(plans: Mapping[str, Filled]) -> Iterator[HTTPConnection]:
    """Start the server with these plans, give a connection to it, and stop it at the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as trial:
        port = trial.getsockname()[1]
    environment = {**os.environ, PLANS: json.dumps({k: asdict(v) for k, v in plans.items()})}
    command = [sys.executable, "-m", "benchmarks.served", str(port)]
    with subprocess.Popen(command, env=environment) as server:  # noqa: S603 - ourselves
        try:
            with closing(_connected(server, port)) as connection:
                yield connection
        finally:
            server.terminate()


def _connected(server: subprocess.Popen[bytes], port: int) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", port)
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            connection.connect()
            return connection
        except ConnectionRefusedError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)


def serve(factory: str, port: int, threads: int = 1) -> None:
    """Serve the app that `factory` ("module:function") makes, as the real one is served."""
    Server(
        factory,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        factory=True,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    serve("benchmarks.served:create", int(sys.argv[1]))
