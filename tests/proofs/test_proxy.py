"""The proxy does what it says: else the proofs would prove nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.proofs.proxy import FAIR, HOST, STORM, Fate, Proxy, free_port

CHANGE = "an-id-of-a-change"


class Behind:
    """A server that remembers what came."""

    def __init__(self, port: int) -> None:
        self.came: list[tuple[str, str, bytes]] = []
        came = self.came

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                came.append((self.path, self.headers["Outbox-Change"], body))
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.send_header("Set-Cookie", "a=1")
                self.send_header("Set-Cookie", "b=2")
                self.end_headers()
                self.wfile.write(b"5\r\ntaken\r\n0\r\n\r\n")

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer((HOST, port), Answer)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def behind() -> Iterator[Behind]:
    server = Behind(free_port())
    yield server
    server.close()


@pytest.fixture
def proxy(behind: Behind) -> Iterator[Proxy]:
    with Proxy(free_port(), behind.server.server_port, seed=1) as proxy:
        yield proxy


@contextmanager
def connected(proxy: Proxy) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(HOST, proxy.port, timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def post(connection: HTTPConnection) -> tuple[int, HTTPMessage, bytes]:
    connection.request("POST", "/tasks/1/done", b"x=1", {"Outbox-Change": CHANGE})
    with connection.getresponse() as response:
        return response.status, response.headers, response.read()


ARRIVED = ("/tasks/1/done", CHANGE, b"x=1")


def test_it_passes_on_what_comes(proxy: Proxy, behind: Behind) -> None:
    with connected(proxy) as connection:
        for _twice in range(2):
            status, headers, body = post(connection)
            assert (status, body) == (200, b"taken")
            assert headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    assert behind.came == [ARRIVED] * 2
    assert proxy.counts == {Fate.PASSED: 2}
    assert {each.change for each in proxy.passages} == {CHANGE}


@pytest.mark.parametrize(
    ("fate", "times", "is_answered"),
    [
        (Fate.DELAYED, 1, True),
        (Fate.DOUBLED, 2, True),
        (Fate.ANSWER_DROPPED, 1, False),
        (Fate.ANSWER_HALVED, 1, False),
        (Fate.REQUEST_DROPPED, 0, False),
    ],
)
def test_each_fate(proxy: Proxy, behind: Behind, fate: Fate, times: int, is_answered: bool) -> None:
    proxy.weather = {fate: 1}
    with connected(proxy) as connection:
        if is_answered:
            assert post(connection)[2] == b"taken"
        else:
            with pytest.raises((OSError, HTTPException)):
                post(connection)
    assert behind.came == [ARRIVED] * times
    assert proxy.counts == {fate: 1}


def test_it_refuses_with_502(proxy: Proxy, behind: Behind) -> None:
    proxy.weather = {Fate.REFUSED: 1}
    with connected(proxy) as connection:
        assert post(connection)[0] == 502
    assert behind.came == []


def test_a_cut_ends_what_is_open_and_lets_nobody_in(proxy: Proxy) -> None:
    with connected(proxy) as connection:
        post(connection)
        proxy.cut()
        with pytest.raises((OSError, HTTPException)):
            post(connection)
    with connected(proxy) as connection, pytest.raises(ConnectionRefusedError):
        post(connection)
    proxy.mend()
    with connected(proxy) as connection:
        assert post(connection)[0] == 200
    assert proxy.cuts == 1


def test_a_server_that_is_away_is_no_answer_of_its(proxy: Proxy, behind: Behind) -> None:
    behind.close()
    for _several in range(8):
        with connected(proxy) as connection:
            try:
                assert post(connection)[0] == 502
            except (OSError, HTTPException):
                continue
    assert proxy.counts == {Fate.SERVER_AWAY: 8}
    assert [each.status for each in proxy.passages] == [None] * 8


def test_the_same_seed_gives_the_same_weather(behind: Behind) -> None:
    seen = []
    for _twice in range(2):
        with Proxy(free_port(), behind.server.server_port, seed=7) as proxy:
            proxy.weather = {**FAIR, Fate.REFUSED: 1}
            with connected(proxy) as connection:
                seen.append([post(connection)[0] for _each in range(20)])
    assert seen[0] == seen[1]
    assert {200, 502} == set(seen[0])
    assert set(STORM) == set(Fate) - {Fate.SERVER_AWAY}
