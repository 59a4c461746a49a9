"""A small site that the service worker keeps pages of: it can be slow, broken, new, and gone."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.proofs.proxy import HOST, free_port
from webapp.domain.repeats import instant
from webapp.web import assembly

SCRIPTS = Path(assembly.__file__).parent.parent / "static/js"
TODAY, TOMORROW = "2026-11-23", "2026-11-24"
POLICY = "default-src 'self'"
PHOTO = "/photos/1"
FILES = ("start", "offline/packing", "offline/registering", "offline/told", "offline/unsent")
STARTED = """import { keepPages } from "./offline/registering.js";
import { sayUnsent } from "./offline/unsent.js";
keepPages();
sayUnsent();
addEventListener("submit", ({ target }) => (target.dataset.sent = "yes"));
"""
PAGE = """<!doctype html><html lang="en" {facts}><head><title>{title}</title>
<script type="module" src="/static/{release}/js/start.js"></script></head>
<body><h1>{title}</h1><form method="post" action="{path}"><input name="said">
<button>Send</button></form>{said}</body></html>"""
NO_ANSWER = '<template id="no-answer"><p>Nothing answers.</p></template>'


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What the site gives. `person` is who is signed in; `made` tells one day's pages apart.

    `slow` addresses answer when `go_on` is set; `broken` ones answer with their status.
    """

    port: int = field(default_factory=free_port)
    person: str | None = "1"
    release: str = "r1"
    clock: int = 1
    made: str = "first"
    worker: str = "1"
    said: str = ""
    broken: dict[str, int] = field(default_factory=dict)
    slow: set[str] = field(default_factory=set)
    go_on: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str]] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Return where it answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def version(self) -> str:
        """Return what tells its kept pages apart."""
        return f"{self.person}-{self.release}-{self.clock}-{self.made}"

    def open(self) -> None:
        """Answer from now on."""
        self._server = ThreadingHTTPServer((HOST, self.port), _Visit)
        self._server.site = self  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Be gone: nobody listens at the port."""
        self.go_on.set()
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    @property
    def is_gone(self) -> bool:
        """Say whether nobody answers, not even on a line that a browser holds ready."""
        return self._server is None

    def count(self, method: str, path: str) -> int:
        """Return how often an address was asked for."""
        return self.asked.count((method, path))

    def answer(self, method: str, path: str, version: str | None) -> Answer:
        """Return the answer to a request."""
        self.asked.append((method, path))
        if path in self.slow:
            self.go_on.wait()
        if path in self.broken:
            return self.broken[path], {"Content-Type": "text/html", "Location": "/help"}, b"broken"
        if method == "POST":
            return 303, {"Location": "/today"}, b""
        return self._given(path, version)

    def _given(self, path: str, version: str | None) -> Answer:
        if path == "/kept":
            return self._kept(version)
        if path == "/service-worker.js":
            return self._script(f"// {self.worker}\n{_worker()}")
        if path.endswith("/start.js"):
            return self._script(STARTED)
        if path.startswith("/static/"):
            return self._script((SCRIPTS / path.split("/js/")[1]).read_text(encoding="utf-8"))
        if path.startswith("/photos/"):
            return 200, {"Content-Type": "image/png", "Vary": "Cookie"}, b"photo of " + b"a person"
        return 200, {"Content-Type": "text/html"}, self.page(path, "from the network").encode()

    def _script(self, content: str) -> Answer:
        return 200, {"Content-Type": "text/javascript"}, content.encode()

    def _kept(self, version: str | None) -> Answer:
        tag = {"ETag": f'"{self.version}"', "Content-Security-Policy": POLICY}
        if self.person is None:
            return 401, {}, b'{"state": "signed-out"}'
        if version == tag["ETag"]:
            return 304, tag, b""
        return 200, {**tag, "Content-Type": "application/json"}, json.dumps(self.pack()).encode()

    def pack(self) -> dict[str, Any]:
        """Return the pages that a phone keeps."""
        paths = ("/today", "/help", "/not-kept", "/not-sent")
        lines = [*(self.page(path, "kept") for path in paths), self.page("/today", "tomorrow")]
        pages = [{"path": path, "as_of": TODAY, "lines": [n]} for n, path in enumerate(paths)]
        later = {"path": "/today", "as_of": TOMORROW, "lines": [len(paths)]}
        return {
            "person": int(self.person or 0),
            "role": "participant",
            "version": self.version,
            "clock": self.clock,
            "day": TODAY,
            "begins": [(day, begin_ms(day)) for day in (TODAY, TOMORROW)],
            "release": self.release,
            "files": [f"/static/{self.release}/js/{name}.js" for name in FILES],
            "photos": [f"/photos/{self.person}"],
            "pages": [*pages, later],
            "lines": lines,
        }

    def page(self, path: str, where: str) -> str:
        """Return a page; its title says whose it is, which one, where it comes from and when."""
        facts = f'data-person="{self.person}" data-role="participant" data-clock="{self.clock}"'
        if self.person is None:
            facts = ""
        if where != "from the network":
            facts += " data-kept"
        title = f"{self.person} {path} {where} {self.made}"
        return PAGE.format(
            facts=facts, title=title, path=path, release=self.release, said=self.said
        )


def begin_ms(day: str) -> int:
    """Return the instant at which a day begins where the person is, as a phone counts it."""
    begin = instant(date.fromisoformat(day), time(), "America/Toronto")
    return int(begin.timestamp() * 1000)


def _worker() -> str:
    facts = {"icon": "", "badge": "", "words": {"fr": "", "en": ""}}
    return f"self.facts = {json.dumps(facts)};\n{assembly.script(SCRIPTS / 'worker.js')}"


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def _answer(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        self.close_connection = True
        if site.is_gone:
            return
        path, version = self.path.partition("?")[0], self.headers.get("If-None-Match")
        status, headers, content = site.answer(self.command, path, version)
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_said: object) -> None:
        """Say nothing: the tests speak for themselves."""


@contextmanager
def opened_site() -> Iterator[Site]:
    """Open a site; close it at the end."""
    one = Site()
    one.open()
    try:
        yield one
    finally:
        one.close()
