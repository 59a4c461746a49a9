"""Somebody gives a photo of themselves, and their coach sees it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import pictures
from tests.browser.conftest import OpenPhone
from tests.browser.phone import LOCALES
from tests.browser.portraits import as_file
from tests.browser.stage import Stage
from webapp.domain import photos
from webapp.models.person import Language
from webapp.models.photo import Photo

both_languages = pytest.mark.parametrize("language", LOCALES)


@both_languages
def test_a_photo_is_chosen_seen_kept_and_removed(
    stage: Stage, phone: OpenPhone, language: str
) -> None:
    person = stage.newcomer(Language(language))
    page = phone(person, language=language)
    page.goto("/me/photo")
    keep = page.locator(".photo-choice-keep button")
    expect(keep).to_be_hidden()
    with page.expect_file_chooser() as chooser:
        page.locator(".photo-choice-first").click(force=True)
    chooser.value.set_files(as_file(pictures.from_a_phone()))
    expect(page.locator("canvas")).to_be_visible()
    keep.tap()
    expect(page.locator("main img")).to_be_visible()
    src = page.locator("main img").get_attribute("src")
    expect(page.locator("main img")).to_have_js_property("naturalWidth", 256)

    coach = phone(stage.homes[Language(language)].coach, language=language)
    assert pictures.colours(coach.request.get(src or "").body()) == ("red", "blue")

    page.locator("main a[href='/me/photo/remove']").tap()
    page.locator("main form button[data-kind=main]").tap()
    expect(page.locator("main img")).to_have_count(0)


def test_a_huge_photo_is_made_small_on_the_phone(
    stage: Stage, phone: OpenPhone, tmp_path: Path
) -> None:
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(pictures.photo() + bytes(photos.LARGEST_BYTES))
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en")
    page.goto("/me/photo")
    page.locator("[name=photo]").set_input_files(huge)
    page.wait_for_function("() => document.querySelector('[name=photo]').files[0].size < 1e6")
    page.locator(".photo-choice-keep button").tap()
    expect(page.locator("main img")).to_be_visible()


def test_without_scripts_the_file_is_sent_as_it_is(stage: Stage, phone: OpenPhone) -> None:
    person = stage.newcomer(Language.EN)
    page = phone(person, language="en", java_script_enabled=False)
    page.goto("/me/photo")
    page.locator("[name=photo]").set_input_files(as_file(pictures.from_a_phone()))
    page.locator(".photo-choice-keep button").tap()
    expect(page.locator("main img")).to_be_visible()
    with stage.database.session(reading=True) as session:
        assert pictures.colours(session.get_one(Photo, person).jpeg) == ("red", "blue")
