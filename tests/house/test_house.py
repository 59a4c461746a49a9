"""The house itself: short files, nothing inline, one name for one component, words for all."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask, g

from webapp.models import change, mark, person, plan, sign_in
from webapp.models.person import TEXT_SIZES, Language, Person, Region
from webapp.web import i18n, labels

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "webapp" / "templates"
COMPONENTS = TEMPLATES / "components"
STATIC = ROOT / "webapp" / "static"

MOST_LINES = 300
MOST_LINES_A_FUNCTION = 40


def files(*patterns: str) -> list[Path]:
    """Return the files of the project that match."""
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text("utf-8")


PYTHON = files(*(f"{folder}/**/*.py" for folder in ("webapp", "tests", "scripts", "benchmarks")))
PAGES = files("webapp/templates/**/*.html")
STYLES = files("webapp/static/css/**/*.css")
SCRIPTS = files("webapp/static/js/**/*.js", "tests/**/*.js")


def test_no_file_is_long() -> None:
    code = [path for path in (*PYTHON, *PAGES, *STYLES, *SCRIPTS)]
    assert len(code) > 150
    long = {shown(path): len(read(path).splitlines()) for path in code}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_is_long() -> None:
    long = [
        f"{shown(path)}: {function.name}"
        for path in PYTHON
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= MOST_LINES_A_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    empty = ("__init__.py",)
    silent = [shown(path) for path in PYTHON if path.name not in empty and not says_why(path)]
    assert silent == []


def says_why(path: Path) -> bool:
    return bool(ast.get_docstring(ast.parse(read(path))))


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "common", "misc", "manager", "base_utils"}
    assert [shown(path) for path in PYTHON if {path.stem, path.parent.name} & vague] == []


INLINE = {
    "a style": r"\sstyle\s*=",
    "a script that is not a file": r"<script(?![^>]*\ssrc=)",
    "a block of style": r"<style\b",
    "an event handler": r"\son[a-z]+\s*=",
    "an address that is a script": r"javascript:",
    "a page that cannot grow": r"user-scalable|maximum-scale",
    "a placeholder in the place of a label": r"\splaceholder\s*=",
    "a file from elsewhere": r"<(?:script|link|img|iframe|use)\b[^>]*(?:src|href)=.(?:https?:)?//",
}


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_none_of(what: str) -> None:
    found = [shown(path) for path in PAGES if re.search(INLINE[what], read(path), re.IGNORECASE)]
    assert found == []


def test_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    for path in (*STYLES, *files("webapp/static/js/**/*.js")):
        assert not re.search(r"https?://|url\(\s*[\"']?//", read(path)), shown(path)
    for path in STYLES:
        assert "!important" not in read(path), shown(path)


def kebab(paths: list[Path]) -> set[str]:
    return {path.stem.replace("_", "-") for path in paths}


MACROS = kebab(files("webapp/templates/components/*.html"))
ELEMENTS = kebab(files("webapp/static/js/elements/*.js"))

DRAWN_BY_OTHERS = {"listen-button"}
"""Elements that are a part of another component: the top bar holds the Listen button."""


def test_a_component_has_one_name_everywhere() -> None:
    assert kebab(files("webapp/static/css/components/*.css")) == MACROS
    assert ELEMENTS - MACROS == DRAWN_BY_OTHERS


@pytest.mark.parametrize("path", files("webapp/templates/components/*.html"), ids=lambda p: p.stem)
def test_a_component_is_called_like_its_file(path: Path) -> None:
    assert re.findall(r"{%-? macro (\w+)\(", read(path)) == [path.stem]


@pytest.mark.parametrize("name", sorted(MACROS))
def test_a_style_is_for_its_own_component(name: str) -> None:
    style = read(STATIC / "css" / "components" / f"{name}.css")
    classes = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/|url\([^)]*\)", "", style)))
    own = {each for each in classes if each == name or each.startswith(f"{name}-")}
    assert own, "it styles nothing of its own"
    assert classes - own <= classes & all_classes()


def all_classes() -> set[str]:
    return {
        name
        for path in PAGES
        for classes in re.findall(r'class="([^"{]*)', read(path))
        for name in classes.split()
    }


def test_each_element_is_loaded_and_drawn() -> None:
    script = read(STATIC / "js" / "app.js")
    assert set(re.findall(r'"([a-z]+-[a-z-]+)"', script)) == ELEMENTS
    for name in ELEMENTS:
        assert f'define("{name}"' in read(STATIC / "js" / "elements" / f"{name}.js")
        assert any(f"<{name}" in read(path) for path in PAGES), name


def test_no_template_and_no_component_is_unused() -> None:
    everything = "\n".join(read(path) for path in (*PAGES, *files("webapp/**/*.py")))
    for path in PAGES:
        name = path.relative_to(TEMPLATES).as_posix()
        used = re.findall(rf'["\']{re.escape(name)}["\']', everything)
        assert used, f"{name} is used nowhere"


def test_what_a_template_imports_it_uses() -> None:
    for path in PAGES:
        source = read(path)
        for names in re.findall(r'{% from "[^"]+" import ([\w, ]+) %}', source):
            for name in names.split(", "):
                used = re.findall(rf"\b{name}\b", source.replace("import " + names, ""))
                assert len(used) >= 1 + source.count(f"components/{name}.html"), f"{path}: {name}"


NOT_SHOWN = {
    change.Outcome,
    sign_in.CardKind,
    sign_in.Door,
}
"""Enums whose members no screen names yet."""


def enums() -> set[type[StrEnum]]:
    return {
        found
        for module in (change, mark, person, plan, sign_in)
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
    }


@pytest.mark.parametrize("language", Language)
def test_every_member_of_an_enum_has_words(app: Flask, language: Language) -> None:
    with app.test_request_context("/"):
        i18n.choose(Person(language=language, region=Region.CA))
        for kind in enums() - NOT_SHOWN:
            words = [labels.label(member) for member in kind]
            assert all(words)
            assert len(set(words)) == len(words), kind
        assert len({labels.label(size) for size in TEXT_SIZES}) == len(TEXT_SIZES)
        assert all(labels.role_words(role, own) for role in person.Role for own in (True, False))
        assert g.language is language


ONLY_FOR_COMMANDS = {"email_taken"}


def test_every_rule_that_can_be_broken_has_words(app: Flask) -> None:
    sources = "\n".join(read(path) for path in files("webapp/**/*.py"))
    codes = set(re.findall(r'RuleBroken\("(\w+)"\)', sources))
    assert len(codes) >= 8
    with app.test_request_context("/"):
        i18n.choose(Person(language=Language.EN, region=Region.CA))
        assert all(labels.rule_words(code) for code in codes - ONLY_FOR_COMMANDS)


def test_settings_are_read_in_one_place() -> None:
    readers = [
        shown(path)
        for path in files("webapp/**/*.py")
        if re.search(r"\bos\.(environ|getenv)\b", read(path))
    ]
    assert readers == ["webapp/config.py"]


def test_no_test_is_left_out() -> None:
    marks = "|".join(("ski" + "p", "xfa" + "il", "importor" + "skip"))
    pattern = rf"pytest\.(mark\.)?({marks})|unittest\.{'ski' + 'p'}|\.only\("
    assert [shown(path) for path in files("tests/**/*.py") if re.search(pattern, read(path))] == []


def test_no_test_sleeps() -> None:
    pattern = r"\btime\.sle" + r"ep\("
    assert [shown(path) for path in files("tests/**/*.py") if re.search(pattern, read(path))] == []


def test_nothing_names_the_machine_where_it_was_written() -> None:
    texts = files(
        "*.md",
        "*.toml",
        "*.py",
        "Makefile",
        ".ci/*",
        "docs/**/*.md",
        "migrations/**/*.py",
        "scripts/*",
        "webapp/**/*.json",
    )
    places = re.compile(r"/(?:wo" + r"rk|ho" + r"me|ro" + r"ot)/\w")
    for path in (*texts, *PYTHON, *PAGES, *STYLES, *SCRIPTS):
        if path.is_file():
            assert not places.search(read(path)), shown(path)


def test_nobody_says_user() -> None:
    said = re.compile(r"\buser(?!-agent|_agent|-select|-invalid|-valid| agent)\b", re.IGNORECASE)
    for path in (*files("webapp/**/*.py"), *PAGES):
        assert not said.search(read(path)), shown(path)
