"""The scripts that work without a network: parts that fit together, and that say nothing aloud."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.test_house import STATIC, read, shown
from webapp.web import assembly
from webapp.web.assets import SCRIPTS

JS = STATIC / "js"
PARTS = sorted((JS / "offline").glob("*.js"))
ALL = sorted(JS.rglob("*.js"))

EXPORTED = re.compile(
    r"^export (?:async )?(?:function\*?|class|const|let|var) (\w+)|^export \{([^}]*)\}",
    re.MULTILINE,
)
LOADED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'`](\.[^"'`$]+\.js)["'`]""")


def exported(path: Path) -> list[str]:
    """Return the names that a script gives to others."""
    found = EXPORTED.findall(read(path))
    return [name.strip() for one, more in found for name in (one or more).split(",")]


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_a_part_gives_named_things_only_and_does_nothing_by_itself(path: Path) -> None:
    source = read(path)
    assert exported(path)
    assert not re.search(r"^export default\b|^export \*|^await\b", source, re.MULTILINE)
    started = re.compile(r"^(?!export|import|async|function|class|const|let|/|\s|[\]})*])\S", re.M)
    assert started.findall(source) == [], "it acts when it is loaded"


def test_no_name_is_given_twice() -> None:
    names = Counter(name for path in PARTS for name in exported(path))
    assert len(names) > len(PARTS)
    assert [name for name, times in names.items() if times > 1] == []


def test_what_a_script_loads_is_there() -> None:
    for path in ALL:
        for target in LOADED.findall(read(path)):
            assert (path.parent / target).resolve().is_file(), f"{shown(path)}: {target}"


def test_scripts_say_nothing_aloud_and_write_no_html() -> None:
    forbidden = re.compile(
        r"\bconsole\.|\bdebugger\b|\balert\(|\.innerHTML\b|insertAdjacentHTML|document\.write\b|\beval\("
    )
    found = {shown(path): forbidden.findall(read(path)) for path in ALL}
    assert {name: said for name, said in found.items() if said} == {}


def test_the_worker_is_one_classic_script_and_the_page_loads_no_part_by_itself() -> None:
    worker, page = (assembly.script(JS / name.removeprefix("js/")) for name in reversed(SCRIPTS))
    assert not re.search(r"^(?:import|export)\b", worker, re.MULTILINE)
    assert "./offline/" not in worker + page
    for path in PARTS:
        assert path.name not in page
