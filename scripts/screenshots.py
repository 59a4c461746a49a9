"""Takes the pictures of the README and of the installed app, with the demonstration people."""

import logging
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import demonstration, people, sign_in_cards
from webapp.migrate import upgrade
from webapp.models.person import Person, Theme
from webapp.models.sign_in import CardKind
from webapp.web.database import Database

NOW = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
README = ROOT / "docs" / "pictures"
MANIFEST = ROOT / "webapp" / "static" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECRET = "k" * 40
Size = tuple[int, int]
SHORT, NARROW, WIDE = (360, 720), (360, 800), (1280, 800)

SHOTS = (
    # file, who, address, size of the screen, language
    (README / "today-fr.webp", "Maya", "/today", SHORT, "fr"),
    (README / "step-en.webp", "Alex", "a step", SHORT, "en"),
    (README / "coach-en.webp", "Camille", "/people/{maya}/today", SHORT, "en"),
    (README / "today-large-dark.webp", "Yanis", "/today", SHORT, "fr"),
    (MANIFEST / "screen-narrow-fr.webp", "Maya", "/today", NARROW, "fr"),
    (MANIFEST / "screen-narrow-en.webp", "Alex", "/today", NARROW, "en"),
    (MANIFEST / "screen-wide-fr.webp", "Maya", "/days", WIDE, "fr"),
    (MANIFEST / "screen-wide-en.webp", "Alex", "/days", WIDE, "en"),
)


@contextmanager
def running_app(folder: Path) -> Iterator[tuple[str, Database, dict[str, int]]]:
    """Serve the demonstration; give its address, its database, and the ids of its people."""
    url = f"sqlite:///{folder / 'shots.sqlite3'}"
    upgrade(url)
    settings = Settings(folder, url, "http://localhost:8000", SECRET)
    database = Database(url)
    with database.transaction() as session:
        demonstration.add_everybody(session, NOW)
        everybody = {each.name: each for each in people.everybody(session)}
        everybody["Yanis"].text_size, everybody["Yanis"].theme = 32, Theme.DARK
        ids = {name: person.id for name, person in everybody.items()}
    server = make_server("127.0.0.1", 0, create_app(settings, db=database, clock=lambda: NOW))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}", database, ids
    server.shutdown()


def enter(browser: Browser, base: str, database: Database, who: int, size: Size) -> Page:
    """Open a screen of this size in the place where somebody lives, and sign them in."""
    with database.transaction() as session:
        person = session.get_one(Person, who)
        card = sign_in_cards.make_card(session, None, person, CardKind.SENT, key=SECRET, now=NOW)
        token, zone = sign_in_cards.card_link_token(card, SECRET), person.time_zone
    page = browser.new_page(
        viewport=ViewportSize(width=size[0], height=size[1]),
        has_touch=True,
        base_url=base,
        timezone_id=zone,
    )
    page.goto(f"/sign-in/link/{token}")
    page.click("button[value=yes]")
    return page


def take(page: Page, address: str, language: str) -> bytes:
    """Go to an address in a language, and return what the screen shows."""
    switch = page.locator(f"[name=language][value={language}]")
    if switch.count():
        page.locator("form", has=switch).locator("button").click()
    if address == "a step":
        page.click(".now-card a")
        page.click("[data-kind=main]")
    else:
        page.goto(address)
    return page.screenshot()


def main() -> None:
    """Take every picture, and keep it small."""
    README.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with running_app(Path(folder)) as (base, database, ids):
            for path, who, address, size, language in SHOTS:
                page = enter(browser, base, database, ids[who], size)
                shot = take(page, address.format(maya=ids["Maya"]), language)
                Image.open(BytesIO(shot)).save(path, quality=80, method=6)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
