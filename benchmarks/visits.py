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

ROUNDS = 21
REQUESTS = 20
"""How often each page is asked for in one round, before the next page has its turn."""
WARM_UP = 30

Visit = Callable[[], bytes]


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
        headers = {"Cookie": f"session={cookie(self._filled, token)}"}
        if encoding:
            headers["Accept-Encoding"] = encoding
        _body, given = ask(self._connection, f"/{self._plan}{path}", headers)
        headers["Cookie"] = given.partition(";")[0]
        return lambda: ask(self._connection, f"/{self._plan}{path}", headers)[0]

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


def ask(connection: HTTPConnection, path: str, headers: Mapping[str, str]) -> tuple[bytes, str]:
    """Ask for a page; return its content and the cookie that came with it."""
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    content = response.read()
    if response.status != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {response.status}")
    return content, response.getheader("Set-Cookie", "")


def costs(connection: HTTPConnection, visits: Mapping[str, Visit]) -> dict[str, list[int]]:
    """Return the processor time of each page in each round. The pages take turns."""
    found: dict[str, list[int]] = {name: [] for name in visits}
    for visit in visits.values():
        _times(visit, WARM_UP)
    for _round in range(ROUNDS):
        for name, visit in visits.items():
            before = _processor_time(connection)
            _times(visit, REQUESTS)
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
