"""The stage of the browser tests: a real server over a real database, with people on it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests import factories
from tests.browser import choosing, following
from tests.browser.calling import Calls, calls_for_help
from tests.browser.clock import Clock
from tests.browser.foreign import in_the_other_language
from tests.browser.on_the_way import OnTheWay, goals_on_the_way
from tests.browser.risky import tried_step
from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import changes, feeds, passwords, plans, sessions, sign_in_cards
from webapp.domain.changes import Asked
from webapp.migrate import upgrade
from webapp.models.person import Language, Person, Region, Role, Support
from webapp.models.plan import Task
from webapp.models.sign_in import CardKind, DeviceKind
from webapp.web import login
from webapp.web.database import Database

NOW = datetime(2026, 11, 23, 13, 20, tzinfo=UTC)
"""Monday 23 November 2026: 8:20 in Toronto, 9:20 in Moncton, 14:20 in Paris."""
MONDAY = date(2026, 11, 23)
SECRET = "a secret for the tests in the browser"
PASSWORD = "the heron waits by the quiet lake"
SAMPLES = Path(__file__).parent.parent / "samples"
PLANS = {Language.FR: "grocery-quebec", Language.EN: "library-moncton"}
LONG_NAME = "Marie-Antoinette"


@dataclass(frozen=True)
class Household:
    """The people who read one language. Attributes are ids, so that no row outlives its session."""

    language: Language
    full: int
    empty: int
    paused: int
    done: int
    coach: int
    lonely: int
    administrator: int
    with_steps: int
    without_steps: int
    movable: int
    finished: int
    not_today: int
    foreign: int
    risky: int
    unmarked: int
    asked: int
    told: int
    arriving: int
    follow_up: int
    choices: choosing.Choices
    goals: OnTheWay
    calls: Calls

    def task_path(self, task_id: int, *more: str) -> str:
        """Return the address of a task on the day of the tests."""
        return "/".join(["/tasks", str(task_id), MONDAY.isoformat(), *more])

    def risk_path(self, *more: str) -> str:
        """Return an address about the step that can go wrong; it is in the plan of `done`."""
        return "/".join(["/next-steps", str(self.risky), "try", *more])


@dataclass(frozen=True)
class Stage:
    """The running app, where it answers, and who is there; `supports`: the last row of theirs."""

    clock: Clock
    app: Flask
    database: Database
    url: str
    homes: dict[Language, Household]
    supports: int

    def part(self) -> None:
        """End what began in a test between people: the lists of coaches stay as they were."""
        with self.database.transaction() as session:
            session.execute(delete(Support).where(Support.id > self.supports))

    def cookie(self, person_id: int) -> str:
        """Sign a person in on a new device, and return the cookie for it."""
        with self.database.transaction() as session:
            person = session.get_one(Person, person_id)
            now = self.clock.now
            row, token = sessions.begin(session, person, DeviceKind.ANDROID, now)
            said = {"_permanent": True, **login.remembered(token, row.device_id, now)}
        return self._signed(said)

    def sign_off(self, cookie: str) -> None:
        """End the session of a cookie, so that a person's list of phones stays short."""
        token = self._signer.loads(cookie)["token"]
        with self.database.transaction() as session:
            sessions.end(session, token, self.clock.now)

    def _signed(self, said: dict[str, Any]) -> str:
        signed: str = self._signer.dumps(said)
        return signed

    @property
    def _signer(self) -> Any:
        return self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]

    def choose(self, person_id: int, **values: Any) -> None:
        """Change what a person has chosen for their screens."""
        with self.database.transaction() as session:
            person = session.get_one(Person, person_id)
            for name, value in values.items():
                setattr(person, name, value)

    def newcomer(self, language: Language) -> int:
        """Make a participant with a plan of their own, for a test that changes it."""
        with self.database.transaction() as session:
            person = _with_plan(session, PLANS[language])
            coach = session.get_one(Person, self.homes[language].coach)
            factories.support(session, coach, person, NOW)
            return person.id

    def task_named(self, person_id: int, title: str) -> int:
        """Return the id of a person's task by its French or English title."""
        with self.database.session(reading=True) as session:
            tasks = session.scalars(select(Task).where(Task.participant_id == person_id))
            return next(each.id for each in tasks if title in (each.title.fr, each.title.en))

    def card(self, person_id: int, kind: CardKind = CardKind.SHOWN) -> tuple[str, str | None]:
        """Make a sign-in card; return its link and its code."""
        with self.database.transaction() as session:
            person = session.get_one(Person, person_id)
            card = sign_in_cards.make_card(session, None, person, kind, key=SECRET, now=NOW)
            token = sign_in_cards.card_link_token(card, SECRET)
            return f"{self.url}/sign-in/link/{token}", sign_in_cards.card_code(card, SECRET)


@contextmanager
def running(folder: Path, **wishes: Any) -> Iterator[Stage]:
    """Run the app on a free port, with its people, until the tests are over.

    `wishes` are settings that differ from those of a plain installation.
    """
    database_url = f"sqlite:///{folder / 'browser.sqlite3'}"
    upgrade(database_url)
    database = Database(database_url)
    clock = Clock(NOW)
    settings = Settings(folder, database_url, "http://127.0.0.1", SECRET, **wishes)
    app, server = _server(settings, database, clock)
    address = f"http://127.0.0.1:{server.server_port}"
    app.config["PUBLIC_URL"] = address
    with database.transaction() as session:
        homes = {language: _household(session, language) for language in Language}
        supports = session.scalars(select(func.max(Support.id))).one()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Stage(clock, app, database, address, homes, supports)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        database.engine.dispose()


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: Any) -> None:
        """Say nothing: the tests speak for themselves."""


def _server(settings: Settings, database: Database, clock: Clock) -> tuple[Flask, BaseWSGIServer]:
    app = create_app(settings, db=database, clock=clock)
    app.add_url_rule("/broken", "broken", _break)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    return app, server


def _break() -> str:
    raise RuntimeError("a page that always fails, to see what people are told")


def _household(session: Session, language: Language) -> Household:
    coach = _staff(session, language, "Camille", Role.COACH, telephone="+1 514 555 0142")
    lonely = _staff(session, language, "Alix", Role.COACH)
    administrator = _staff(session, language, "Dominique", Role.ADMINISTRATOR)
    mentor = _staff(session, language, "Robin", Role.MENTOR, telephone="+1 506 555 0187")
    full, done = _with_plan(session, PLANS[language]), _with_plan(session, "hotel-lyon")
    done.language = language
    done.region = Region.FR if language is Language.FR else Region.GB
    empty = factories.person(
        session, LONG_NAME, Role.PARTICIPANT, NOW, language=language, region=Region.CA
    )
    for participant in (full, done, empty):
        factories.support(session, coach, participant, NOW)
    factories.support(session, mentor, full, NOW)
    foreign = in_the_other_language(session, full)
    for task in _tasks_of(session, done):
        _say(session, done, task, "task.done")
    feeds.make(session, done, key=SECRET, now=NOW)
    stands = _monday(session, full)
    _say(session, full, stands["finished"], "task.done")
    _say(session, full, stands["not_today"], "task.not_today")
    ids = {name: task.id for name, task in stands.items()}
    risky, unmarked = tried_step(session, done, coach, MONDAY, NOW)
    people = {"full": full, "empty": empty, "done": done, "coach": coach, "lonely": lonely}
    people["administrator"] = administrator
    people["paused"] = _paused(session, language)
    following.stop_support(session, coach, people["paused"], NOW)
    people |= _who_choose(session, language, coach)
    return Household(
        language,
        foreign=foreign.id,
        risky=risky,
        unmarked=unmarked,
        follow_up=following.must_be_done(session, coach, people["asked"], NOW),
        choices=choosing.choices_of(session, coach, people["asked"], NOW),
        goals=goals_on_the_way(session, full, NOW),
        calls=calls_for_help(session, done, coach, NOW),
        **ids,
        **{name: each.id for name, each in people.items()},
    )


def _staff(session: Session, language: Language, name: str, role: Role, **values: Any) -> Person:
    email = f"{name}.{language}@example.org".lower()
    made = factories.person(session, name, role, NOW, language=language, email=email, **values)
    made.password_hash = passwords.hash_password(PASSWORD)
    session.flush()
    return made


def _with_plan(session: Session, name: str) -> Person:
    content = (SAMPLES / f"{name}.json").read_bytes()
    return plans.add_plan(session, plans.read(content).plan, NOW)


def _paused(session: Session, language: Language) -> Person:
    person = _with_plan(session, PLANS[language])
    wanted = {"pace": "pause", "until": "2026-11-30"}
    changes.make(session, person, person, Asked("stage-pause", "pace.set", wanted), NOW)
    return person


def _who_choose(session: Session, language: Language, coach: Person) -> dict[str, Person]:
    """Make people to whom something is proposed: by day, told afterwards, and as a first plan."""
    asked, told = (_with_plan(session, PLANS[language]) for _number in range(2))
    asked.name, told.name = "Noa", "Lou"
    for person in (asked, told):
        factories.support(session, coach, person, NOW)
    choosing.tell(session, coach, told, NOW)
    plan = plans.read((SAMPLES / f"{PLANS[language]}.json").read_bytes()).plan
    arriving = plans.propose_plan(session, plan, NOW, coach)
    arriving.name = "Eli"
    return {"asked": asked, "told": told, "arriving": arriving}


def _monday(session: Session, person: Person) -> dict[str, Task]:
    """Choose tasks of that Monday for the states that pages show."""
    tasks = [task for task in _tasks_of(session, person) if task.starts_on <= MONDAY]
    timed = sorted((task for task in tasks if task.at_time), key=lambda task: str(task.at_time))
    monday = [task for task in timed if "MO" in (task.repeat_rule or "")]
    chosen = {
        "with_steps": next(task for task in monday if len(task.steps) > 2),
        "without_steps": next(task for task in monday if not task.steps),
    }
    movable = [task for task in monday if not task.is_fixed_by_workplace and task.steps]
    chosen |= {"finished": movable[0], "not_today": movable[1]}
    still_open = (task for task in tasks if task not in movable[:2])
    movable_one = next(task for task in still_open if not task.is_fixed_by_workplace)
    return chosen | {"movable": movable_one}


def _tasks_of(session: Session, person: Person) -> list[Task]:
    return list(
        session.scalars(
            select(Task).where(Task.participant_id == person.id).order_by(Task.position)
        )
    )


def _say(session: Session, person: Person, task: Task, verb: str) -> None:
    day = max(MONDAY, task.starts_on)
    wanted = {"task": task.id, "day": day.isoformat()}
    asked = Asked(f"stage-{verb}-{task.id}", verb, wanted)
    changes.make(session, person, person, asked, NOW)
