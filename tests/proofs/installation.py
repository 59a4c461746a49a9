"""The production server as a process of its own, that is killed and started again, and its people.

Its clock is the real one. Its people live where it is about noon, so that no day ends meanwhile.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Timer
from typing import Any, Self
from zoneinfo import ZoneInfo

from click.testing import CliRunner
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests import factories
from tests.conftest import SECRET_KEY
from tests.proofs.proxy import HOST
from webapp.cli import main
from webapp.clock import utc_now
from webapp.domain import changes, plans
from webapp.domain.changes import Asked
from webapp.models.person import Language, Person, Role, Support
from webapp.models.sign_in import Device
from webapp.models.sign_in import Session as SessionRow
from webapp.web.database import Database

SECONDS_TO_BEGIN = 60
COMMAND = [sys.executable, "-c", "from webapp.cli import main; main()"]
ZONES = (
    "Pacific/Honolulu",
    "America/Vancouver",
    "America/Toronto",
    "Atlantic/Azores",
    "Europe/Paris",
    "Asia/Dubai",
    "Asia/Dhaka",
    "Asia/Tokyo",
    "Pacific/Auckland",
)
NOON = 12


def zone_at_noon(now: datetime) -> str:
    """Return a time zone in which the day is half over."""
    return min(ZONES, key=lambda zone: abs(now.astimezone(ZoneInfo(zone)).hour - NOON))


class Installation:
    """A data folder, and the server that runs on it at `port`; people find it at `public_url`."""

    def __init__(self, folder: Path, port: int, public_url: str) -> None:
        self.folder, self.port, self.public_url = folder, port, public_url
        self.zone = zone_at_noon(utc_now())
        self.kills = 0
        self._said = folder / "server.log"
        self._process: subprocess.Popen[str] | None = None
        folder.mkdir(exist_ok=True)
        self.run("person", "list")
        self.database = Database(f"sqlite:///{self.file}")

    def __enter__(self) -> Self:
        self.start()
        self.wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self.database.engine.dispose()

    @property
    def file(self) -> Path:
        """Return where the rows lie."""
        return self.folder / "mon-rythme.sqlite3"

    @property
    def today(self) -> date:
        """Return the day that the people's clocks show."""
        return utc_now().astimezone(ZoneInfo(self.zone)).date()

    @property
    def settings(self) -> dict[str, str]:
        """Return the environment of each of its commands."""
        return {
            "MON_RYTHME_DATA": str(self.folder),
            "DATABASE_URL": "",
            "PUBLIC_URL": self.public_url,
            "SECRET_KEY": SECRET_KEY,
            "PYTHONUNBUFFERED": "1",
        }

    def run(self, *words: object) -> str:
        """Run a command, and return what it prints."""
        result = CliRunner().invoke(main, [str(word) for word in words], env=self.settings)
        assert result.exit_code == 0, result.output
        return result.stdout.strip()

    def start(self) -> None:
        """Start the server, and go on before it answers."""
        assert self._process is None
        with self._said.open("a") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [*COMMAND, "web", "--port", str(self.port), "--host", HOST],
                env={**os.environ, **self.settings},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it says that it is ready, once for each start."""
        process = self._process
        assert process and process.stdout
        limit = Timer(SECONDS_TO_BEGIN, self._stop)
        limit.start()
        said = next((line for line in process.stdout if "Ctrl+C" in line), None)
        limit.cancel()
        assert said, f"the server did not start: {self.said}"

    def kill(self) -> None:
        """Kill it and all of its workers where they stand."""
        process = self._process
        if process is not None:
            self._stop()
            process.wait()
            assert process.stdout
            process.stdout.close()
            self._process = None
            self.kills += 1

    def _stop(self) -> None:
        assert self._process
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def kill_and_start(self) -> None:
        """Kill it and start it again at once; it answers when it can."""
        self.kill()
        self.start()

    def is_quiet(self) -> bool:
        """Say whether it has never fallen over."""
        return "Traceback" not in self.said and "unexpected mistake" not in self.said

    @property
    def said(self) -> str:
        """Return what it wrote into its log."""
        return self._said.read_text()

    def back_up(self) -> Path:
        """Return a copy of the rows, as a backup makes it while the server runs."""
        copy = self.folder / "backup.sqlite3"
        with closing(sqlite3.connect(self.file)) as whole, closing(sqlite3.connect(copy)) as kept:
            whole.backup(kept)
        return copy

    def restore(self, copy: Path) -> None:
        """Kill the server, put a backup in the place of the rows, and start it again.

        The backup comes as a new file: whoever still has the old one open must not meet it.
        """
        self.kill()
        self.database.engine.dispose()
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        shutil.copy(copy, self.file.with_suffix(".restored")).replace(self.file)
        self.start()
        self.wait()

    def participant(self, plan: dict[str, Any]) -> int:
        """Make a participant whose plan counts already, with a coach; return the id."""
        read = plans.read(json.dumps(plan).encode()).plan
        with self.database.transaction() as session:
            person = plans.add_plan(session, read, utc_now())
            factories.support(session, _coach(session, person), person, utc_now())
            return person.id

    def propose(self, person: int, title: str) -> None:
        """Let the coach of a person propose a goal to them."""
        with self.database.transaction() as session:
            whose = session.get_one(Person, person)
            coach = session.scalars(select(Person).join(Support, Support.supporter_id == Person.id))
            asked = Asked(f"proposed-{person}", "goal.add", {"title": {"en": title, "fr": title}})
            changes.make(session, coach.one(), whose, asked, utc_now())

    def end_sessions(self, person: int) -> None:
        """End all that a person has signed in, as their coach may do."""
        theirs = select(Device.id).where(Device.person_id == person)
        with self.database.transaction() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.device_id.in_(theirs))
                .values(ended_at=utc_now())
            )

    def link(self, person: int) -> str:
        """Return a link that signs a person in, once."""
        url: str = json.loads(self.run("person", "link", person, "--json"))["url"]
        return url


def _coach(session: Session, person: Person) -> Person:
    return factories.person(
        session,
        "Camille",
        Role.COACH,
        datetime.now(UTC),
        language=Language(person.language),
        telephone="+1 514 555 0142",
        email=f"camille-{person.id}@example.org",
    )
