"""The pages that a phone keeps: the real ones, made by their own views for whoever is signed in.

Each is asked for by a request of our own with the same cookie, so that every right is checked as
always; what is not answered with 200 is not kept. Such a request reads one state of the database,
whatever is changed meanwhile, and leaves nothing behind: no cookie, no flash read, no token.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, abort, current_app, g, request
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from webapp.domain import offline_class, sessions
from webapp.domain.access import participants_for
from webapp.domain.repeats import instant, today_in
from webapp.models.person import Person
from webapp.web import database, kept_addresses
from webapp.web.assets import Assets
from webapp.web.kept_addresses import Address
from webapp.web.recent import is_left_out
from webapp.web.who import KEEPING, Keeping, actor, find_keeping, now

FOUND, BROKEN = 200, 500
FILES = re.compile(
    r"css/app\.css|js/(?!worker\.js)[\w-]+\.js"
    r"|js/elements/(?!code-keypad|copy-link|fresh-plan|photo-choice|print-page)[\w-]+\.js"
    r"|pictures/(?:app-icon|icons|pictograms)\.svg"
)
"""What kept pages are made of, below the address of the release; these elements are on none."""
PHOTO = re.compile(r'<img[^>]* src="(/photos/[^"]+)"')

OF_THE_REQUEST = ("werkzeug.", "flask.", "HTTP_IF_", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE")
"""What belongs to the request for all pages, and to none of them."""

MOST_AT_ONCE = 4
"""So many packs a process makes at once: each takes the time of some hundred pages."""
MAKING = BoundedSemaphore(MOST_AT_ONCE)
"""Is held by whoever makes one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: whose pages, and the version of all that they show."""

    plans: Sequence[Person]
    version: str


def init_app(app: Flask) -> None:
    """Let templates know whether a phone keeps the page, and what is too old for it."""
    app.context_processor(_facts)
    app.jinja_env.globals["is_left_out"] = is_left_out


def _facts() -> dict[str, object]:
    keeping = find_keeping()
    return {"is_kept": keeping is not None, "kept_day": keeping.on if keeping else None}


def wanted() -> Wanted:
    """Return whose plans are kept for the actor, and their version; nothing is rendered yet."""
    person, session = actor(), database.session()
    plans = [person] if person.is_participant else participants_for(session, person, now())
    made_of = (
        _assets().release,
        [today_in(each.time_zone, now()) for each in (person, *plans)],
        person.id,
        offline_class.versions(session, person, plans, now()),
        sorted(sessions.with_a_device(session, plans, now())),
    )
    return Wanted(plans, sha256(repr(made_of).encode()).hexdigest()[:16])


def is_known(version: str) -> bool:
    """Say whether the phone has this version already, however its pages were made small."""
    known = request.if_none_match.as_set(include_weak=True)
    return version in {each.partition(":")[0] for each in known}


def pack(asked: Wanted) -> str:
    """Return all that the phone keeps for the actor, as JSON.

    Half of the threads of a process stay free for those who look at a page. Who comes when the
    others are busy is told to ask later: what the phone has is good until then.
    """
    if not MAKING.acquire(blocking=False):
        abort(503)
    try:
        return _packed(asked)
    finally:
        MAKING.release()


def _packed(asked: Wanted) -> str:
    person, assets = actor(), _assets()
    addresses = _addresses(asked.plans)
    lines, pages = _shared(_pages(addresses))
    content = {
        "person": person.id,
        "role": person.role,
        "version": asked.version,
        "clock": max(each.plan_clock for each in (person, *asked.plans)),
        "day": g.today.isoformat(),
        "begins": _begins(addresses),
        "release": assets.release,
        "files": [assets.url(name) for name in assets.files if FILES.fullmatch(name)],
        "photos": _photos(lines),
        "pages": pages,
        "lines": lines,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _addresses(plans: Sequence[Person]) -> list[Address]:
    person, today = actor(), g.today
    if not person.is_participant:
        return kept_addresses.for_coach(plans, today)
    if person.welcomed_at is None:
        return kept_addresses.for_newcomer(today)
    ahead = offline_class.what_lies_ahead(database.session(), person, now())
    return kept_addresses.for_participant(person, ahead, today)


def _pages(addresses: Iterable[Address]) -> Iterator[tuple[Address, str]]:
    connection = database.session().connection()
    for address in addresses:
        page = _page(address, connection)
        if page is not None:
            yield address, page


def _shared(pages: Iterable[tuple[Address, str]]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return every line that stands on a page, once, and the pages as numbers of lines.

    Pages are alike: so a phone keeps a quarter, and reads a sixth before it shows the first one.
    """
    numbers: dict[str, int] = {}
    in_lines = [
        {
            "path": address.path,
            "as_of": address.on.isoformat(),
            "lines": [numbers.setdefault(line, len(numbers)) for line in html.split("\n")],
        }
        for address, html in pages
    ]
    return list(numbers), in_lines


def _page(address: Address, connection: Connection) -> str | None:
    """Return a page as its own view makes it; None where the view answers anything but 200.

    Where a view stumbles, nothing is sent: what the phone has is better than what lacks a page.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    environment = _environment(address)
    with app.app_context(), app.request_context(environment):
        g.csrf_token = ""
        g.session = Session(connection)
        response = app.full_dispatch_request()
        if response.status_code >= BROKEN:
            abort(503)
        return response.get_data(as_text=True) if response.status_code == FOUND else None


def _environment(address: Address) -> dict[str, Any]:
    """Return the request for one page: that of the phone, for another address."""
    own = {name: v for name, v in request.environ.items() if not name.startswith(OF_THE_REQUEST)}
    named = {"PATH_INFO": address.path, "RAW_URI": address.path, "REQUEST_URI": address.path}
    begins = _beginning(address.on) if address.on > g.today else None
    keeping = Keeping(address.on, begins, address.is_of_the_day)
    return {**own, **named, "QUERY_STRING": "", "REQUEST_METHOD": "GET", KEEPING: keeping}


def _begins(addresses: Iterable[Address]) -> list[tuple[str, int]]:
    """Return the days of these pages, each with the instant when it begins, in milliseconds.

    That is how a phone counts instants.
    """
    days = sorted({address.on for address in addresses})
    return [(day.isoformat(), int(_beginning(day).timestamp() * 1000)) for day in days]


def _beginning(day: date) -> datetime:
    return instant(day, time(), actor().time_zone)


def _photos(lines: Iterable[str]) -> list[str]:
    return sorted({found for line in lines for found in PHOTO.findall(line)})


def _assets() -> Assets:
    found: Assets = current_app.extensions["assets"]
    return found
