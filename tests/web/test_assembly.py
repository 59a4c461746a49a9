"""A script is sent as one file with all its parts, each once, before what needs it."""

from pathlib import Path

import pytest
from flask import Flask

from webapp.web import assembly
from webapp.web.assets import SCRIPTS, Assets

TABLE = '/** What it is for. */\nimport { second } from "./offline/second.js";\n\nsecond();\n'


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Give the folder of a script whose two parts both need a third one."""
    (tmp_path / "offline").mkdir()
    _write(tmp_path, "third", "/* Why. */\nconst own = 3;\nexport const third = own;\n")
    _write(
        tmp_path,
        "second",
        'import { third } from "./third.js";\nimport "./fourth.js";\n\n// Why.\n'
        "const own = 2;\nexport async function second() {\n  return third + own;\n}\n",
    )
    _write(
        tmp_path,
        "fourth",
        'import {\n  third,\n} from "./third.js";\nexport class Fourth {\n  own = third;\n}\n',
    )
    (tmp_path / "offline.js").write_text(TABLE)
    return tmp_path


def _write(folder: Path, name: str, content: str) -> None:
    (folder / f"offline/{name}.js").write_text(content)


def test_each_part_stands_once_and_before_what_needs_it(parts: Path) -> None:
    assert assembly.script(parts / "offline.js").splitlines() == [
        "const { third } = (() => {",
        '"use strict";',
        "const own = 3;",
        "const third = own;",
        "return { third };",
        "})();",
        "const { Fourth } = (() => {",
        '"use strict";',
        "class Fourth {",
        "  own = third;",
        "}",
        "return { Fourth };",
        "})();",
        "const { second } = (() => {",
        '"use strict";',
        "const own = 2;",
        "async function second() {",
        "  return third + own;",
        "}",
        "return { second };",
        "})();",
        "second();",
    ]


def test_other_imports_of_the_script_itself_stay(parts: Path) -> None:
    (parts / "offline.js").write_text('import { ask } from "./phone.js";\nask();\n')
    assert assembly.script(parts / "offline.js") == 'import { ask } from "./phone.js";\nask();\n'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('import { second } from "./second.js";\nexport const third = second;\n', "needs itself"),
        ('import { ask } from "../phone.js";\nexport const third = ask;\n', "import or export"),
        ('import fourth from "./fourth.js";\nexport const third = fourth;\n', "import or export"),
        ("export default 3;\n", "import or export"),
        ("export let third = 3;\n", "import or export"),
        ("const third = 3;\nexport { third };\n", "import or export"),
        ('import { Fourth as third } from "./fourth.js";\n', "changes on its way"),
        ("export const third = 3;\nexport const Fourth = 4;\n", "two parts export"),
    ],
)
def test_what_cannot_be_put_together_is_refused(parts: Path, content: str, why: str) -> None:
    _write(parts, "third", content)
    with pytest.raises(ValueError, match=why):
        assembly.script(parts / "offline.js")


def test_our_own_scripts_are_whole(app: Flask) -> None:
    files: Assets = app.extensions["assets"]
    for path in SCRIPTS:
        script = files.files[path].content.decode()
        assert "/offline/" not in script


def test_no_script_is_sent_with_its_comments(app: Flask) -> None:
    files: Assets = app.extensions["assets"]
    scripts = [files.files[path].content.decode() for path in files.files if path.endswith(".js")]
    assert len(scripts) > len(SCRIPTS)
    for script in scripts:
        assert not assembly.WHOLE_LINE_COMMENT.search(script), script[:200]
