"""How a page may be looked at: language, screen, size of text, colours; and which of them meet."""

import os
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from itertools import product
from zlib import crc32

from playwright.sync_api import Page

SMALLEST = (320, 568)
SIZES = (SMALLEST, (360, 800), (1280, 800))
THEMES = ("light", "dark", "contrast")
TEXT_SIZES = (20, 32)
LANDSCAPE = (568, 320)
ZOOMED = (320, 256)
"""1280×1024 at 400 % (WCAG 1.4.10)."""


@dataclass(frozen=True)
class Look:
    """How one person has a page before them."""

    language: str
    size: tuple[int, int]
    text_size: int
    theme: str


def every_look() -> list[Look]:
    """Return the full product, sizes side by side so that the screen changes seldom."""
    return [Look(*each) for each in product(("fr", "en"), SIZES, TEXT_SIZES, THEMES)]


def covering(name: str, language: str) -> set[Look]:
    """Return few looks in which every choice is met in a language; others for each page."""
    looks = sorted(every_look(), key=lambda look: crc32(f"{name} {look}".encode()))
    looks = [look for look in looks if look.language == language]
    missing = {choice for look in looks for choice in _choices(look)}
    chosen: set[Look] = set()
    while missing:
        best = max(looks, key=lambda look: len(missing & _choices(look)))
        chosen.add(best)
        missing -= _choices(best)
    return chosen


def _choices(look: Look) -> set[tuple[int, object]]:
    return set(enumerate(astuple(look)))


def looks_of(name: str, language: str) -> Iterable[tuple[Look, bool]]:
    """Return how a page is looked at, and whether axe looks too.

    Our own measures are quick, and taken at every size of screen and of text.
    """
    chosen = set(every_look()) if os.environ.get("SOAK") else covering(name, language)
    for look in every_look():
        if look.language == language and (look in chosen or look.theme == "light"):
            yield look, look in chosen


def put_on(page: Page, look: Look) -> None:
    """Change the screen and the person's choices as the server would write them."""
    if page.viewport_size != {"width": look.size[0], "height": look.size[1]}:
        page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
    page.evaluate(
        "([theme, size]) => { Object.assign(document.documentElement.dataset,"
        " {theme, textSize: size}); scrollTo(0, 0); }",
        [look.theme, str(look.text_size)],
    )


def told(faults: Iterable[str]) -> str:
    """Return each fault once, with how often it was seen."""
    by_words: dict[str, list[str]] = {}
    for fault in faults:
        where, _colon, words = fault.partition(": ")
        by_words.setdefault(words, []).append(where)
    return "\n".join(f"{words}   [{len(seen)}: {seen[0]}]" for words, seen in by_words.items())
