"""Visits pages as a browser does, again and again, and reads what they cost the server."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPConnection
from statistics import median
from typing import NamedTuple

from flask.sessions import SecureCookieSessionInterface

from benchmarks.plans import NOW, Filled
from benchmarks.served import create_page_app
from webapp.web import login

Visit = Callable[[], bytes]


class Effort(NamedTuple):
    """How often pages are asked for: the rounds, and before them a warm-up.

    In each round a page is asked for `requests` times before the next one has its turn.
    """

    rounds: int = 21
    requests: int = 20
    warm_up: int = 30


USUAL = Effort()


class Ratio(NamedTuple):
    """How many times more one page costs than another: over all rounds, and at their ends."""

    median: float
    low: float
    high: float


class Visitor:
    """A person's browser, signed in, with a connection that stays open."""

    def __init__(self, connection: HTTPConnection, plan: str, filled: Filled) -> None:
        self._connection = connection
        self._plan = plan
        self._filled = filled

    def page(self, token: str, path: str, encoding: str | None = None) -> Visit:
        """Return a visit to a page of the app. The first one takes the cookie that it is given."""
        headers = self._entered(token)
        if encoding:
            headers["Accept-Encoding"] = encoding
        return lambda: ask(self._connection, f"/{self._plan}{path}", headers)[0]

    def _entered(self, token: str) -> dict[str, str]:
        """Return the headers of somebody who has the cookie that the first page of a day gives."""
        first = {"Cookie": f"session={cookie(self._filled, token)}"}
        _body, given = ask(self._connection, f"/{self._plan}/me", first)
        return {"Cookie": given.partition(";")[0]}

    def page_again(self, token: str, path: str) -> Visit:
        """Return a visit of somebody who has the page already, and asks whether it is the same."""
        headers, address = self._entered(token), f"/{self._plan}{path}"
        headers["If-None-Match"] = _tag(self._connection, address, headers)
        return lambda: ask(self._connection, address, headers, HTTPStatus.NOT_MODIFIED)[0]

    def floor(self, name: str, length: int) -> Visit:
        """Return a visit to a floor that is `length` bytes long."""
        path = f"/{self._plan}/floor/{name}?padding="
        bare, _cookie = ask(self._connection, path + "0", {})
        padded = path + str(length - len(bare))
        return lambda: ask(self._connection, padded, {})[0]


def cookie(filled: Filled, token: str) -> str:
    """Return the signed cookie with which a browser comes back."""
    app = create_page_app(filled)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("the app has no secret key")
    return str(serializer.dumps({**login.remembered(token, 0, NOW), "_permanent": True}))


def ask(
    connection: HTTPConnection,
    path: str,
    headers: Mapping[str, str],
    wanted: HTTPStatus = HTTPStatus.OK,
) -> tuple[bytes, str]:
    """Ask for a page; return its content and the cookie that came with it."""
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    content = response.read()
    if response.status != wanted:
        raise RuntimeError(f"{path} answered {response.status}")
    return content, response.getheader("Set-Cookie", "")


def _tag(connection: HTTPConnection, path: str, headers: Mapping[str, str]) -> str:
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    response.read()
    return response.getheader("ETag", "")


def costs(
    connection: HTTPConnection, visits: Mapping[str, Visit], effort: Effort = USUAL
) -> dict[str, list[int]]:
    """Return the processor time of each page in each round. The pages take turns."""
    found: dict[str, list[int]] = {name: [] for name in visits}
    for visit in visits.values():
        _times(visit, effort.warm_up)
    for _round in range(effort.rounds):
        for name, visit in visits.items():
            before = _processor_time(connection)
            _times(visit, effort.requests)
            found[name].append(_processor_time(connection) - before)
    return found


def ratio(costs: Mapping[str, list[int]], name: str, base: str) -> Ratio:
    """Compare two pages round by round, so that what slows the machine slows both."""
    each = [cost / least for cost, least in zip(costs[name], costs[base], strict=True)]
    return Ratio(median(each), min(each), max(each))


def _times(visit: Visit, number: int) -> None:
    for _each in range(number):
        visit()


def _processor_time(connection: HTTPConnection) -> int:
    return int(ask(connection, "/cpu", {})[0])
