"""Runs the web server until somebody stops it."""

import errno
import socket
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from threading import Thread

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

APP = "webapp.app:create_app"
DEMONSTRATION = "webapp.app:create_demonstration_app"
WORKERS = 2
THREADS = 8
"""In each worker, so that some phones that send slowly do not stop all others."""
LOOK_AGAIN_SECONDS = 0.05


class PortTakenError(Exception):
    """Something else listens at this address already, or it is not ours to take."""


class HostUnknownError(Exception):
    """This machine has no such address."""


def serve(
    host: str,
    port: int,
    *,
    demonstration: bool = False,
    beside: AbstractContextManager[object] | None = None,
    when_ready: Callable[[], None],
) -> None:
    """Serve the app at `host` and `port`, and call `when_ready` once it answers.

    What is `beside` it is entered before it serves, and left when it ends.
    Raises PortTakenError or HostUnknownError where it cannot listen there.
    """
    address = _address(host, port)
    _check(address, port)
    server = Server(
        DEMONSTRATION if demonstration else APP,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        factory=True,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    waiting = Thread(target=_wait, args=(address, port, when_ready), daemon=True)
    server.on_startup(waiting.start)
    with beside or nullcontext():
        server.serve()


def _address(host: str, port: int) -> str:
    """Return the address that a name stands for: the server takes no names."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnknownError from error
    _family, _kind, _protocol, _name, address = min(found)
    return str(address[0])


def _socket(address: str) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)


def _wait(address: str, port: int, when_ready: Callable[[], None]) -> None:
    """Wait until one of the workers listens."""
    while True:
        with closing(_socket(address)) as trial:
            if trial.connect_ex((address, port)) == 0:
                break
        time.sleep(LOOK_AGAIN_SECONDS)
    when_ready()


def _check(address: str, port: int) -> None:
    with closing(_socket(address)) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                raise PortTakenError from error
            raise HostUnknownError from error
