"""Reads the bytes of a plan file as strict JSON, whatever they are."""

import errno
import json
from collections import Counter
from pathlib import Path
from typing import Any

from webapp.forms.plan_mistakes import THE_FILE, Mistake, PlanFileMistakes

MOST_BYTES = 5_000_000
ENOUGH_DIGITS = 20


class Members(dict[str, Any]):
    """A JSON object that remembers which keys it had more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated: tuple[str, ...] = ()
        if len(self) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            self.repeated = tuple(key for key, count in counts.items() if count > 1)


def content_of(path: Path) -> bytes:
    """Return the bytes of a plan file, of one that is too long only as many as show it.

    Raises OSError; also for a device or a pipe, which may never end.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "Not a file")
    with path.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def read_json(content: bytes) -> Any:
    """Return the JSON value that the bytes hold, objects as `Members`.

    A byte order mark is dropped. Raises PlanFileMistakes with one mistake.
    """
    if len(content) > MOST_BYTES:
        raise _refused("is over 5 MB")
    try:
        return json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=Members, parse_int=_whole_number
        )
    except UnicodeDecodeError as error:
        raise _refused(f"is not UTF-8, see byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _refused(f"is not JSON, see {where}: {error.msg}") from None
    except RecursionError:
        raise _refused("has lists or objects nested too deep") from None


def _whole_number(digits: str) -> int:
    """Return the number; of an endless one only the start, which is out of every range too."""
    return int(digits[:ENOUGH_DIGITS])


def _refused(text: str) -> PlanFileMistakes:
    return PlanFileMistakes((Mistake(THE_FILE, text),))
