"""The commands and the installation: settings, the database, the demonstration, the doctor."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy.exc import OperationalError

from tests.cli.commands import ADD_CORA, Run, printed, refused
from tests.conftest import SECRET_KEY
from tests.forms.plans import SAMPLES
from webapp import serve
from webapp.domain import people
from webapp.models.person import Person
from webapp.models.sign_in import SignInCard

COMMANDS = [
    ("start",),
    ("web",),
    ("plan", "import", SAMPLES[0]),
    ("plan", "export", 1),
    ("person", "list"),
    ("person", "link", 1),
    ADD_CORA,
    ("doctor",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(map(str, words[:2])))
def test_a_wrong_setting_stops_every_command_in_one_sentence(
    run: Run, words: tuple[object, ...]
) -> None:
    [line] = refused(run(*words, SECRET_KEY="short"))
    assert line == "SECRET_KEY is too short. Give 32 characters."


@pytest.mark.parametrize("words", COMMANDS[:-1], ids=lambda words: " ".join(map(str, words[:2])))
def test_a_database_that_is_gone_stops_every_command_in_one_sentence(
    run: Run, words: tuple[object, ...]
) -> None:
    [line] = refused(run(*words, DATABASE_URL="sqlite:////nowhere/at/all.sqlite3"))
    assert line == "The database does not answer. Run mon-rythme doctor to see why."


@pytest.mark.parametrize("words", [("person", "list"), ("plan", "export", 1), ("doctor",)])
def test_who_only_reads_waits_for_nobody(
    run: Run, tmp_path: Path, words: tuple[object, ...]
) -> None:
    run("plan", "import", SAMPLES[0])
    run(*ADD_CORA)
    with closing(sqlite3.connect(tmp_path / "mon-rythme.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        printed(run(*words))


def test_a_database_that_fails_halfway_is_told_in_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(people, "everybody", fail)
    [line] = refused(run("person", "list"))
    assert line == "The database does not answer. Run mon-rythme doctor to see why."


@pytest.fixture
def from_tomorrow(run: Run, tmp_path: Path) -> None:
    """Let the database be of a version that is still to come."""
    printed(run("person", "list"))
    with closing(sqlite3.connect(tmp_path / "mon-rythme.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()


@pytest.mark.usefixtures("from_tomorrow")
@pytest.mark.parametrize("words", COMMANDS[:-1], ids=lambda words: " ".join(map(str, words[:2])))
def test_a_newer_database_stops_every_command_in_one_sentence(
    run: Run, words: tuple[object, ...]
) -> None:
    [line] = refused(run(*words))
    assert line == "The database was made by a newer version. Install that one."


@pytest.mark.usefixtures("from_tomorrow")
def test_the_doctor_knows_newer_from_older(run: Run, tmp_path: Path) -> None:
    assert "Database: SQLite is of a newer form. Install the newer version." in run("doctor").stdout
    with closing(sqlite3.connect(tmp_path / "mon-rythme.sqlite3")) as database:
        database.execute("DELETE FROM alembic_version")
        database.commit()
    assert "Database: SQLite is of an older form." in run("doctor").stdout


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give whether each server that was started shows a demonstration; none really starts."""
    shown: list[bool] = []

    def ready(_host: str, _port: int, *, demonstration: bool, when_ready: partial[None]) -> None:
        shown.append(demonstration)
        when_ready()

    monkeypatch.setattr(serve, "serve", ready)
    return shown


def test_a_demonstration_lets_its_own_people_in(
    run: Run, served: list[bool], stored: Callable
) -> None:
    said = printed(run("start", "--demo"))
    run(*ADD_CORA)
    run("plan", "import", SAMPLES[0])
    again = printed(run("start", "--demo"))
    for text in (said, again):
        lines = [line.split()[:2] for line in text.splitlines() if "/sign-in/link/" in line]
        assert lines == [
            ["Camille", "coach"],
            *([name, "participant"] for name in ("Maya", "Yanis", "Alex")),
        ]
    assert served == [True, True]
    assert {card.person_id for card in stored(SignInCard)} <= {1, 2, 4, 6}


def test_no_demonstration_among_other_people(
    run: Run, served: list[bool], stored: Callable
) -> None:
    run(*ADD_CORA)
    result = run("start", "--demo")
    assert "/sign-in/link/" not in printed(result)
    assert result.stderr == "The database has other people. No demonstration was added.\n"
    assert served == [False]
    assert len(stored(Person)) == 1
    assert stored(SignInCard) == []


def findings(result: Result) -> dict[str, bool]:
    """Return what the doctor looked at, and whether it is right."""
    lines = [line.split(None, 1) for line in result.stdout.splitlines()]
    return {text.partition(":")[0]: verdict == "right" for verdict, text in lines}


def test_the_doctor_is_content(run: Run) -> None:
    printed(run(*ADD_CORA))
    result = run("doctor", PUBLIC_URL="https://plan.example.org")
    assert result.exit_code == 0
    assert findings(result) == {"HTTPS": True, "Keys": True, "Database": True, "People": True}


def test_the_doctor_sees_what_is_not_right(run: Run, tmp_path: Path) -> None:
    result = run("doctor", PUBLIC_URL="http://plan.example.org")
    assert result.exit_code == 1
    assert findings(result) == {"HTTPS": False, "Keys": True, "Database": False}
    assert "SQLite is not there yet." in result.stdout
    printed(run("person", "list"))
    (tmp_path / "secret_key").write_text(SECRET_KEY)
    (tmp_path / "secret_key").chmod(0o644)
    result = run("doctor")
    assert result.exit_code == 1
    assert findings(result) == {"HTTPS": True, "Keys": False, "Database": True, "People": False}


@pytest.mark.parametrize(
    "gone", ["sqlite:////nowhere/at/all.sqlite3", "postgresql://nobody:secret@127.0.0.1:1/gone"]
)
def test_the_doctor_meets_a_database_that_is_gone(run: Run, gone: str) -> None:
    result = run("doctor", DATABASE_URL=gone)
    assert result.exit_code == 1
    assert findings(result)["Database"] is False
    assert "does not answer" in result.stdout
    assert "secret" not in result.output.replace("secret key", "")


def test_the_doctor_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("doctor")
    assert not (tmp_path / "mon-rythme.sqlite3").exists()
