"""The registry of pictures and the two sprites say the same, and stay small and harmless."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from webapp import pictures

FOLDER = Path(pictures.__file__).parent / "static" / "pictures"
SPRITES = ["pictograms.svg", "icons.svg"]
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"symbol", "g", "path", "circle", "ellipse", "rect"}
KILOBYTE = 1024

# Names that plan files in the field use already.
USED_IN_PLANS = """
apron badge basket bathroom bed bin book box break broom bus calendar cart clock clothes coach
done door eye found gloves group hand help key list meal mentor mop numbers paper pencil phone
photo pillow send shelf shower speak spill sponge spray stairs toilet towel vest warning window
"""

CONTROL_ICONS = """
add back bell card choice clock computer contrast copy days delete done down edit goals help
how-long info kept keypad language later list listen lock mail message moon next no no-network
not-today pause people person phone phone-device place print region send sent settings sign-out sun
text-size theme today tune undo up voice warning
"""


def symbols(sprite: str) -> list[ElementTree.Element]:
    """Read the symbols of a sprite."""
    # The file is our own.
    root = ElementTree.fromstring((FOLDER / sprite).read_text("utf-8"))  # noqa: S314
    assert {child.tag for child in root} == {SVG + "symbol"}
    return list(root)


def ids(sprite: str) -> list[str]:
    """Read the names of the symbols, in their order."""
    return [symbol.attrib["id"] for symbol in symbols(sprite)]


def test_every_picture_has_its_symbol_and_every_symbol_its_picture() -> None:
    assert ids("pictograms.svg") == sorted(pictures.PICTURES)


def test_every_control_icon_is_there_and_no_other() -> None:
    assert ids("icons.svg") == sorted(CONTROL_ICONS.split())


@pytest.mark.parametrize("name", USED_IN_PLANS.split())
def test_a_picture_that_plans_use_is_known(name: str) -> None:
    assert pictures.is_known(name)
    assert pictures.find(name).name == name


@pytest.mark.parametrize("name", [None, "", "no-such-picture", "Broom", "a" * 1000])
def test_an_unknown_picture_becomes_the_general_one(name: str | None) -> None:
    assert pictures.find(name) is pictures.PICTURES[pictures.GENERAL]
    assert not pictures.is_known(name or "")


@pytest.mark.parametrize("part", ["name", "source", "en", "fr"])
def test_one_idea_has_one_picture_and_one_word(part: str) -> None:
    said = [getattr(picture, part) for picture in pictures.PICTURES.values()]
    assert sorted(said) == sorted(set(said))


def test_a_picture_is_found_under_its_own_name() -> None:
    assert all(name == picture.name for name, picture in pictures.PICTURES.items())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in pictures.PICTURES)


@pytest.mark.parametrize("picture", pictures.PICTURES.values(), ids=lambda one: one.name)
def test_words_are_short_and_there_in_both_languages(picture: pictures.Picture) -> None:
    for words in (picture.en, picture.fr):
        assert re.fullmatch(r"[a-zà-öø-ÿœ]+([ -][a-zà-öø-ÿœ]+){0,3}", words)
        assert len(words) <= 20


def test_no_two_symbols_look_the_same() -> None:
    for sprite in SPRITES:
        drawings = [b"".join(map(ElementTree.tostring, symbol)) for symbol in symbols(sprite)]
        assert len(drawings) == len(set(drawings))


@pytest.mark.parametrize("sprite", SPRITES)
def test_a_sprite_holds_shapes_and_nothing_else(sprite: str) -> None:
    for symbol in symbols(sprite):
        for element in symbol.iter():
            assert element.tag.removeprefix(SVG) in SHAPES
            said = element.attrib
            assert not {"style", "class"} & set(said)
            assert not any(name.startswith("on") or "href" in name for name in said)
            assert "id" not in said or element is symbol
            assert not any("url(" in value or ":" in value for value in said.values())


@pytest.mark.parametrize(("sprite", "size"), [("pictograms.svg", 72), ("icons.svg", 24)])
def test_a_symbol_draws_something_on_its_own_square(sprite: str, size: int) -> None:
    for symbol in symbols(sprite):
        assert symbol.attrib["viewBox"] == f"0 0 {size} {size}"
        assert len(symbol) > 0


def test_control_icons_take_the_colour_of_the_words_beside_them() -> None:
    for symbol in symbols("icons.svg"):
        assert symbol.attrib["fill"] == "none"
        assert symbol.attrib["stroke"] == "currentColor"
        colours = {element.get(name) for element in symbol.iter() for name in ("fill", "stroke")}
        assert colours <= {None, "none", "currentColor"}


@pytest.mark.parametrize(("sprite", "most"), [("pictograms.svg", 30), ("icons.svg", 6)])
def test_a_sprite_is_small_on_the_way_to_the_phone(sprite: str, most: int) -> None:
    assert len(gzip.compress((FOLDER / sprite).read_bytes())) <= most * KILOBYTE


def test_one_picture_is_small_on_its_own() -> None:
    for sprite in SPRITES:
        for line in (FOLDER / sprite).read_bytes().splitlines():
            assert len(line) <= 4 * KILOBYTE


def test_the_licences_name_every_source() -> None:
    licences = (FOLDER / "LICENSES.md").read_text("utf-8")
    for words in ("OpenMoji", "CC BY-SA 4.0", "Tabler Icons", "Copyright (c) 2020-2026 Paweł Kuna"):
        assert words in licences
    for picture in pictures.PICTURES.values():
        assert re.search(rf"[ ,]{picture.source.removeprefix('drawn-')}[,.]", licences)


def test_every_guide_is_used_and_every_used_one_is_there() -> None:
    templates = FOLDER.parent.parent / "templates"
    pages = "".join(path.read_text("utf-8") for path in templates.glob("*.html"))
    used = re.findall(r'pictured_step\(\d, "([a-z]+)"', pages)
    assert sorted(set(used)) == ids("guides.svg")
