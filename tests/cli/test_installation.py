"""The commands and the installation: settings, the database, the demonstration."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from tests.cli.commands import ADD_CORA, Run, printed, refused
from tests.forms.plans import SAMPLES
from webapp import serve
from webapp.companion import Companion
from webapp.domain import people
from webapp.models.person import Person
from webapp.models.sign_in import SignInCard

COMMANDS = [
    ("start",),
    ("web",),
    ("reminders",),
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


@pytest.mark.parametrize("words", [("person", "list"), ("plan", "export", 1)])
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


@pytest.mark.usefixtures("from_tomorrow")
@pytest.mark.parametrize("words", COMMANDS[:-1], ids=lambda words: " ".join(map(str, words[:2])))
def test_a_newer_database_stops_every_command_in_one_sentence(
    run: Run, words: tuple[object, ...]
) -> None:
    [line] = refused(run(*words))
    assert line == "The database was made by a newer version. Install that one."


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give whether each server that was started shows a demonstration; none really starts."""
    shown: list[bool] = []

    def ready(
        _host: str,
        _port: int,
        *,
        demonstration: bool,
        beside: Companion,
        when_ready: partial[None],
    ) -> None:
        assert isinstance(beside, Companion)
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
