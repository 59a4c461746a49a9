"""Collects the pictures and icons that we use into two small sprites; run by hand."""

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from drawn_pictures import DRAWN
from picture_licences import LICENCES

from webapp.pictures import PICTURES, Picture

FOLDER = Path(__file__).parent.parent / "webapp" / "static" / "pictures"
OPENMOJI = "@iconify-json/openmoji"
TABLER = "@iconify-json/tabler"

# Our name of a control icon, and its name at Tabler.
ICONS = {
    "add": "plus",
    "back": "arrow-left",
    "sent": "checks",
    "kept": "device-mobile-check",
    "no-network": "wifi-off",
    "settings": "settings",
    "tune": "adjustments-horizontal",
    "pause": "player-pause",
    "mail": "mail",
    "bell": "bell",
    "card": "id",
    "choice": "directions",
    "clock": "clock",
    "contrast": "contrast",
    "copy": "copy",
    "days": "calendar-week",
    "delete": "backspace",
    "done": "check",
    "edit": "pencil",
    "down": "arrow-down",
    "goals": "target",
    "help": "help-circle",
    "how-long": "hourglass",
    "info": "info-circle",
    "computer": "device-laptop",
    "keypad": "grid-dots",
    "no": "x",
    "language": "language",
    "later": "clock-share",
    "list": "list",
    "listen": "volume",
    "lock": "lock",
    "message": "message",
    "moon": "moon",
    "next": "arrow-right",
    "not-today": "calendar-x",
    "people": "users",
    "person": "user",
    "phone": "phone",
    "phone-device": "device-mobile",
    "place": "map-pin",
    "print": "printer",
    "region": "world",
    "send": "send",
    "sign-out": "logout",
    "sun": "sun",
    "text-size": "text-size",
    "theme": "palette",
    "today": "calendar-event",
    "undo": "arrow-back-up",
    "up": "arrow-up",
    "voice": "speakerphone",
    "warning": "alert-triangle",
}

Style = dict[str, str]

# What SVG assumes where nothing is said, of the attributes that children inherit.
ASSUMED: Style = {
    "fill": "#000",
    "stroke": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-width": "1",
}
ROUND: Style = {"stroke-linecap": "round", "stroke-linejoin": "round", "stroke-width": "2"}
OUTLINE: Style = {"fill": "none", "stroke": "currentColor", **ROUND}
INK: Style = {"stroke": "#000", **ROUND}

# What each number after a path letter is: a place on an axis, a radius or angle, a flag.
_POINTS = {"m": 1, "l": 1, "t": 1, "s": 2, "q": 2, "c": 3}
MEANINGS = {letter: "xy" * points for letter, points in _POINTS.items()}
MEANINGS |= {"h": "x", "v": "y", "a": "rrrffxy", "z": ""}


@dataclass
class Pen:
    """Follows a path twice, as drawn and as rounded, so that rounding errors do not add up."""

    true: dict[str, float] = field(default_factory=lambda: {"x": 0.0, "y": 0.0})
    rounded: dict[str, float] = field(default_factory=lambda: {"x": 0.0, "y": 0.0})
    start: tuple[dict[str, float], dict[str, float]] = ({}, {})

    def draw(self, letter: str, numbers: list[float]) -> str:
        """Follow one segment; give it back with rounded numbers."""
        if letter in "zZ":
            self.true, self.rounded = (dict(place) for place in self.start)
            return "z"
        true, rounded, written = dict(self.true), dict(self.rounded), ""
        for meaning, number in zip(MEANINGS[letter.lower()], numbers, strict=True):
            if meaning not in true:
                written = joined(written, in_short(number, 2))
                continue
            offset = self.rounded[meaning] if letter.islower() else 0.0
            true[meaning] = number + (self.true[meaning] if letter.islower() else 0.0)
            rounded[meaning] = round(true[meaning], 1)
            written = joined(written, in_short(rounded[meaning] - offset, 1))
        self.true, self.rounded = true, rounded
        if letter in "mM":
            self.start = (dict(true), dict(rounded))
        return letter + written


def in_short(number: float, places: int) -> str:
    """Write a number as SVG lets us: no zero that says nothing."""
    text = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", "0"} else re.sub(r"^(-?)0\.", r"\1.", text)


def joined(before: str, number: str) -> str:
    """Put a number behind others, with a space only if it needs one."""
    return before + ("" if not before or number.startswith("-") else " ") + number


def segments(path: str) -> Iterator[tuple[str, list[float]]]:
    """Cut the `d` of a path into letters with as many numbers as each one takes."""
    for letter, rest in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?(?:\d*\.\d+|\d+)", rest)]
        size = len(MEANINGS[letter.lower()])
        yield letter, numbers[:size]
        again = {"m": "l", "M": "L"}.get(letter, letter)
        for at in range(size, len(numbers), size or 1):
            yield again, numbers[at : at + size]


def rounded_path(path: str) -> str:
    """Round the `d` of a path to a tenth of a unit."""
    pen, written, last = Pen(), "", ""
    for letter, numbers in segments(path):
        segment = pen.draw(letter, numbers)
        if letter == last and numbers:
            segment = joined(" ", segment[1:]).removeprefix(" ")
            segment = segment if segment.startswith("-") else " " + segment
        written, last = written + segment, letter
    return written


def inline_uses(root: ElementTree.Element) -> None:
    """Put a copy of the shape where it is only pointed at, so that no inner id is needed."""
    shapes = {shape.get("id"): shape for shape in root.iterfind("defs/*")}
    for parent in root.iter():
        for at, child in enumerate(parent):
            if child.tag == "use":
                parent[at] = deepcopy(shapes[child.attrib.pop("href")[1:]])
                parent[at].attrib.update(child.attrib)
                del parent[at].attrib["id"]
    for definitions in root.findall("defs"):
        root.remove(definitions)


def style_of_shape(style: Style) -> Style:
    """Keep what shows: a shape without a stroke needs no words about it."""
    if style["stroke"] == "none":
        return {"fill": style["fill"], "stroke": "none"}
    if style["stroke-linejoin"] != "miter":
        return {name: value for name, value in style.items() if name != "stroke-miterlimit"}
    return style


def markup(element: ElementTree.Element, before: Style, around: Style) -> str:
    """Write an element shortly: `before` is the style it had, `around` the one it stands in now."""
    own = {name: value for name, value in element.items() if name in ASSUMED}
    before = before | own
    shown = own if len(element) else style_of_shape(before)
    if not len(element) and before["fill"] == before["stroke"] == "none":
        return ""
    said = {name: value for name, value in shown.items() if around[name] != value}
    inner = "".join(markup(child, before, around | shown) for child in element)
    if element.tag == "g" and not said:
        return inner
    said |= {name: value for name, value in element.items() if name not in {*ASSUMED, "clip-rule"}}
    words = "".join(f' {name}="{value}"' for name, value in said.items())
    return f"<{element.tag}{words}>{inner}</{element.tag}>" if inner else f"<{element.tag}{words}/>"


def symbol(name: str, root: ElementTree.Element, size: int, was: Style, style: Style) -> str:
    """Make one symbol of a sprite: its body stood in the style `was`, and stands in `style` now."""
    inner = markup(root, ASSUMED | was, ASSUMED | style)
    words = "".join(f' {key}="{value}"' for key, value in style.items())
    return f'<symbol id="{name}" viewBox="0 0 {size} {size}"{words}>{inner}</symbol>\n'


def parsed(body: str) -> ElementTree.Element:
    """Read the inside of a picture; nothing in it points at anything afterwards."""
    # A person runs this by hand, on packages that npm has checked.
    root = ElementTree.fromstring(f"<g>{body}</g>")  # noqa: S314
    inline_uses(root)
    return root


def pictogram(picture: Picture, openmoji: dict[str, str]) -> str:
    """Make the symbol of a picture, from OpenMoji or drawn by us."""
    drawn = DRAWN.get(picture.source)
    root = parsed(drawn or openmoji[picture.source])
    for shape in root.iter("path"):
        shape.set("d", rounded_path(shape.attrib["d"]))
    return symbol(picture.name, root, 72, INK if drawn else {}, ROUND)


def bodies(package: str) -> dict[str, str]:
    """Fetch a package of icons; give the inside of each picture by its name."""
    npm = shutil.which("npm") or "npm"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", package], cwd=folder, check=True)  # noqa: S603
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile("package/icons.json")
            icons = json.load(member)["icons"] if member else {}
    return {name: icon["body"] for name, icon in icons.items()}


def write_sprite(name: str, symbols: list[str]) -> None:
    """Write a sprite file."""
    start = '<svg xmlns="http://www.w3.org/2000/svg">\n'
    (FOLDER / name).write_text(start + "".join(symbols) + "</svg>\n", encoding="utf-8")


def main() -> None:
    """Write both sprites and the page that says where they come from."""
    openmoji, tabler = bodies(OPENMOJI), bodies(TABLER)
    pictures = [picture for _, picture in sorted(PICTURES.items())]
    write_sprite("pictograms.svg", [pictogram(picture, openmoji) for picture in pictures])
    write_sprite(
        "icons.svg",
        [symbol(name, parsed(tabler[at]), 24, {}, OUTLINE) for name, at in sorted(ICONS.items())],
    )
    sources = sorted(picture.source for picture in pictures)
    licences = LICENCES.format(
        openmoji=", ".join(source for source in sources if source not in DRAWN),
        drawn=", ".join(source.removeprefix("drawn-") for source in DRAWN),
        tabler=", ".join(sorted(ICONS.values())),
    )
    (FOLDER / "LICENSES.md").write_text(licences, encoding="utf-8")


if __name__ == "__main__":
    main()
