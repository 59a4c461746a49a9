"""Reads the pages that the app answers, as a person would: words, links and forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

WITHOUT_END = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "use"}


@dataclass
class Element:
    """One element of a page, with what is inside it."""

    tag: str
    attributes: dict[str, str | None]
    inside: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """Return an attribute; "" where it stands without a value."""
        return self.attributes[name] or ""

    @property
    def words(self) -> str:
        """Return the words inside, with single spaces between them."""
        parts = (part if isinstance(part, str) else part.words for part in self.inside)
        return " ".join(" ".join(parts).split())

    def each(self) -> Iterator["Element"]:
        """Give every element inside, from the top."""
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.each()

    def shown(self) -> Iterator["Element"]:
        """Give every element inside that is seen without a script, from the top."""
        for part in self.inside:
            if isinstance(part, str) or part.tag == "template" or "hidden" in part.attributes:
                continue
            yield part
            yield from part.shown()

    def all(self, tag: str | None = None, **attributes: str) -> list["Element"]:
        """Return the elements inside with this tag and these attributes, `class_` among them."""
        wanted = {name.strip("_").replace("_", "-"): text for name, text in attributes.items()}
        return [
            each
            for each in self.each()
            if tag in (None, each.tag) and wanted.items() <= each.attributes.items()
        ]

    def one(self, tag: str | None = None, **attributes: str) -> "Element":
        """Return the one such element; anything else fails the test."""
        [found] = self.all(tag, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, dict(attrs))
        self.open[-1].inside.append(made)
        if tag not in WITHOUT_END:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in WITHOUT_END:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


class Page:
    """An answer of the app."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        self.text = response.text if response.mimetype == "text/html" else ""
        reader = _Reader()
        reader.feed(self.text)
        self.root = reader.open[0]

    @property
    def main(self) -> Element:
        """Return the part between the bars."""
        return self.root.one("main")

    @property
    def title(self) -> str:
        """Return the words of the one heading of the page."""
        return self.root.one("h1").words

    @property
    def words(self) -> str:
        """Return the words between the bars."""
        return self.main.words

    @property
    def notices(self) -> list[str]:
        """Return what the page tells of what has just happened."""
        shown = self.root.shown()
        return [each.words for each in shown if each.attributes.get("class") == "notice-text"]

    @property
    def actions(self) -> set[str]:
        """Return the addresses of all forms of the page, the language switch left out.

        A form that only a script completes has none.
        """
        forms = [
            each for each in self.root.all("form", method="post") if "action" in each.attributes
        ]
        return {form["action"].partition("#")[0] for form in forms} - {"/language"}

    @property
    def links(self) -> set[str]:
        """Return where the links of the page lead."""
        return {each["href"] for each in self.root.shown() if each.tag == "a"}
