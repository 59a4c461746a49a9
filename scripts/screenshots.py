"""Takes the pictures of the README from the running app, with the demonstration people."""

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
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import demonstration, people, sign_in_cards
from webapp.migrate import upgrade
from webapp.models.person import Person, Theme
from webapp.models.sign_in import CardKind
from webapp.web.database import Database

NOW = datetime(2026, 11, 23, 14, 10, tzinfo=UTC)
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT = 360, 720

SHOTS = (
    # file, who, address
    ("today-fr", "Maya", "/today"),
    ("step-en", "Alex", "a step"),
    ("coach-en", "Camille", "/people/{maya}/today"),
    ("today-large-dark", "Yanis", "/today"),
)


@contextmanager
def running_app(folder: Path) -> Iterator[tuple[str, dict[str, str], dict[str, int]]]:
    """Serve the demonstration; give its address, a link for each person, and their ids."""
    url = f"sqlite:///{folder / 'shots.sqlite3'}"
    upgrade(url)
    settings = Settings(folder, url, "http://localhost:8000", "k" * 40)
    database = Database(url)
    with database.transaction() as session:
        demonstration.add_everybody(session, NOW)
        everybody = {each.name: each for each in people.everybody(session)}
        everybody["Yanis"].text_size, everybody["Yanis"].theme = 32, Theme.DARK
        everybody["Camille"].language = everybody["Alex"].language
        links = {
            name: _link(session, person, settings.secret_key) for name, person in everybody.items()
        }
        ids = {name: person.id for name, person in everybody.items()}
    server = make_server("127.0.0.1", 0, create_app(settings, db=database, clock=lambda: NOW))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}", links, ids
    server.shutdown()


def _link(session: Session, person: Person, key: str) -> str:
    card = sign_in_cards.make_card(session, None, person, CardKind.SENT, key=key, now=NOW)
    return f"/sign-in/link/{sign_in_cards.card_link_token(card, key)}"


def take(browser: Browser, base: str, link: str, address: str) -> bytes:
    """Sign in with a link, go to an address, and return what the phone shows."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True)
    page = context.new_page()
    page.goto(base + link)
    page.click("button[value=yes]")
    if address == "a step":
        page.click(".now-card a")
        page.click("[data-kind=main]")
    else:
        page.goto(base + address)
    picture = page.screenshot()
    context.close()
    return picture


def main() -> None:
    """Take every picture, and keep it small."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with running_app(Path(folder)) as (base, links, ids):
            for name, who, address in SHOTS:
                where = address.format(maya=ids["Maya"])
                picture = Image.open(BytesIO(take(browser, base, links[who], where)))
                picture.save(PICTURES / f"{name}.webp", quality=80, method=6)
        browser.close()


if __name__ == "__main__":
    main()
