"""The commands, as somebody types them: what they print, and how they end."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SECRET_KEY
from tests.forms.plans import GROCERY, SAMPLES, changed
from tests.visitor import rows
from webapp.app import create_app
from webapp.cli import main
from webapp.config import Settings
from webapp.models.person import Person, Support
from webapp.web.database import Database

Run = Callable[..., Result]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the settings of an installation of its own."""
    return {
        "MON_RYTHME_DATA": str(tmp_path),
        "DATABASE_URL": "",
        "PUBLIC_URL": "http://localhost",
        "SECRET_KEY": SECRET_KEY,
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Give a function that runs a command, with other settings where they are given."""

    def run(*words: object, **settings: str) -> Result:
        result = CliRunner().invoke(
            main, [str(word) for word in words], env={**environment, **settings}
        )
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.stderr
        return result

    return run


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[type], list[object]]:
    """Give a function that looks into the database of the installation."""

    def stored(kind: type) -> list[object]:
        database = Database(f"sqlite:///{tmp_path / 'mon-rythme.sqlite3'}")
        found = rows(database, kind)
        database.engine.dispose()
        return found

    return stored


def printed(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return result.stdout.strip()


def refused(result: Result) -> list[str]:
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr.strip().splitlines()


def write(folder: Path, content: bytes) -> Path:
    path = folder / "plan.json"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_plan_comes_in_and_goes_out_unchanged(run: Run, sample: Path) -> None:
    person_id = int(printed(run("plan", "import", sample)))
    out = json.loads(printed(run("plan", "export", person_id)))
    assert out == json.loads(sample.read_text("utf-8"))


def test_a_wrong_plan_is_refused_whole(run: Run, tmp_path: Path, stored: Callable) -> None:
    printed(run("person", "list"))
    wrong = changed(("tasks.0.minutes", -1), ("tasks.1.on", "2026-02-30"), ("more", 1))
    lines = refused(run("plan", "import", write(tmp_path, wrong)))
    assert len(lines) == 3
    for path in ("tasks[0].minutes: ", "tasks[1].on: ", "more: "):
        assert [line for line in lines if line.startswith(path)]
    assert stored(Person) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"x" * 5_000_001])
def test_what_is_no_plan_at_all(run: Run, tmp_path: Path, content: bytes) -> None:
    [line] = refused(run("plan", "import", write(tmp_path, content)))
    assert line.startswith("the file: ")


def test_an_unknown_picture_is_a_warning(run: Run, tmp_path: Path) -> None:
    result = run("plan", "import", write(tmp_path, changed(("tasks.0.picture", "from-tomorrow"))))
    assert printed(result).isdigit()
    assert result.stderr.startswith("warning: tasks[0].picture: ")


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        [line] = refused(run("plan", "import", path))
        assert line.startswith(f"{path}: ")


def test_a_plan_may_come_with_its_coach(run: Run, stored: Callable) -> None:
    coach = printed(run("person", "add", "Cora", "--role", "coach"))
    printed(run("plan", "import", SAMPLES[0], "--coach", coach))
    [support] = stored(Support)
    assert support.supporter_id == int(coach)


def test_a_coach_who_is_none_stops_the_whole_import(run: Run, stored: Callable) -> None:
    mentor = printed(run("person", "add", "Mia", "--role", "mentor"))
    assert refused(run("plan", "import", SAMPLES[0], "--coach", mentor)) == ["1 is not a coach."]
    [line] = refused(run("plan", "import", SAMPLES[0], "--coach", 99))
    assert line == "There is nobody with the id 99."
    assert len(stored(Person)) == 1


def test_a_plan_of_nobody_and_of_staff(run: Run) -> None:
    coach = printed(run("person", "add", "Cora", "--role", "coach"))
    assert refused(run("plan", "export", coach)) == ["1 is not a participant."]
    assert refused(run("plan", "export", 99)) == ["There is nobody with the id 99."]


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30, "x"])
def test_an_id_that_is_no_id(run: Run, number: object) -> None:
    for words in (("plan", "export"), ("person", "link")):
        assert refused(run(*words, "--", number))


def test_people_are_listed(run: Run) -> None:
    assert json.loads(printed(run("person", "list", "--json"))) == []
    run("person", "add", "Cora", "--role", "coach", "--language", "en")
    run("plan", "import", SAMPLES[0])
    participant = GROCERY["participant"]
    assert json.loads(printed(run("person", "list", "--json"))) == [
        {"id": 1, "name": "Cora", "role": "coach", "language": "en"},
        {"id": 2, "name": participant["name"], "role": "participant", "language": "fr"},
    ]
    assert [line.split() for line in printed(run("person", "list")).splitlines()] == [
        ["1", "coach", "en", "Cora"],
        ["2", "participant", "fr", participant["name"]],
    ]


def test_somebody_new(run: Run, stored: Callable) -> None:
    words = ("--email", "Cora@Example.org", "--telephone", "+1 506 555 0101", "--region", "CA")
    words = (*words, "--time-zone", "America/Moncton")
    printed(run("person", "add", "Cora", "--role", "coach", *words))
    [cora] = stored(Person)
    assert (cora.name, cora.role, cora.email, cora.telephone, cora.time_zone, cora.region) == (
        *("Cora", "coach", "cora@example.org", "+1 506 555 0101", "America/Moncton", "CA"),
    )


@pytest.mark.parametrize(
    "words",
    [
        ("Cora", "--role", "queen"),
        ("Cora",),
        ("Cora", "--role", "coach", "--time-zone", "Mars/Base"),
        ("Cora", "--role", "coach", "--language", "de"),
        ("", "--role", "coach"),
        ("  ", "--role", "coach"),
        ("A\nB", "--role", "coach"),
        ("x" * 101, "--role", "coach"),
    ],
)
def test_somebody_new_who_cannot_be(run: Run, stored: Callable, words: tuple[str, ...]) -> None:
    printed(run("person", "list"))
    assert refused(run("person", "add", *words))
    assert stored(Person) == []


def test_an_email_belongs_to_one(run: Run, stored: Callable) -> None:
    words = ("--role", "coach", "--email", "cora@example.org")
    printed(run("person", "add", "Cora", *words))
    [line] = refused(run("person", "add", "Dan", *words))
    assert line == "Somebody has the e-mail cora@example.org already."
    assert len(stored(Person)) == 1


@pytest.mark.parametrize(
    ("words", "start"), [(("plan", "import", SAMPLES[0]), "/today"), (None, "/people")]
)
def test_a_link_signs_anybody_in_once(
    run: Run, tmp_path: Path, words: tuple[object, ...] | None, start: str
) -> None:
    person_id = printed(run(*(words or ("person", "add", "Cora", "--role", "coach"))))
    answer = json.loads(printed(run("person", "link", person_id, "--json")))
    assert set(answer) == {"url"}
    path = answer["url"].removeprefix("http://localhost")
    database = Database(f"sqlite:///{tmp_path / 'mon-rythme.sqlite3'}")
    app = create_app(Settings(tmp_path, "", "http://localhost", SECRET_KEY), db=database)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.get(path).status_code == 200
    assert client.post(path, data={"answer": "yes"}).location == start
    assert client.get(start).status_code == 200
    assert app.test_client().post(path, data={"answer": "yes"}).status_code == 410
    database.engine.dispose()


def test_each_link_is_a_new_one_with_the_public_address(run: Run) -> None:
    printed(run("person", "add", "Cora", "--role", "coach"))
    links = {printed(run("person", "link", 1, PUBLIC_URL="https://plan.example.org")) for _ in "ab"}
    assert len(links) == 2
    assert all(link.startswith("https://plan.example.org/sign-in/link/") for link in links)


def test_a_link_for_nobody(run: Run) -> None:
    assert refused(run("person", "link", 7)) == ["There is nobody with the id 7."]


COMMANDS = [
    ("start",),
    ("web",),
    ("plan", "import", SAMPLES[0]),
    ("plan", "export", 1),
    ("person", "list"),
    ("person", "link", 1),
    ("person", "add", "Cora", "--role", "coach"),
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


def findings(result: Result) -> dict[str, bool]:
    """Return what the doctor looked at, and whether it is right."""
    lines = [line.split(None, 1) for line in result.stdout.splitlines()]
    return {text.partition(":")[0]: verdict == "right" for verdict, text in lines}


def test_the_doctor_is_content(run: Run) -> None:
    printed(run("person", "add", "Cora", "--role", "coach"))
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
