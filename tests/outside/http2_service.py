"""A push service that speaks HTTP/2 alone, as the great ones do; run as a program of its own."""

import sys
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

PIECE = bytes(64 * 1024)


async def app(scope: Any, protocol: Any) -> None:
    """Take every letter; go on for 200 MB where the path says so."""
    await protocol()
    if scope.http_version != "2":
        protocol.response_empty(505, [])
    elif scope.path == "/huge":
        reply = protocol.response_stream(201, [])
        for _piece in range(3200):
            await reply.send_bytes(PIECE)
    else:
        protocol.response_str(201, [("retry-after", "7")], "taken")


if __name__ == "__main__":
    port, both = sys.argv[1:]
    Server(
        f"{__file__}:app",
        port=int(port),
        interface=Interfaces.RSGI,
        ssl_cert=Path(both),
        ssl_key=Path(both),
        log_enabled=False,
    ).serve()
