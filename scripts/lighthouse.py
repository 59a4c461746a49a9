"""Measures pages with Lighthouse, as a cheap phone with a slow network loads them.

Needs Chromium, and Lighthouse itself or the `npx` of Node, which fetches it.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.orm import Session

from webapp.app import create_app
from webapp.clock import utc_now
from webapp.config import from_environment
from webapp.domain import demonstration, sessions
from webapp.domain.days import days_for
from webapp.domain.repeats import today_in
from webapp.migrate import upgrade
from webapp.models.person import Person
from webapp.models.sign_in import DeviceKind
from webapp.web import login
from webapp.web.database import Database

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PACKAGE = "lighthouse@12"
CATEGORIES = ("performance", "accessibility", "best-practices")
TIMES = {
    "LCP": "largest-contentful-paint",
    "CLS": "cumulative-layout-shift",
    "TBT": "total-blocking-time",
}
ROUNDS = 3
"""Each page is measured so often; the run with the middle paint is shown."""
START_SECONDS = 60

Page = tuple[str, str | None]
"""An address, and the cookie of who asks for it."""


def main() -> None:
    """Print a line for each page: its scores, its times, and what costs it points."""
    command = _command()
    with TemporaryDirectory() as folder, closing(socket.create_server(("127.0.0.1", 0))) as trial:
        port = trial.getsockname()[1]
        trial.close()
        environment = os.environ | {
            "MON_RYTHME_DATA": folder,
            "PUBLIC_URL": f"http://localhost:{port}",
        }
        pages = _pages(environment)
        with _served(environment, port) as base:
            for path, cookie in pages:
                found = [_measured(command, base + path, cookie) for _round in range(ROUNDS)]
                _print(path, sorted(found, key=_largest_paint)[ROUNDS // 2])


def _command() -> list[str]:
    """Return how to call Lighthouse here, or end with what is missing."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    own, npx = shutil.which("lighthouse"), shutil.which("npx")
    if browser is None or not (own or npx):
        sys.exit("Please install Chromium, and Node with npx, to measure with Lighthouse.")
    os.environ["CHROME_PATH"] = browser
    return [own] if own else [str(npx), "--yes", PACKAGE]


def _pages(environment: dict[str, str]) -> list[Page]:
    """Make the demonstration people, sign two of them in, and return what to measure."""
    settings = from_environment(environment)
    upgrade(settings.database_url)
    database = Database(settings.database_url)
    serializer = SecureCookieSessionInterface().get_signing_serializer(create_app(settings))
    if serializer is None:
        raise RuntimeError("the app has no secret key")
    with database.transaction() as session:
        coach, participant, *_others = demonstration.add_everybody(session, utc_now())
        own, other = (
            str(serializer.dumps(_cookie(session, person))) for person in (participant, coach)
        )
        task = _task_path(session, participant)
    return [("/today", own), (task, own), ("/sign-in", None), ("/people", other)]


def _cookie(session: Session, person: Person) -> dict[str, object]:
    """Sign a person in, and return what their cookie holds."""
    now = utc_now()
    row, token = sessions.begin(session, person, DeviceKind.ANDROID, now)
    return {**login.remembered(token, row.device_id, now), "_permanent": True}


def _task_path(session: Session, participant: Person) -> str:
    today = today_in(participant.time_zone, utc_now())
    day = days_for(session, participant, today, today)[0]
    task = next(each for each in (*day.timed, *day.any_time) if each.steps)
    return f"/tasks/{task.task_id}/{task.day}"


@contextmanager
def _served(environment: dict[str, str], port: int) -> Iterator[str]:
    command = [str(Path(sys.executable).with_name("mon-rythme")), "web", "--port", str(port)]
    with subprocess.Popen(command, env=environment) as server:  # noqa: S603 - our own command
        end = time.monotonic() + START_SECONDS
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if time.monotonic() > end:
                raise TimeoutError("the app does not start")
            time.sleep(0.2)
        yield f"http://localhost:{port}"
        server.terminate()


def _measured(command: list[str], url: str, cookie: str | None) -> dict[str, Any]:
    """Measure one page: the mobile preset, slow 4G, a processor four times slower."""
    asked = [url, "--quiet", "--output=json", f"--chrome-flags={BROWSER_FLAGS}"]
    asked.append("--only-categories=" + ",".join(CATEGORIES))
    if cookie:
        asked.append("--extra-headers=" + json.dumps({"Cookie": f"session={cookie}"}))
    answer = subprocess.run([*command, *asked], check=True, capture_output=True)  # noqa: S603
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _largest_paint(found: dict[str, Any]) -> float:
    return float(found["audits"][TIMES["LCP"]]["numericValue"])


def _print(path: str, found: dict[str, Any]) -> None:
    scores = (f"{each} {found['categories'][each]['score'] * 100:.0f}" for each in CATEGORIES)
    times = (f"{name} {found['audits'][each]['displayValue']}" for name, each in TIMES.items())
    print(path, *scores, *times, sep="  ")
    for each in CATEGORIES:
        for part in found["categories"][each]["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                print("    costs points:", audit["title"], audit.get("displayValue", ""))


if __name__ == "__main__":
    main()
