"""Reads what a phone keeps, as the phone does."""

import re
from typing import Any

from werkzeug.test import TestResponse

from tests.visitor import Visitor


class Pack:
    """The answer of /kept."""

    def __init__(self, content: Any) -> None:
        self.content: dict[str, Any] = content

    def __getitem__(self, name: str) -> Any:
        """Return one of the facts about it."""
        return self.content[name]

    @property
    def text(self) -> str:
        """Return every line of every page."""
        return "\n".join(self.content["lines"])

    @property
    def paths(self) -> set[str]:
        """Return the addresses of the pages."""
        return {each["path"] for each in self.content["pages"]}

    @property
    def elements(self) -> set[str]:
        """Return the names of the custom elements on the pages."""
        return set(re.findall(r"<([a-z]+(?:-[a-z]+)+)[ >]", self.text))

    def days_of(self, path: str) -> list[str]:
        """Return the days on which a page is looked at."""
        return [each["as_of"] for each in self.content["pages"] if each["path"] == path]

    def page(self, path: str, as_of: str | None = None) -> str:
        """Return a page, as of the day on which it was made or of another."""
        wanted = (path, as_of or self.content["day"])
        [found] = [p for p in self.content["pages"] if (p["path"], p["as_of"]) == wanted]
        return "\n".join(self.content["lines"][number] for number in found["lines"])


def ask(visitor: Visitor, **headers: str) -> TestResponse:
    """Ask for what the phone of a visitor keeps."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return visitor.client.get("/kept", headers=named)


def kept(visitor: Visitor) -> Pack:
    """Return what the phone of a visitor keeps."""
    answer = ask(visitor)
    assert answer.status_code == 200, answer.status
    return Pack(answer.json)
