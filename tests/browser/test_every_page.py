"""Every page, in every language, theme, size of screen and size of text.

`make test` looks at a covering set: on each page, in each language, axe meets every size of screen
and of text and every theme, and our own measures meet every size with every text. With `SOAK=1`
every page is seen in the full product.
"""

from zlib import crc32

import pytest
from playwright.sync_api import Page

from tests.browser import checks
from tests.browser.conftest import Visit
from tests.browser.looks import LANDSCAPE, SMALLEST, ZOOMED, Look, looks_of, put_on, told
from tests.browser.phone import LOCALES
from tests.browser.scenes import SCENES, Scene
from tests.browser.stage import Stage
from webapp.models.person import Language

NO_PAGES = {
    "assets.show",
    "calendar_feed.show",
    "health.show",
    "kept.show",
    "metrics.show",
    "outbox.show",
    "photos.show",
    "pwa.manifest",
    "pwa.worker",
    "reminder_phones.key",
    "reminder_phones.tried",
    "start.show",
}
REACHED_BY_DOING = {
    "reminder_phones.remove",
    "sign_in.link",
    "sign_in_cards.show",
    "sign_in.confirm",
}
"""Scenes come to these through a card; a code is confirmed on the same page as a link."""
NAMES = [scene.name.replace(" ", "-") for scene in SCENES]


def faults_of(page: Page, scene: Scene, look: Look, *, with_axe: bool) -> list[str]:
    """Return everything that is wrong with a page as it stands."""
    put_on(page, look)
    found = checks.measures(page, staff=scene.is_staff)
    if look.size == SMALLEST and not scene.has_mistakes:
        found += checks.first_field(page) if scene.is_long_form else checks.main_action(page)
    if with_axe:
        found += checks.axe(page)
    return [f"{look.size[0]}×{look.size[1]} {look.text_size} px {look.theme}: {f}" for f in found]


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("scene", SCENES, ids=NAMES)
def test_a_page_is_right_in_every_look(visit: Visit, scene: Scene, language: str) -> None:
    phone = visit(scene, language)
    faults = [f"page: {fault}" for fault in checks.language(phone.page, _locale(scene, language))]
    for look, with_axe in looks_of(scene.name, language):
        faults += faults_of(phone.page, scene, look, with_axe=with_axe)
    faults += [f"page: {fault}" for fault in phone.faults()]
    assert not faults, told(faults)


def _locale(scene: Scene, language: str) -> str:
    """The person of the finished plan lives in Europe, all others in Canada."""
    europe = {"fr": "fr-FR", "en": "en-GB"}
    return europe[language] if scene.who == "done" else LOCALES[language]


def test_every_page_of_the_app_has_a_scene(stage: Stage) -> None:
    home = stage.homes[Language.FR]
    addresses = stage.app.url_map.bind("localhost")
    seen = {
        addresses.match(scene.path(home).partition("?")[0])[0]
        for scene in SCENES
        if scene.status != 404
    }
    pages = {rule.endpoint for rule in stage.app.url_map.iter_rules() if "GET" in rule.methods}
    assert pages - seen == NO_PAGES | REACHED_BY_DOING


@pytest.mark.parametrize("scene", SCENES, ids=NAMES)
def test_a_page_bears_zoom_spacing_and_turning(visit: Visit, scene: Scene) -> None:
    language = "fr" if crc32(scene.name.encode()) % 2 else "en"
    page = visit(scene, language).page
    put_on(page, Look(language, ZOOMED, 20, "light"))
    faults = [f"zoom 400 %: {fault}" for fault in checks.sideways_scroll(page)]
    put_on(page, Look(language, LANDSCAPE, 20, "light"))
    faults += [f"turned: {fault}" for fault in checks.measures(page, staff=scene.is_staff)]
    put_on(page, Look(language, SMALLEST, 20, "light"))
    page.evaluate("() => window.pageChecks.spaceOut()")
    spaced = [*checks.sideways_scroll(page), *checks.clipped_text(page)]
    faults += [f"spaced out: {fault}" for fault in spaced]
    assert not faults, told(faults)
