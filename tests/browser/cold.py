"""The app behind a line that can be cut, with people whose day is the day of this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories, pictures
from tests.browser.stage import Stage, running
from tests.proofs.installation import zone_at_noon
from tests.proofs.phones import LANGUAGES, Phone
from tests.proofs.plans import plan_of
from tests.proofs.proxy import Proxy, free_port
from webapp.clock import utc_now
from webapp.domain import changes, photos, plans
from webapp.domain.changes import Asked
from webapp.models.change import Change
from webapp.models.mark import Mark
from webapp.models.person import Language, Person, Role
from webapp.models.plan import Task
from webapp.models.text import BilingualText

TELEPHONE = "+1 514 555 0142"
GOAL = {"en": "I keep my job.", "fr": "Je garde mon travail."}
NEW_GOAL = {"en": "I cook at home.", "fr": "Je cuisine chez moi."}
WHY = BilingualText(en="The bus is calmer.", fr="Le bus est plus calme.")
KEPT = """async (seen) => {
    const script = document.querySelector("script[src^='/static/']").src;
    const { askWorker } = await import(script.replace("app.js", "offline.js"));
    if (seen) await askWorker({ ask: "keep", ...seen });
    return askWorker({ ask: "kept" });
}"""
"""Lets the worker of a page keep what it should, and gives what is kept."""
STORED = """async () => {
    const all = {};
    for (const name of await caches.keys()) {
        const requests = await (await caches.open(name)).keys();
        all[name] = requests.map(({ url }) => new URL(url).pathname);
    }
    return all;
}"""


@dataclass
class Somebody:
    """A participant with a plan of every day, and what is in it."""

    id: int
    task: int
    choice: int
    coach: int


@dataclass
class Cold:
    """The app, the line to it, and where phones are kept."""

    stage: Stage
    line: Proxy
    playwright: Playwright
    folder: Path
    phones: list[Phone] = field(default_factory=list)

    @property
    def zone(self) -> str:
        """Return where everybody lives: the day does not end there during a test."""
        return zone_at_noon(utc_now())

    @property
    def today(self) -> date:
        """Return the day that everybody's clock shows."""
        return utc_now().astimezone(ZoneInfo(self.zone)).date()

    def somebody(self, language: str) -> Somebody:
        """Make a participant with tasks, a goal, a choice that waits, and a coach with a photo."""
        now = utc_now()
        today = (now - timedelta(days=2)).date()
        plan = plan_of(2, 3, language=language, zone=self.zone, today=today)
        plan["goals"] = [{"title": GOAL, "why": {}, "wanted_by": None, "next_steps": []}]
        with self.stage.database.transaction() as session:
            person = plans.add_plan(session, plans.read(json.dumps(plan).encode()).plan, now)
            coach = _coach_of(session, person, now)
            asked = Asked(f"asked-{person.id}", "goal.add", {"title": NEW_GOAL}, WHY)
            changes.make(session, coach, person, asked, now)
            choice = select(Change.proposal_id).where(Change.participant_id == person.id)
            first = select(Task.id).where(Task.participant_id == person.id).order_by(Task.position)
            task = session.scalars(first).first()
            assert task
            return Somebody(person.id, task, session.scalars(choice).one() or 0, coach.id)

    def has_taken(self, path: str) -> bool:
        """Say whether the server has answered a form."""
        sent = (each for each in self.line.passages if each.method == "POST" and each.status)
        return any(each.path.partition("?")[0] == path for each in sent)

    def marks(self, somebody: Somebody) -> list[str]:
        """Return what the server knows that somebody said of their task."""
        said = select(Mark.state).where(Mark.task_id == somebody.task)
        with self.stage.database.session(reading=True) as session:
            return [*session.scalars(said)]

    def phone(self, kind: str, person: int | None) -> Phone:
        """Start a phone that has never been here."""
        folder = self.folder / f"phone-{len(self.phones)}"
        phone = Phone(self.playwright, kind, folder, self.line.url, LANGUAGES[kind], self.zone)
        self.phones.append(phone)
        phone.start()
        if person is not None:
            self.sign_in(phone, person)
        return phone

    def put_away(self) -> None:
        """Close every phone."""
        for each in self.phones:
            each.close()

    def sign_in(self, phone: Phone, person: int) -> None:
        """Let a phone be that of a person from now on."""
        end = (utc_now() + timedelta(days=2)).timestamp()
        cookie: dict[str, Any] = {"name": "session", "url": self.line.url, "expires": end}
        phone.context.add_cookies([{**cookie, "value": self.stage.cookie(person)}])  # type: ignore[list-item]


def keep(page: Page) -> dict[str, Any]:
    """Let the worker keep what belongs to whoever is signed in; return what is kept."""
    person = page.evaluate("document.documentElement.dataset.person")
    kept: dict[str, Any] = page.evaluate(KEPT, {"person": person})
    assert kept, "nothing is kept"
    return kept


@contextmanager
def in_the_cold(folder: Path, playwright: Playwright) -> Iterator[Cold]:
    """Run the app behind a line, with the clock of this machine."""
    with running(folder) as stage:
        stage.clock.now = utc_now()
        behind = int(stage.url.rpartition(":")[2])
        with Proxy(free_port(), behind, seed=0) as line:
            yield Cold(stage, line, playwright, folder)


def _coach_of(session: Session, person: Person, now: datetime) -> Person:
    language = Language(person.language)
    email = f"camille-{person.id}@example.org"
    more = {"language": language, "telephone": TELEPHONE, "email": email}
    coach = factories.person(session, "Camille", Role.COACH, now, **more)
    factories.support(session, coach, person, now)
    photos.give(session, coach, pictures.photo(), now)
    return coach
