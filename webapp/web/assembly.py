"""Styles and scripts that are written as tables of contents, put together into one file each.

A phone asks once instead of thirty times. A part of a script becomes a function that gives what
the part exports: so its other names stay its own, in a page and in the classic service worker.
"""

import re
from pathlib import Path

STYLE_PART = re.compile(
    r'^@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);$', re.MULTILINE
)
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_ENDS = re.compile(r"\s*\n\s*")

SCRIPT_PART = re.compile(
    r'^import (?:\{(?P<names>[^{}]*)\} from )?"(?P<path>\./[\w/-]+\.js)";\n', re.MULTILINE
)
ANY_IMPORT = re.compile(r"^(?:import\b(?!\()|export .*\bfrom\b)", re.MULTILINE)
EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const) (?P<name>\w+))", re.MULTILINE
)
WHOLE_LINE_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?s:.*?)\*/[ \t]*)\n", re.MULTILINE)
EMPTY_LINE = re.compile(r"^\n", re.MULTILINE)


def style(path: Path) -> str:
    """Put each imported part inside its layer, in the order of the table of contents."""

    def part(found: re.Match[str]) -> str:
        content = (path.parent / found["path"]).read_text(encoding="utf-8")
        return f"@layer {found['layer']} {{\n{content}}}"

    whole = STYLE_PART.sub(part, path.read_text(encoding="utf-8"))
    return LINE_ENDS.sub("\n", STYLE_COMMENT.sub("", whole))


def script(path: Path) -> str:
    """Put each imported part once, before what needs it, and then the script itself.

    Raises ValueError where a part cannot be put so.
    """
    assembled = _Script(path.parent)
    rest = assembled.with_what_it_needs(path)
    return "".join([*assembled.parts, rest])


class _Script:
    """The parts found so far, each after what it needs."""

    def __init__(self, root: Path) -> None:
        self.parts: list[str] = []
        self._root = root.resolve()
        self._placed: dict[Path, bool] = {}
        self._exported: set[str] = set()

    def with_what_it_needs(self, path: Path) -> str:
        """Return a file without the imports of parts; these have got their place before it."""

        def placed(found: re.Match[str]) -> str:
            part = (path.parent / found["path"]).resolve()
            if self._root / "offline" not in part.parents:
                return found[0]
            self._place(part, found["names"] or "")
            return ""

        return plain(SCRIPT_PART.sub(placed, path.read_text(encoding="utf-8")))

    def _place(self, path: Path, names: str) -> None:
        if " as " in names:
            raise ValueError(f"{path.name}: a name changes on its way: {names.strip()}")
        if path in self._placed:
            if not self._placed[path]:
                raise ValueError(f"{path.name}: it needs itself")
            return
        self._placed[path] = False
        self.parts.append(self._closed(path))
        self._placed[path] = True

    def _closed(self, path: Path) -> str:
        """Return a part as one function that gives what the part exports."""
        content = self.with_what_it_needs(path)
        exported = [found["name"] for found in EXPORT.finditer(content)]
        content = EXPORT.sub("", content)
        if ANY_IMPORT.search(content) or re.search(r"^export\b", content, re.MULTILINE):
            raise ValueError(f"{path.name}: an import or export that cannot be put together")
        if twice := self._exported.intersection(exported):
            raise ValueError(f"{path.name}: two parts export {sorted(twice)}")
        self._exported.update(exported)
        names = f"{{ {', '.join(exported)} }}"
        return f'const {names} = (() => {{\n"use strict";\n{content}return {names};\n}})();\n'


def plain(content: str) -> str:
    """Return a script without what only its readers need: whole lines of comment, empty lines."""
    return EMPTY_LINE.sub("", WHOLE_LINE_COMMENT.sub("", content))
