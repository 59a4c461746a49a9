"""Runs the web server until somebody stops it."""

import socket
from collections.abc import Callable
from contextlib import closing

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

APP = "webapp.app:create_app"
DEMONSTRATION = "webapp.app:create_demonstration_app"
WORKERS = 2


class PortTakenError(Exception):
    """Something else listens at this address already, or it is not ours to take."""


def serve(
    host: str, port: int, *, demonstration: bool = False, when_ready: Callable[[], None]
) -> None:
    """Serve the app at `host` and `port`, and call `when_ready` once it answers.

    Raises PortTakenError where the address cannot be taken.
    """
    _check(host, port)
    server = Server(
        DEMONSTRATION if demonstration else APP,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=1,
        factory=True,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.on_startup(when_ready)
    server.serve()


def _check(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise PortTakenError from error
