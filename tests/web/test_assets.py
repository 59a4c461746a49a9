"""Static files: for ever under the address that carries their hash, one style in one file."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.visitor import Visitor
from webapp.web import assets
from webapp.web.assets import Assets

Visit = Callable[..., Visitor]


@pytest.fixture
def files(app: Flask) -> Assets:
    """Give the static files of the app."""
    found: Assets = app.extensions["assets"]
    return found


def test_every_file_is_sent_and_kept_for_ever(visit: Visit, files: Assets) -> None:
    browser = visit()
    for path, asset in files.files.items():
        answer = browser.client.get(files.url(path))
        assert (answer.status_code, answer.data) == (200, asset.content), path
        assert answer.headers["Cache-Control"] == assets.FOR_EVER
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("css/app.css", "text/css; charset=utf-8"),
        ("js/app.js", "text/javascript; charset=utf-8"),
        ("pictures/icons.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_file_says_what_it_is(visit: Visit, files: Assets, path: str, kind: str) -> None:
    assert visit().get(files.url(path)).headers["Content-Type"] == kind


def test_an_older_release_is_sent_and_asked_for_again(visit: Visit, files: Assets) -> None:
    answer = visit().client.get("/static/000000000000/css/app.css")
    assert answer.data == files.files["css/app.css"].content
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip"])
def test_what_has_not_changed_is_not_sent_again(visit: Visit, accepted: str) -> None:
    path, headers = "/static/000000000000/css/app.css", {"Accept-Encoding": accepted}
    first = visit().client.get(path, headers=headers)
    assert first.headers.get("Content-Encoding", "identity") == accepted
    again = visit().client.get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "css/missing.css",
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "css/../../app.py",
        "/etc/passwd",
        "css",
        "css/",
        "%00",
        "....//app.py",
    ],
)
def test_nothing_else_is_sent(visit: Visit, files: Assets, path: str) -> None:
    page = visit().get(f"/static/{files.release}/{path}")
    assert page.status in {308, 404}
    if page.status == 308:
        assert visit().get(page.location).status == 404
    assert "public" not in page.headers.get("Cache-Control", "")


def test_the_style_is_one_file_with_all_its_parts(files: Assets) -> None:
    style = files.files["css/app.css"].content.decode()
    assert "@import" not in style
    contents = (Path(assets.__file__).parent.parent / "static/css/app.css").read_text("utf-8")
    wanted = re.findall(r'url\("([^"]+)"\) layer\((\w+)\)', contents)
    parts = [path for path in files.files if path.endswith(".css") and path != "css/app.css"]
    assert sorted(f"css/{path}" for path, _layer in wanted) == sorted(parts)
    assert len(re.findall(r"^@layer \w+ \{$", style, re.MULTILINE)) == len(wanted)
    for path, layer in wanted:
        content = files.files[f"css/{path}"].content.decode()
        rules = re.sub(r"/\*.*?\*/", "", content, flags=re.DOTALL)
        lines = [line.strip() for line in rules.splitlines() if line.strip()]
        assert "\n".join([f"@layer {layer} {{", *lines]) in style


def test_the_address_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    first = assets.load(tmp_path).release
    (tmp_path / "a.js").write_text("2")
    second = assets.load(tmp_path).release
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    assert len({first, second, assets.load(tmp_path).release}) == 3


def test_a_file_that_is_not_there_has_no_address(files: Assets) -> None:
    with pytest.raises(KeyError):
        files.url("css/missing.css")


def test_text_is_sent_small(visit: Visit, files: Assets) -> None:
    browser = visit()
    for path in (files.url("css/app.css"), "/sign-in"):
        plain = browser.client.get(path, headers={"Accept-Encoding": "identity"})
        small = browser.client.get(path, headers={"Accept-Encoding": "br"})
        assert small.headers["Content-Encoding"] == "br"
        assert "Accept-Encoding" in small.headers["Vary"]
        assert len(small.data) < len(plain.data) / 2
