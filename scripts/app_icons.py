"""Draws the icons of the installed app from its one drawing, with Chromium; run by hand."""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "webapp" / "static" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

SIZES = {
    # iPhones take this one, before any of the manifest.
    "app-180.png": 180,
    "app-192.png": 192,
    "app-512.png": 512,
    # The drawing stays inside the circle that every phone leaves.
    "app-maskable-512.png": 512,
}
BADGE = "app-badge.png"
BADGE_SIZE = 96
"""Android shows it beside the clock, in one colour: only where it is not clear counts."""


def badge(drawing: str) -> str:
    """Return the drawing without its ground, in white, as large as it may be."""
    without = drawing.replace('<path fill="#0d4a3f" d="M0 0h512v512H0z"/>', "")
    for colour in ("#ffd873", "#fdf5e0"):
        without = without.replace(colour, "#fff")
    return without.replace("0 0 512 512", "80 92 352 352")


def drawn(page: Page, drawing: str, size: int) -> Image.Image:
    """Return a drawing as a picture of `size` pixels on each side."""
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
    return Image.open(BytesIO(page.screenshot(omit_background=True)))


def main() -> None:
    """Write every icon, with as few colours as the drawing has."""
    drawing = (FOLDER / "app-icon.svg").read_text(encoding="utf-8")
    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        for name, size in SIZES.items():
            picture = drawn(page, drawing, size).convert("RGB")
            picture.quantize(32).save(FOLDER / name, optimize=True)
        drawn(page, badge(drawing), BADGE_SIZE).save(FOLDER / BADGE, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
