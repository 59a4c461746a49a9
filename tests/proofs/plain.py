"""A phone without a browser: it speaks the contract of the outbox, word by word."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """What the server answered; `said` is its JSON, where it is some."""

    status: int
    text: str

    @property
    def said(self) -> dict[str, Any]:
        """Return the JSON of the answer."""
        said: dict[str, Any] = json.loads(self.text)
        return said


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_asked: object) -> None:
        """Follow no redirect: the outbox follows none."""


class PlainPhone:
    """One phone, signed in with the link of a card. `person` is whose id it names."""

    def __init__(self, site: str, person: int, link: str) -> None:
        self.site, self.person = site, person
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stays)
        self.sign_in(link)

    def sign_in(self, link: str) -> None:
        """Open a sign-in link, and say yes."""
        path = link.removeprefix(self.site)
        token = TOKEN.search(self.get(path).text)
        assert token
        assert self.post(path, {"csrf_token": token[1], "answer": "yes"}).status == 303

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Open an address."""
        return self._ask(Request(self.site + path, headers=dict(headers or {})))  # noqa: S310

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form."""
        content = urlencode(fields).encode()
        return self._ask(Request(self.site + path, content, dict(headers or {})))  # noqa: S310

    def outbox(self, latest: str = "") -> dict[str, Any]:
        """Ask what the server knows."""
        answer = self.get("/outbox", {"Outbox-Latest": latest} if latest else {})
        assert answer.status == 200
        return answer.said

    def send(
        self, path: str, change: str = "", *, clock: int | None = None, **fields: str
    ) -> dict[str, Any]:
        """Send a change as the outbox does; without a clock, as an outbox of long ago."""
        change = change or secrets.token_urlsafe(16)
        headers = {"Outbox-Change": change, "Outbox-Person": str(self.person)}
        if clock is not None:
            headers |= {"Outbox-Clock": str(clock), "Outbox-Age": "60"}
        token = self.outbox()["csrf"]
        return self.post(path, {**fields, "csrf_token": token, "change_id": change}, headers).said

    def _ask(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return Answer(answer.status, answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode())
