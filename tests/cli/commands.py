"""What the tests of the commands share: somebody to add, and how to read what was printed."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]

EMAIL = ("--email", "cora@example.org")
ADD_CORA = ("person", "add", "Cora", "--role", "coach", *EMAIL)


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
