"""The commands, as somebody types them: what they print, and how they end."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.commands import ADD_CORA, EMAIL, Run, printed, refused, write
from tests.conftest import SECRET_KEY
from tests.forms.plans import GROCERY, SAMPLES, changed
from webapp.app import create_app
from webapp.cli import main
from webapp.config import Settings
from webapp.models.person import Person, Support
from webapp.web.database import Database


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


def test_what_may_never_end_is_not_read(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        assert refused(run("plan", "import", path)) == [f"{path}: Not a file"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_is_printed_as_json_is_utf_8_anywhere(
    run: Run, environment: dict[str, str], tmp_path: Path, encoding: str
) -> None:
    name = "Zoë Łukasz"
    plan = write(tmp_path, changed(("participant.name", name)))
    person_id = printed(run("plan", "import", plan))

    def elsewhere(*words: str) -> bytes:
        return CliRunner(charset=encoding).invoke(main, words, env=environment).stdout_bytes

    exported, listed = elsewhere("plan", "export", person_id), elsewhere("person", "list", "--json")
    assert json.loads(exported)["participant"]["name"] == name
    assert [each["name"] for each in json.loads(listed)] == [name]
    assert elsewhere("person", "list").startswith(b"     1  participant")


def test_a_plan_may_come_with_its_coach(run: Run, stored: Callable) -> None:
    coach = printed(run(*ADD_CORA))
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
    coach = printed(run(*ADD_CORA))
    assert refused(run("plan", "export", coach)) == ["1 is not a participant."]
    assert refused(run("plan", "export", 99)) == ["There is nobody with the id 99."]


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30, "x"])
def test_an_id_that_is_no_id(run: Run, number: object) -> None:
    for words in (("plan", "export"), ("person", "link")):
        assert refused(run(*words, "--", number))


def test_people_are_listed(run: Run) -> None:
    assert json.loads(printed(run("person", "list", "--json"))) == []
    run(*ADD_CORA, "--language", "en")
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
        ("Cora", "--role", "queen", *EMAIL),
        ("Cora", *EMAIL),
        ("Cora", "--role", "coach", *EMAIL, "--time-zone", "Mars/Base"),
        ("Cora", "--role", "coach", *EMAIL, "--time-zone", "Factory"),
        ("Cora", "--role", "coach", *EMAIL, "--language", "de"),
        ("", "--role", "coach", *EMAIL),
        ("  ", "--role", "coach", *EMAIL),
        ("A\nB", "--role", "coach", *EMAIL),
        ("x" * 101, "--role", "coach", *EMAIL),
    ],
)
def test_somebody_new_who_cannot_be(run: Run, stored: Callable, words: tuple[str, ...]) -> None:
    printed(run("person", "list"))
    assert refused(run("person", "add", *words))
    assert stored(Person) == []


@pytest.mark.parametrize("role", ["coach", "administrator"])
def test_who_signs_in_by_email_needs_one(run: Run, stored: Callable, role: str) -> None:
    printed(run("person", "list"))
    [line] = refused(run("person", "add", "Cora", "--role", role))
    assert line == "Coaches and administrators sign in with an e-mail. Add --email."
    assert stored(Person) == []


@pytest.mark.parametrize("email", ["", "cora", "@", "cora@", "@example.org", "c ora@x", "a@b@c"])
@pytest.mark.parametrize("role", ["coach", "mentor"])
def test_an_email_looks_like_one(run: Run, stored: Callable, role: str, email: str) -> None:
    printed(run("person", "list"))
    [line] = refused(run("person", "add", "Cora", "--role", role, "--email", email))
    assert line == "Write an e-mail such as name@example.org."
    assert stored(Person) == []


def test_an_email_belongs_to_one(run: Run, stored: Callable) -> None:
    words = ("--role", "coach", "--email", "cora@example.org")
    printed(run("person", "add", "Cora", *words))
    [line] = refused(run("person", "add", "Dan", *words))
    assert line == "Somebody has the e-mail cora@example.org already."
    assert len(stored(Person)) == 1


@pytest.mark.parametrize(
    ("words", "start"), [(("plan", "import", SAMPLES[0]), "/welcome"), (None, "/people")]
)
def test_a_link_signs_anybody_in_once(
    run: Run, tmp_path: Path, words: tuple[object, ...] | None, start: str
) -> None:
    person_id = printed(run(*(words or ADD_CORA)))
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
    printed(run(*ADD_CORA))
    links = {printed(run("person", "link", 1, PUBLIC_URL="https://plan.example.org")) for _ in "ab"}
    assert len(links) == 2
    assert all(link.startswith("https://plan.example.org/sign-in/link/") for link in links)


def test_a_link_for_nobody(run: Run) -> None:
    assert refused(run("person", "link", 7)) == ["There is nobody with the id 7."]
