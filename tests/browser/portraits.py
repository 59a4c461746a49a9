"""Photos that the browser tests choose on a phone."""

from playwright.sync_api import FilePayload, Page

from tests import pictures


def as_file(content: bytes, name: str = "me.jpg") -> FilePayload:
    """Return a file as a phone offers it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def choose_photo(page: Page, *_facts: object) -> None:
    """Choose a photo, and see it."""
    page.locator("[name=photo]").set_input_files(as_file(pictures.from_a_phone()))
    page.locator("canvas").wait_for()


def give_photo(page: Page, *_facts: object) -> None:
    """Choose a photo and keep it."""
    choose_photo(page)
    page.locator(".photo-choice-keep button").click()
    page.locator(".notice").wait_for()


def choose_no_photo(page: Page) -> None:
    """Choose a file that is no photo."""
    page.locator("[name=photo]").set_input_files(as_file(b"This is no picture.", "me.txt"))
    page.locator(".photo-choice-keep button").wait_for()
