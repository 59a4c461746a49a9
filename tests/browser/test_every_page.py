"""Every page, in every language, theme, size of screen and size of text.

`make test` looks at a covering set: on each page every two choices meet at least once. With
`SOAK=1` every page is seen in the full product.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import combinations, product
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checks
from tests.browser.phone import LOCALES, Phone, opened
from tests.browser.scenes import SCENES, Scene
from tests.browser.stage import Stage
from webapp.models.person import Language

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


def covering(name: str) -> set[Look]:
    """Return few looks in which every two choices meet, others for each page."""
    looks = sorted(every_look(), key=lambda look: crc32(f"{name} {look}".encode()))
    missing = {pair for look in looks for pair in _pairs(look)}
    chosen: set[Look] = set()
    while missing:
        best = max(looks, key=lambda look: len(missing & set(_pairs(look))))
        chosen.add(best)
        missing -= set(_pairs(best))
    return chosen


def _pairs(look: Look) -> Iterator[tuple[object, object]]:
    return combinations(enumerate(astuple(look)), 2)


def looks_of(scene: Scene, language: str) -> Iterable[tuple[Look, bool]]:
    """Return how a page is looked at, and whether axe looks too.

    Our own measures are quick, and taken at every size of screen and of text.
    """
    chosen = set(every_look()) if os.environ.get("SOAK") else covering(scene.name)
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


def faults_of(page: Page, scene: Scene, look: Look, *, with_axe: bool) -> list[str]:
    """Return everything that is wrong with a page as it stands."""
    put_on(page, look)
    found = checks.measures(page, staff=scene.is_staff)
    if look.size == SMALLEST:
        found += checks.main_action(page)
    if with_axe:
        found += checks.axe(page)
    return [f"{look.size[0]}×{look.size[1]} {look.text_size} px {look.theme}: {f}" for f in found]


@pytest.fixture
def visit(stage: Stage, browser: Browser) -> Iterator[object]:
    """Give a function that comes to a scene in a language; the phone is put away afterwards."""
    phones: list[Phone] = []

    def come(scene: Scene, language: str, **options: object) -> Phone:
        home = stage.homes[Language(language)]
        person = scene.person(home)
        phone = opened(browser, stage, person, language=language, voices=True, **options)  # type: ignore[arg-type]
        phones.append(phone)
        scene.open(phone.page, home, stage)
        return phone

    yield come
    for each in phones:
        each.close()


def told(faults: Iterable[str]) -> str:
    """Return each fault once, with how often it was seen."""
    by_words: dict[str, list[str]] = {}
    for fault in faults:
        where, _colon, words = fault.partition(": ")
        by_words.setdefault(words, []).append(where)
    return "\n".join(
        f"{words}   [{len(seen)}: {seen[0]}]" for words, seen in by_words.items()
    )


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name.replace(" ", "-"))
def test_a_page_is_right_in_every_look(visit, stage: Stage, scene: Scene, language: str) -> None:
    phone = visit(scene, language)
    faults = [f"page: {fault}" for fault in checks.language(phone.page, _locale(stage, scene, language))]
    for look, with_axe in looks_of(scene, language):
        faults += faults_of(phone.page, scene, look, with_axe=with_axe)
    faults += [f"page: {fault}" for fault in phone.faults()]
    assert not faults, told(faults)


def _locale(stage: Stage, scene: Scene, language: str) -> str:
    """The person of the finished plan lives in Europe, all others in Canada."""
    europe = {"fr": "fr-FR", "en": "en-GB"}
    return europe[language] if scene.who == "done" else LOCALES[language]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name.replace(" ", "-"))
def test_a_page_bears_zoom_spacing_and_turning(visit, scene: Scene) -> None:
    language = "fr" if crc32(scene.name.encode()) % 2 else "en"
    page = visit(scene, language, size=ZOOMED).page
    faults = [f"zoom 400 %: {fault}" for fault in checks.sideways_scroll(page)]
    put_on(page, Look(language, LANDSCAPE, 20, "light"))
    faults += [f"turned: {fault}" for fault in checks.measures(page, staff=scene.is_staff)]
    put_on(page, Look(language, SMALLEST, 20, "light"))
    page.evaluate("() => window.pageChecks.spaceOut()")
    spaced = [*checks.sideways_scroll(page), *checks.clipped_text(page)]
    faults += [f"spaced out: {fault}" for fault in spaced]
    assert not faults, told(faults)
