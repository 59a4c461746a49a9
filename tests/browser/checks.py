"""What every page must keep, measured in the browser. Each check returns its faults in words."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.decisions import is_decided

PARTICIPANT_TARGET = 48
"""CSS pixels (E1); a finger, a small screen, a bus."""
STAFF_TARGET = 44
"""CSS pixels on a screen that is touched (E1)."""
PARTICIPANT_DISTANCE = 8
MOST_STOPS = 120
"""No page has as many controls as this; who needs more Tabs is lost."""

TAGS = (
    "wcag2a",
    "wcag2aa",
    "wcag2aaa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
    "experimental",
)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
OURS = "".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("checks.js", "keyboard.js")
)


def prepare(page: Page) -> None:
    """Bring axe and our own measures into the page, past its policy, once a page."""
    if not page.evaluate("() => Boolean(window.pageChecks)"):
        page.evaluate(OURS)


def axe(page: Page) -> list[str]:
    """Return what axe finds, and what it leaves to us and nobody has decided yet."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    prepare(page)
    found = page.evaluate("tags => window.pageChecks.runAxe(tags)", list(TAGS))
    violations = [_words(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    undecided = [
        f"undecided: {_words(rule, node)}"
        for rule in found["incomplete"]
        for node in rule["nodes"]
        if not is_decided(rule["id"], node)
    ]
    return [*violations, *undecided]


def _words(rule: dict[str, Any], node: dict[str, Any]) -> str:
    summary = " ".join(node.get("failureSummary", "").split())
    return f"axe {rule['id']}: {node['html'][:120]} {summary[:240]}"


def small_targets(page: Page, *, staff: bool = False) -> list[str]:
    """Return the controls that are too small to touch. Links inside a sentence are excepted:
    those that are laid out in the line, with words around them that are not theirs.
    """
    return _measure(page, "targets", STAFF_TARGET if staff else PARTICIPANT_TARGET)


def close_targets(page: Page, *, staff: bool = False) -> list[str]:
    """Return the controls that stand too near to each other; staff's may touch, not overlap."""
    return _measure(page, "distances", 0 if staff else PARTICIPANT_DISTANCE)


def sideways_scroll(page: Page) -> list[str]:
    """Return what makes the page wider than the screen."""
    return _measure(page, "sideways")


def small_text(page: Page) -> list[str]:
    """Return the text below 20 px (A19)."""
    return _measure(page, "smallText")


def manner_of_text(page: Page) -> list[str]:
    """Return italics, capitals, shadows, hyphens, and text that does not start at its side."""
    return _measure(page, "manner")


def tight_lines(page: Page) -> list[str]:
    """Return texts of several lines that stand too near to each other (A22)."""
    return _measure(page, "tightLines")


def cut_words(page: Page) -> list[str]:
    """Return the words that stand on two lines (A21)."""
    return _measure(page, "cutWords")


def clipped_text(page: Page) -> list[str]:
    """Return words that leave their control or are hidden in part."""
    return _measure(page, "clipped")


def main_action(page: Page) -> list[str]:
    """Return why the main action cannot be seen whole, without scrolling (D1)."""
    return _measure(page, "mainAction")


def first_field(page: Page) -> list[str]:
    """Return why the first question of a long form cannot be answered without scrolling."""
    return _measure(page, "firstField")


def headings(page: Page) -> list[str]:
    """Return a fault where there is not exactly one main heading."""
    return _measure(page, "headings")


def language(page: Page, locale: str) -> list[str]:
    """Return a fault where the page does not say that it is in `locale` (B14)."""
    return _measure(page, "language", locale)


def pictures_and_words(page: Page) -> list[str]:
    """Return the controls that have only a picture or only words (A26)."""
    return _measure(page, "pictures")


def focus(page: Page) -> list[str]:
    """Return why the element that has the focus cannot be seen whole (E10)."""
    return _measure(page, "focus")


def keyboard(page: Page) -> list[str]:
    """Walk through the page with Tab alone. Return what is not reached, not seen, or a trap."""
    _measure(page, "startOver")
    faults: list[str] = []
    stops: list[str] = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        where: str | None = page.evaluate("() => window.pageChecks.focused()")
        if where is None or where == next(iter(stops), None):
            return [*faults, *_measure(page, "unreached")]
        if where == next(reversed(stops), None) and page.evaluate("window.pageChecks.hasParts()"):
            continue
        if where in stops:
            return [*faults, f"the keyboard cannot leave {where}"]
        stops.append(where)
        faults += focus(page)
    return [*faults, f"more than {MOST_STOPS} stops for the keyboard"]


def motion(page: Page) -> list[str]:
    """Return what moves although the person asked for no motion (E14)."""
    return _measure(page, "stillMoves")


def measures(page: Page, *, staff: bool = False) -> list[str]:
    """Return the faults of all quick checks that do not depend on the address, in one go."""
    asked: list[tuple[str, list[object]]] = [
        ("targets", [STAFF_TARGET if staff else PARTICIPANT_TARGET]),
        ("distances", [0 if staff else PARTICIPANT_DISTANCE]),
        *((name, []) for name in ("sideways", "smallText", "manner", "tightLines")),
        *((name, []) for name in ("cutWords", "clipped", "headings")),
    ]
    if not staff:
        asked.append(("pictures", []))
    prepare(page)
    faults: list[str] = page.evaluate(
        "asked => asked.flatMap(([name, wanted]) => window.pageChecks[name](...wanted))", asked
    )
    return faults


def _measure(page: Page, name: str, *wanted: object) -> list[str]:
    prepare(page)
    faults: list[str] | None = page.evaluate(
        "([name, wanted]) => window.pageChecks[name](...wanted)", [name, list(wanted)]
    )
    return faults or []
